/**
 * Where the next read of a consumer begins: it asked up to an offset, and comes back for the one after
 * it. Saves the walk from the last index entry; wrong guesses cost nothing but that walk.
 */
import type { LogSegment } from '../segment/log-segment.ts'

export interface ReadPosition {
  readonly segment: LogSegment
  readonly position: number
}

const POSITIONS_MAX = 32

export class ReadPositions {
  readonly #byOffset = new Map<number, ReadPosition>()

  remember(offset: number, segment: LogSegment, position: number): void {
    this.#byOffset.delete(offset)
    this.#byOffset.set(offset, { segment, position })
    if (this.#byOffset.size <= POSITIONS_MAX) return
    for (const oldest of this.#byOffset.keys()) {
      this.#byOffset.delete(oldest)
      break
    }
  }

  find(offset: number): ReadPosition | undefined {
    return this.#byOffset.get(offset)
  }

  /** The log was cut, or lost segments. */
  clear(): void {
    this.#byOffset.clear()
  }
}
