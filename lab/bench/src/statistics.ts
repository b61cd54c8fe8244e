/** Medians and how sure they are. */

export function median(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
}

export interface Interval {
  readonly low: number
  readonly high: number
}

const RESAMPLES = 2000

/** The 95 % bootstrap interval of the median; the same values always give the same interval. */
export function medianInterval(values: readonly number[]): Interval {
  const next = generatorOf(values.length)
  const medians: number[] = []
  for (let i = 0; i < RESAMPLES; i++)
    medians.push(median(values.map(() => values[Math.floor(next() * values.length)] ?? 0)))
  medians.sort((a, b) => a - b)
  return {
    low: medians[Math.floor(RESAMPLES * 0.025)] ?? Number.NaN,
    high: medians[Math.ceil(RESAMPLES * 0.975) - 1] ?? Number.NaN,
  }
}

/** mulberry32: small, and good enough to draw indexes. */
function generatorOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
