/**
 * Keeps the indexes of cold segments within a bound: loaded when asked for, the least recently used
 * given back. The index of an active segment is never given back.
 */
import { rebuildIndexes } from '../recovery/rebuild-indexes.ts'
import type { LogSegment } from './log-segment.ts'

export class IndexMemory {
  readonly #bytesMax: number
  #usedBytes = 0
  readonly #loaded = new Map<LogSegment, number>()

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  get usedBytes(): number {
    return this.#usedBytes
  }

  /**
   * Call before the indexes of a segment that is not active are read. Indexes that are missing or make
   * no sense are made again from the batches.
   */
  use(segment: LogSegment, indexIntervalBytes: number): void {
    const wasLoaded = this.#loaded.has(segment)
    segment.loadIndexes()
    if (segment.needsIndexRebuild || (!wasLoaded && !segment.areIndexesSane())) {
      segment.needsIndexRebuild = false
      // Of a damaged segment they cover what can be read; the reader finds that the rest is missing.
      rebuildIndexes(segment, indexIntervalBytes)
    }
    this.forget(segment)
    const bytes = segment.indexMemoryBytes
    this.#loaded.set(segment, bytes)
    this.#usedBytes += bytes
    for (const oldest of this.#loaded.keys()) {
      if (this.#usedBytes <= this.#bytesMax || oldest === segment) break
      oldest.unloadIndexes()
      this.forget(oldest)
    }
  }

  forget(segment: LogSegment): void {
    this.#usedBytes -= this.#loaded.get(segment) ?? 0
    this.#loaded.delete(segment)
  }
}
