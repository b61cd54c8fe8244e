/** The doors to the codecs by the number that a batch carries in its attributes. */
import { MalformedError, invariant } from '@ottla/base'
import type { Codec } from './codec.ts'
import {
  COMPRESSION_GZIP,
  COMPRESSION_LZ4,
  COMPRESSION_NONE,
  COMPRESSION_SNAPPY,
  COMPRESSION_ZSTD,
} from './compression-type.ts'
import { contentTooLarge } from './decompression-failure.ts'
import { gzip } from './gzip.ts'
import { lz4 } from './lz4.ts'
import { snappy } from './snappy.ts'
import { zstd } from './zstd.ts'

const none: Codec = {
  compress: (bytes) => bytes,
  decompress(bytes, maxBytes) {
    if (bytes.length > maxBytes) throw contentTooLarge('none', maxBytes)
    return bytes
  },
}

function codecOf(compressionType: number): Codec | undefined {
  switch (compressionType) {
    case COMPRESSION_NONE:
      return none
    case COMPRESSION_GZIP:
      return gzip
    case COMPRESSION_SNAPPY:
      return snappy
    case COMPRESSION_LZ4:
      return lz4
    case COMPRESSION_ZSTD:
      return zstd
    default:
      return undefined
  }
}

/** `level` is the codec's own scale (gzip 1–9, zstd 1–22); its default when absent. */
export function compress(compressionType: number, bytes: Buffer, level?: number): Buffer {
  const codec = codecOf(compressionType)
  invariant(codec !== undefined, 'the compression type to write is one of the five')
  return codec.compress(bytes, level)
}

/** Throws a MalformedError for bytes that are not the codec's and for more than `maxBytes` of content. */
export function decompress(compressionType: number, bytes: Buffer, maxBytes: number): Buffer {
  const codec = codecOf(compressionType)
  if (codec === undefined) {
    throw new MalformedError(
      `Cannot decompress records: ${compressionType} is no compression type`,
      0,
    )
  }
  return codec.decompress(bytes, maxBytes)
}
