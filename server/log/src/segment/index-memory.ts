/**
 * Keeps the indexes of cold segments within a bound: loaded when asked for, the least recently used
 * given back. The index of an active segment is never given back.
 */
import type { LogState } from '../log-state.ts'
import { mendIndexes } from '../recovery/mend-indexes.ts'
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
   * Call before the indexes of a segment that is not active are read. Those that are missing or make no
   * sense are made again from the batches. Throws what the disk threw where it does not give the segment,
   * and a StorageError where it does not take the indexes, which are in memory then.
   */
  use(state: LogState, segment: LogSegment): void {
    const { indexes } = segment
    const wasLoaded = this.#loaded.has(segment)
    indexes.load()
    if (!wasLoaded) indexes.check(segment)
    mendIndexes(state, segment)
    this.forget(segment)
    const bytes = indexes.memoryBytes
    this.#loaded.set(segment, bytes)
    this.#usedBytes += bytes
    for (const oldest of this.#loaded.keys()) {
      if (this.#usedBytes <= this.#bytesMax || oldest === segment) break
      oldest.indexes.unload()
      this.forget(oldest)
    }
  }

  forget(segment: LogSegment): void {
    this.#usedBytes -= this.#loaded.get(segment) ?? 0
    this.#loaded.delete(segment)
  }
}
