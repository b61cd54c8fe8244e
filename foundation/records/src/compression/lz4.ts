/**
 * LZ4 as Kafka's clients write it: one frame of independent 64 KiB blocks without checksums, because
 * the batch has its own. The blocks come from `lz4-napi`; it has one speed, so a level changes nothing.
 */
import type { Codec } from './codec.ts'
import * as frame from './lz4-frame.ts'
import { Lz4FrameReader } from './lz4-frame-reader.ts'
import { loadLibrary } from './load-library.ts'
import { xxhash32 } from './xxhash32.ts'

interface Lz4Library {
  /** The length of `bytes` as uint32 LE, then the block. */
  compressSync(bytes: Buffer): Buffer
}

const BLOCK_BYTES = 64 * 1024
/** What the library puts in front is exactly as long as the size that a frame puts there. */
const BLOCK_SIZE_BYTES = 4
const END_MARK = Buffer.alloc(BLOCK_SIZE_BYTES)
const HEADER = buildHeader()

let lz4Library: Lz4Library | undefined

function library(): Lz4Library {
  return (lz4Library ??= loadLibrary<Lz4Library>('lz4-napi'))
}

export const lz4: Codec = {
  compress(bytes) {
    const pieces: Buffer[] = [HEADER]
    for (let start = 0; start < bytes.length; start += BLOCK_BYTES) {
      appendBlock(pieces, bytes.subarray(start, start + BLOCK_BYTES))
    }
    pieces.push(END_MARK)
    return Buffer.concat(pieces)
  },

  decompress(bytes, maxBytes) {
    return new Lz4FrameReader(bytes, maxBytes).readAll()
  },
}

function appendBlock(pieces: Buffer[], content: Buffer): void {
  const block = library().compressSync(content)
  const blockBytes = block.length - BLOCK_SIZE_BYTES
  if (blockBytes < content.length) {
    block.writeUInt32LE(blockBytes)
    pieces.push(block)
    return
  }
  const size = Buffer.allocUnsafe(BLOCK_SIZE_BYTES)
  size.writeUInt32LE(frame.BLOCK_STORED + content.length)
  pieces.push(size, content)
}

function buildHeader(): Buffer {
  const header = Buffer.alloc(frame.LZ4_MAGIC_BYTES + 3)
  header.writeUInt32LE(frame.LZ4_MAGIC)
  header[frame.LZ4_MAGIC_BYTES] = frame.FLAG_VERSION_1 | frame.FLAG_BLOCKS_INDEPENDENT
  header[frame.LZ4_MAGIC_BYTES + 1] = frame.BLOCK_CODE_64_KIB << 4
  header[frame.LZ4_MAGIC_BYTES + 2] =
    (xxhash32(header, frame.LZ4_MAGIC_BYTES, frame.LZ4_MAGIC_BYTES + 2) >>> 8) & 0xff
  return header
}
