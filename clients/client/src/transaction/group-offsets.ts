/** In whose name a transaction commits offsets of a group (KIP-447), and what a consumer gives for it. */
import type { CommitOffset } from '../consumer/commit/commit-offset.ts'
import type { OffsetToCommit } from '../consumer/group/group-member.ts'
import { KafkaError } from '../kafka-error.ts'

/**
 * The coordinator refuses who is not a member of this very generation: offsets of a consumer that has
 * lost its partitions meanwhile do not get in.
 */
export interface GroupMetadata {
  readonly groupId: string
  /** Empty without membership. */
  readonly memberId: string
  /** generation.id of a classic group, member epoch of a KIP-848 one; -1 without membership. */
  readonly memberEpoch: number
  readonly groupInstanceId?: string | null | undefined
}

export interface GroupOffsets {
  readonly group: GroupMetadata
  /** False for a consumer that chose its partitions itself: nobody is fenced then. */
  readonly isMember: boolean
  readonly offsets: readonly OffsetToCommit[]
}

/** A `Consumer`, with a group and `autoCommit: false`. */
export interface OffsetSource {
  offsetsForTransaction(): GroupOffsets
  onTransactionCommitted(offsets: readonly OffsetToCommit[]): void
}

/** A consumer, a group as a member of it, or the name of a group whose members are not checked. */
export type OffsetsOf = OffsetSource | GroupMetadata | string

export function groupOffsets(
  of: OffsetsOf,
  offsets: readonly CommitOffset[] | undefined,
): GroupOffsets {
  if (typeof of === 'object' && 'offsetsForTransaction' in of) {
    const found = of.offsetsForTransaction()
    if (found.isMember && found.group.memberEpoch < 0) throw notMember(found.group.groupId)
    return offsets === undefined ? found : { ...found, offsets: offsets.map(offsetToCommit) }
  }
  if (offsets === undefined) {
    throw new KafkaError(
      'INVALID_ARGUMENT',
      'Only of a consumer it is known how far it is: give the offsets to commit',
    )
  }
  const isMember = typeof of === 'object'
  const group = isMember ? of : { groupId: of, memberId: '', memberEpoch: -1 }
  return { group, isMember, offsets: offsets.map(offsetToCommit) }
}

function offsetToCommit(offset: CommitOffset): OffsetToCommit {
  const { topic, partition, leaderEpoch = -1, metadata = '' } = offset
  return { topic, partition, offset: offset.offset, leaderEpoch, metadata }
}

/** Without an epoch nothing would be checked, and its partitions may be those of another by now. */
function notMember(groupId: string): KafkaError {
  return new KafkaError(
    'ILLEGAL_GENERATION',
    `The consumer is not a member of the group "${groupId}" just now: what it has read is read again by the next owner`,
  )
}
