/**
 * Station 2 of the produce path: cuts the byte stream of one connection into frames.
 *
 *   +--------------+----------------------+
 *   | size (int32) | size bytes of request|
 *   +--------------+----------------------+
 *
 * A frame that lies whole in one chunk is handed out as a view of it, without a copy. One that spans
 * chunks is gathered in a buffer of its own; above `EAGER_BYTES_MAX` that buffer grows with what has
 * arrived, so that a size alone never makes us allocate (CVE-2022-34917).
 *
 * Pull style: `next()` is asked for one frame at a time, so that a connection can stop in the middle of
 * a chunk when its answers do not keep up.
 *
 * Bench: frame-reader.bench.ts
 */
import { MalformedError } from '@ottla/base'

const SIZE_BYTES = 4
const EAGER_BYTES_MAX = 1024 * 1024

export class FrameReader {
  readonly #frameBytesMax: number
  /** Chunks not looked at yet; more than one only while the connection is held. */
  #chunks: Buffer[] = []
  #chunkPosition = 0
  /** Size of the frame being gathered; -1 when its size is not known yet. */
  #frameBytes = -1
  readonly #sizeBytes = Buffer.alloc(SIZE_BYTES)
  #sizeFilled = 0
  #gathered: Buffer | undefined
  #gatheredBytes = 0

  /** The frame that the last `next()` found: bytes [start, end) of `buffer`. */
  buffer: Buffer = this.#sizeBytes
  start = 0
  end = 0

  constructor(frameBytesMax: number) {
    this.#frameBytesMax = frameBytesMax
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk)
  }

  /** True when a frame was found; throws MalformedError when the size cannot be right. */
  next(): boolean {
    for (;;) {
      const chunk = this.#chunks[0]
      if (chunk === undefined) return false
      if (this.#frameBytes < 0 && !this.#readSize(chunk)) {
        if (this.#leaveChunkIfUsed(chunk)) continue
        return false
      }
      if (this.#takeFrame(chunk)) return true
      this.#leaveChunkIfUsed(chunk)
    }
  }

  /** Steps to the next chunk when this one holds nothing more. */
  #leaveChunkIfUsed(chunk: Buffer): boolean {
    if (this.#chunkPosition < chunk.length) return false
    this.#chunks.shift()
    this.#chunkPosition = 0
    return true
  }

  #readSize(chunk: Buffer): boolean {
    const available = chunk.length - this.#chunkPosition
    if (this.#sizeFilled === 0 && available >= SIZE_BYTES) {
      this.#frameBytes = chunk.readInt32BE(this.#chunkPosition)
      this.#chunkPosition += SIZE_BYTES
    } else {
      const taken = Math.min(SIZE_BYTES - this.#sizeFilled, available)
      chunk.copy(
        this.#sizeBytes,
        this.#sizeFilled,
        this.#chunkPosition,
        this.#chunkPosition + taken,
      )
      this.#chunkPosition += taken
      this.#sizeFilled += taken
      if (this.#sizeFilled < SIZE_BYTES) return false
      this.#frameBytes = this.#sizeBytes.readInt32BE(0)
      this.#sizeFilled = 0
    }
    if (this.#frameBytes < 0 || this.#frameBytes > this.#frameBytesMax) {
      throw new MalformedError(
        `Cannot read a frame of ${this.#frameBytes} bytes: between 0 and ${this.#frameBytesMax} expected`,
        0,
      )
    }
    return true
  }

  #takeFrame(chunk: Buffer): boolean {
    const available = chunk.length - this.#chunkPosition
    if (this.#gathered === undefined && available >= this.#frameBytes) {
      this.#found(chunk, this.#chunkPosition)
      this.#chunkPosition += this.#frameBytes
    } else {
      this.#gather(chunk, available)
      if (this.#gatheredBytes < this.#frameBytes) return false
      this.#found(this.#gathered as Buffer, 0)
      this.#gathered = undefined
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
  }

  #gather(chunk: Buffer, available: number): void {
    const taken = Math.min(this.#frameBytes - this.#gatheredBytes, available)
    const neededBytes = this.#gatheredBytes + taken
    if (this.#gathered === undefined) {
      const firstBytes = Math.max(Math.min(this.#frameBytes, EAGER_BYTES_MAX), neededBytes)
      this.#gathered = Buffer.allocUnsafeSlow(firstBytes)
    } else if (neededBytes > this.#gathered.length) {
      const grown = Buffer.allocUnsafeSlow(Math.min(this.#frameBytes, this.#gathered.length * 2))
      this.#gathered.copy(grown, 0, 0, this.#gatheredBytes)
      this.#gathered = grown
    }
    chunk.copy(
      this.#gathered,
      this.#gatheredBytes,
      this.#chunkPosition,
      this.#chunkPosition + taken,
    )
    this.#chunkPosition += taken
    this.#gatheredBytes = neededBytes
  }
}
