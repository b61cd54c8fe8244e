/** The codec numbers of the attributes' low three bits, with the names that configuration uses. */
export const COMPRESSION_NONE = 0
export const COMPRESSION_GZIP = 1
export const COMPRESSION_SNAPPY = 2
export const COMPRESSION_LZ4 = 3
export const COMPRESSION_ZSTD = 4

/** Indexed by codec number. */
export const COMPRESSION_NAMES = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const
