/** Positions that the group has committed; where it has none, the reset policy decides. */
import { KafkaError } from '../../kafka-error.ts'
import { partitionKey, type TopicPartition } from '../../topic-partition.ts'
import type { AssignedPartition } from '../assignment/assigned-partition.ts'
import type { ConsumerContext } from '../consumer-context.ts'
import type { CommittedOffset } from '../group/group-member.ts'
import { askAbout, isCurrent } from './asked-partition.ts'
import { resetByPolicy } from './reset-by-policy.ts'

export type CommittedLookup = (
  partitions: readonly TopicPartition[],
) => Promise<readonly CommittedOffset[]>

/** `lookUp` is undefined without a group. */
export async function findCommitted(
  context: ConsumerContext,
  partitions: readonly AssignedPartition[],
  lookUp: CommittedLookup | undefined,
): Promise<void> {
  await askAbout(context, partitions, async (asked) => {
    const offsets = lookUp === undefined ? [] : await lookUp(partitions)
    const found = new Map(offsets.map((one) => [partitionKey(one.topic, one.partition), one]))
    for (const one of asked) {
      if (!isCurrent(one)) continue
      const { partition } = one
      const committed = found.get(partition.key)
      if (committed !== undefined && committed.offset >= 0) {
        partition.moveTo(committed.offset, committed.leaderEpoch)
        partition.committedOffset = committed.offset
      } else {
        resetByPolicy(context, partition, nothingCommitted(partition))
      }
    }
  })
}

function nothingCommitted({ topic, partition }: AssignedPartition): KafkaError {
  return new KafkaError(
    'OFFSET_OUT_OF_RANGE',
    `Nothing is committed for ${topic}-${partition}, and \`from\` is 'none': seek to where reading begins`,
  )
}
