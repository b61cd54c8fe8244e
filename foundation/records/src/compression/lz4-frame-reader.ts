/**
 * Reads LZ4 frames: independent or linked blocks, with or without sizes and checksums, which are
 * checked. Frames may follow each other, as the format allows.
 *
 * The output starts small and grows by doubling when a block does not fit, up to the limit: the
 * description of a frame only gives sizes in units of up to 4 MiB, and trusting those would cost
 * megabytes for every small batch that a Go client wrote.
 */
import { contentMalformed, contentTooLarge } from './decompression-failure.ts'
import { decodeLz4Block, LZ4_BLOCK_DOES_NOT_FIT } from './lz4-block.ts'
import * as frame from './lz4-frame.ts'
import { xxhash32 } from './xxhash32.ts'

const USUAL_RATIO = 4
const CAPACITY_BYTES_MIN = 1024
const UNKNOWN_SIZE = -1

interface FrameHeader {
  readonly flags: number
  readonly blockBytesMax: number
  readonly contentBytes: number
}

export class Lz4FrameReader {
  readonly #source: Buffer
  readonly #maxBytes: number
  #position = 0
  #output: Buffer
  #outputBytes = 0

  constructor(source: Buffer, maxBytes: number) {
    this.#source = source
    this.#maxBytes = maxBytes
    this.#output = Buffer.allocUnsafeSlow(
      Math.min(maxBytes, Math.max(source.length * USUAL_RATIO, CAPACITY_BYTES_MIN)),
    )
  }

  readAll(): Buffer {
    do this.#readFrame()
    while (this.#position < this.#source.length)
    return this.#output.subarray(0, this.#outputBytes)
  }

  #readFrame(): void {
    const header = this.#readHeader()
    const frameStart = this.#outputBytes
    while (this.#readBlock(header, frameStart));
    const frameBytes = this.#outputBytes - frameStart
    if (header.contentBytes !== UNKNOWN_SIZE && header.contentBytes !== frameBytes) {
      throw this.#malformed(`${frameBytes} bytes where the header says ${header.contentBytes}`)
    }
    if ((header.flags & frame.FLAG_CONTENT_CHECKSUM) !== 0) {
      const checksum = this.#source.readUInt32LE(this.#take(4))
      if (checksum !== xxhash32(this.#output, frameStart, this.#outputBytes)) {
        throw this.#malformed('the content does not match its checksum')
      }
    }
  }

  #readHeader(): FrameHeader {
    if (this.#source.readUInt32LE(this.#take(frame.LZ4_MAGIC_BYTES)) !== frame.LZ4_MAGIC) {
      throw this.#malformed('the frame does not begin with the magic number')
    }
    const start = this.#take(2)
    const flags = this.#source[start] as number
    const blockBytesMax = frame.blockBytesMaxOf(this.#source[start + 1] as number)
    if ((flags & frame.FLAG_VERSION_MASK) !== frame.FLAG_VERSION_1) {
      throw this.#malformed('the frame is not of version 1')
    }
    if ((flags & (frame.FLAG_RESERVED | frame.FLAG_DICTIONARY)) !== 0) {
      throw this.#malformed('the frame asks for a dictionary or a later format')
    }
    if (blockBytesMax === undefined) throw this.#malformed('the block descriptor is unknown')
    const contentBytes = (flags & frame.FLAG_CONTENT_SIZE) === 0 ? UNKNOWN_SIZE : this.#takeSize()
    const headerChecksum = (xxhash32(this.#source, start, this.#position) >>> 8) & 0xff
    if (this.#source[this.#take(1)] !== headerChecksum) {
      throw this.#malformed('the header does not match its checksum')
    }
    if (this.#outputBytes + contentBytes > this.#maxBytes) {
      throw contentTooLarge('lz4', this.#maxBytes)
    }
    return { flags, blockBytesMax, contentBytes }
  }

  /** False at the end mark. */
  #readBlock(header: FrameHeader, frameStart: number): boolean {
    const word = this.#source.readUInt32LE(this.#take(4))
    if (word === 0) return false
    const isStored = word >= frame.BLOCK_STORED
    const blockBytes = isStored ? word - frame.BLOCK_STORED : word
    if (blockBytes > header.blockBytesMax) throw this.#malformed(`a block of ${blockBytes} bytes`)
    const start = this.#take(blockBytes)
    if ((header.flags & frame.FLAG_BLOCK_CHECKSUM) !== 0) {
      const checksum = this.#source.readUInt32LE(this.#take(4))
      if (checksum !== xxhash32(this.#source, start, start + blockBytes)) {
        throw this.#malformed('a block does not match its checksum')
      }
    }
    if (isStored) this.#appendStored(start, blockBytes)
    else
      this.#appendDecoded(
        { source: this.#source, start, end: start + blockBytes },
        header,
        frameStart,
      )
    return true
  }

  #appendStored(start: number, byteCount: number): void {
    while (this.#outputBytes + byteCount > this.#output.length) this.#grow()
    this.#source.copy(this.#output, this.#outputBytes, start, start + byteCount)
    this.#outputBytes += byteCount
  }

  #appendDecoded(
    block: { source: Buffer; start: number; end: number },
    header: FrameHeader,
    frameStart: number,
  ): void {
    const start = this.#outputBytes
    const isLinked = (header.flags & frame.FLAG_BLOCKS_INDEPENDENT) === 0
    for (;;) {
      const blockLimit = start + header.blockBytesMax
      const end = decodeLz4Block(block, {
        target: this.#output,
        start,
        limit: Math.min(blockLimit, this.#output.length),
        historyStart: isLinked ? frameStart : start,
      })
      if (end !== LZ4_BLOCK_DOES_NOT_FIT) {
        this.#outputBytes = end
        return
      }
      if (blockLimit <= this.#output.length) {
        throw this.#malformed(`a block holds more than ${header.blockBytesMax} bytes`)
      }
      this.#grow()
    }
  }

  #grow(): void {
    const capacity = this.#output.length
    if (capacity >= this.#maxBytes) throw contentTooLarge('lz4', this.#maxBytes)
    const grown = Buffer.allocUnsafeSlow(Math.min(capacity * 2, this.#maxBytes))
    this.#output.copy(grown, 0, 0, this.#outputBytes)
    this.#output = grown
  }

  #takeSize(): number {
    const at = this.#take(8)
    return this.#source.readUInt32LE(at + 4) * 2 ** 32 + this.#source.readUInt32LE(at)
  }

  #take(byteCount: number): number {
    const start = this.#position
    if (byteCount > this.#source.length - start) {
      throw this.#malformed(`${byteCount} bytes wanted, ${this.#source.length - start} are left`)
    }
    this.#position = start + byteCount
    return start
  }

  #malformed(what: string): Error {
    return contentMalformed('lz4', what, { position: this.#position })
  }
}
