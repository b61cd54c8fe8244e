/**
 * The hash by which Kafka's Java producer places keys (org.apache.kafka.common.utils.Utils.murmur2), so
 * that records of one key land on one partition whoever writes them.
 *
 * Bench: producer.bench.ts
 */
const SEED = 0x9747b28c
const M = 0x5bd1e995
const R = 24

/** As a signed integer of 32 bits, like Java's. */
export function murmur2(bytes: Uint8Array): number {
  const length = bytes.length
  let hash = SEED ^ length
  let at = 0
  for (const end = length & ~3; at < end; at += 4) {
    let k =
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)
    k = Math.imul(k, M)
    k ^= k >>> R
    hash = Math.imul(hash, M) ^ Math.imul(k, M)
  }
  const left = length & 3
  if (left > 0) {
    if (left === 3) hash ^= (bytes[at + 2] as number) << 16
    if (left >= 2) hash ^= (bytes[at + 1] as number) << 8
    hash = Math.imul(hash ^ (bytes[at] as number), M)
  }
  hash ^= hash >>> 13
  hash = Math.imul(hash, M)
  return hash ^ (hash >>> 15)
}

/** Not an absolute value: Java clears the sign bit, and so must whoever is to find the same partition. */
export function partitionOfKey(key: Uint8Array, partitionCount: number): number {
  return (murmur2(key) & 0x7fffffff) % partitionCount
}
