/**
 * A small answer is a view of a chunk that the answers of other connections share. For a peer that
 * reads, it is gone in a moment; for one that does not, every 40 bytes in its queue would keep 16 KiB
 * alive, and the bound on unsent bytes would count the 40.
 */
const COPIED_BYTES_MAX = 2048

export function withoutSharedChunks(chunks: readonly Buffer[]): Buffer[] {
  return chunks.map((chunk) => {
    if (chunk.length > COPIED_BYTES_MAX) return chunk
    const copy = Buffer.allocUnsafeSlow(chunk.length)
    chunk.copy(copy)
    return copy
  })
}
