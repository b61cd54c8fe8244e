/**
 * zstd by `node:zlib`; `maxOutputLength` stops it while it decompresses.
 *
 * The window stays at zstd's own limit of 128 MiB: Java producers at level 22 ask for it, and the
 * library only touches as much of it as there is output.
 */
import type * as Zlib from 'node:zlib'
import type { Codec } from './codec.ts'
import { contentTooLarge, zlibFailure } from './decompression-failure.ts'
import { loadLibrary } from './load-library.ts'
import { zlibChunkBytes } from './zlib-chunk.ts'

/** A guess at the usual ratio, to size the first chunk. */
const USUAL_RATIO = 4

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
    let content: Buffer
    try {
      content = library().zstdDecompressSync(bytes, {
        chunkSize: zlibChunkBytes(bytes.length * USUAL_RATIO),
        // Zero is not accepted there, hence the check below.
        maxOutputLength: Math.max(maxBytes, 1),
      })
    } catch (error) {
      throw zlibFailure(error, 'zstd', maxBytes)
    }
    if (content.length > maxBytes) throw contentTooLarge('zstd', maxBytes)
    return content
  },
}
