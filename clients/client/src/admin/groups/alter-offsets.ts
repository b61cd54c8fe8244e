/**
 * Offsets of a group, set from outside or deleted (OffsetCommit by name, OffsetDelete).
 *
 * The broker takes a commit without a member only while the group has none: whoever is at work would not
 * notice it, and would commit over it.
 */
import { ZERO_UUID } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { byTopic } from '../../consumer/group/partition-set.ts'
import { OFFSET_COMMIT_BY_NAME } from '../../consumer/group/group-apis.ts'
import { partitionKey, type TopicPartition } from '../../topic-partition.ts'
import type { AdminOptions } from '../admin-options.ts'
import type { Outcome, Outcomes } from '../outcome.ts'
import { toCoordinators } from '../asking/coordinator.ts'
import { partitionKeyOf, partitionText, toPartition } from '../asking/leader.ts'
import { settleEach, type Settle } from '../asking/settle-each.ts'
import { OFFSET_DELETE } from './group-apis.ts'
import { groupText } from './group-state.ts'

export interface OffsetToSet extends TopicPartition {
  /** Of the next record that the group is to read. */
  readonly offset: number
  /** Not known by default. */
  readonly leaderEpoch?: number
  /** Empty by default. */
  readonly metadata?: string
}

const NO_GENERATION = -1
const BUSY = 'the group has members at work; stop them first'

export function alterGroupOffsets(
  cluster: Cluster,
  groupId: string,
  offsets: readonly OffsetToSet[],
  options: AdminOptions,
): Promise<Outcomes<TopicPartition, void>> {
  return settleEach<OffsetToSet, TopicPartition, void>(cluster, {
    items: offsets,
    keyOf: toPartition,
    textOf: partitionKeyOf,
    router: toCoordinators('group', () => groupId),
    ask: async (peer, items, settle) => {
      const { topics } = await peer.request(OFFSET_COMMIT_BY_NAME, {
        groupId,
        generationIdOrMemberEpoch: NO_GENERATION,
        memberId: '',
        groupInstanceId: null,
        retentionTimeMs: -1,
        topics: [...byTopic(items)].map(([name, own]) => ({
          name,
          topicId: ZERO_UUID,
          partitions: own.map(({ partition, offset, leaderEpoch = -1, metadata = '' }) => ({
            partitionIndex: partition,
            committedOffset: offset,
            committedLeaderEpoch: leaderEpoch,
            committedMetadata: metadata,
          })),
        })),
      })
      settlePartitions(items, topics, settle, (item, { errorCode }) => {
        const what = `${groupText(groupId)}, ${partitionText(item)}`
        // The broker does not know the (empty) member, and means that there are others.
        const isBusy = errorCode === ErrorCode.UNKNOWN_MEMBER_ID
        const refusal = { errorCode, errorMessage: isBusy ? BUSY : null }
        return peer.outcome(OFFSET_COMMIT_BY_NAME, refusal, what, () => undefined)
      })
    },
    options,
  })
}

/** Offsets of topics to which a member is subscribed stay: GROUP_SUBSCRIBED_TO_TOPIC. */
export function deleteGroupOffsets(
  cluster: Cluster,
  groupId: string,
  partitions: readonly TopicPartition[],
  options: AdminOptions,
): Promise<Outcomes<TopicPartition, void>> {
  return settleEach<TopicPartition, TopicPartition, void>(cluster, {
    items: partitions,
    keyOf: toPartition,
    textOf: partitionKeyOf,
    router: toCoordinators('group', () => groupId),
    ask: async (peer, items, settle) => {
      const response = await peer.request(OFFSET_DELETE, {
        groupId,
        topics: [...byTopic(items)].map(([name, own]) => ({
          name,
          partitions: own.map(({ partition }) => ({ partitionIndex: partition })),
        })),
      })
      peer.check(OFFSET_DELETE, response, groupText(groupId))
      settlePartitions(items, response.topics, settle, (item, { errorCode }) => {
        const what = `${groupText(groupId)}, ${partitionText(item)}`
        return peer.outcome(OFFSET_DELETE, { errorCode }, what, () => undefined)
      })
    },
    options,
  })
}

interface AnsweredTopic {
  readonly name: string
  readonly partitions: readonly { readonly partitionIndex: number; readonly errorCode: number }[]
}

function settlePartitions<Item extends TopicPartition>(
  items: readonly Item[],
  topics: readonly AnsweredTopic[],
  settle: Settle<Item, void>,
  outcomeOf: (item: Item, answer: { readonly errorCode: number }) => Outcome<void>,
): void {
  const byKey = new Map(items.map((item) => [partitionKeyOf(item), item]))
  for (const { name, partitions } of topics) {
    for (const answer of partitions) {
      const item = byKey.get(partitionKey(name, answer.partitionIndex))
      if (item !== undefined) settle(item, outcomeOf(item, answer))
    }
  }
}
