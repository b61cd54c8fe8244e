/** What a run comes to. */
import { slopePerMinute, type MemorySample } from './memory-slope.ts'
import type { SoakOptions } from './options.ts'
import type { PartitionBook } from './partition-book.ts'
import { COMMIT_INTERVAL_MS } from './reader.ts'

export interface SoakSummary {
  readonly broker: string
  readonly minutes: number
  readonly sentCount: number
  readonly acknowledgedCount: number
  readonly readCount: number
  /** Read more than once, as at-least-once allows. */
  readonly doubledCount: number
  /** More would not be explained by the disturbances. */
  readonly doubledCountMax: number
  readonly disturbances: Readonly<Record<string, number>>
  readonly heapBytesPerMinute: number
  readonly rssBytesPerMinute: number
  readonly heapBytes: number
  readonly rssBytes: number
  readonly violations: readonly string[]
}

export interface SoakFacts {
  readonly options: SoakOptions
  readonly books: readonly PartitionBook[]
  readonly samples: readonly MemorySample[]
  readonly disturbed: ReadonlyMap<string, number>
  readonly failures: readonly unknown[]
}

/** Beside the commit interval: a commit on its way, and what was fetched while the broker was away. */
const UNCOMMITTED_MS_MAX = COMMIT_INTERVAL_MS + 2000

export function summaryOf({
  options,
  books,
  samples,
  disturbed,
  failures,
}: SoakFacts): SoakSummary {
  const sum = (of: 'acknowledgedCount' | 'doubledCount' | 'readCount' | 'sentCount'): number =>
    books.reduce((total, book) => total + book[of], 0)
  const disturbanceCount = [...disturbed.values()].reduce((total, count) => total + count, 0)
  const doubledCountMax = Math.ceil((disturbanceCount * options.rate * UNCOMMITTED_MS_MAX) / 1000)
  const violations = [
    ...books.flatMap((book) => book.violations),
    ...failures.map((failure) => `a reader ended: ${String(failure)}`),
  ]
  if (sum('doubledCount') > doubledCountMax) {
    violations.push(
      `${sum('doubledCount')} records were read twice, ${doubledCountMax} at most expected`,
    )
  }
  return {
    broker: options.broker,
    minutes: options.minutes,
    sentCount: sum('sentCount'),
    acknowledgedCount: sum('acknowledgedCount'),
    readCount: sum('readCount'),
    doubledCount: sum('doubledCount'),
    doubledCountMax,
    disturbances: Object.fromEntries(disturbed),
    heapBytesPerMinute: Math.round(slopePerMinute(samples, 'heapBytes')),
    rssBytesPerMinute: Math.round(slopePerMinute(samples, 'rssBytes')),
    heapBytes: samples.at(-1)?.heapBytes ?? 0,
    rssBytes: samples.at(-1)?.rssBytes ?? 0,
    violations,
  }
}

export function printSummary(summary: SoakSummary, write: (line: string) => void): void {
  const { disturbances, violations, heapBytesPerMinute, rssBytesPerMinute } = summary
  const counts = Object.entries(disturbances).map(([name, count]) => `${name} ${count}×`)
  const kib = (bytes: number): string => (bytes / 1024).toFixed(0)
  write(
    `${summary.sentCount} sent, ${summary.acknowledgedCount} acknowledged, ${summary.readCount} read`,
  )
  write(`${summary.doubledCount} read more than once (at most ${summary.doubledCountMax} expected)`)
  write(`disturbances: ${counts.length === 0 ? 'none' : counts.join(', ')}`)
  write(
    `memory: heap ${kib(heapBytesPerMinute)} KiB a minute, rss ${kib(rssBytesPerMinute)} KiB a minute`,
  )
  write(
    violations.length === 0
      ? 'nothing lost, doubled or moved'
      : `VIOLATED:\n${violations.join('\n')}`,
  )
}
