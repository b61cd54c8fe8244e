/** The command line of the kill loop. */
import { parseArgs } from 'node:util'

export interface Options {
  readonly killCount: number
  readonly msMax: number
  readonly seed: number
  readonly broker: 'ottla' | 'apache-kafka'
  readonly directory: string | undefined
  readonly isJson: boolean
  readonly isSabotaged: boolean
  readonly isHelp: boolean
}

export const HELP = `Kills a broker at random moments and holds it to what it acknowledged.

  --kills N         how often (default 200)
  --minutes M       stop after so long; with it --kills has no default
  --seed S          decides the moments and the load (default: random, printed)
  --directory DIR   keep the broker's data there (default: a temporary directory, removed unless
                    something was violated)
  --broker NAME     ottla (default) or apache-kafka, the reference
  --sabotage        cut acknowledged bytes off a log between two lives: the run must fail
  --json            a summary as one line of JSON on standard output, progress on standard error
  --help            this text

The seed repeats the plan and the load, not the scheduling of two processes: run a seed several times.
Exit code 1 says that something was violated.
`

const KILLS_DEFAULT = 200
const MS_PER_MINUTE = 60_000

/** Throws an Error that says what is wrong with the arguments. */
export function parseOptions(args: readonly string[], randomSeed: () => number): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      kills: { type: 'string' },
      minutes: { type: 'string' },
      seed: { type: 'string' },
      directory: { type: 'string' },
      broker: { type: 'string', default: 'ottla' },
      sabotage: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const { broker } = values
  if (broker !== 'ottla' && broker !== 'apache-kafka') {
    throw new Error(`Cannot kill "${broker}": ottla or apache-kafka expected`)
  }
  const minutes = values.minutes === undefined ? undefined : numberOf('minutes', values.minutes)
  const killsDefault = minutes === undefined ? KILLS_DEFAULT : Infinity
  return {
    killCount: values.kills === undefined ? killsDefault : numberOf('kills', values.kills),
    msMax: minutes === undefined ? Infinity : minutes * MS_PER_MINUTE,
    seed: values.seed === undefined ? randomSeed() : numberOf('seed', values.seed),
    broker,
    directory: values.directory,
    isJson: values.json,
    isSabotaged: values.sabotage,
    isHelp: values.help,
  }
}

function numberOf(name: string, text: string): number {
  const value = Number(text)
  if (!Number.isFinite(value) || value < 0) {
    throw new Error(`Cannot read --${name} "${text}": a number expected`)
  }
  return value
}
