/** `from`: where a partition is read when nothing else says so. */
import type { KafkaError } from '../../kafka-error.ts'
import type { AssignedPartition } from '../assignment/assigned-partition.ts'
import { discountQueue } from '../assignment/discount-queue.ts'
import type { ConsumerContext } from '../consumer-context.ts'

/** `why` is what the program hears with 'none'. */
export function resetByPolicy(
  { cluster, settings, onChanged, wake }: ConsumerContext,
  partition: AssignedPartition,
  why: KafkaError,
): void {
  if (settings.from === 'none') {
    partition.fail(why)
    onChanged(partition)
  } else {
    discountQueue(cluster, partition)
    partition.resetAt(settings.from)
  }
  wake()
}
