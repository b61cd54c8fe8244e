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
import { refusalByStorage } from '../storage-refusal.ts'

const BY_ID_VERSION_MIN = 6
const DELETION_DISABLED_VERSION_MIN = 3

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
      exchange.reply(encodeDeleteTopicsResponse, {
        throttleTimeMs: 0,
        responses: broker.config.deleteTopicEnable
          ? await deleteTopics(broker, asked)
          : asked.map((topic) => refusedAsDisabled(topic, exchange.apiVersion)),
      })
    },
  }
}

async function deleteTopics(
  broker: BrokerContext,
  asked: readonly Asked[],
): Promise<DeleteTopicsResponseDeletableTopicResult[]> {
  try {
    const outcomes = await broker.metadata.deleteTopics(asked)
    return outcomes.map(({ name, topicId, error, message }) => ({
      name,
      topicId,
      errorCode: errorCodeOf(error),
      errorMessage: message,
    }))
  } catch (error) {
    const refusal = refusalByStorage(error)
    return asked.map(({ name, topicId }) => ({ name, topicId, ...refusal }))
  }
}

/** TOPIC_DELETION_DISABLED is not known before version 3. */
function refusedAsDisabled(
  asked: Asked,
  apiVersion: number,
): DeleteTopicsResponseDeletableTopicResult {
  return {
    ...asked,
    errorCode:
      apiVersion >= DELETION_DISABLED_VERSION_MIN
        ? ErrorCode.TOPIC_DELETION_DISABLED
        : ErrorCode.INVALID_REQUEST,
    errorMessage: 'Topics are not deleted here: delete.topic.enable is false',
  }
}
