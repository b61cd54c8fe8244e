/**
 * Where share groups start to read: DescribeShareGroupOffsets (0 and 1), AlterShareGroupOffsets and
 * DeleteShareGroupOffsets. Records behind that offset may be done or under way; a group has no single
 * position. All but the first want a group without members.
 */
import { encodeAlterShareGroupOffsetsRequest } from '@ottla/protocol/alter-share-group-offsets-request'
import { decodeAlterShareGroupOffsetsResponse } from '@ottla/protocol/alter-share-group-offsets-response'
import { encodeDeleteShareGroupOffsetsRequest } from '@ottla/protocol/delete-share-group-offsets-request'
import { decodeDeleteShareGroupOffsetsResponse } from '@ottla/protocol/delete-share-group-offsets-response'
import { encodeDescribeShareGroupOffsetsRequest } from '@ottla/protocol/describe-share-group-offsets-request'
import { decodeDescribeShareGroupOffsetsResponse } from '@ottla/protocol/describe-share-group-offsets-response'
import { ApiKey } from '@ottla/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { defineApi } from '../../connection/api.ts'
import { byTopic } from '../../consumer/group/partition-set.ts'
import { partitionKey, type TopicPartition } from '../../topic-partition.ts'
import type { AdminOptions } from '../admin-options.ts'
import { Outcomes, type Outcome } from '../outcome.ts'
import { askCoordinator, toCoordinators } from '../asking/coordinator.ts'
import { partitionKeyOf, partitionText, toPartition } from '../asking/leader.ts'
import { settleEach } from '../asking/settle-each.ts'
import { groupText } from '../groups/group-state.ts'

const DESCRIBE = defineApi(
  ApiKey.DescribeShareGroupOffsets,
  encodeDescribeShareGroupOffsetsRequest,
  decodeDescribeShareGroupOffsetsResponse,
)
const ALTER = defineApi(
  ApiKey.AlterShareGroupOffsets,
  encodeAlterShareGroupOffsetsRequest,
  decodeAlterShareGroupOffsetsResponse,
)
const DELETE = defineApi(
  ApiKey.DeleteShareGroupOffsets,
  encodeDeleteShareGroupOffsetsRequest,
  decodeDeleteShareGroupOffsetsResponse,
)

export interface ShareOffsetsOptions extends AdminOptions {
  /** All that the group has by default. */
  readonly partitions?: readonly TopicPartition[]
}

export interface ShareOffset {
  /** -1 when the group has not begun with the partition. */
  readonly startOffset: number
  readonly leaderEpoch: number
  /** undefined when not known, and from brokers before Kafka 4.2. */
  readonly lag: number | undefined
}

export interface ShareOffsetToSet extends TopicPartition {
  readonly startOffset: number
}

export function shareGroupOffsets(
  cluster: Cluster,
  groupId: string,
  { partitions, ...options }: ShareOffsetsOptions,
): Promise<Outcomes<TopicPartition, ShareOffset>> {
  const topics =
    partitions === undefined
      ? null
      : [...byTopic(partitions)].map(([topicName, own]) => ({
          topicName,
          partitions: own.map(({ partition }) => partition),
        }))
  return askCoordinator(cluster, 'group', groupId, options, async (peer) => {
    const { groups } = await peer.request(DESCRIBE, { groups: [{ groupId, topics }] })
    const [group] = groups
    if (group !== undefined) peer.check(DESCRIBE, group, groupText(groupId))
    const entries = (group?.topics ?? []).flatMap(({ topicName: topic, partitions: answered }) =>
      answered.map((one): [TopicPartition, Outcome<ShareOffset>] => {
        const { partitionIndex: partition, startOffset, leaderEpoch, lag } = one
        const what = `${groupText(groupId)}, ${partitionText({ topic, partition })}`
        const value = { startOffset, leaderEpoch, lag: lag < 0 ? undefined : lag }
        return [{ topic, partition }, peer.outcome(DESCRIBE, one, what, () => value)]
      }),
    )
    return new Outcomes(entries, partitionKeyOf)
  })
}

export function alterShareGroupOffsets(
  cluster: Cluster,
  groupId: string,
  offsets: readonly ShareOffsetToSet[],
  options: AdminOptions,
): Promise<Outcomes<TopicPartition, void>> {
  return settleEach<ShareOffsetToSet, TopicPartition, void>(cluster, {
    items: offsets,
    keyOf: toPartition,
    textOf: partitionKeyOf,
    router: toCoordinators('group', () => groupId),
    ask: async (peer, items, settle) => {
      const response = await peer.request(ALTER, {
        groupId,
        topics: [...byTopic(items)].map(([topicName, own]) => ({
          topicName,
          partitions: own.map(({ partition: partitionIndex, startOffset }) => ({
            partitionIndex,
            startOffset,
          })),
        })),
      })
      peer.check(ALTER, response, groupText(groupId))
      const byKey = new Map(items.map((item) => [partitionKeyOf(item), item]))
      for (const { topicName, partitions } of response.responses) {
        for (const result of partitions) {
          const item = byKey.get(partitionKey(topicName, result.partitionIndex))
          if (item === undefined) continue
          const what = `${groupText(groupId)}, ${partitionText(item)}`
          settle(
            item,
            peer.outcome(ALTER, result, what, () => undefined),
          )
        }
      }
    },
    options,
  })
}

export function deleteShareGroupOffsets(
  cluster: Cluster,
  groupId: string,
  topics: readonly string[],
  options: AdminOptions,
): Promise<Outcomes<string, void>> {
  return settleEach<string, string, void>(cluster, {
    items: topics,
    keyOf: (topic) => topic,
    textOf: (topic) => topic,
    router: toCoordinators('group', () => groupId),
    ask: async (peer, items, settle) => {
      const response = await peer.request(DELETE, {
        groupId,
        topics: items.map((topicName) => ({ topicName })),
      })
      peer.check(DELETE, response, groupText(groupId))
      for (const result of response.responses) {
        const what = `${groupText(groupId)}, topic "${result.topicName}"`
        settle(
          result.topicName,
          peer.outcome(DELETE, result, what, () => undefined),
        )
      }
    },
    options,
  })
}
