/**
 * Memory for reads of older batches, used again and again.
 *
 * A consumer that catches up reads a megabyte at a time. A fresh buffer for each costs more than the
 * read: the kernel has to find and clear its pages, and the garbage collector, which counts the bytes
 * outside its heap, starts to run all the time. So whoever has sent a slice gives its buffer back
 * (`LogSlice.release`).
 *
 * A buffer that is not given back (its connection died half-way through a write) is left to the garbage
 * collector; nothing else depends on it.
 */
const CLASS_BYTES = 256 * 1024
/** Larger reads are rare, and would keep much memory idle. */
const CLASS_COUNT = 17

export class ReadBuffers {
  readonly #idleBytesMax: number
  readonly #idle: Buffer[][] = Array.from({ length: CLASS_COUNT }, () => [])
  #idleBytes = 0

  constructor(idleBytesMax: number) {
    this.#idleBytesMax = idleBytesMax
  }

  get idleBytes(): number {
    return this.#idleBytes
  }

  /** At least `byteCount` bytes, with whatever was in them. */
  take(byteCount: number): Buffer {
    const place = Math.ceil(byteCount / CLASS_BYTES)
    const idle = this.#idle[place]
    // A small read is cheaper to allocate than to keep.
    if (idle === undefined || byteCount < CLASS_BYTES / 4) return Buffer.allocUnsafeSlow(byteCount)
    const buffer = idle.pop()
    if (buffer === undefined) return Buffer.allocUnsafeSlow(place * CLASS_BYTES)
    this.#idleBytes -= buffer.length
    return buffer
  }

  /** The caller, and everyone it gave views to, is done with it. */
  giveBack(buffer: Buffer): void {
    const idle = this.#idle[buffer.length / CLASS_BYTES]
    if (idle === undefined || this.#idleBytes + buffer.length > this.#idleBytesMax) return
    this.#idleBytes += buffer.length
    idle.push(buffer)
  }
}
