/**
 * CreateTopics, versions 2 to 7: 4 broker defaults by -1; 5 the answer tells partitions and
 * configuration (KIP-525); 7 topic id. The same name twice in one request is refused for both
 * (conformance M13).
 */
import { ZERO_UUID, type ByteReader } from '@ottla/base'
import type { Exchange } from '@ottla/net'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import {
  decodeCreateTopicsRequest,
  type CreateTopicsRequestCreatableTopic,
} from '@ottla/protocol/create-topics-request'
import {
  encodeCreateTopicsResponse,
  type CreateTopicsResponseCreatableTopicResult,
} from '@ottla/protocol/create-topics-response'
import type { BrokerContext } from '../broker-context.ts'
import type { ApiHandler } from '../dispatch/api-handler.ts'
import type { NewTopic, TopicOutcome } from '../topic-admin.ts'
import { repeated } from './repeated.ts'

export function createTopicsHandler(broker: BrokerContext): ApiHandler {
  return {
    apiKey: ApiKey.CreateTopics,
    isExclusive: true,
    async handle(exchange: Exchange, body: ByteReader): Promise<void> {
      const request = decodeCreateTopicsRequest(body, exchange.apiVersion)
      const twice = repeated(request.topics.map((topic) => topic.name))
      const wanted = request.topics.filter((topic) => !twice.has(topic.name))
      const outcomes = await broker.topics.create(wanted.map(newTopic), request.validateOnly)
      exchange.reply(encodeCreateTopicsResponse, {
        throttleTimeMs: 0,
        topics: [
          ...[...twice].map(refusedTwice),
          ...wanted.map((topic, index) =>
            result(broker, topic, outcomes[index] as TopicOutcome, request.validateOnly),
          ),
        ],
      })
    },
  }
}

function newTopic(topic: CreateTopicsRequestCreatableTopic): NewTopic {
  return {
    name: topic.name,
    numPartitions: topic.numPartitions,
    replicationFactor: topic.replicationFactor,
    assignments: topic.assignments.map((assignment) => ({
      partition: assignment.partitionIndex,
      replicas: assignment.brokerIds,
    })),
    configs: topic.configs,
  }
}

function refusedTwice(name: string): CreateTopicsResponseCreatableTopicResult {
  return {
    name,
    topicId: ZERO_UUID,
    errorCode: ErrorCode.INVALID_REQUEST,
    errorMessage: 'The topic is named more than once in the request',
    topicConfigErrorCode: ErrorCode.NONE,
    numPartitions: -1,
    replicationFactor: -1,
    configs: [],
  }
}

function result(
  broker: BrokerContext,
  topic: CreateTopicsRequestCreatableTopic,
  outcome: TopicOutcome,
  validateOnly: boolean,
): CreateTopicsResponseCreatableTopicResult {
  const isCreated = outcome.errorCode === ErrorCode.NONE
  const overrides = new Map(topic.configs.map(({ name, value }) => [name, value ?? '']))
  return {
    name: topic.name,
    topicId: isCreated && !validateOnly ? outcome.topicId : ZERO_UUID,
    errorCode: outcome.errorCode,
    errorMessage: outcome.errorMessage,
    topicConfigErrorCode: ErrorCode.NONE,
    numPartitions: outcome.numPartitions,
    replicationFactor: outcome.replicationFactor,
    configs: isCreated ? broker.configs.topicEntries(overrides).map(createdConfig) : [],
  }
}

function createdConfig(entry: {
  name: string
  value: string | null
  readOnly: boolean
  configSource: number
  isSensitive: boolean
}) {
  const { name, value, readOnly, configSource, isSensitive } = entry
  return { name, value, readOnly, configSource, isSensitive }
}
