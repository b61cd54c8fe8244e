/**
 * zstd by `node:zlib`; `maxOutputLength` stops it while it decompresses.
 *
 * Before Node 26 it stops behind the first frame and says nothing: what is left is handed to it again. A
 * client may well write several frames into one batch (a stream that is flushed does).
 *
 * The window stays at zstd's own limit of 128 MiB: Java producers at level 22 ask for it, and the
 * library only touches as much of it as there is output.
 */
import type * as Zlib from 'node:zlib'
import type { Codec } from './codec.ts'
import { contentMalformed, contentTooLarge, zlibFailure } from './decompression-failure.ts'
import { loadLibrary } from './load-library.ts'
import { zlibChunkBytes } from './zlib-chunk.ts'

/** A guess at the usual ratio, to size the first chunk. */
const USUAL_RATIO = 4
const FRAME_MAGIC = 0xfd2fb528
/** Frames that hold no content; the last four bits are free. */
const SKIPPABLE_MAGIC = 0x184d2a50
const MAGIC_BYTES = 4
/** Where they are read one by one, at some 40 µs each: a megabyte of empty ones would stop all else for seconds. */
const FRAMES_MAX = 4096

let zlib: typeof Zlib | undefined

function library(): typeof Zlib {
  return (zlib ??= loadLibrary<typeof Zlib>('node:zlib'))
}

export const zstd: Codec = {
  compress(bytes, level) {
    const { constants, zstdCompressSync } = library()
    return zstdCompressSync(bytes, {
      chunkSize: zlibChunkBytes(bytes.length),
      pledgedSrcSize: bytes.length,
      params: level === undefined ? {} : { [constants.ZSTD_c_compressionLevel]: level },
    })
  },

  decompress(bytes, maxBytes) {
    const { content, readBytes } = decompressOne(bytes, maxBytes, 0)
    if (!isFrameAt(bytes, readBytes)) return content
    const contents = [content]
    let contentBytes = content.length
    for (let at = readBytes; isFrameAt(bytes, at);) {
      if (contents.length === FRAMES_MAX) {
        throw contentMalformed('zstd', `more than ${FRAMES_MAX} frames`, { position: at })
      }
      const next = decompressOne(bytes.subarray(at), maxBytes, contentBytes)
      contents.push(next.content)
      contentBytes += next.content.length
      at += next.readBytes
    }
    return Buffer.concat(contents, contentBytes)
  },
}

interface Decompressed {
  readonly content: Buffer
  /** Of what was given, as far as it was read. */
  readonly readBytes: number
}

/** `knownBytes` of content have come of the frames before. */
function decompressOne(bytes: Buffer, maxBytes: number, knownBytes: number): Decompressed {
  let found: { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } }
  try {
    // With `info` it is an object, which the types do not know of this function.
    found = library().zstdDecompressSync(bytes, {
      chunkSize: zlibChunkBytes(bytes.length * USUAL_RATIO),
      info: true,
      // Zero is not accepted there, hence the check below.
      maxOutputLength: Math.max(maxBytes - knownBytes, 1),
    }) as unknown as typeof found
  } catch (error) {
    throw zlibFailure(error, 'zstd', maxBytes)
  }
  const { buffer: content, engine } = found
  if (knownBytes + content.length > maxBytes) throw contentTooLarge('zstd', maxBytes)
  return { content, readBytes: engine.bytesWritten }
}

/** What follows the last frame and is none is passed over, as zlib does it. */
function isFrameAt(bytes: Buffer, at: number): boolean {
  if (at === 0 || bytes.length - at < MAGIC_BYTES) return false
  const magic = bytes.readUInt32LE(at)
  return magic === FRAME_MAGIC || (magic & 0xfffffff0) >>> 0 === SKIPPABLE_MAGIC
}
