/**
 * DeleteTopics, versions 1 to 6: by name, from 6 also by id. The topic is gone from metadata and its
 * logs are renamed when the answer leaves; the files go later (`file.delete.delay.ms`).
 */
import { ZERO_UUID, type ByteReader, type Uuid } from '@ottla/base'
import type { Exchange } from '@ottla/net'
import { ApiKey, ErrorCode, errorCodeOf } from '@ottla/protocol'
import { decodeDeleteTopicsRequest } from '@ottla/protocol/delete-topics-request'
import {
  encodeDeleteTopicsResponse,
  type DeleteTopicsResponseDeletableTopicResult,
} from '@ottla/protocol/delete-topics-response'
import type { BrokerContext } from '../broker-context.ts'
import type { ApiHandler } from '../dispatch/api-handler.ts'

const BY_ID_VERSION_MIN = 6

interface Asked {
  readonly name: string | null
  readonly topicId: Uuid
}

export function deleteTopicsHandler(broker: BrokerContext): ApiHandler {
  return {
    apiKey: ApiKey.DeleteTopics,
    isExclusive: true,
    async handle(exchange: Exchange, body: ByteReader): Promise<void> {
      const request = decodeDeleteTopicsRequest(body, exchange.apiVersion)
      const asked: Asked[] =
        exchange.apiVersion >= BY_ID_VERSION_MIN
          ? request.topics
          : request.topicNames.map((name) => ({ name, topicId: ZERO_UUID }))
      const responses: DeleteTopicsResponseDeletableTopicResult[] = []
      for (const topic of asked) responses.push(await deleteOne(broker, topic))
      exchange.reply(encodeDeleteTopicsResponse, { throttleTimeMs: 0, responses })
    },
  }
}

async function deleteOne(
  broker: BrokerContext,
  asked: Asked,
): Promise<DeleteTopicsResponseDeletableTopicResult> {
  const refused = (errorCode: ErrorCode, errorMessage: string | null) => ({
    ...asked,
    errorCode,
    errorMessage,
  })
  if (!broker.config.deleteTopicEnable) {
    return refused(ErrorCode.TOPIC_DELETION_DISABLED, 'delete.topic.enable is false')
  }
  const hasId = asked.topicId !== ZERO_UUID
  if (hasId === (asked.name !== null)) {
    return refused(ErrorCode.INVALID_REQUEST, 'Give the name or the id of a topic, not both')
  }
  const { image } = broker.metadata
  const topic = asked.name === null ? image.topicById(asked.topicId) : image.topic(asked.name)
  if (topic === undefined) {
    return refused(
      hasId ? ErrorCode.UNKNOWN_TOPIC_ID : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
      hasId ? 'This server does not host this topic ID' : 'This server does not host this topic',
    )
  }
  const [outcome] = await broker.metadata.deleteTopics([{ topicId: topic.topicId }])
  return {
    name: topic.name,
    topicId: topic.topicId,
    errorCode: outcome === undefined ? ErrorCode.UNKNOWN_SERVER_ERROR : errorCodeOf(outcome.error),
    errorMessage: outcome?.message ?? null,
  }
}
