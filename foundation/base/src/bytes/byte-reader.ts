/**
 * Reads the primitive types of the Kafka protocol from one buffer.
 *
 * Each read checks the bytes that are left before it touches or allocates anything, and throws
 * {@link MalformedError} otherwise; a count or length from the wire is never trusted. 64-bit integers
 * come back as numbers: exact to 2^53 - 1, and beyond that the bound of their sign, because clients
 * write Long.MAX_VALUE for "no limit" (a BigInt per field would cost a heap object each).
 *
 * One reader is re-used for many frames: `reset()` instead of `new` on hot paths.
 *
 * Bench: byte-reader.bench.ts
 */
import { MalformedError } from './malformed-error.ts'
import { uuidFromBytes, type Uuid } from '../ids.ts'

const EMPTY = Buffer.alloc(0)
const TWO_POW_32 = 4294967296

export class ByteReader {
  #buffer: Buffer
  #position: number
  #limit: number
  /** Elements that may still be announced until the next reset. */
  #elementsLeft = Infinity
  #elementsMax = Infinity

  constructor(buffer: Buffer = EMPTY, position = 0, limit = buffer.length) {
    this.#buffer = buffer
    this.#position = position
    this.#limit = limit
  }

  reset(buffer: Buffer, position = 0, limit = buffer.length): this {
    this.#buffer = buffer
    this.#position = position
    this.#limit = limit
    this.#elementsLeft = this.#elementsMax
    return this
  }

  /**
   * Bounds how many elements all arrays of one buffer may have together. An element of one byte on the
   * wire is an object of a hundred in memory, so the bytes alone do not bound what a hostile frame costs.
   */
  limitElements(elementsMax: number): this {
    this.#elementsMax = elementsMax
    this.#elementsLeft = elementsMax
    return this
  }

  get position(): number {
    return this.#position
  }

  get remaining(): number {
    return this.#limit - this.#position
  }

  /** Moves past `byteCount` bytes and returns where they begin. */
  #take(byteCount: number): number {
    const start = this.#position
    if (byteCount > this.#limit - start) this.#underflow(byteCount)
    this.#position = start + byteCount
    return start
  }

  // Apart from #take so that the hot reads stay small enough to be inlined.
  #underflow(byteCount: number): never {
    throw new MalformedError(
      `Cannot read ${byteCount} bytes: ${this.remaining} are left`,
      this.#position,
    )
  }

  readInt8(): number {
    return ((this.#buffer[this.#take(1)] as number) << 24) >> 24
  }

  readUint8(): number {
    return this.#buffer[this.#take(1)] as number
  }

  /** Kafka writes 0 and 1 and reads every other value as true. */
  readBoolean(): boolean {
    return this.readUint8() !== 0
  }

  readInt16(): number {
    return this.#buffer.readInt16BE(this.#take(2))
  }

  readUint16(): number {
    return this.#buffer.readUInt16BE(this.#take(2))
  }

  readInt32(): number {
    return this.#buffer.readInt32BE(this.#take(4))
  }

  readUint32(): number {
    return this.#buffer.readUInt32BE(this.#take(4))
  }

  readInt64(): number {
    const start = this.#take(8)
    const high = this.#buffer.readInt32BE(start)
    const low = this.#buffer.readUInt32BE(start + 4)
    const value = high * TWO_POW_32 + low
    return Number.isSafeInteger(value) ? value : safeBound(value)
  }

  readFloat64(): number {
    return this.#buffer.readDoubleBE(this.#take(8))
  }

  readUuid(): Uuid {
    const start = this.#take(16)
    return uuidFromBytes(this.#buffer.subarray(start, start + 16))
  }

  /** At most five bytes, value below 2^32 (KIP-482). */
  readUnsignedVarint(): number {
    const first = this.#buffer[this.#take(1)] as number
    if (first < 0x80) return first
    let value = first & 0x7f
    for (let shift = 7; shift <= 28; shift += 7) {
      const byte = this.#buffer[this.#take(1)] as number
      // The fifth byte may carry only the four bits that are left of 32.
      if (shift === 28 && byte > 0x0f) break
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
    throw new MalformedError('Cannot read varint: more than 32 bits', this.#position)
  }

  /** Zigzag varint of 32 bits, as records use it. */
  readVarint(): number {
    const raw = this.readUnsignedVarint()
    return (raw >>> 1) ^ -(raw & 1)
  }

  /** Zigzag varint of 64 bits; at most ten bytes. */
  readVarlong(): number {
    const first = this.#buffer[this.#take(1)] as number
    if (first < 0x80) return (first >>> 1) ^ -(first & 1)
    let low = first & 0x7f
    let high = 0
    for (let shift = 7; shift <= 63; shift += 7) {
      const byte = this.#buffer[this.#take(1)] as number
      // The tenth byte may carry only the one bit that is left of 64.
      if (shift === 63 && byte > 0x01) break
      const bits = byte & 0x7f
      if (shift < 28) low |= bits << shift
      else if (shift === 28) {
        low |= (bits & 0x0f) << 28
        high |= bits >>> 4
      } else high |= bits << (shift - 32)
      if (byte < 0x80) return unzigzag64(high >>> 0, low >>> 0)
    }
    throw new MalformedError('Cannot read varlong: more than 64 bits', this.#position)
  }

  /** A view, not a copy: it keeps the whole frame alive, so long-lived values must be copied. */
  readSlice(byteCount: number): Buffer {
    if (byteCount < 0) {
      throw new MalformedError(`Cannot read ${byteCount} bytes`, this.#position)
    }
    const start = this.#take(byteCount)
    return this.#buffer.subarray(start, start + byteCount)
  }

  /** Bytes of UTF-8 whose length the caller has read. */
  readUtf8(byteCount: number): string {
    if (byteCount < 0) {
      throw new MalformedError(`Cannot read a string of ${byteCount} bytes`, this.#position)
    }
    const start = this.#take(byteCount)
    return this.#buffer.toString('utf8', start, start + byteCount)
  }

  skip(byteCount: number): void {
    this.readSlice(byteCount)
  }

  /**
   * Checks an element count against the bytes left, given the least size an element can have, so that
   * a short frame can never make us allocate a long array.
   */
  checkCount(count: number, elementBytesMin: number): number {
    if (count * elementBytesMin > this.remaining) {
      throw new MalformedError(
        `Cannot read ${count} elements: ${this.remaining} bytes are left`,
        this.#position,
      )
    }
    if (count > 0) this.#elementsLeft -= count
    if (this.#elementsLeft < 0) {
      throw new MalformedError(
        `Cannot read ${count} elements: at most ${this.#elementsMax} are allowed in one message`,
        this.#position,
      )
    }
    return count
  }
}

function unzigzag64(high: number, low: number): number {
  const half = (high >>> 1) * TWO_POW_32 + (((low >>> 1) | ((high & 1) << 31)) >>> 0)
  const value = (low & 1) === 1 ? -half - 1 : half
  return Number.isSafeInteger(value) ? value : safeBound(value)
}

function safeBound(value: number): number {
  return value < 0 ? Number.MIN_SAFE_INTEGER : Number.MAX_SAFE_INTEGER
}
