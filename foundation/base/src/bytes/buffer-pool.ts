/**
 * Large buffers that are used again and again: for reads of older batches, for frames that are gathered.
 *
 * A fresh buffer of a megabyte costs more than what it is for: the kernel has to find and clear its
 * pages, and the garbage collector, which counts the bytes outside its heap, starts to run all the time.
 * So whoever is done with a buffer gives it back.
 *
 * A buffer that is not given back (its connection died half-way through a write) is left to the garbage
 * collector; nothing else depends on it.
 */
const CLASS_BYTES = 256 * 1024
/** Larger buffers are rare, and would keep much memory idle. */
const CLASS_COUNT = 17

export class BufferPool {
  readonly #idleBytesMax: number
  readonly #idle: Buffer[][] = Array.from({ length: CLASS_COUNT }, () => [])
  #idleBytes = 0

  constructor(idleBytesMax: number) {
    this.#idleBytesMax = idleBytesMax
  }

  get idleBytes(): number {
    return this.#idleBytes
  }

  get idleCount(): number {
    return this.#idle.reduce((count, idle) => count + idle.length, 0)
  }

  /** At least `byteCount` bytes, with whatever was in them. */
  take(byteCount: number): Buffer {
    const place = Math.ceil(byteCount / CLASS_BYTES)
    const idle = this.#idle[place]
    // A small buffer is cheaper to allocate than to keep.
    if (idle === undefined || byteCount < CLASS_BYTES / 4) return Buffer.allocUnsafeSlow(byteCount)
    const buffer = idle.pop()
    if (buffer === undefined) return Buffer.allocUnsafeSlow(place * CLASS_BYTES)
    this.#idleBytes -= buffer.length
    return buffer
  }

  /** The caller, and everyone it gave views to, is done with it. A size that is of no class is not kept. */
  giveBack(buffer: Buffer): void {
    const idle = this.#idle[buffer.length / CLASS_BYTES]
    // Empty ones cost no bytes, so the bound would never stop them.
    if (
      idle === undefined ||
      buffer.length === 0 ||
      this.#idleBytes + buffer.length > this.#idleBytesMax
    )
      return
    this.#idleBytes += buffer.length
    idle.push(buffer)
  }
}
