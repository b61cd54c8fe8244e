/**
 * The most recent batches of all logs, kept in memory after they were written, so that consumers at the
 * end of a log cost no read of the disk.
 *
 * One bound for the whole broker, first in first out over all logs. What counts is the memory that a
 * slice keeps alive, not its length: a batch is a view of a network frame, and a hundred bytes of it
 * would hold a frame of a megabyte. So a slice that is less than a quarter of its buffer is copied into
 * a slab that small batches share; the others count with their whole buffer.
 */
import type { LogTail } from './log-tail.ts'

const SLAB_BYTES = 256 * 1024
const SHARE_MIN = 4

export class TailCache {
  readonly #bytesMax: number
  #usedBytes = 0
  #slab: Buffer = Buffer.alloc(0)
  readonly #slabs = new WeakSet<ArrayBufferLike>()
  #slabUsedBytes = 0
  /** The log of each kept batch, oldest first from #first on. */
  #order: LogTail[] = []
  #first = 0

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  get usedBytes(): number {
    return this.#usedBytes
  }

  /** The same bytes in a buffer that is worth keeping. */
  adopt(batch: Buffer): Buffer {
    if (batch.length * SHARE_MIN >= batch.buffer.byteLength) return batch
    if (batch.length * 2 > SLAB_BYTES) {
      const own = Buffer.allocUnsafeSlow(batch.length)
      batch.copy(own)
      return own
    }
    if (this.#slabUsedBytes + batch.length > this.#slab.length) {
      this.#slab = Buffer.allocUnsafeSlow(SLAB_BYTES)
      this.#slabs.add(this.#slab.buffer)
      this.#slabUsedBytes = 0
    }
    const start = this.#slabUsedBytes
    this.#slabUsedBytes += batch.copy(this.#slab, start)
    return this.#slab.subarray(start, this.#slabUsedBytes)
  }

  /** Keeps a written batch that `adopt` gave out; drops the oldest ones when there is no room. */
  add(tail: LogTail, batch: Buffer, baseOffset: number, nextOffset: number): void {
    if (this.#bytesMax === 0) return
    const heldBytes = this.#slabs.has(batch.buffer) ? batch.length : batch.buffer.byteLength
    this.#usedBytes += tail.push(batch, { baseOffset, nextOffset, heldBytes })
    this.#order.push(tail)
    while (this.#usedBytes > this.#bytesMax) this.#dropOldest()
  }

  #dropOldest(): void {
    const tail = this.#order[this.#first] as LogTail
    this.#first++
    this.#usedBytes -= tail.dropOldest()
    if (this.#first > 1024 && this.#first * 2 > this.#order.length) {
      this.#order = this.#order.slice(this.#first)
      this.#first = 0
    }
  }

  /** Forgets what a log has here: it was cut, or it is gone. */
  clear(tail: LogTail): void {
    this.#usedBytes -= tail.clear()
  }
}
