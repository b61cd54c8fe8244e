/**
 * OffsetFetch, versions 1 to 10: one group a request up to 7, by topic id from 10 on.
 *
 * Always for stable offsets where the broker can (KIP-447): an offset that an open transaction is about
 * to replace would make the records of that transaction be read twice. UNSTABLE_OFFSET_COMMIT is tried
 * again until the transaction has ended.
 */
import { ZERO_UUID, type Uuid } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import type { OffsetFetchRequest } from '@ottla/protocol/offset-fetch-request'
import type { OffsetFetchResponse } from '@ottla/protocol/offset-fetch-response'
import { answeredError } from '../../../kafka-error.ts'
import { partitionKey, type TopicPartition } from '../../../topic-partition.ts'
import { asRetriable } from '../member-errors.ts'
import type { Answer, CoordinatorLink } from '../coordinator-link.ts'
import { OFFSET_FETCH, OFFSET_FETCH_BY_NAME, OFFSETS_BY_ID_VERSION } from '../group-apis.ts'
import type { CommittedOffset } from '../group-member.ts'
import { byTopic } from '../partition-set.ts'
import { NO_MEMBER, type Identity, type Membership } from './membership.ts'
import { topicIdsOf } from './topic-ids.ts'

const STABLE_VERSION = 7
const GROUPS_VERSION = 8
const MEMBER_VERSION = 9

export async function fetchOffsets(
  link: CoordinatorLink,
  membership: Membership,
  partitions: readonly TopicPartition[],
  signal: AbortSignal | undefined,
): Promise<readonly CommittedOffset[]> {
  if (partitions.length === 0) return []
  const topics = byTopic(partitions)
  const found = await link.cluster.retry({ signal }, async () => {
    const identity = membership.isNamedInFetch ? membership.identity() : NO_MEMBER
    const version = (await link.connection('main')).versionOf(OFFSET_FETCH) ?? 0
    const ids =
      version >= OFFSETS_BY_ID_VERSION ? await topicIdsOf(link.cluster, topics.keys()) : undefined
    const answer = await link.ask(
      ids === undefined ? OFFSET_FETCH_BY_NAME : OFFSET_FETCH,
      (spoken) => requestOf(link.groupId, identity, { topics, ids, version: spoken }),
      { lane: 'main' },
    )
    return offsetsIn(link, answer, ids)
  })
  return partitions.map(({ topic, partition }) => {
    const one = found.get(partitionKey(topic, partition))
    return one ?? { topic, partition, offset: -1, leaderEpoch: -1, metadata: '' }
  })
}

interface RequestParts {
  readonly topics: ReadonlyMap<string, readonly TopicPartition[]>
  readonly ids: ReadonlyMap<string, Uuid> | undefined
  readonly version: number
}

function requestOf(
  groupId: string,
  { memberId, epoch }: Identity,
  { topics, ids, version }: RequestParts,
): OffsetFetchRequest {
  const requireStable = version >= STABLE_VERSION
  const wanted = [...topics].map(([name, partitions]) => ({
    name,
    topicId: ids?.get(name) ?? ZERO_UUID,
    partitionIndexes: partitions.map(({ partition }) => partition),
  }))
  if (version < GROUPS_VERSION) return { groupId, topics: wanted, groups: [], requireStable }
  const isNamed = version >= MEMBER_VERSION && memberId !== ''
  const group = {
    groupId,
    memberId: isNamed ? memberId : null,
    memberEpoch: isNamed ? epoch : -1,
    topics: wanted,
  }
  return { groupId: '', topics: [], groups: [group], requireStable }
}

function offsetsIn(
  link: CoordinatorLink,
  answer: Answer<OffsetFetchResponse>,
  ids: ReadonlyMap<string, Uuid> | undefined,
): Map<string, CommittedOffset> {
  const { response, connection } = answer
  const [group] = response.groups
  checkGroup(link, group?.errorCode ?? response.errorCode, answer)
  const names = new Map([...(ids ?? [])].map(([name, id]) => [id, name]))
  const offsets = new Map<string, CommittedOffset>()
  const byName = response.topics.map((topic) => ({ ...topic, topicId: ZERO_UUID }))
  for (const topic of group?.topics ?? byName) {
    const name = names.get(topic.topicId) ?? topic.name
    for (const one of topic.partitions) {
      const { partitionIndex, errorCode, committedOffset, committedLeaderEpoch, metadata } = one
      if (errorCode !== 0) {
        const what = `group "${link.groupId}", topic "${name}" partition ${partitionIndex}`
        // Up to version 1 what concerns the group stands here.
        if (errorCode === ErrorCode.NOT_COORDINATOR) checkGroup(link, errorCode, answer)
        if (errorCode === ErrorCode.UNKNOWN_TOPIC_ID) link.cluster.refreshSoon()
        throw answeredError(errorCode, {
          apiKey: OFFSET_FETCH.key,
          broker: connection.broker,
          what,
        })
      }
      offsets.set(partitionKey(name, partitionIndex), {
        topic: name,
        partition: partitionIndex,
        offset: committedOffset,
        leaderEpoch: committedLeaderEpoch,
        metadata: metadata ?? '',
      })
    }
  }
  return offsets
}

/** A stale epoch is one that the next heartbeat mends. */
function checkGroup(link: CoordinatorLink, errorCode: number, answer: Answer<unknown>): void {
  if (errorCode === 0) return
  const error = link.refusal(errorCode, OFFSET_FETCH, answer)
  throw errorCode === ErrorCode.STALE_MEMBER_EPOCH ? asRetriable(error) : error
}
