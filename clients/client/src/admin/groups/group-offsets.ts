/** What a group has committed (OffsetFetch by name, versions 2 to 9), for one group. */
import { ZERO_UUID } from '@ottla/base'
import type { OffsetFetchRequest } from '@ottla/protocol/offset-fetch-request'
import type { OffsetFetchResponse } from '@ottla/protocol/offset-fetch-response'
import type { Cluster } from '../../cluster/cluster.ts'
import { byTopic } from '../../consumer/group/partition-set.ts'
import { OFFSET_FETCH_BY_NAME } from '../../consumer/group/group-apis.ts'
import type { TopicPartition } from '../../topic-partition.ts'
import type { AdminOptions } from '../admin-options.ts'
import { Outcomes, type Outcome } from '../outcome.ts'
import { askCoordinator } from '../asking/coordinator.ts'
import { partitionKeyOf, partitionText } from '../asking/leader.ts'
import type { Peer } from '../asking/peer.ts'
import { groupText } from './group-state.ts'

export interface GroupOffsetsOptions extends AdminOptions {
  /** Only of these; all that the group has committed by default. */
  readonly partitions?: readonly TopicPartition[]
  /** Waits for open transactions that are about to commit others (KIP-447). Default false. */
  readonly requireStable?: boolean
}

export interface GroupOffset {
  /** Where the group goes on. -1 for a partition that was asked for and has none. */
  readonly offset: number
  readonly leaderEpoch: number
  /** What the committer wrote beside it. */
  readonly metadata: string
}

const STABLE_VERSION = 7
const GROUPS_VERSION = 8

export function groupOffsets(
  cluster: Cluster,
  groupId: string,
  options: GroupOffsetsOptions,
): Promise<Outcomes<TopicPartition, GroupOffset>> {
  return askCoordinator(cluster, 'group', groupId, options, async (peer) => {
    const response = await peer.request(OFFSET_FETCH_BY_NAME, (version) =>
      requestOf(groupId, options, version),
    )
    return offsetsIn(peer, groupId, response)
  })
}

function requestOf(
  groupId: string,
  { partitions, requireStable = false }: GroupOffsetsOptions,
  version: number,
): OffsetFetchRequest {
  const topics =
    partitions === undefined
      ? null
      : [...byTopic(partitions)].map(([name, own]) => ({
          name,
          topicId: ZERO_UUID,
          partitionIndexes: own.map(({ partition }) => partition),
        }))
  const stable = requireStable && version >= STABLE_VERSION
  if (version < GROUPS_VERSION) return { groupId, topics, groups: [], requireStable: stable }
  const group = { groupId, memberId: null, memberEpoch: -1, topics }
  return { groupId: '', topics: [], groups: [group], requireStable: stable }
}

function offsetsIn(
  peer: Peer,
  groupId: string,
  response: OffsetFetchResponse,
): Outcomes<TopicPartition, GroupOffset> {
  const [group] = response.groups
  const { errorCode, topics } = group ?? response
  peer.check(OFFSET_FETCH_BY_NAME, { errorCode }, groupText(groupId))
  const entries = topics.flatMap(({ name: topic, partitions }) =>
    partitions.map((one): [TopicPartition, Outcome<GroupOffset>] => {
      const key = { topic, partition: one.partitionIndex }
      const what = `${groupText(groupId)}, ${partitionText(key)}`
      const value = (): GroupOffset => ({
        offset: one.committedOffset,
        leaderEpoch: one.committedLeaderEpoch,
        metadata: one.metadata ?? '',
      })
      return [key, peer.outcome(OFFSET_FETCH_BY_NAME, one, what, value)]
    }),
  )
  // An open transaction is about to commit (UNSTABLE_OFFSET_COMMIT): the whole is asked again.
  for (const [, outcome] of entries) if (!outcome.ok && outcome.error.retriable) throw outcome.error
  entries.sort(([a], [b]) => compare(a, b))
  return new Outcomes(entries, partitionKeyOf)
}

export function compare(a: TopicPartition, b: TopicPartition): number {
  if (a.topic === b.topic) return a.partition - b.partition
  return a.topic < b.topic ? -1 : 1
}
