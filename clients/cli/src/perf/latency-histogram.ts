/**
 * Latencies as counts in buckets whose width grows with the value: 1/128 of it at most, whatever the
 * range. Recording costs one addition and no allocation; memory is fixed (about 3,000 counters).
 *
 *   values in microseconds:  0 … 255 one bucket each, then 128 buckets for each doubling
 */
const SUB_BITS = 7
const SUB_COUNT = 1 << SUB_BITS
const LINEAR_MAX = SUB_COUNT * 2
/** 2^31 µs are 36 minutes; what is longer counts as that. */
const MICROSECONDS_MAX = 0x7fffffff
const BUCKETS = bucketOf(MICROSECONDS_MAX) + 1

export interface LatencySummary {
  readonly count: number
  readonly min: number
  readonly mean: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly p999: number
  readonly max: number
}

export class LatencyHistogram {
  readonly #counts = new Float64Array(BUCKETS)
  #count = 0
  #sumMicroseconds = 0
  #min = Infinity
  #max = 0

  get count(): number {
    return this.#count
  }

  record(latencyMs: number): void {
    const microseconds = Math.min(MICROSECONDS_MAX, Math.max(0, Math.round(latencyMs * 1000)))
    const bucket = bucketOf(microseconds)
    this.#counts[bucket] = (this.#counts[bucket] as number) + 1
    this.#count++
    this.#sumMicroseconds += microseconds
    if (microseconds < this.#min) this.#min = microseconds
    if (microseconds > this.#max) this.#max = microseconds
  }

  /** The smallest value that at least `share` of all are not above; NaN without any. */
  percentileMs(share: number): number {
    if (this.#count === 0) return Number.NaN
    const rank = Math.max(1, Math.ceil(share * this.#count))
    let seen = 0
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      seen += this.#counts[bucket] as number
      // The bucket's upper edge, but never beyond what was really seen.
      if (seen >= rank) return Math.min(upperEdge(bucket), this.#max) / 1000
    }
    return this.#max / 1000
  }

  /** In milliseconds; zeros without any. */
  summary(): LatencySummary {
    const count = this.#count
    if (count === 0) return { count, min: 0, mean: 0, p50: 0, p95: 0, p99: 0, p999: 0, max: 0 }
    return {
      count,
      min: this.#min / 1000,
      mean: Math.round(this.#sumMicroseconds / count) / 1000,
      p50: this.percentileMs(0.5),
      p95: this.percentileMs(0.95),
      p99: this.percentileMs(0.99),
      p999: this.percentileMs(0.999),
      max: this.#max / 1000,
    }
  }
}

function bucketOf(microseconds: number): number {
  if (microseconds < LINEAR_MAX) return microseconds
  const exponent = 31 - Math.clz32(microseconds) - SUB_BITS
  return exponent * SUB_COUNT + (microseconds >>> exponent)
}

/** The largest value of the bucket. */
function upperEdge(bucket: number): number {
  if (bucket < LINEAR_MAX) return bucket
  const exponent = Math.floor(bucket / SUB_COUNT) - 1
  const mantissa = bucket - exponent * SUB_COUNT
  return (mantissa + 1) * 2 ** exponent - 1
}
