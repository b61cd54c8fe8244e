/**
 * snappy, as Java clients frame it (Xerial's snappy-java) and raw, as some others write it.
 *
 *   | 82 'SNAPPY' 00 | version int32 = 1 | compatible int32 = 1 | block | block | ...
 *   block: | length int32 | raw snappy: | content length uvarint | elements ... | |
 *
 * Every raw block declares its content's length in front, so the sum is known and checked before
 * anything is decompressed. We write the framing: every client reads it, and Java reads nothing else.
 */
import { ByteReader } from '@ottla/base'
import type { Codec } from './codec.ts'
import { contentMalformed, contentTooLarge } from './decompression-failure.ts'
import { loadLibrary } from './load-library.ts'

interface SnappyLibrary {
  compressSync(bytes: Buffer, options: { copyOutputData: boolean }): Buffer
  uncompressSync(bytes: Buffer, options: { copyOutputData: boolean }): Buffer
}

const XERIAL_HEADER = Buffer.from('82534e41505059000000000100000001', 'hex')
const XERIAL_MAGIC = XERIAL_HEADER.subarray(0, 8)
/** The block size of snappy-java, and so of Kafka. */
const BLOCK_BYTES = 32 * 1024
/** The densest element copies 64 bytes and takes three: no block can hold more than this per byte. */
const RATIO_MAX = 22
/** An external buffer per call costs five times the copy at block size. */
const COPIED = { copyOutputData: true }

let snappyLibrary: SnappyLibrary | undefined

function library(): SnappyLibrary {
  return (snappyLibrary ??= loadLibrary<SnappyLibrary>('snappy'))
}

export const snappy: Codec = {
  compress(bytes) {
    const pieces: Buffer[] = [XERIAL_HEADER]
    for (let start = 0; start < bytes.length; start += BLOCK_BYTES) {
      const block = library().compressSync(bytes.subarray(start, start + BLOCK_BYTES), COPIED)
      const length = Buffer.allocUnsafe(4)
      length.writeInt32BE(block.length)
      pieces.push(length, block)
    }
    return Buffer.concat(pieces)
  },

  decompress(bytes, maxBytes) {
    if (bytes.subarray(0, XERIAL_MAGIC.length).equals(XERIAL_MAGIC)) {
      return decompressXerial(bytes, maxBytes)
    }
    if (contentLength(bytes) > maxBytes) throw contentTooLarge('snappy', maxBytes)
    return uncompressBlock(bytes)
  },
}

function decompressXerial(bytes: Buffer, maxBytes: number): Buffer {
  const blocks: Buffer[] = []
  const reader = new ByteReader(bytes)
  // The versions are informative; snappy-java has never written others than 1 and 1.
  reader.skip(XERIAL_HEADER.length)
  let contentBytes = 0
  while (reader.remaining > 0) {
    const block = reader.readSlice(reader.readInt32())
    contentBytes += contentLength(block)
    if (contentBytes > maxBytes) throw contentTooLarge('snappy', maxBytes)
    blocks.push(block)
  }

  const first = blocks[0]
  if (blocks.length === 1 && first !== undefined) return uncompressBlock(first)
  const content = Buffer.allocUnsafe(contentBytes)
  let end = 0
  for (const block of blocks) end += uncompressBlock(block).copy(content, end)
  return content
}

/** What a raw block claims to hold, refused when its own bytes could never produce that much. */
function contentLength(block: Buffer): number {
  const length = new ByteReader(block).readUnsignedVarint()
  if (length > block.length * RATIO_MAX) {
    throw contentMalformed('snappy', `${block.length} bytes cannot hold ${length} bytes`)
  }
  return length
}

function uncompressBlock(block: Buffer): Buffer {
  const snappy = library()
  try {
    return snappy.uncompressSync(block, COPIED)
  } catch (cause) {
    // The library checks each element and has one kind of failure: corrupt input.
    throw contentMalformed('snappy', 'the block is corrupt', { cause })
  }
}
