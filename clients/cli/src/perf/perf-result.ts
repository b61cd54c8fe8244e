/** What a measurement found; a contract with programs, and with `ottla plan --measured`. */
import { humanBytes, humanCount, humanMs } from '../output/human.ts'
import type { LatencyHistogram, LatencySummary } from './latency-histogram.ts'

export const PERF_SCHEMA = 'ottla/perf/1'

export interface PerfResult {
  readonly schema: typeof PERF_SCHEMA
  readonly kind: 'produce' | 'consume' | 'e2e'
  readonly topic: string
  readonly partitions: number
  readonly records: number
  readonly bytes: number
  readonly seconds: number
  readonly recordsPerSecond: number
  /** Of 1,000,000 bytes. */
  readonly megabytesPerSecond: number
  /** From send to acknowledgement, from send to receipt; absent where nothing has one. */
  readonly latencyMs?: Omit<LatencySummary, 'count'>
}

export interface Measurement {
  readonly kind: PerfResult['kind']
  readonly topic: string
  readonly partitions: number
  readonly records: number
  readonly bytes: number
  readonly elapsedMs: number
  readonly latencies?: LatencyHistogram
}

export function perfResult({ elapsedMs, latencies, ...measured }: Measurement): PerfResult {
  const seconds = elapsedMs / 1000
  const perSecond = (amount: number): number => (seconds > 0 ? amount / seconds : 0)
  const result = {
    schema: PERF_SCHEMA,
    ...measured,
    seconds: rounded(seconds),
    recordsPerSecond: rounded(perSecond(measured.records)),
    megabytesPerSecond: rounded(perSecond(measured.bytes) / 1_000_000),
  } as const
  if (latencies === undefined || latencies.count === 0) return result
  const { count: _, ...latencyMs } = latencies.summary()
  return { ...result, latencyMs }
}

function rounded(value: number): number {
  return Number(value.toFixed(3))
}

export function perfText(result: PerfResult): string {
  const { kind, records, bytes, seconds, recordsPerSecond, megabytesPerSecond, latencyMs } = result
  const what = { produce: 'sent', consume: 'read', e2e: 'sent and received' }[kind]
  const lines = [
    `${humanCount(records)} records (${humanBytes(bytes)}) ${what} in ${seconds} s: ` +
      `${humanCount(recordsPerSecond)} records/s, ${megabytesPerSecond.toFixed(2)} MB/s`,
  ]
  if (latencyMs !== undefined) {
    const { min, mean, p50, p95, p99, p999, max } = latencyMs
    const cells = Object.entries({ min, mean, p50, p95, p99, 'p99.9': p999, max })
    lines.push(`Latency: ${cells.map(([name, ms]) => `${name} ${humanMs(ms)}`).join(', ')}`)
  }
  return `${lines.join('\n')}\n`
}
