/** Which partition a record goes to when the program does not say. */
import { KafkaError } from '../kafka-error.ts'

/** What a partitioner of one's own is told; the object serves one call and is used again. */
export interface PartitionContext {
  readonly topic: string
  /** Serialized. */
  readonly key: Uint8Array | null
  readonly value: Uint8Array | null
  readonly partitionCount: number
}

/** Returns a partition from 0 to `partitionCount - 1`. */
export type PartitionFunction = (context: PartitionContext) => number

/**
 * - `'murmur2'`: as Java's producer: by key, and records without a key stick to one partition for a
 *   batch at a time (KIP-794).
 * - `'sticky'`: the same without regard to keys (partitioner.ignore.keys).
 * - `'uniform'`: one partition after the other, record by record (RoundRobinPartitioner): even, with
 *   smaller batches.
 */
export type Partitioner = 'murmur2' | 'sticky' | 'uniform' | PartitionFunction

export function checkPartition(topic: string, partition: number, partitionCount: number): number {
  if (Number.isInteger(partition) && partition >= 0 && partition < partitionCount) return partition
  throw new KafkaError(
    'INVALID_ARGUMENT',
    `Cannot send to partition ${partition} of topic "${topic}": it has ${partitionCount} partitions, numbered from 0`,
  )
}
