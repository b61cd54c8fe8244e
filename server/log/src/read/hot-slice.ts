/**
 * Batches from the tail cache. Batches of one slab or frame that follow each other in memory leave as
 * one view; others are joined by a copy.
 */
import type { LogTail } from './log-tail.ts'
import type { LocateOptions, LogSlice, SliceCallback } from './log-slice.ts'

class HotSlice implements LogSlice {
  readonly #pieces: readonly Buffer[]
  readonly sizeInBytes: number
  readonly endOffset: number
  readonly isHot = true

  constructor(pieces: readonly Buffer[], sizeInBytes: number, endOffset: number) {
    this.#pieces = pieces
    this.sizeInBytes = sizeInBytes
    this.endOffset = endOffset
  }

  readSync(): Buffer {
    const first = this.#pieces[0] as Buffer
    if (this.#pieces.length === 1) return first
    if (areAdjacent(this.#pieces)) {
      return Buffer.from(first.buffer, first.byteOffset, this.sizeInBytes)
    }
    return Buffer.concat(this.#pieces as Buffer[], this.sizeInBytes)
  }

  read(callback: SliceCallback): void {
    callback(undefined, this.readSync())
  }

  /** The tail cache decides how long its memory lives. */
  release(): void {}
}

function areAdjacent(pieces: readonly Buffer[]): boolean {
  for (let i = 1; i < pieces.length; i++) {
    const before = pieces[i - 1] as Buffer
    const piece = pieces[i] as Buffer
    if (piece.buffer !== before.buffer) return false
    if (piece.byteOffset !== before.byteOffset + before.length) return false
  }
  return true
}

/** Undefined when the batch at `place` already goes beyond the limits. */
export function hotSlice(
  tail: LogTail,
  place: number,
  options: LocateOptions,
): LogSlice | undefined {
  const pieces: Buffer[] = []
  let sizeInBytes = 0
  let endOffset = 0
  for (let i = place; ; i++) {
    const batch = tail.batchAt(i)
    if (batch === undefined || tail.nextOffsetAt(i) > options.upToOffset) break
    const isTooLarge = sizeInBytes + batch.length > options.maxBytes
    if (isTooLarge && !(options.minOneBatch && pieces.length === 0)) break
    pieces.push(batch)
    sizeInBytes += batch.length
    endOffset = tail.nextOffsetAt(i)
  }
  return pieces.length === 0 ? undefined : new HotSlice(pieces, sizeInBytes, endOffset)
}
