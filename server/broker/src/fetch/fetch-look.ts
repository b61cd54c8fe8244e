/**
 * One look at the partitions of a Fetch: which bytes there are for it right now.
 *
 * Nothing is read yet; a slice says where the bytes are. The limits are KIP-74's: partitions are served
 * in order, the first that has anything gives at least one whole batch even when that is larger than
 * every limit, the rest share what is left.
 */
import { ErrorCode } from '@ottla/protocol'
import type { LogSlice } from '@ottla/log'
import { absenceOf } from '@ottla/replication'
import type { HostedTopic, Partition, ReplicaManager } from '@ottla/replication'
import type { FetchTarget } from './fetch-target.ts'

export interface FetchFinding {
  readonly target: FetchTarget
  readonly partition: Partition | undefined
  readonly errorCode: ErrorCode
  readonly slice: LogSlice | undefined
  /** Set when the follower's log and ours part ways (KIP-595). */
  readonly divergingEpoch: { epoch: number; endOffset: number } | undefined
}

export interface FetchLook {
  readonly findings: FetchFinding[]
  readonly bytes: number
  readonly hasError: boolean
}

export interface FetchLimits {
  readonly bytesMax: number
  readonly committedOnly: boolean
  readonly usesTopicIds: boolean
  /** The request names itself a replica. */
  readonly isFollower: boolean
}

export function lookAtPartitions(
  replicas: ReplicaManager,
  targets: readonly FetchTarget[],
  limits: FetchLimits,
): FetchLook {
  const findings: FetchFinding[] = []
  let bytes = 0
  let hasError = false
  for (const target of targets) {
    const finding = lookAt(replicas, target, limits, bytes)
    findings.push(finding)
    bytes += finding.slice?.sizeInBytes ?? 0
    if (finding.errorCode !== ErrorCode.NONE || finding.divergingEpoch !== undefined) {
      hasError = true
    }
  }
  return { findings, bytes, hasError }
}

function lookAt(
  replicas: ReplicaManager,
  target: FetchTarget,
  limits: FetchLimits,
  bytesSoFar: number,
): FetchFinding {
  const topic = findTopic(replicas, target, limits.usesTopicIds)
  const partition = topic?.partitions[target.partition]
  const errorCode = refusalOf(topic, target, limits)
  if (partition === undefined || errorCode !== ErrorCode.NONE) {
    return { target, partition, errorCode, slice: undefined, divergingEpoch: undefined }
  }
  if (target.lastFetchedEpoch >= 0) {
    const divergence = divergenceOf(partition, target)
    if (divergence !== undefined) return divergence
  }
  const leftBytes = limits.bytesMax - bytesSoFar
  if (leftBytes <= 0 && bytesSoFar > 0) {
    return { target, partition, errorCode, slice: undefined, divergingEpoch: undefined }
  }
  const read = partition.read(target.fetchOffset, Math.min(target.partitionMaxBytes, leftBytes), {
    committedOnly: limits.committedOnly,
    minOneBatch: bytesSoFar === 0,
  })
  return {
    target,
    partition,
    errorCode: read.errorCode as ErrorCode,
    slice: read.slice,
    divergingEpoch: undefined,
  }
}

function findTopic(
  replicas: ReplicaManager,
  target: FetchTarget,
  usesTopicIds: boolean,
): HostedTopic | undefined {
  return usesTopicIds ? replicas.topicById(target.topicId) : replicas.topic(target.name)
}

function refusalOf(
  topic: HostedTopic | undefined,
  target: FetchTarget,
  { usesTopicIds, isFollower }: FetchLimits,
): ErrorCode {
  const partition = topic?.partitions[target.partition]
  if (partition === undefined) {
    const absence = absenceOf(topic, target.partition)
    const isUnknown = absence === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
    return isUnknown && usesTopicIds ? ErrorCode.UNKNOWN_TOPIC_ID : absence
  }
  const fenced = epochRefusal(partition, target.currentLeaderEpoch)
  // This broker is the only replica, so nobody else can be one (conformance F28).
  return fenced === ErrorCode.NONE && isFollower ? ErrorCode.NOT_LEADER_OR_FOLLOWER : fenced
}

/** KIP-320: a client that names the leader's epoch must name the current one; -1 is not checked. */
export function epochRefusal(partition: Partition, currentLeaderEpoch: number): ErrorCode {
  if (currentLeaderEpoch < 0 || currentLeaderEpoch === partition.leaderEpoch) return ErrorCode.NONE
  return currentLeaderEpoch < partition.leaderEpoch
    ? ErrorCode.FENCED_LEADER_EPOCH
    : ErrorCode.UNKNOWN_LEADER_EPOCH
}

function divergenceOf(partition: Partition, target: FetchTarget): FetchFinding | undefined {
  const end = partition.log.endOffsetForEpoch(target.lastFetchedEpoch)
  const none = { target, partition, slice: undefined }
  if (end.leaderEpoch < 0) {
    return { ...none, errorCode: ErrorCode.OFFSET_OUT_OF_RANGE, divergingEpoch: undefined }
  }
  if (end.leaderEpoch === target.lastFetchedEpoch && end.endOffset >= target.fetchOffset) {
    return undefined
  }
  return {
    ...none,
    errorCode: ErrorCode.NONE,
    divergingEpoch: { epoch: end.leaderEpoch, endOffset: end.endOffset },
  }
}
