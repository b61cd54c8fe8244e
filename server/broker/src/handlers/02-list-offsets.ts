/**
 * ListOffsets, versions 1 to 11: an offset for a timestamp or one of six markers.
 *
 *   -1 latest   -2 earliest   -3 max timestamp (7)   -4 earliest local (8)
 *   -5 latest tiered (9)      -6 earliest pending upload (11)
 *
 * Nothing is tiered here: -5 and -6 answer -1, -4 is the same as -2. A marker that the version does not
 * know gets UNSUPPORTED_VERSION (conformance L4).
 */
import type { ByteReader } from '@ottla/base'
import { StorageError } from '@ottla/log'
import type { Exchange } from '@ottla/net'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import {
  decodeListOffsetsRequest,
  type ListOffsetsRequest,
  type ListOffsetsRequestListOffsetsPartition,
} from '@ottla/protocol/list-offsets-request'
import {
  encodeListOffsetsResponse,
  type ListOffsetsResponseListOffsetsPartitionResponse,
  type ListOffsetsResponseListOffsetsTopicResponse,
} from '@ottla/protocol/list-offsets-response'
import { absenceOf, type HostedTopic, type Partition } from '@ottla/replication'
import type { BrokerContext } from '../broker-context.ts'
import type { ApiHandler } from '../dispatch/api-handler.ts'
import { epochRefusal } from '../fetch/fetch-look.ts'
import { repeated } from './repeated.ts'

const LATEST = -1
const EARLIEST = -2
const MAX_TIMESTAMP = -3
const EARLIEST_LOCAL = -4
const LATEST_TIERED = -5
const EARLIEST_PENDING_UPLOAD = -6
const MARKER_VERSION_MIN = new Map([
  [MAX_TIMESTAMP, 7],
  [EARLIEST_LOCAL, 8],
  [LATEST_TIERED, 9],
  [EARLIEST_PENDING_UPLOAD, 11],
])
const READ_COMMITTED = 1

interface LookUpOptions {
  readonly apiVersion: number
  readonly committedOnly: boolean
}

export function listOffsetsHandler(broker: BrokerContext): ApiHandler {
  return {
    apiKey: ApiKey.ListOffsets,
    isExclusive: true,
    handle(exchange: Exchange, body: ByteReader): void {
      const request = decodeListOffsetsRequest(body, exchange.apiVersion)
      const options = {
        apiVersion: exchange.apiVersion,
        committedOnly: request.isolationLevel === READ_COMMITTED,
      }
      exchange.reply(encodeListOffsetsResponse, {
        throttleTimeMs: 0,
        topics: foundPerTopic(broker, request, options),
      })
    },
  }
}

/** A partition that is named twice is refused, and answered once (conformance L7). */
function foundPerTopic(
  broker: BrokerContext,
  request: ListOffsetsRequest,
  options: LookUpOptions,
): ListOffsetsResponseListOffsetsTopicResponse[] {
  const twice = repeated(
    request.topics.flatMap(({ name, partitions }) =>
      partitions.map(({ partitionIndex }) => `${name}:${partitionIndex}`),
    ),
  )
  const isAnswered = new Set<string>()
  return request.topics.map(({ name, partitions }) => {
    const answers: ListOffsetsResponseListOffsetsPartitionResponse[] = []
    for (const asked of partitions) {
      const key = `${name}:${asked.partitionIndex}`
      if (isAnswered.has(key)) continue
      if (twice.has(key)) {
        isAnswered.add(key)
        answers.push(refused(asked, ErrorCode.INVALID_REQUEST))
        continue
      }
      answers.push(offsetOf(broker.replicas.topic(name), asked, options))
    }
    return { name, partitions: answers }
  })
}

function refused(
  asked: ListOffsetsRequestListOffsetsPartition,
  errorCode: ErrorCode,
): ListOffsetsResponseListOffsetsPartitionResponse {
  return {
    partitionIndex: asked.partitionIndex,
    errorCode,
    timestamp: -1,
    offset: -1,
    leaderEpoch: -1,
  }
}

function offsetOf(
  topic: HostedTopic | undefined,
  asked: ListOffsetsRequestListOffsetsPartition,
  options: LookUpOptions,
): ListOffsetsResponseListOffsetsPartitionResponse {
  const partition = topic?.partitions[asked.partitionIndex]
  if (partition === undefined) return refused(asked, absenceOf(topic, asked.partitionIndex))
  const fenced = epochRefusal(partition, asked.currentLeaderEpoch)
  if (fenced !== ErrorCode.NONE) return refused(asked, fenced)
  if (isUnknownMarker(asked.timestamp, options.apiVersion)) {
    return refused(asked, ErrorCode.UNSUPPORTED_VERSION)
  }
  if (partition.log.isUnreadable) return refused(asked, ErrorCode.KAFKA_STORAGE_ERROR)
  try {
    return answered(asked, partition, lookUp(partition, asked.timestamp, options.committedOnly))
  } catch (error) {
    // The log has said what is wrong; a lookup may be the first to read a damaged file.
    if (error instanceof StorageError) return refused(asked, ErrorCode.KAFKA_STORAGE_ERROR)
    throw error
  }
}

function answered(
  asked: ListOffsetsRequestListOffsetsPartition,
  partition: Partition,
  found: Found,
): ListOffsetsResponseListOffsetsPartitionResponse {
  return {
    partitionIndex: asked.partitionIndex,
    errorCode: ErrorCode.NONE,
    timestamp: found.timestamp,
    offset: found.offset,
    leaderEpoch: found.offset < 0 ? -1 : partition.log.epochForOffset(found.offset),
  }
}

function isUnknownMarker(timestamp: number, apiVersion: number): boolean {
  if (timestamp >= EARLIEST) return false
  const versionMin = MARKER_VERSION_MIN.get(timestamp)
  return versionMin === undefined || apiVersion < versionMin
}

interface Found {
  readonly offset: number
  readonly timestamp: number
}

const NOT_FOUND: Found = { offset: -1, timestamp: -1 }

function lookUp(partition: Partition, timestamp: number, committedOnly: boolean): Found {
  const upToOffset = committedOnly ? partition.lastStableOffset : partition.highWatermark
  switch (timestamp) {
    case LATEST:
      return { offset: upToOffset, timestamp: -1 }
    case EARLIEST:
    case EARLIEST_LOCAL:
      return { offset: partition.log.logStartOffset, timestamp: -1 }
    case LATEST_TIERED:
    case EARLIEST_PENDING_UPLOAD:
      return NOT_FOUND
    case MAX_TIMESTAMP:
      return below(partition.log.offsetOfMaxTimestamp(), upToOffset)
    default:
      return below(partition.log.offsetForTimestamp(timestamp), upToOffset)
  }
}

/** What a consumer may not read yet is not found. */
function below(found: Found | undefined, upToOffset: number): Found {
  return found === undefined || found.offset >= upToOffset ? NOT_FOUND : found
}
