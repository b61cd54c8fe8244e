/**
 * OffsetFetch, versions 1 to 10 (conformance O7 to O9, O13).
 *
 * 2 all topics with null, error of the whole group; 5 leader epoch; 7 require stable; 8 many groups;
 * 9 members of KIP-848; 10 topic ids. Nothing committed is offset -1 without an error.
 *
 * `requireStable` waits for the commits that are on their way, as Kafka does: what it returns can not be
 * overtaken by an older commit. Without it the last committed offsets are returned at once.
 */
import { ZERO_UUID, type Uuid } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import type { OffsetFetchRequest } from '@ottla/protocol/offset-fetch-request'
import type { OffsetFetchResponse } from '@ottla/protocol/offset-fetch-response'
import type { RequestContext } from '../request-context.ts'
import type { CoordinatorShard } from '../runtime/coordinator-shard.ts'
import {
  INVALID_OFFSET,
  NO_LEADER_EPOCH,
  NO_METADATA,
  type OffsetAndMetadata,
} from './offset-and-metadata.ts'
import type { GroupOffsets } from './offset-store.ts'
import type { TopicDirectory } from './topic-directory.ts'

const MANY_GROUPS_VERSION_MIN = 8
const TOPIC_ID_VERSION_MIN = 10
/** From here on an error of the whole group has a place of its own. */
const GROUP_ERROR_VERSION_MIN = 2

export type GroupRequest = OffsetFetchRequest['groups'][number]
export type GroupResponse = OffsetFetchResponse['groups'][number]
type TopicResponse = GroupResponse['topics'][number]
type PartitionResponse = TopicResponse['partitions'][number]

/** Every version as the newest: a list of groups. */
export function requestedGroups(
  apiVersion: number,
  request: OffsetFetchRequest,
): readonly GroupRequest[] {
  if (apiVersion >= MANY_GROUPS_VERSION_MIN) return request.groups
  const topics =
    request.topics?.map(({ name, partitionIndexes }) => ({
      name,
      topicId: ZERO_UUID,
      partitionIndexes,
    })) ?? null
  return [{ groupId: request.groupId, memberId: null, memberEpoch: -1, topics }]
}

export function fetchGroupOffsets(
  shard: CoordinatorShard,
  directory: TopicDirectory,
  context: RequestContext,
  request: GroupRequest,
): GroupResponse {
  const { groupId } = request
  // A group that is being deleted has no offsets any more.
  const isDead = shard.group(groupId)?.group.state === 'Dead'
  const offsets = isDead ? undefined : shard.offsets.group(groupId)
  const byId = context.apiVersion >= TOPIC_ID_VERSION_MIN
  const topics =
    request.topics === null
      ? allTopics(offsets, directory, byId)
      : request.topics.map((topic) => askedTopic(offsets, directory, byId, topic))
  return { groupId, topics, errorCode: ErrorCode.NONE }
}

function allTopics(
  offsets: GroupOffsets | undefined,
  directory: TopicDirectory,
  byId: boolean,
): TopicResponse[] {
  const topics: TopicResponse[] = []
  for (const [name, partitions] of offsets?.committed.topics() ?? []) {
    const topicId = directory.idOf(name) ?? ZERO_UUID
    // It has no name on this wire, so a topic that is gone can not be told.
    if (byId && topicId === ZERO_UUID) continue
    const responses: PartitionResponse[] = []
    for (const [partitionIndex, offset] of partitions) {
      if (isOtherTopic(offset, topicId)) continue
      responses.push(partitionResponse(partitionIndex, offset))
    }
    if (responses.length > 0) topics.push({ name, topicId, partitions: responses })
  }
  return topics
}

function askedTopic(
  offsets: GroupOffsets | undefined,
  directory: TopicDirectory,
  byId: boolean,
  asked: NonNullable<GroupRequest['topics']>[number],
): TopicResponse {
  const { topicId, partitionIndexes } = asked
  const name = byId ? directory.nameOf(topicId) : asked.name
  if (name === undefined) {
    const partitions = partitionIndexes.map((partitionIndex) =>
      noOffset(partitionIndex, ErrorCode.UNKNOWN_TOPIC_ID),
    )
    return { name: asked.name, topicId, partitions }
  }
  const currentId = byId ? topicId : (directory.idOf(name) ?? ZERO_UUID)
  const committed = offsets?.committed.partitions(name)
  const partitions = partitionIndexes.map((partitionIndex) => {
    const offset = committed?.get(partitionIndex)
    const isOther = offset !== undefined && isOtherTopic(offset, currentId)
    return partitionResponse(partitionIndex, isOther ? undefined : offset)
  })
  return { name, topicId, partitions }
}

/**
 * Committed for a topic of the same name that was deleted since, on a day when its offsets could not be
 * removed. Kafka compares only where the client names the id; the offset is as wrong for the others.
 */
function isOtherTopic(offset: OffsetAndMetadata, topicId: Uuid): boolean {
  return offset.topicId !== ZERO_UUID && topicId !== ZERO_UUID && offset.topicId !== topicId
}

function partitionResponse(
  partitionIndex: number,
  offset: OffsetAndMetadata | undefined,
): PartitionResponse {
  if (offset === undefined) return noOffset(partitionIndex, ErrorCode.NONE)
  return {
    partitionIndex,
    committedOffset: offset.committedOffset,
    committedLeaderEpoch: offset.leaderEpoch,
    metadata: offset.metadata,
    errorCode: ErrorCode.NONE,
  }
}

function noOffset(partitionIndex: number, errorCode: number): PartitionResponse {
  return {
    partitionIndex,
    committedOffset: INVALID_OFFSET,
    committedLeaderEpoch: NO_LEADER_EPOCH,
    metadata: NO_METADATA,
    errorCode,
  }
}

/** The error of a whole group. Version 1 has no place for it but the partitions that were asked for. */
export function refuseFetch(
  context: RequestContext,
  request: GroupRequest,
  errorCode: number,
): GroupResponse {
  const { groupId } = request
  if (context.apiVersion >= GROUP_ERROR_VERSION_MIN) return { groupId, topics: [], errorCode }
  const topics = (request.topics ?? []).map(({ name, topicId, partitionIndexes }) => ({
    name,
    topicId,
    partitions: partitionIndexes.map((partitionIndex) => noOffset(partitionIndex, errorCode)),
  }))
  return { groupId, topics, errorCode }
}

export function offsetFetchResponse(
  apiVersion: number,
  groups: GroupResponse[],
): OffsetFetchResponse {
  if (apiVersion >= MANY_GROUPS_VERSION_MIN) {
    return { throttleTimeMs: 0, topics: [], errorCode: ErrorCode.NONE, groups }
  }
  const [only] = groups
  const topics = only?.topics.map(({ name, partitions }) => ({ name, partitions })) ?? []
  return { throttleTimeMs: 0, topics, errorCode: only?.errorCode ?? ErrorCode.NONE, groups: [] }
}
