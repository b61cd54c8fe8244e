/**
 * A distribution in a fixed number of buckets: four to each doubling, so that a percentile is a fifth
 * too high at most, over every size from a hundredth to a thousand million. Recording one is a logarithm
 * and three additions; nothing is allocated.
 */
const BUCKETS_PER_DOUBLING = 4
/** 2^-7 and below is the first bucket. */
const FIRST_EXPONENT = -7
const DOUBLINGS = 38
const BUCKET_COUNT = DOUBLINGS * BUCKETS_PER_DOUBLING

export interface HistogramSnapshot {
  readonly count: number
  readonly sum: number
  /** 0 while nothing was recorded, as the others. */
  readonly mean: number
  readonly max: number
  readonly p50: number
  readonly p99: number
}

export class Histogram {
  readonly #buckets = new Float64Array(BUCKET_COUNT)
  #count = 0
  #sum = 0
  #max = 0

  record(value: number): void {
    const at = Math.ceil((Math.log2(value) - FIRST_EXPONENT) * BUCKETS_PER_DOUBLING)
    const bucket = at > 0 ? Math.min(at, BUCKET_COUNT - 1) : 0
    this.#buckets[bucket] = (this.#buckets[bucket] as number) + 1
    this.#count++
    this.#sum += value
    if (value > this.#max) this.#max = value
  }

  snapshot(): HistogramSnapshot {
    return {
      count: this.#count,
      sum: this.#sum,
      mean: this.#count === 0 ? 0 : this.#sum / this.#count,
      max: this.#max,
      p50: this.#quantile(0.5),
      p99: this.#quantile(0.99),
    }
  }

  /** The upper bound of the bucket in which it lies, and never more than was recorded. */
  #quantile(fraction: number): number {
    const rank = Math.ceil(this.#count * fraction)
    let seen = 0
    for (let bucket = 0; bucket < BUCKET_COUNT && rank > 0; bucket++) {
      seen += this.#buckets[bucket] as number
      if (seen < rank) continue
      return Math.min(2 ** (FIRST_EXPONENT + bucket / BUCKETS_PER_DOUBLING), this.#max)
    }
    return 0
  }
}
