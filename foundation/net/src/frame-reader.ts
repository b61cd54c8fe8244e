/**
 * Station 2 of the produce path: cuts the byte stream of one connection into frames.
 *
 *   +--------------+----------------------+
 *   | size (int32) | size bytes of request|
 *   +--------------+----------------------+
 *
 * A frame that lies whole in one chunk is handed out as a view of it, without a copy. One that spans
 * chunks is gathered in a buffer of its own, which is never larger than a small multiple of the bytes
 * that have arrived: a size alone never makes us allocate (CVE-2022-34917), and a few bytes no megabyte.
 * Large ones come from a pool, and go back to it when whoever took the frame keeps nothing of it.
 *
 * Pull style: `next()` is asked for one frame at a time, so that a connection can stop in the middle of
 * a chunk when its answers do not keep up. Between frames the reader holds no memory but its own fields:
 * most connections of a broker are idle.
 *
 * Bench: frame-reader.bench.ts
 */
import { MalformedError, type BufferPool } from '@ottla/base'

const SIZE_BYTES = 4
const EMPTY = Buffer.alloc(0)
/** Up to here a frame is given its whole buffer once this part of it has arrived … */
const EAGER_BYTES_MAX = 1024 * 1024
/** … so that a produce request of one megabyte, read 64 KiB at a time, is copied only once. */
const EAGER_FACTOR = 32

export class FrameReader {
  readonly #frameBytesMax: number
  readonly #pool: BufferPool | undefined
  /** Chunks not looked at yet; more than one only while the connection is held. */
  #chunks: Buffer[] = []
  #chunkPosition = 0
  /** Size of the frame being gathered; -1 when its size is not known yet. */
  #frameBytes = -1
  /** The first bytes of a size that is split over chunks. */
  #sizePart = 0
  #sizeFilled = 0
  #gathered: Buffer = EMPTY
  #gatheredBytes = 0
  /** Of the frame that was found: it lies in a buffer of its own, not in a chunk. */
  #isGathered = false

  /** The frame that the last `next()` found: bytes [start, end) of `buffer`; empty when it found none. */
  buffer: Buffer = EMPTY
  start = 0
  end = 0

  constructor(frameBytesMax: number, pool?: BufferPool) {
    this.#frameBytesMax = frameBytesMax
    this.#pool = pool
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk)
  }

  /** Nobody has a view any more of the frame that the last `next()` found. */
  giveBack(): void {
    if (this.#isGathered) this.#pool?.giveBack(this.buffer)
    this.#isGathered = false
    this.buffer = EMPTY
  }

  /** True when a frame was found; throws MalformedError when the size cannot be right. */
  next(): boolean {
    for (;;) {
      const chunk = this.#chunks[0]
      if (chunk === undefined) {
        this.buffer = EMPTY
        return false
      }
      if ((this.#frameBytes >= 0 || this.#readSize(chunk)) && this.#takeFrame(chunk)) return true
      // Without a frame the chunk is used up.
      this.#leaveChunkIfUsed(chunk)
    }
  }

  /** Steps to the next chunk when this one holds nothing more. */
  #leaveChunkIfUsed(chunk: Buffer): void {
    if (this.#chunkPosition < chunk.length) return
    this.#chunks.shift()
    this.#chunkPosition = 0
  }

  #readSize(chunk: Buffer): boolean {
    if (this.#sizeFilled === 0 && chunk.length - this.#chunkPosition >= SIZE_BYTES) {
      this.#frameBytes = this.#checked(chunk.readInt32BE(this.#chunkPosition))
      this.#chunkPosition += SIZE_BYTES
      return true
    }
    while (this.#sizeFilled < SIZE_BYTES && this.#chunkPosition < chunk.length) {
      this.#sizePart = (this.#sizePart << 8) | (chunk[this.#chunkPosition++] as number)
      this.#sizeFilled++
    }
    if (this.#sizeFilled < SIZE_BYTES) return false
    this.#frameBytes = this.#checked(this.#sizePart)
    this.#sizePart = 0
    this.#sizeFilled = 0
    return true
  }

  #checked(frameBytes: number): number {
    if (frameBytes >= 0 && frameBytes <= this.#frameBytesMax) return frameBytes
    throw new MalformedError(
      `Cannot read a frame of ${frameBytes} bytes: between 0 and ${this.#frameBytesMax} expected`,
      0,
    )
  }

  #takeFrame(chunk: Buffer): boolean {
    const available = chunk.length - this.#chunkPosition
    if (this.#gatheredBytes === 0 && available >= this.#frameBytes) {
      this.#found(chunk, this.#chunkPosition)
      this.#chunkPosition += this.#frameBytes
    } else {
      this.#gather(chunk, available)
      if (this.#gatheredBytes < this.#frameBytes) return false
      this.#found(this.#gathered, 0)
      this.#isGathered = true
      this.#gathered = EMPTY
      this.#gatheredBytes = 0
    }
    this.#frameBytes = -1
    this.#leaveChunkIfUsed(chunk)
    return true
  }

  #found(buffer: Buffer, start: number): void {
    this.buffer = buffer
    this.start = start
    this.end = start + this.#frameBytes
    this.#isGathered = false
  }

  #gather(chunk: Buffer, available: number): void {
    if (available === 0) return
    const taken = Math.min(this.#frameBytes - this.#gatheredBytes, available)
    const neededBytes = this.#gatheredBytes + taken
    if (neededBytes > this.#gathered.length) this.#growTo(neededBytes)
    const from = this.#chunkPosition
    chunk.copy(this.#gathered, this.#gatheredBytes, from, from + taken)
    this.#chunkPosition += taken
    this.#gatheredBytes = neededBytes
  }

  #growTo(neededBytes: number): void {
    const wantedBytes = Math.max(
      neededBytes * 2,
      Math.min(neededBytes * EAGER_FACTOR, EAGER_BYTES_MAX),
    )
    const sizeInBytes = Math.min(this.#frameBytes, wantedBytes)
    const grown = this.#pool?.take(sizeInBytes) ?? Buffer.allocUnsafeSlow(sizeInBytes)
    this.#gathered.copy(grown, 0, 0, this.#gatheredBytes)
    this.#pool?.giveBack(this.#gathered)
    this.#gathered = grown
  }
}
