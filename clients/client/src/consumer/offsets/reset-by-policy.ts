/** `from`: where a partition is read when nothing else says so. */
import type { KafkaError } from '../../kafka-error.ts'
import type { AssignedPartition } from '../assignment/assigned-partition.ts'
import type { ConsumerContext } from '../consumer-context.ts'

/** `why` is what the program hears with 'none'. */
export function resetByPolicy(
  { settings, onChanged, wake }: ConsumerContext,
  partition: AssignedPartition,
  why: KafkaError,
): void {
  if (settings.from === 'none') {
    partition.fail(why)
    onChanged(partition)
  } else {
    partition.resetAt(settings.from)
  }
  wake()
}
