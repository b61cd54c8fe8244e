/**
 * What the tail cache has of one log: its last batches, in offset order and without gaps in the file.
 */
import { invariant } from '@ottla/base'

interface KeptBatch {
  readonly baseOffset: number
  readonly nextOffset: number
  /** Memory that the batch keeps alive. */
  heldBytes: number
}

const COMPACT_MIN = 256
/** In place of a dropped batch, so that its memory goes before the list is shortened. */
const DROPPED = Buffer.alloc(0)

export class LogTail {
  #batches: Buffer[] = []
  #kept: KeptBatch[] = []
  #first = 0
  /** Batches that were cleared but still have a place in the cache's order; always the oldest ones. */
  #clearedCount = 0

  get count(): number {
    return this.#batches.length - this.#first
  }

  /** The first offset that is here; Infinity when there is nothing. */
  get firstOffset(): number {
    return this.#kept[this.#first]?.baseOffset ?? Infinity
  }

  /** Returns by how much the memory held grows. */
  push(batch: Buffer, kept: KeptBatch): number {
    const last = this.#kept.at(-1)
    const lastBatch = this.#batches.at(-1)
    this.#batches.push(batch)
    this.#kept.push(kept)
    // Two batches of one frame hold it once; the later one answers for it, as it goes later.
    if (last === undefined || lastBatch?.buffer !== batch.buffer) return kept.heldBytes
    if (kept.heldBytes !== batch.buffer.byteLength) return kept.heldBytes
    const grownBytes = kept.heldBytes - last.heldBytes
    last.heldBytes = 0
    return grownBytes
  }

  /** Returns the memory that is held no more. */
  dropOldest(): number {
    if (this.#clearedCount > 0) {
      this.#clearedCount--
      return 0
    }
    const kept = this.#kept[this.#first]
    invariant(kept !== undefined, 'the order of the tail cache has one place for each kept batch')
    this.#batches[this.#first] = DROPPED
    this.#first++
    if (this.#first > COMPACT_MIN && this.#first * 2 > this.#batches.length) this.#compact()
    return kept.heldBytes
  }

  #compact(): void {
    this.#batches = this.#batches.slice(this.#first)
    this.#kept = this.#kept.slice(this.#first)
    this.#first = 0
  }

  clear(): number {
    let heldBytes = 0
    for (let i = this.#first; i < this.#kept.length; i++) {
      heldBytes += (this.#kept[i] as KeptBatch).heldBytes
    }
    this.#clearedCount += this.count
    this.#batches = []
    this.#kept = []
    this.#first = 0
    return heldBytes
  }

  /**
   * The place of the batch that holds `offset`, or of the first after it; -1 when `offset` may lie
   * before what is kept, or after it.
   */
  find(offset: number): number {
    if (offset < this.firstOffset) return -1
    let low = this.#first
    let high = this.#kept.length - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#kept[middle] as KeptBatch).nextOffset <= offset) low = middle + 1
      else high = middle
    }
    return low < this.#kept.length && (this.#kept[low] as KeptBatch).nextOffset > offset ? low : -1
  }

  batchAt(place: number): Buffer | undefined {
    return this.#batches[place]
  }

  nextOffsetAt(place: number): number {
    return (this.#kept[place] as KeptBatch).nextOffset
  }
}
