/** Who leads a partition that is to be asked or fetched. */
import type { BrokerId } from '@ottla/base'
import { KafkaError } from '../../kafka-error.ts'
import type { ConsumerContext } from '../consumer-context.ts'
import type { AssignedPartition } from './assigned-partition.ts'
import { onPartitionError } from './partition-retries.ts'

/** Without one the partition is left alone for a moment, and new metadata asked for. */
export function leaderOf(
  context: ConsumerContext,
  partition: AssignedPartition,
): BrokerId | undefined {
  const { metadata } = context.cluster
  const leaderId = metadata.leaderOf(partition.topic, partition.partition)
  if (leaderId !== undefined && metadata.brokers.has(leaderId)) return leaderId
  onPartitionError(context, partition, noLeaderError(context, partition))
  return undefined
}

function noLeaderError(
  { cluster }: ConsumerContext,
  { topic, partition }: AssignedPartition,
): KafkaError {
  const isKnown = cluster.metadata.partition(topic, partition) !== undefined
  return isKnown
    ? new KafkaError('LEADER_NOT_AVAILABLE', `Partition ${topic}-${partition} has no leader`, {
        retriable: true,
      })
    : new KafkaError(
        'UNKNOWN_TOPIC_OR_PARTITION',
        `The cluster does not know partition ${topic}-${partition}`,
        { retriable: true },
      )
}
