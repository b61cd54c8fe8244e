/** The command line of the soak. */
import { parseArgs } from 'node:util'

export interface SoakOptions {
  readonly isHelp: boolean
  readonly isJson: boolean
  readonly broker: 'kafka' | 'ottla'
  readonly minutes: number
  /** Records a second. */
  readonly rate: number
  /** Between two disturbances. */
  readonly everySeconds: number
}

export const HELP = `node lab/client-soak/src/main.ts [options]

Writes and reads through the client while the broker is restarted and killed, connections are cut and
members of the group come and go. Exits with 1 when a record was lost, doubled or moved.

  --minutes N   how long; 2 by default, fractions allowed
  --broker B    ottla (default) or kafka
  --rate N      records a second; 2000 by default
  --every N     seconds between two disturbances; 8 by default
  --json        the summary as JSON on stdout; progress goes to stderr in any case
  --help        this text
`

const MINUTES_MAX = 7 * 24 * 60
const RATE_MAX = 100_000
const EVERY_SECONDS_MAX = 3600

export function parseOptions(args: readonly string[]): SoakOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '2' },
      broker: { type: 'string', default: 'ottla' },
      rate: { type: 'string', default: '2000' },
      every: { type: 'string', default: '8' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const { broker } = values
  if (broker !== 'ottla' && broker !== 'kafka') {
    throw new Error(`--broker is "${broker}": ottla or kafka expected`)
  }
  return {
    isHelp: values.help,
    isJson: values.json,
    broker,
    minutes: numberOf('minutes', values.minutes, MINUTES_MAX),
    rate: numberOf('rate', values.rate, RATE_MAX),
    everySeconds: numberOf('every', values.every, EVERY_SECONDS_MAX),
  }
}

function numberOf(name: string, text: string, max: number): number {
  const value = Number(text)
  if (value > 0 && value <= max) return value
  throw new Error(`--${name} is "${text}": a number above 0, at most ${max}, expected`)
}
