/**
 * A piece of memory that the batches of many logs share while they are in the tail cache.
 *
 *   bytes  [ batch | batch | batch |   free   ]      filled from the left, never in between
 *
 *   filling ──► full ──► dropped by the cache ──► idle once nobody reads it ──► filling again
 *
 * Whoever reads its bytes outside the cache holds it: a batch from its copy to its write, an answer until
 * the system has taken it. A hold that never ends (the answer's connection died) leaves the slab to the
 * garbage collector; nothing is written into memory that somebody may still read.
 */
import { invariant } from '@ottla/base'
import type { LogTail } from './log-tail.ts'

export class TailSlab {
  readonly bytes: Buffer
  /** Logs that have batches here, which they lose with it. */
  readonly tails = new Set<LogTail>()
  #usedBytes = 0
  #holdCount = 0
  #isDropped = false
  #generation = 0
  readonly #onIdle: (slab: TailSlab) => void

  constructor(sizeInBytes: number, onIdle: (slab: TailSlab) => void) {
    this.bytes = Buffer.allocUnsafeSlow(sizeInBytes)
    this.#onIdle = onIdle
  }

  get sizeInBytes(): number {
    return this.bytes.length
  }

  /** Another one means other batches. */
  get generation(): number {
    return this.#generation
  }

  hasRoomFor(byteCount: number): boolean {
    return this.#usedBytes + byteCount <= this.bytes.length
  }

  /** A copy of the batch, which the slab is held for. */
  copy(batch: Buffer): Buffer {
    const start = this.#usedBytes
    this.#usedBytes += batch.copy(this.bytes, start)
    this.hold()
    return this.bytes.subarray(start, this.#usedBytes)
  }

  hold(): void {
    this.#holdCount++
  }

  letGo(): void {
    invariant(this.#holdCount > 0, 'a slab is let go as often as it was held')
    this.#holdCount--
    if (this.#isDropped && this.#holdCount === 0) this.#onIdle(this)
  }

  /** Its batches are in the cache no more. */
  drop(): void {
    this.#isDropped = true
    this.#generation++
    for (const tail of this.tails) tail.forgetSlab(this)
    this.tails.clear()
    if (this.#holdCount === 0) this.#onIdle(this)
  }

  /** To be filled anew; nobody holds it. */
  reset(): this {
    this.#isDropped = false
    this.#usedBytes = 0
    return this
  }
}
