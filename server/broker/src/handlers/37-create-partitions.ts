/** CreatePartitions, versions 0 to 3: a topic grows; it never shrinks (conformance M17). */
import type { ByteReader } from '@ottla/base'
import type { Exchange } from '@ottla/net'
import { ApiKey, ErrorCode, errorCodeOf } from '@ottla/protocol'
import {
  decodeCreatePartitionsRequest,
  type CreatePartitionsRequestCreatePartitionsTopic,
} from '@ottla/protocol/create-partitions-request'
import {
  encodeCreatePartitionsResponse,
  type CreatePartitionsResponse,
} from '@ottla/protocol/create-partitions-response'
import type { BrokerContext } from '../broker-context.ts'
import type { ApiHandler } from '../dispatch/api-handler.ts'
import { refusalByMissing, refusalByStorage } from '../storage-refusal.ts'
import { repeated } from './repeated.ts'

export function createPartitionsHandler(broker: BrokerContext): ApiHandler {
  return {
    apiKey: ApiKey.CreatePartitions,
    isExclusive: true,
    async handle(exchange: Exchange, body: ByteReader): Promise<void> {
      const request = decodeCreatePartitionsRequest(body, exchange.apiVersion)
      const twice = repeated(request.topics.map((topic) => topic.name))
      const wanted = request.topics.filter((topic) => !twice.has(topic.name))
      const results = await createPartitions(broker, wanted, request.validateOnly)
      exchange.reply(encodeCreatePartitionsResponse, {
        throttleTimeMs: 0,
        results: [
          ...[...twice].map((name) => ({
            name,
            errorCode: ErrorCode.INVALID_REQUEST,
            errorMessage: 'The topic is named more than once in the request',
          })),
          ...results,
        ],
      })
    },
  }
}

async function createPartitions(
  broker: BrokerContext,
  topics: readonly CreatePartitionsRequestCreatePartitionsTopic[],
  validateOnly: boolean,
): Promise<CreatePartitionsResponse['results']> {
  try {
    const outcomes = await broker.metadata.createPartitions(
      topics.map(({ name, count, assignments }) => ({
        name,
        count,
        ...(assignments === null
          ? {}
          : { assignments: assignments.map((assignment) => assignment.brokerIds) }),
      })),
      { validateOnly },
    )
    return outcomes.map(({ name, error, message }) => {
      const missing = error === 'NONE' ? refusalByMissing(broker.replicas.topic(name)) : undefined
      return { name, errorCode: errorCodeOf(error), errorMessage: message, ...missing }
    })
  } catch (error) {
    const refusal = refusalByStorage(error)
    return topics.map(({ name }) => ({ name, ...refusal }))
  }
}
