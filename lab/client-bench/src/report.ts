/** The table, and which rows miss the goals. */
import { C_CLIENT, type Figures, type Run } from './measure.ts'
import type { Row } from './rows.ts'

const OURS = 'ottla'
/** Of librdkafka's C program, in bulk rows. */
const C_RATIO_MAX = 2

interface Ratio {
  readonly median: number
  readonly min: number
  readonly max: number
}

const TITLES = ['records/s', 'ratio', 'min–max', 'CPU s/GB', 'peak MiB', 'p50 ms', 'p99 ms']
export const HEADING = TITLES.map((title) => title.padStart(12)).join('')

export function printRow(runs: readonly Run[], row: Row, clients: readonly string[]): void {
  for (const client of clients) {
    const own = runs.filter((run) => run.client === client)
    if (own.length === 0) continue
    const ratio = ratioToOurs(runs, row, client)
    const columns = [
      text(medianOf(own, 'recordsPerSecond')),
      times(ratio.median),
      rangeOf(ratio),
      ...(['cpuSecondsPerGb', 'peakMib', 'p50Ms', 'p99Ms'] as const).map((figure) =>
        text(medianOf(own, figure)),
      ),
    ]
    console.log(`  ${client.padEnd(14)}${columns.map((column) => column.padStart(12)).join('')}`)
  }
}

/** Round by round, so that what the machine does meanwhile touches both. Over 1: better than ours. */
function ratioToOurs(runs: readonly Run[], row: Row, client: string): Ratio {
  const ratios: number[] = []
  for (const run of runs) {
    if (run.client !== client) continue
    const ours = runs.find(({ client: other, round }) => other === OURS && round === run.round)
    const [theirs, own] = [run[row.judgedBy], ours?.[row.judgedBy]]
    if (theirs === undefined || own === undefined) continue
    ratios.push(row.judgedBy === 'p99Ms' ? own / theirs : theirs / own)
  }
  if (ratios.length === 0) return { median: Number.NaN, min: Number.NaN, max: Number.NaN }
  return { median: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) }
}

/** A line for each goal that a row misses. */
export function misses(
  runs: readonly Run[],
  { broker, row, clients }: { broker: string; row: Row; clients: readonly string[] },
): string[] {
  if (!clients.includes(OURS)) return []
  if (!runs.some(({ client }) => client === OURS))
    return [`${broker} ${row.name}: no figure of ours`]
  const lines: string[] = []
  for (const client of clients) {
    if (client === OURS) continue
    const ratio = ratioToOurs(runs, row, client)
    const isC = client === C_CLIENT
    if (isC && !row.isBulk) continue
    if (!(ratio.median > (isC ? C_RATIO_MAX : 1))) continue
    const noise = !isC && ratio.min < 1 ? ', within the noise' : ''
    lines.push(
      `${broker} ${row.name}: ${client} is ${times(ratio.median)} times ours (${rangeOf(ratio)})${noise}`,
    )
  }
  return lines
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
}

function medianOf(runs: readonly Run[], figure: keyof Figures): number {
  return median(runs.map((run) => run[figure]).filter((value) => value !== undefined))
}

function times(ratio: number): string {
  return Number.isNaN(ratio) ? '–' : ratio.toFixed(2)
}

function rangeOf({ min, max }: Ratio): string {
  return `${times(min)}–${times(max)}`
}

function text(value: number): string {
  if (Number.isNaN(value)) return '–'
  return value >= 999.5 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)
}
