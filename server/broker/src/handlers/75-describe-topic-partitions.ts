/**
 * DescribeTopicPartitions, version 0: topics page by page, sorted by name (KIP-966, conformance M20).
 *
 * The cursor names where the page begins; `nextCursor` is set only when the page was cut.
 */
import { ZERO_UUID, type ByteReader } from '@ottla/base'
import type { TopicImage } from '@ottla/cluster'
import type { Exchange } from '@ottla/net'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import {
  decodeDescribeTopicPartitionsRequest,
  type DescribeTopicPartitionsRequest,
} from '@ottla/protocol/describe-topic-partitions-request'
import {
  encodeDescribeTopicPartitionsResponse,
  type DescribeTopicPartitionsResponse,
  type DescribeTopicPartitionsResponseTopic as TopicAnswer,
} from '@ottla/protocol/describe-topic-partitions-response'
import { NO_AUTHORIZED_OPERATIONS } from '../authorized-operations.ts'
import type { BrokerContext } from '../broker-context.ts'
import type { ApiHandler } from '../dispatch/api-handler.ts'
import { isInternalTopic } from '../internal-topics.ts'

const PARTITIONS_MAX = 2000
const NO_LEADER = -1

export function describeTopicPartitionsHandler(broker: BrokerContext): ApiHandler {
  return {
    apiKey: ApiKey.DescribeTopicPartitions,
    isExclusive: true,
    handle(exchange: Exchange, body: ByteReader): void {
      const request = decodeDescribeTopicPartitionsRequest(body, exchange.apiVersion)
      exchange.reply(
        encodeDescribeTopicPartitionsResponse,
        isCursorValid(request) ? page(broker, request) : refused(request),
      )
    },
  }
}

/** The cursor must name a topic of the list, where there is one, and a partition that can be. */
function isCursorValid({ topics, cursor }: DescribeTopicPartitionsRequest): boolean {
  if (cursor === null) return true
  const isListed = topics.length === 0 || topics.some(({ name }) => name === cursor.topicName)
  return isListed && cursor.partitionIndex >= 0
}

function refused({ topics }: DescribeTopicPartitionsRequest): DescribeTopicPartitionsResponse {
  const names = [...new Set(topics.map(({ name }) => name))]
  return {
    throttleTimeMs: 0,
    topics: names.map((name) => unknown(name, ErrorCode.INVALID_REQUEST)),
    nextCursor: null,
  }
}

function page(
  broker: BrokerContext,
  request: DescribeTopicPartitionsRequest,
): DescribeTopicPartitionsResponse {
  const { image } = broker.metadata
  const { cursor } = request
  const names =
    request.topics.length > 0
      ? [...new Set(request.topics.map((topic) => topic.name))]
      : [...image.topics()].map((topic) => topic.name)
  const response: DescribeTopicPartitionsResponse = {
    throttleTimeMs: 0,
    topics: [],
    nextCursor: null,
  }
  let left = Math.max(1, Math.min(PARTITIONS_MAX, request.responsePartitionLimit))
  for (const name of names.filter((each) => each >= (cursor?.topicName ?? '')).toSorted()) {
    const topic = image.topic(name)
    if (topic === undefined) {
      response.topics.push(unknown(name, broker.topics.refusalForUnknownName(name)))
      continue
    }
    const from = cursor !== null && name === cursor.topicName ? cursor.partitionIndex : 0
    if (left === 0) {
      response.nextCursor = { topicName: name, partitionIndex: from }
      break
    }
    const described = describe(broker, topic, { from, to: from + left })
    response.topics.push(described)
    left -= described.partitions.length
    if (from + described.partitions.length < topic.partitions.length) {
      response.nextCursor = { topicName: name, partitionIndex: from + described.partitions.length }
      break
    }
  }
  return response
}

function unknown(name: string, errorCode: ErrorCode): TopicAnswer {
  return {
    errorCode,
    name,
    topicId: ZERO_UUID,
    isInternal: isInternalTopic(name),
    partitions: [],
    topicAuthorizedOperations: NO_AUTHORIZED_OPERATIONS,
  }
}

function describe(
  { replicas }: BrokerContext,
  topic: TopicImage,
  { from, to }: { from: number; to: number },
): TopicAnswer {
  const missing = replicas.topicById(topic.topicId)?.missing
  return {
    errorCode: ErrorCode.NONE,
    name: topic.name,
    topicId: topic.topicId,
    isInternal: isInternalTopic(topic.name),
    partitions: topic.partitions.slice(from, to).map((partition) => {
      const isMissing = missing?.has(partition.partition) === true
      const leaderId = isMissing ? NO_LEADER : partition.leaderId
      return {
        errorCode: leaderId < 0 ? ErrorCode.LEADER_NOT_AVAILABLE : ErrorCode.NONE,
        partitionIndex: partition.partition,
        leaderId,
        leaderEpoch: partition.leaderEpoch,
        replicaNodes: [...partition.replicas],
        isrNodes: [...partition.isr],
        // Not null: the Java admin client walks both without a look.
        eligibleLeaderReplicas: [],
        lastKnownElr: [],
        offlineReplicas: isMissing ? [...partition.replicas] : [],
      }
    }),
    topicAuthorizedOperations: NO_AUTHORIZED_OPERATIONS,
  }
}
