/** What happens to a partition after an error: left alone for a moment, or given up. */
import type { KafkaError, KafkaErrorCode } from '../../kafka-error.ts'
import { backoffMs } from '../../connection/backoff.ts'
import type { ConsumerContext } from '../consumer-context.ts'
import type { AssignedPartition } from './assigned-partition.ts'

/** Retriable, but when it lasts the topic is not there: waiting on in silence would help nobody. */
const GIVEN_UP: ReadonlySet<KafkaErrorCode> = new Set<KafkaErrorCode>([
  'UNKNOWN_TOPIC_ID',
  'UNKNOWN_TOPIC_OR_PARTITION',
])

export function isDue(partition: AssignedPartition, nowMs: number): boolean {
  return partition.notBeforeMs <= nowMs
}

/** Retriable: tried again after a pause, with new metadata. Anything else: told to whoever reads. */
export function onPartitionError(
  { cluster, refresh, onChanged }: ConsumerContext,
  partition: AssignedPartition,
  error: KafkaError,
): void {
  const { world, options } = cluster
  const nowMs = world.clock.monotonicMs()
  if (partition.failureCount === 0) partition.failingSinceMs = nowMs
  partition.failureCount++
  const isLasting = nowMs - partition.failingSinceMs >= options.apiTimeoutMs
  if (!error.retriable || (isLasting && GIVEN_UP.has(error.code))) {
    partition.fail(error)
    onChanged(partition)
    return
  }
  partition.notBeforeMs =
    nowMs + backoffMs(world.random, partition.failureCount, options.retryBackoff)
  world.logger.debug('A partition cannot be read just now; it is tried again', {
    topic: partition.topic,
    partition: partition.partition,
    error,
  })
  refresh()
}

export function onPartitionSuccess(partition: AssignedPartition): void {
  partition.failureCount = 0
  partition.notBeforeMs = 0
}
