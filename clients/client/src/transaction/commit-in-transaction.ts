/**
 * Offsets of a group as part of a transaction (KIP-98, KIP-447): they count when it is committed, and as
 * if nobody had ever committed them when it is aborted.
 */
import { ZERO_UUID } from '@ottla/base'
import { isRetriable } from '@ottla/protocol'
import type { TxnOffsetCommitRequest } from '@ottla/protocol/txn-offset-commit-request'
import type { TxnOffsetCommitResponse } from '@ottla/protocol/txn-offset-commit-response'
import { byTopic } from '../consumer/group/partition-set.ts'
import type { GroupOffsets } from './group-offsets.ts'
import {
  ADD_OFFSETS_TO_TXN,
  TXN_OFFSET_COMMIT,
  TXN_OFFSET_COMMIT_SERVER_SIDE,
} from './transaction-apis.ts'
import type { TransactionCoordinator } from './transaction-coordinator.ts'
import type { TransactionState } from './transaction-state.ts'

export interface TransactionParts {
  readonly state: TransactionState
  readonly coordinator: TransactionCoordinator
}

/** Rejects when the group refuses: with ILLEGAL_GENERATION, UNKNOWN_MEMBER_ID and the like. */
export async function commitInTransaction(
  { state, coordinator }: TransactionParts,
  committed: GroupOffsets,
): Promise<void> {
  if (committed.offsets.length === 0) return
  const { groupId } = committed.group
  const check = (): void => {
    if (!state.isOpen) throw state.failure
    state.onTelling()
  }
  const { transactionalId, producerId, producerEpoch, isServerSide } = state
  const about = { transactionalId, producerId, producerEpoch, groupId }
  if (!isServerSide) {
    await coordinator.ask({
      api: ADD_OFFSETS_TO_TXN,
      message: about,
      errorCodeOf: ({ errorCode }) => errorCode,
      check,
    })
    state.onTold()
  }
  await coordinator.askGroup(groupId, {
    api: isServerSide ? TXN_OFFSET_COMMIT_SERVER_SIDE : TXN_OFFSET_COMMIT,
    message: { ...about, ...membersAndTopics(committed) },
    errorCodeOf: worstOf,
    check,
  })
  state.onTold()
}

function membersAndTopics({
  group: { memberId, memberEpoch, groupInstanceId = null },
  offsets,
}: GroupOffsets): Pick<
  TxnOffsetCommitRequest,
  'generationIdOrMemberEpoch' | 'groupInstanceId' | 'memberId' | 'topics'
> {
  return {
    generationIdOrMemberEpoch: memberEpoch,
    memberId,
    groupInstanceId,
    topics: [...byTopic(offsets)].map(([name, partitions]) => ({
      name,
      topicId: ZERO_UUID,
      partitions: partitions.map(({ partition, offset, leaderEpoch, metadata }) => ({
        partitionIndex: partition,
        committedOffset: offset,
        committedLeaderEpoch: leaderEpoch,
        committedMetadata: metadata,
      })),
    })),
  }
}

/** All or nothing: one refusal that does not pass aborts the transaction. */
function worstOf({ topics }: TxnOffsetCommitResponse): number {
  let worst = 0
  for (const { partitions } of topics) {
    for (const { errorCode } of partitions) {
      if (errorCode === 0) continue
      if (worst === 0 || !isRetriable(errorCode)) worst = errorCode
    }
  }
  return worst
}
