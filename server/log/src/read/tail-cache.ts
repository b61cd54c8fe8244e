/**
 * The most recent batches of all logs, kept in memory after they were written, so that consumers at the
 * end of a log cost no read of the disk.
 *
 * One bound for the whole broker, first in first out over all logs. Batches are copied into slabs that
 * they share, one after the other as they come; the oldest slab is dropped as a whole and used again. So
 * the cache allocates nothing once it is full, and a batch keeps nothing alive of the frame in which it
 * came, which the connection may use again at once.
 */
import type { LogTail } from './log-tail.ts'
import { TailSlab } from './tail-slab.ts'

const SLAB_BYTES_MAX = 1024 * 1024
/** A small cache forgets at most a quarter of what it has at a time. */
const SLAB_COUNT_MIN = 4
/** Slabs whose answers were sent late; as a rule one that is dropped is filled again at once. */
const IDLE_SLABS_MAX = 4

export class TailCache {
  readonly #bytesMax: number
  readonly #slabBytes: number
  /** Oldest first; the last one is being filled. */
  readonly #slabs: TailSlab[] = []
  readonly #idle: TailSlab[] = []
  #usedBytes = 0
  readonly #onIdle = (slab: TailSlab): void => {
    if (slab.sizeInBytes === this.#slabBytes && this.#idle.length < IDLE_SLABS_MAX) {
      this.#idle.push(slab)
    }
  }

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
    this.#slabBytes = Math.min(SLAB_BYTES_MAX, Math.floor(bytesMax / SLAB_COUNT_MIN))
  }

  /** Memory that is set aside, whether batches fill it or not. */
  get usedBytes(): number {
    return this.#usedBytes
  }

  /** A copy of the batch, to be written and then to be added. */
  adopt(batch: Buffer): Buffer {
    if (batch.length > this.#bytesMax) return Buffer.from(batch)
    const current = this.#slabs.at(-1)
    const hasRoom = current?.hasRoomFor(batch.length) === true
    return (hasRoom ? current : this.#nextSlab(batch.length)).copy(batch)
  }

  /** A batch larger than a slab has one of its own. */
  #nextSlab(batchBytes: number): TailSlab {
    const sizeInBytes = Math.max(batchBytes, this.#slabBytes)
    while (this.#usedBytes + sizeInBytes > this.#bytesMax) this.#dropOldest()
    const idle = sizeInBytes === this.#slabBytes ? this.#idle.shift() : undefined
    const slab = idle?.reset() ?? new TailSlab(sizeInBytes, this.#onIdle)
    this.#slabs.push(slab)
    this.#usedBytes += sizeInBytes
    return slab
  }

  #dropOldest(): void {
    const slab = this.#slabs.shift() as TailSlab
    this.#usedBytes -= slab.sizeInBytes
    slab.drop()
  }

  /** Keeps a written batch that `adopt` gave out; batches of one log come in the order of their offsets. */
  add(tail: LogTail, batch: Buffer, baseOffset: number, nextOffset: number): void {
    const slab = this.#slabOf(batch)
    // Too large, or dropped since: a turn can bring more than the cache holds.
    if (slab === undefined) return
    slab.letGo()
    slab.tails.add(tail)
    tail.push(slab, batch, baseOffset, nextOffset)
  }

  /** What `adopt` gave out and did not get to its log. */
  abandon(batch: Buffer): void {
    this.#slabOf(batch)?.letGo()
  }

  /** One of the last, as a rule the last. */
  #slabOf(batch: Buffer): TailSlab | undefined {
    return this.#slabs.findLast((slab) => slab.bytes.buffer === batch.buffer)
  }

  /** Forgets what a log has here: it was cut, or it is gone. Its memory goes with its slabs. */
  clear(tail: LogTail): void {
    tail.clear()
  }
}
