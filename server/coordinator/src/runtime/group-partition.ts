/** Which partition of `__consumer_offsets` holds a group (conformance G1). */

/** While `__consumer_offsets` does not exist; no partition has this number, so nobody coordinates. */
export const NO_PARTITION = -1

/**
 * Java's `String.hashCode` over UTF-16 units, then Kafka's `Utils.abs`: the absolute value, with 0 for
 * the one int that has none. Not `hash & 0x7fffffff`, which other places of Kafka use: it sends groups
 * with a negative hash elsewhere, and tools would look for them in the wrong partition.
 */
export function groupPartition(groupId: string, partitionCount: number): number {
  if (partitionCount === 0) return NO_PARTITION
  const hash = javaHashCode(groupId)
  const positive = hash === -2147483648 ? 0 : Math.abs(hash)
  return positive % partitionCount
}

export function javaHashCode(text: string): number {
  let hash = 0
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0
  return hash
}
