/**
 * How far a group is behind: what it has committed against where each partition ends.
 *
 * The end is the last stable offset, which is as far as a consumer of committed records can read; the
 * two questions are asked one after the other, so that a lag is never negative by their order.
 */
import type { Cluster } from '../../cluster/cluster.ts'
import type { TopicPartition } from '../../topic-partition.ts'
import type { AdminOptions } from '../admin-options.ts'
import { Outcomes, succeeded, type Outcome } from '../outcome.ts'
import { partitionKeyOf } from '../asking/leader.ts'
import { listOffsets, type ListOffsetsOptions } from '../topics/list-offsets.ts'
import { groupOffsets } from './group-offsets.ts'

export interface GroupLagOptions extends AdminOptions {
  /** Only of these; all that the group has committed by default. */
  readonly partitions?: readonly TopicPartition[]
  /** Where a partition ends while a transaction is open. Default read_uncommitted. */
  readonly isolation?: NonNullable<ListOffsetsOptions['isolation']>
}

export interface GroupLag {
  readonly groupId: string
  /** Of the partitions whose lag is known. */
  readonly totalLag: number
  /** An error where the end of the partition cannot be told: its topic is deleted, it has no leader. */
  readonly partitions: Outcomes<TopicPartition, PartitionLag>
}

export interface PartitionLag {
  /** undefined while nothing is committed; the lag then depends on auto.offset.reset. */
  readonly committedOffset: number | undefined
  readonly endOffset: number
  readonly lag: number | undefined
}

export async function groupLag(
  cluster: Cluster,
  groupId: string,
  { partitions, isolation = 'read_uncommitted', ...options }: GroupLagOptions,
): Promise<GroupLag> {
  const which = partitions === undefined ? {} : { partitions }
  const committed = await groupOffsets(cluster, groupId, { ...options, ...which })
  const ends = await listOffsets(
    cluster,
    committed.keys().map((key) => ({ ...key, at: 'latest' as const })),
    { ...options, isolation },
  )
  const entries = [...committed].map(([key, own]): [TopicPartition, Outcome<PartitionLag>] => {
    if (!own.ok) return [key, own]
    const end = ends.get(key)
    if (end === undefined || !end.ok) return [key, end as Outcome<never>]
    return [key, succeeded(lagOf(own.value.offset, end.value.offset))]
  })
  const lags = new Outcomes(entries, partitionKeyOf)
  const totalLag = lags.successes().reduce((sum, [, { lag = 0 }]) => sum + lag, 0)
  return { groupId, totalLag, partitions: lags }
}

function lagOf(committed: number, endOffset: number): PartitionLag {
  if (committed < 0) return { committedOffset: undefined, endOffset, lag: undefined }
  // Records may have been deleted with the topic, or come between the two answers.
  return { committedOffset: committed, endOffset, lag: Math.max(endOffset - committed, 0) }
}
