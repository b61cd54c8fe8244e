/**
 * Metadata, versions 0 to 13: brokers, topics, leaders.
 *
 * 1 null means all topics; 4 auto-create flag; 7 leader epoch; 8 authorized operations; 10 topic ids;
 * 12 ask by id. One place where Ottla does better than Kafka: a topic that the request asks to be created
 * is there, with its leader, before the answer (Kafka answers UNKNOWN_TOPIC_OR_PARTITION first and
 * creates behind it; kafka-go's group reader then keeps an empty assignment for good).
 */
import { ZERO_UUID, type ByteReader } from '@ottla/base'
import type { PartitionImage, TopicImage } from '@ottla/cluster'
import type { Exchange } from '@ottla/net'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import {
  decodeMetadataRequest,
  type MetadataRequest,
  type MetadataRequestTopic,
} from '@ottla/protocol/metadata-request'
import {
  encodeMetadataResponse,
  type MetadataResponse,
  type MetadataResponsePartition,
  type MetadataResponseTopic,
} from '@ottla/protocol/metadata-response'
import type { HostedTopic } from '@ottla/replication'
import type { BrokerContext } from '../broker-context.ts'
import type { ApiHandler } from '../dispatch/api-handler.ts'
import { brokersOnListener } from '../endpoints.ts'
import { isInternalTopic } from '../internal-topics.ts'
import { NO_AUTHORIZED_OPERATIONS } from '../authorized-operations.ts'

const AUTO_CREATE_FLAG_VERSION_MIN = 4
const BY_ID_VERSION_MIN = 12
const NO_LEADER = -1

export function metadataHandler(broker: BrokerContext): ApiHandler {
  return {
    apiKey: ApiKey.Metadata,
    isExclusive: true,
    handle(exchange: Exchange, body: ByteReader): void | Promise<void> {
      const request = decodeMetadataRequest(body, exchange.apiVersion)
      if (asksByIdTooEarly(request, exchange.apiVersion)) {
        exchange.reply(encodeMetadataResponse, refusedById(request))
        return undefined
      }
      const toCreate = topicsToCreate(broker, exchange, request)
      if (toCreate.length === 0) {
        exchange.reply(encodeMetadataResponse, answer(broker, exchange, request, new Map()))
        return undefined
      }
      return createAndAnswer(broker, exchange, request, toCreate)
    },
  }
}

async function createAndAnswer(
  broker: BrokerContext,
  exchange: Exchange,
  request: MetadataRequest,
  toCreate: readonly string[],
): Promise<void> {
  const refusals = await broker.topics.autoCreate(toCreate)
  exchange.reply(encodeMetadataResponse, answer(broker, exchange, request, refusals))
}

function topicsToCreate(
  broker: BrokerContext,
  exchange: Exchange,
  request: MetadataRequest,
): string[] {
  const isAllowed =
    broker.config.autoCreateTopicsEnable &&
    (exchange.apiVersion < AUTO_CREATE_FLAG_VERSION_MIN || request.allowAutoTopicCreation)
  if (!isAllowed || request.topics === null) return []
  const names = request.topics
    .map((topic) => topic.name)
    .filter((name): name is string => name !== null && broker.replicas.topic(name) === undefined)
  return [...new Set(names)]
}

function answer(
  broker: BrokerContext,
  exchange: Exchange,
  request: MetadataRequest,
  refusals: ReadonlyMap<string, ErrorCode>,
): MetadataResponse {
  const { image } = broker.metadata
  return {
    throttleTimeMs: 0,
    brokers: brokersOnListener(image, exchange.connection.listenerName).map((endpoint) => ({
      nodeId: endpoint.brokerId,
      host: endpoint.host,
      port: endpoint.port,
      rack: endpoint.rack,
    })),
    clusterId: image.clusterId,
    controllerId: broker.brokerId,
    topics: wantsAllTopics(request, exchange.apiVersion)
      ? [...image.topics()].map((topic) => describeTopic(broker, topic))
      : askedOnce(request).map((asked) => findTopic(broker, asked, refusals)),
    clusterAuthorizedOperations: NO_AUTHORIZED_OPERATIONS,
    errorCode: ErrorCode.NONE,
  }
}

/** Version 0 has no null: an empty list means all (conformance M1). */
function wantsAllTopics(request: MetadataRequest, apiVersion: number): boolean {
  return request.topics === null || (apiVersion === 0 && request.topics.length === 0)
}

/** Versions 10 and 11 can name a topic by its id, but nobody may yet (conformance M2). */
function asksByIdTooEarly(request: MetadataRequest, apiVersion: number): boolean {
  return (
    apiVersion < BY_ID_VERSION_MIN &&
    (request.topics ?? []).some(({ name, topicId }) => name === null || topicId !== ZERO_UUID)
  )
}

function refusedById(request: MetadataRequest): MetadataResponse {
  return {
    throttleTimeMs: 0,
    brokers: [],
    clusterId: null,
    controllerId: -1,
    // These versions have no null for the name.
    topics: askedOnce(request).map((asked) =>
      unknownTopic({ ...asked, name: asked.name ?? '' }, ErrorCode.INVALID_REQUEST),
    ),
    clusterAuthorizedOperations: NO_AUTHORIZED_OPERATIONS,
    errorCode: ErrorCode.INVALID_REQUEST,
  }
}

/**
 * A topic that is named more than once is described once: a short request cannot ask for an answer of
 * any size.
 */
function askedOnce({ topics }: MetadataRequest): MetadataRequestTopic[] {
  const byKey = new Map<string, MetadataRequestTopic>()
  for (const asked of topics ?? []) byKey.set(`${asked.topicId}/${asked.name ?? ''}`, asked)
  return [...byKey.values()]
}

function findTopic(
  broker: BrokerContext,
  asked: MetadataRequestTopic,
  refusals: ReadonlyMap<string, ErrorCode>,
): MetadataResponseTopic {
  const { image } = broker.metadata
  if (asked.topicId !== ZERO_UUID) {
    const topic = image.topicById(asked.topicId)
    return topic === undefined
      ? unknownTopic({ ...asked, name: null }, ErrorCode.UNKNOWN_TOPIC_ID)
      : describeTopic(broker, topic)
  }
  if (asked.name === null) return unknownTopic(asked, ErrorCode.INVALID_REQUEST)
  const topic = image.topic(asked.name)
  if (topic !== undefined) return describeTopic(broker, topic)
  return unknownTopic(
    asked,
    refusals.get(asked.name) ?? broker.topics.refusalForUnknownName(asked.name),
  )
}

function unknownTopic(asked: MetadataRequestTopic, errorCode: ErrorCode): MetadataResponseTopic {
  return {
    errorCode,
    name: asked.name,
    topicId: asked.topicId,
    isInternal: asked.name !== null && isInternalTopic(asked.name),
    partitions: [],
    topicAuthorizedOperations: NO_AUTHORIZED_OPERATIONS,
  }
}

function describeTopic({ replicas }: BrokerContext, topic: TopicImage): MetadataResponseTopic {
  const hosted = replicas.topicById(topic.topicId)
  return {
    errorCode: ErrorCode.NONE,
    name: topic.name,
    topicId: topic.topicId,
    isInternal: isInternalTopic(topic.name),
    partitions: topic.partitions.map((partition) => describePartition(partition, hosted)),
    topicAuthorizedOperations: NO_AUTHORIZED_OPERATIONS,
  }
}

/** A partition that is missing here has no leader: this broker would be it, and cannot. */
function describePartition(
  partition: PartitionImage,
  hosted: HostedTopic | undefined,
): MetadataResponsePartition {
  const isMissing = hosted?.missing.has(partition.partition) === true
  const leaderId = isMissing ? NO_LEADER : partition.leaderId
  return {
    errorCode: leaderId < 0 ? ErrorCode.LEADER_NOT_AVAILABLE : ErrorCode.NONE,
    partitionIndex: partition.partition,
    leaderId,
    leaderEpoch: partition.leaderEpoch,
    replicaNodes: [...partition.replicas],
    isrNodes: [...partition.isr],
    offlineReplicas: isMissing ? [...partition.replicas] : [],
  }
}
