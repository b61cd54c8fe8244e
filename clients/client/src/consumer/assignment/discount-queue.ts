/** What was fetched of a partition and is dropped takes no memory any more. */
import type { Cluster } from '../../cluster/cluster.ts'
import type { AssignedPartition } from './assigned-partition.ts'

/** Before whatever empties the queue: a seek, a reset, the end. */
export function discountQueue({ options }: Cluster, { queue }: AssignedPartition): void {
  options.metrics?.consumer.addBufferedBytes(-queue.bytes)
}
