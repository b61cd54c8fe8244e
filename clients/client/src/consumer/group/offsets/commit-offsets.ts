/**
 * OffsetCommit, versions 2 to 10: by name, from 10 on by topic id; from 9 on with a member epoch.
 *
 * Tried again: while the coordinator moves or loads, and while the group rebalances around partitions
 * that we keep. Never in the name of a newer generation for a partition that is ours no more: its new
 * owner has committed further by then.
 */
import { ZERO_UUID, type Uuid } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import type { OffsetCommitRequest } from '@ottla/protocol/offset-commit-request'
import type { OffsetCommitResponse } from '@ottla/protocol/offset-commit-response'
import { answeredError, KafkaError } from '../../../kafka-error.ts'
import { asRetriable } from '../member-errors.ts'
import { partitionKey } from '../../../topic-partition.ts'
import type { Answer, CoordinatorLink } from '../coordinator-link.ts'
import { OFFSET_COMMIT, OFFSET_COMMIT_BY_NAME, OFFSETS_BY_ID_VERSION } from '../group-apis.ts'
import type { OffsetToCommit } from '../group-member.ts'
import { byTopic } from '../partition-set.ts'
import type { Identity, Membership } from './membership.ts'
import { topicIdsOf } from './topic-ids.ts'

const INSTANCE_VERSION = 7

/** Of one partition and no other; everything else refuses the whole commit. */
const OF_PARTITION: ReadonlySet<number> = new Set([
  ErrorCode.INVALID_COMMIT_OFFSET_SIZE,
  ErrorCode.OFFSET_METADATA_TOO_LARGE,
  ErrorCode.TOPIC_AUTHORIZATION_FAILED,
  ErrorCode.UNKNOWN_TOPIC_ID,
  ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
])

/** The generation is over, or about to be: the next one may take it. */
const OF_GENERATION: ReadonlySet<number> = new Set([
  ErrorCode.ILLEGAL_GENERATION,
  ErrorCode.REBALANCE_IN_PROGRESS,
  ErrorCode.STALE_MEMBER_EPOCH,
])

export async function commitOffsets(
  link: CoordinatorLink,
  membership: Membership,
  offsets: readonly OffsetToCommit[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, KafkaError>> {
  if (offsets.length === 0) return new Map()
  let first: Identity | undefined
  return link.cluster.retry({ signal }, async () => {
    const identity = membership.identity()
    first ??= identity
    const isMember = identity.epoch >= 0
    const isOurs = isMember && offsets.every((one) => membership.owns(one))
    if (identity.epoch !== first.epoch && !isOurs) throw notOurs(link)
    const { answer, ids } = await send(link, identity, offsets)
    const { errors, refusal } = sorted(link, answer, ids)
    if (refusal === undefined) return errors
    const mayRetry = OF_GENERATION.has(refusal) && isOurs
    const refused = link.refusal(refusal, OFFSET_COMMIT, answer)
    const error = mayRetry ? asRetriable(refused) : refused
    membership.onRefused(error, identity)
    throw error
  })
}

async function send(
  link: CoordinatorLink,
  identity: Identity,
  offsets: readonly OffsetToCommit[],
): Promise<{
  answer: Answer<OffsetCommitResponse>
  ids: ReadonlyMap<string, Uuid> | undefined
}> {
  const topics = byTopic(offsets)
  // Not behind the own JoinGroup, which may take as long as a rebalance.
  const version = (await link.connection('main')).versionOf(OFFSET_COMMIT) ?? 0
  const ids =
    version >= OFFSETS_BY_ID_VERSION ? await topicIdsOf(link.cluster, topics.keys()) : undefined
  const api = ids === undefined ? OFFSET_COMMIT_BY_NAME : OFFSET_COMMIT
  const answer = await link.ask(
    api,
    (spoken) => requestOf(link.groupId, identity, { topics, ids, version: spoken }),
    { lane: 'main' },
  )
  return { answer, ids }
}

interface RequestParts {
  readonly topics: ReadonlyMap<string, readonly OffsetToCommit[]>
  readonly ids: ReadonlyMap<string, Uuid> | undefined
  readonly version: number
}

function requestOf(
  groupId: string,
  { memberId, epoch, groupInstanceId }: Identity,
  { topics, ids, version }: RequestParts,
): OffsetCommitRequest {
  return {
    groupId,
    generationIdOrMemberEpoch: epoch,
    memberId,
    groupInstanceId: version >= INSTANCE_VERSION ? groupInstanceId : null,
    retentionTimeMs: -1,
    topics: [...topics].map(([name, partitions]) => ({
      name,
      topicId: ids?.get(name) ?? ZERO_UUID,
      partitions: partitions.map(({ partition, offset, leaderEpoch, metadata }) => ({
        partitionIndex: partition,
        committedOffset: offset,
        committedLeaderEpoch: leaderEpoch,
        committedMetadata: metadata,
      })),
    })),
  }
}

function sorted(
  link: CoordinatorLink,
  { response, connection }: Answer<OffsetCommitResponse>,
  ids: ReadonlyMap<string, Uuid> | undefined,
): { errors: Map<string, KafkaError>; refusal: number | undefined } {
  const names = new Map([...(ids ?? [])].map(([name, id]) => [id, name]))
  const errors = new Map<string, KafkaError>()
  let refusal: number | undefined
  for (const topic of response.topics) {
    const name = ids === undefined ? topic.name : (names.get(topic.topicId) ?? topic.topicId)
    for (const { partitionIndex, errorCode } of topic.partitions) {
      if (errorCode === 0) continue
      if (!OF_PARTITION.has(errorCode)) refusal ??= errorCode
      const what = `group "${link.groupId}", topic "${name}" partition ${partitionIndex}`
      const about = { apiKey: OFFSET_COMMIT.key, broker: connection.broker, what }
      errors.set(partitionKey(name, partitionIndex), answeredError(errorCode, about))
      if (errorCode === ErrorCode.UNKNOWN_TOPIC_ID) link.cluster.refreshSoon()
    }
  }
  return { errors, refusal }
}

function notOurs(link: CoordinatorLink): KafkaError {
  return new KafkaError(
    'ILLEGAL_GENERATION',
    `The group "${link.groupId}" has given the partitions to another member: what was not committed before is read again there`,
    { apiKey: OFFSET_COMMIT.key },
  )
}
