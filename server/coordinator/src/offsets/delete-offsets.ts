/** OffsetDelete, version 0 (KIP-496; conformance G27): not of topics the group is subscribed to. */
import { ErrorCode } from '@ottla/protocol'
import type { OffsetDeleteRequest } from '@ottla/protocol/offset-delete-request'
import type { OffsetDeleteResponse } from '@ottla/protocol/offset-delete-response'
import type { ClassicGroup } from '../group/classic/classic-group.ts'
import type { Reply } from '../request-context.ts'
import type { CoordinatorShard } from '../runtime/coordinator-shard.ts'
import type { OffsetKey } from './offset-store.ts'
import { removeOffsets } from './remove-offsets.ts'
import { isPartitionKnown, type KnownTopics } from './topic-directory.ts'

type TopicResponse = OffsetDeleteResponse['topics'][number]

export function refuseOffsetDelete(errorCode: number): OffsetDeleteResponse {
  return { errorCode, throttleTimeMs: 0, topics: [] }
}

export function deleteOffsets(
  shard: CoordinatorShard,
  known: KnownTopics,
  request: OffsetDeleteRequest,
  reply: Reply<OffsetDeleteResponse>,
): void {
  const group = shard.group(request.groupId)?.group
  const refusal = deleteRefusal(group)
  if (group === undefined || refusal !== ErrorCode.NONE) {
    reply(refuseOffsetDelete(refusal))
    return
  }
  const keys: OffsetKey[] = []
  const topics = request.topics.map((topic) => deleteOfTopic(shard, known, group, topic, keys))
  const response: OffsetDeleteResponse = { errorCode: ErrorCode.NONE, throttleTimeMs: 0, topics }
  removeOffsets(shard, keys, (errorCode) => {
    reply(errorCode === ErrorCode.NONE ? response : refuseOffsetDelete(errorCode))
  })
}

function deleteRefusal(group: ClassicGroup | undefined): number {
  if (group === undefined || group.state === 'Dead') return ErrorCode.GROUP_ID_NOT_FOUND
  // Only of consumers do we know what they are subscribed to.
  const isProtected = group.state !== 'Empty' && !group.usesConsumerProtocol
  return isProtected ? ErrorCode.NON_EMPTY_GROUP : ErrorCode.NONE
}

function deleteOfTopic(
  shard: CoordinatorShard,
  known: KnownTopics,
  group: ClassicGroup,
  { name, partitions }: OffsetDeleteRequest['topics'][number],
  keys: OffsetKey[],
): TopicResponse {
  const { groupId } = group
  const isSubscribed = group.isSubscribedTo(name)
  const results = partitions.map(({ partitionIndex }) => {
    if (!isPartitionKnown(known, name, partitionIndex)) {
      return { partitionIndex, errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION }
    }
    if (isSubscribed) return { partitionIndex, errorCode: ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC }
    if (shard.offsets.group(groupId)?.holds(name, partitionIndex) === true) {
      keys.push({ groupId, topic: name, partition: partitionIndex })
    }
    return { partitionIndex, errorCode: ErrorCode.NONE }
  })
  return { name, partitions: results }
}
