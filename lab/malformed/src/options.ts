/** The command line. */
import { parseArgs } from 'node:util'

export interface Options {
  readonly frameCount: number
  readonly seed: number
  readonly connectionCount: number
  readonly memoryLimitMib: number
  readonly minutesMax: number
  readonly replayFile: string | undefined
  readonly isJson: boolean
  readonly isHelp: boolean
}

export const HELP = `Sends random and damaged requests to a broker and holds it to three promises: it never dies,
its memory stays bounded, and a well-behaved client beside it is served all the time.

  --frames N          requests that the broker has to deal with (default 1000000)
  --seed S            decides the requests (default: random, printed)
  --connections N     attackers at a time (default 24)
  --memory-limit MIB  of resident memory (default 640)
  --minutes M         give up after so long (default 30)
  --replay FILE       send what an earlier run has left behind to a fresh broker, one after the other
  --json              a summary as one line of JSON on standard output, progress on standard error
  --help              this text

The seed repeats the requests, not the order in which connections get their turn. When the broker dies,
what was sent last is written to a file for --replay.
Exit code 1 says that a promise was broken.
`

/** Throws an Error that says what is wrong with the arguments. */
export function parseOptions(args: readonly string[], randomSeed: () => number): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      frames: { type: 'string', default: '1000000' },
      seed: { type: 'string' },
      connections: { type: 'string', default: '24' },
      'memory-limit': { type: 'string', default: '640' },
      minutes: { type: 'string', default: '30' },
      replay: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  return {
    frameCount: numberOf('frames', values.frames),
    seed: values.seed === undefined ? randomSeed() : numberOf('seed', values.seed),
    connectionCount: numberOf('connections', values.connections),
    memoryLimitMib: numberOf('memory-limit', values['memory-limit']),
    minutesMax: numberOf('minutes', values.minutes),
    replayFile: values.replay,
    isJson: values.json,
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
