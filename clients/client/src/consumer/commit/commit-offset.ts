/** What the program says of an offset to commit, and how the group is told. */
import type { TopicPartition } from '../../topic-partition.ts'
import type { OffsetToCommit } from '../group/group-member.ts'
import type { AnyMessage } from '../topic-source.ts'

/** What to commit for one partition: the offset of the next record to read. */
export interface CommitOffset extends TopicPartition {
  readonly offset: number
  readonly leaderEpoch?: number | undefined
  readonly metadata?: string | undefined
}

export function offsetsToCommit(what: AnyMessage | readonly CommitOffset[]): OffsetToCommit[] {
  return isList(what) ? what.map(offsetToCommit) : [offsetAfter(what)]
}

function isList(what: AnyMessage | readonly CommitOffset[]): what is readonly CommitOffset[] {
  return Array.isArray(what)
}

function offsetToCommit({ topic, partition, offset, ...rest }: CommitOffset): OffsetToCommit {
  const { leaderEpoch = -1, metadata = '' } = rest
  return { topic, partition, offset, leaderEpoch, metadata }
}

function offsetAfter({ topic, partition, offset, leaderEpoch }: AnyMessage): OffsetToCommit {
  return { topic, partition, offset: offset + 1, leaderEpoch, metadata: '' }
}
