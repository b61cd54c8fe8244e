/**
 * OffsetCommit, versions 2 to 10 (conformance O1 to O6, O11, O13, O16).
 *
 * 2 to 4 carry a retention time; 6 leader epoch; 7 static members; 9 GROUP_ID_NOT_FOUND; 10 topic ids.
 * Every partition gets a result of its own, in the order of the request. What remains to be stored is
 * one append; the answer follows when that is committed.
 */
import { ZERO_UUID } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import type { OffsetCommitRequest } from '@ottla/protocol/offset-commit-request'
import type { OffsetCommitResponse } from '@ottla/protocol/offset-commit-response'
import { validateOffsetCommit } from '../group/classic/validate-member.ts'
import type { Reply, RequestContext } from '../request-context.ts'
import type { CoordinatorShard } from '../runtime/coordinator-shard.ts'
import { NO_METADATA, NO_TIMESTAMP, type OffsetAndMetadata } from './offset-and-metadata.ts'
import { offsetCommitRecord } from './offset-commit-record.ts'
import type { OffsetKey } from './offset-store.ts'
import { isPartitionKnown, type KnownTopics } from './topic-directory.ts'

const TOPIC_ID_VERSION_MIN = 10
/** Before, an unknown group was told as ILLEGAL_GENERATION (KIP-848). */
const GROUP_NOT_FOUND_VERSION_MIN = 9

type TopicRequest = OffsetCommitRequest['topics'][number]
type PartitionRequest = TopicRequest['partitions'][number]
type PartitionResult = OffsetCommitResponse['topics'][number]['partitions'][number]

/** A partition that may be committed, as far as the cluster's topics are concerned. */
interface Candidate {
  readonly topic: string
  readonly topicId: OffsetAndMetadata['topicId']
  readonly request: PartitionRequest
  readonly result: PartitionResult
}

interface Accepted {
  readonly key: OffsetKey
  readonly value: OffsetAndMetadata
  readonly result: PartitionResult
}

export interface OffsetCommitPlan {
  readonly response: OffsetCommitResponse
  readonly candidates: readonly Candidate[]
}

export function planOffsetCommit(
  known: KnownTopics,
  context: RequestContext,
  request: OffsetCommitRequest,
): OffsetCommitPlan {
  const response: OffsetCommitResponse = { throttleTimeMs: 0, topics: [] }
  const candidates: Candidate[] = []
  const byId = context.apiVersion >= TOPIC_ID_VERSION_MIN
  for (const topicRequest of request.topics) {
    const { topicId, partitions } = topicRequest
    const topic = byId ? known.topics.nameOf(topicId) : topicRequest.name
    const results: PartitionResult[] = []
    response.topics.push({ name: topic ?? topicRequest.name, topicId, partitions: results })
    for (const partition of partitions) {
      const result = {
        partitionIndex: partition.partitionIndex,
        errorCode: ErrorCode.NONE as number,
      }
      results.push(result)
      if (topic === undefined) {
        result.errorCode = ErrorCode.UNKNOWN_TOPIC_ID
      } else if (!isPartitionKnown(known, topic, partition.partitionIndex)) {
        result.errorCode = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
      } else {
        const id = byId ? topicId : (known.topics.idOf(topic) ?? ZERO_UUID)
        candidates.push({ topic, topicId: id, request: partition, result })
      }
    }
  }
  return { response, candidates }
}

export function refuseCommit(plan: OffsetCommitPlan, errorCode: number): OffsetCommitResponse {
  for (const { result } of plan.candidates) result.errorCode = errorCode
  return plan.response
}

export function commitOffsets(
  shard: CoordinatorShard,
  plan: OffsetCommitPlan,
  context: RequestContext,
  request: OffsetCommitRequest,
  reply: Reply<OffsetCommitResponse>,
): void {
  const refusal = admitCommit(shard, context, request)
  if (refusal !== ErrorCode.NONE) {
    reply(refuseCommit(plan, refusal))
    return
  }
  const accepted = acceptCandidates(shard, plan, request)
  if (accepted.length === 0) {
    reply(plan.response)
    return
  }
  const records = accepted.map(({ key, value }) => offsetCommitRecord(key, value))
  for (const { key } of accepted) shard.offsets.beginCommit(key)
  shard.appends.append(records, (errorCode) => {
    for (const { key, value, result } of accepted) {
      // Applied before it is no longer on its way, so that the group is never seen without it.
      if (errorCode === ErrorCode.NONE) shard.applyOffset(key, value)
      shard.offsets.endCommit(key)
      result.errorCode = errorCode
    }
    reply(plan.response)
  })
}

/** May this client commit for this group now? If so, a member's session starts anew. */
function admitCommit(
  shard: CoordinatorShard,
  context: RequestContext,
  request: OffsetCommitRequest,
): number {
  if (request.groupId.length > shard.limits.nameCharactersMax) return ErrorCode.INVALID_GROUP_ID
  const driver = shard.group(request.groupId)
  const generationId = request.generationIdOrMemberEpoch
  if (driver === undefined) {
    // A consumer without group management, or an administrator: the commit makes a simple group.
    if (generationId < 0) return ErrorCode.NONE
    return context.apiVersion >= GROUP_NOT_FOUND_VERSION_MIN
      ? ErrorCode.GROUP_ID_NOT_FOUND
      : ErrorCode.ILLEGAL_GENERATION
  }
  const { memberId, groupInstanceId } = request
  const errorCode = validateOffsetCommit(driver.group, { memberId, groupInstanceId, generationId })
  if (errorCode === ErrorCode.NONE) driver.extendSession(memberId)
  return errorCode
}

function acceptCandidates(
  shard: CoordinatorShard,
  plan: OffsetCommitPlan,
  request: OffsetCommitRequest,
): Accepted[] {
  const { nowMs, config } = shard
  const { groupId, retentionTimeMs } = request
  const expireTimestampMs = retentionTimeMs >= 0 ? nowMs + retentionTimeMs : NO_TIMESTAMP
  const accepted: Accepted[] = []
  for (const { topic, topicId, request: partition, result } of plan.candidates) {
    const metadata = partition.committedMetadata ?? NO_METADATA
    if (metadata.length > config.offsetMetadataMaxBytes) {
      result.errorCode = ErrorCode.OFFSET_METADATA_TOO_LARGE
      continue
    }
    accepted.push({
      key: { groupId, topic, partition: partition.partitionIndex },
      value: {
        committedOffset: partition.committedOffset,
        leaderEpoch: partition.committedLeaderEpoch,
        metadata,
        commitTimestampMs: nowMs,
        expireTimestampMs: Math.min(expireTimestampMs, Number.MAX_SAFE_INTEGER),
        topicId,
      },
      result,
    })
  }
  return accepted
}
