/** The command line of the benchmark. */
import { tmpdir } from 'node:os'
import { parseArgs } from 'node:util'
import { isSideName, SIDE_NAMES, type SideName } from './sides/side.ts'

export type Placement = 'free' | 'pinned'

/** How long and how much; the figures of --quick show a tendency, not a result. */
export interface Scale {
  /** A new broker's first load, before any row: the JVM compiles what it will run. */
  readonly firstWarmUpSeconds: number
  readonly warmUpSeconds: number
  readonly seconds: number
  readonly idleSeconds: number
  /** Of one window: below the kernel's background writeback, so that memory is measured, not the disk. */
  readonly maxBytes: number
  readonly fillBytes: number
}

export interface Options {
  readonly help: boolean
  readonly list: boolean
  readonly sides: readonly [SideName, SideName]
  readonly pairs: number
  /** Empty: all. */
  readonly rows: readonly string[]
  readonly jsonFile: string | undefined
  readonly placement: Placement
  readonly directory: string
  readonly ottlaSettings: readonly string[]
  readonly kafkaSettings: readonly string[]
  readonly scale: Scale
}

export const HELP = `Runs Ottla and Apache Kafka side by side, A B A B, under the same load, and compares them.

  --rows A,B          only these rows; a prefix names several (see --list)
  --pairs N           pairs of runs for each row (default 5; --quick 2)
  --quick             short windows: a tendency in minutes, not a result
  --seconds N         length of a measured window (default 8; --quick 3)
  --sides A,B         who runs: ${SIDE_NAMES.join(', ')}
                      (default ottla,kafka; the same name twice shows the noise of this machine)
  --placement P       free: everything on all cores (default); pinned: broker on CPU 0, client on CPU 1
  --directory DIR     where the brokers keep their logs (default: the system's temporary directory)
  --ottla-set k=v     a server.properties key for Ottla; may be repeated
  --kafka-set k=v     the same for Apache Kafka
  --json FILE         write every figure of every run to FILE
  --list              name the rows
  --help              this text
`

const FULL: Scale = {
  firstWarmUpSeconds: 15,
  warmUpSeconds: 3,
  seconds: 8,
  idleSeconds: 8,
  maxBytes: 1.2e9,
  fillBytes: 1e9,
}
const QUICK: Scale = {
  firstWarmUpSeconds: 4,
  warmUpSeconds: 1.5,
  seconds: 3,
  idleSeconds: 3,
  maxBytes: 0.6e9,
  fillBytes: 0.4e9,
}

export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      rows: { type: 'string', default: '' },
      pairs: { type: 'string' },
      seconds: { type: 'string' },
      sides: { type: 'string', default: 'ottla,kafka' },
      placement: { type: 'string', default: 'free' },
      directory: { type: 'string', default: tmpdir() },
      'ottla-set': { type: 'string', multiple: true, default: [] },
      'kafka-set': { type: 'string', multiple: true, default: [] },
      json: { type: 'string' },
    },
  })
  const scale = values.quick ? QUICK : FULL
  return {
    help: values.help,
    list: values.list,
    sides: parseSides(values.sides),
    pairs: values.pairs === undefined ? (values.quick ? 2 : 5) : positive('pairs', values.pairs),
    rows: values.rows.split(',').filter((name) => name !== ''),
    jsonFile: values.json,
    placement: parsePlacement(values.placement),
    directory: values.directory,
    ottlaSettings: values['ottla-set'],
    kafkaSettings: values['kafka-set'],
    scale:
      values.seconds === undefined
        ? scale
        : { ...scale, seconds: positive('seconds', values.seconds) },
  }
}

function positive(name: string, text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number > 0) return number
  throw new Error(`--${name} must be a positive whole number, not "${text}"`)
}

function parseSides(text: string): [SideName, SideName] {
  const [first = '', second = '', ...rest] = text.split(',')
  if (isSideName(first) && isSideName(second) && rest.length === 0) return [first, second]
  throw new Error(`--sides must be two of ${SIDE_NAMES.join(', ')}, not "${text}"`)
}

function parsePlacement(text: string): Placement {
  if (text === 'free' || text === 'pinned') return text
  throw new Error(`--placement must be free or pinned, not "${text}"`)
}
