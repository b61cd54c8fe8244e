/**
 * The output chunk for one call of `node:zlib`.
 *
 * One chunk that fits spares a concatenation; the default of 16 KiB costs a third of zstd's speed on
 * a megabyte, and a large one for every small batch would be memory for nothing. Never below what
 * zlib accepts.
 */
const CHUNK_BYTES_MIN = 1024
const CHUNK_BYTES_MAX = 256 * 1024

export function zlibChunkBytes(expectedBytes: number): number {
  return Math.min(Math.max(expectedBytes, CHUNK_BYTES_MIN), CHUNK_BYTES_MAX)
}
