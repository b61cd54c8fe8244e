/** gzip by `node:zlib`; `maxOutputLength` stops it while it inflates. */
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

export const gzip: Codec = {
  compress(bytes, level) {
    const chunkSize = zlibChunkBytes(bytes.length)
    return library().gzipSync(bytes, level === undefined ? { chunkSize } : { chunkSize, level })
  },

  decompress(bytes, maxBytes) {
    let content: Buffer
    try {
      content = library().gunzipSync(bytes, {
        chunkSize: zlibChunkBytes(bytes.length * USUAL_RATIO),
        // Zero is not accepted there, hence the check below.
        maxOutputLength: Math.max(maxBytes, 1),
      })
    } catch (error) {
      throw zlibFailure(error, 'gzip', maxBytes)
    }
    if (content.length > maxBytes) throw contentTooLarge('gzip', maxBytes)
    return content
  },
}
