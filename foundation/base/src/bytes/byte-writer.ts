/**
 * Writes the primitive types of the Kafka protocol into a growing buffer.
 *
 * Small values are copied into the current chunk. A large slice (record batches on their way out) is
 * linked in between, so that a megabyte read from disk reaches the socket without another copy.
 *
 *   chunks:  [ header + small fields ][ records slice ][ small fields ][ records slice ] ...
 *
 * `finish()` hands the chunks over for one writev and starts anew in the rest of the last one. The bytes
 * given to `finish()` callers are never written again: what is in flight on a socket must not change.
 * A writer that was not used yet holds no memory.
 *
 * Bench: byte-writer.bench.ts
 */
import { uuidToBytes, type Uuid } from '../ids.ts'
import { invariant } from '../invariant.ts'

const TWO_POW_32 = 4294967296
const CHUNK_BYTES = 16 * 1024
/** Below this a copy is cheaper than another entry in the writev. */
const LINK_BYTES_MIN = 2048

const EMPTY = Buffer.alloc(0)

export class ByteWriter {
  #chunk = EMPTY
  #nextChunkBytes: number
  #start = 0
  #position = 0
  #finished: Buffer[] = []
  #finishedBytes = 0

  /** `capacityBytes` is what the first chunk holds: less for a message known to be small. */
  constructor(capacityBytes: number = CHUNK_BYTES) {
    this.#nextChunkBytes = capacityBytes
  }

  /** Bytes written since the last `finish()`. */
  get length(): number {
    return this.#finishedBytes + this.#position - this.#start
  }

  #reserve(byteCount: number): number {
    const at = this.#position
    if (at + byteCount > this.#chunk.length) return this.#reserveInNewChunk(byteCount)
    this.#position = at + byteCount
    return at
  }

  #reserveInNewChunk(byteCount: number): number {
    this.#closeChunk()
    this.#chunk = Buffer.allocUnsafeSlow(Math.max(this.#nextChunkBytes, byteCount))
    this.#nextChunkBytes = CHUNK_BYTES
    this.#start = 0
    this.#position = byteCount
    return 0
  }

  /** Moves what was written to the finished list; the rest of the chunk stays in use. */
  #closeChunk(): void {
    if (this.#position === this.#start) return
    this.#finished.push(this.#chunk.subarray(this.#start, this.#position))
    this.#finishedBytes += this.#position - this.#start
    this.#start = this.#position
  }

  writeInt8(value: number): void {
    // Reserved first: it may replace the chunk.
    const at = this.#reserve(1)
    this.#chunk[at] = value
  }

  writeUint8(value: number): void {
    const at = this.#reserve(1)
    this.#chunk[at] = value
  }

  writeBoolean(value: boolean): void {
    const at = this.#reserve(1)
    this.#chunk[at] = value ? 1 : 0
  }

  writeInt16(value: number): void {
    const at = this.#reserve(2)
    this.#chunk.writeInt16BE(value, at)
  }

  writeUint16(value: number): void {
    const at = this.#reserve(2)
    this.#chunk.writeUInt16BE(value, at)
  }

  writeInt32(value: number): void {
    const at = this.#reserve(4)
    this.#chunk.writeInt32BE(value, at)
  }

  writeUint32(value: number): void {
    const at = this.#reserve(4)
    this.#chunk.writeUInt32BE(value, at)
  }

  writeInt64(value: number): void {
    const at = this.#reserve(8)
    const high = Math.floor(value / TWO_POW_32)
    this.#chunk.writeInt32BE(high, at)
    this.#chunk.writeUInt32BE(value - high * TWO_POW_32, at + 4)
  }

  writeFloat64(value: number): void {
    const at = this.#reserve(8)
    this.#chunk.writeDoubleBE(value, at)
  }

  writeUuid(id: Uuid): void {
    const at = this.#reserve(16)
    uuidToBytes(id).copy(this.#chunk, at)
  }

  writeUnsignedVarint(value: number): void {
    let rest = value
    while (rest >= 0x80) {
      this.writeUint8((rest & 0x7f) | 0x80)
      rest = Math.floor(rest / 128)
    }
    this.writeUint8(rest)
  }

  writeVarint(value: number): void {
    this.writeUnsignedVarint(((value << 1) ^ (value >> 31)) >>> 0)
  }

  writeVarlong(value: number): void {
    // Zigzag without 64-bit shifts: exact for |value| < 2^52, which covers every delta of a batch.
    this.writeUnsignedVarint(value >= 0 ? value * 2 : value * -2 - 1)
  }

  writeUtf8(text: string, byteCount: number): void {
    const at = this.#reserve(byteCount)
    this.#chunk.write(text, at, byteCount, 'utf8')
  }

  /** Copies a small slice and links a large one; the caller must not change linked bytes afterwards. */
  writeBytes(bytes: Buffer): void {
    if (bytes.length < LINK_BYTES_MIN) {
      const at = this.#reserve(bytes.length)
      bytes.copy(this.#chunk, at)
      return
    }
    this.#closeChunk()
    this.#finished.push(bytes)
    this.#finishedBytes += bytes.length
  }

  /**
   * Leaves four bytes for a value that is known later (the size in front of a frame). The slot is for
   * `patchInt32` and only valid until the next `finish()`.
   */
  reserveInt32(): Int32Slot {
    const at = this.#reserve(4)
    return { chunk: this.#chunk, at }
  }

  patchInt32(slot: Int32Slot, value: number): void {
    slot.chunk.writeInt32BE(value, slot.at)
  }

  /** All bytes since the last call, in order, for one writev. */
  finish(): Buffer[] {
    this.#closeChunk()
    const chunks = this.#finished
    this.#finished = []
    this.#finishedBytes = 0
    if (this.#position === this.#chunk.length) this.#forgetChunk()
    return chunks
  }

  /** A chunk made to measure for a long string must not live as long as the writer. */
  #forgetChunk(): void {
    this.#chunk = EMPTY
    this.#start = 0
    this.#position = 0
  }

  /** As one buffer; copies when there are several chunks. For tests and small messages. */
  finishJoined(): Buffer {
    const chunks = this.finish()
    const only = chunks[0]
    if (chunks.length === 1 && only !== undefined) return only
    return Buffer.concat(chunks)
  }
}

export interface Int32Slot {
  readonly chunk: Buffer
  readonly at: number
}

invariant(LINK_BYTES_MIN < CHUNK_BYTES, 'a slice that is copied must fit a chunk')
