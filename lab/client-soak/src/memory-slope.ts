/**
 * How fast memory grows, by samples that were taken after a collection: the median of the slopes between
 * any two (Theil and Sen), which a few taken while a broker was away and buffers were full do not move.
 */
export interface MemorySample {
  readonly atMs: number
  readonly heapBytes: number
  readonly rssBytes: number
}

/** Of a run, until caches and compiled code have found their size. */
const WARM_UP_SHARE = 0.4
const MINUTE_MS = 60_000
const SAMPLES_MAX = 400

/** Bytes a minute; 0 with fewer than two samples after the warm-up. */
export function slopePerMinute(
  samples: readonly MemorySample[],
  of: 'heapBytes' | 'rssBytes',
): number {
  const warm = samples.slice(Math.ceil(samples.length * WARM_UP_SHARE))
  const slopes = warm.flatMap((later, i) =>
    warm.slice(0, i).map((sooner) => (later[of] - sooner[of]) / (later.atMs - sooner.atMs)),
  )
  slopes.sort((a, b) => a - b)
  return (slopes[Math.floor(slopes.length / 2)] ?? 0) * MINUTE_MS
}

/** Every second one goes when there are too many, so that a long run keeps a bounded number. */
export function addSample(samples: MemorySample[], sample: MemorySample): void {
  samples.push(sample)
  if (samples.length < SAMPLES_MAX) return
  const kept = samples.filter((_, i) => i % 2 === 0)
  samples.splice(0, samples.length, ...kept)
}
