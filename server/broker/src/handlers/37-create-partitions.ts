/** CreatePartitions, versions 0 to 3: a topic grows; it never shrinks (conformance M17). */
import type { ByteReader } from '@ottla/base'
import type { Exchange } from '@ottla/net'
import { ApiKey, ErrorCode, errorCodeOf } from '@ottla/protocol'
import { decodeCreatePartitionsRequest } from '@ottla/protocol/create-partitions-request'
import { encodeCreatePartitionsResponse } from '@ottla/protocol/create-partitions-response'
import type { BrokerContext } from '../broker-context.ts'
import type { ApiHandler } from '../dispatch/api-handler.ts'
import { repeated } from './repeated.ts'

export function createPartitionsHandler(broker: BrokerContext): ApiHandler {
  return {
    apiKey: ApiKey.CreatePartitions,
    isExclusive: true,
    async handle(exchange: Exchange, body: ByteReader): Promise<void> {
      const request = decodeCreatePartitionsRequest(body, exchange.apiVersion)
      const twice = repeated(request.topics.map((topic) => topic.name))
      const wanted = request.topics.filter((topic) => !twice.has(topic.name))
      const outcomes = await broker.metadata.createPartitions(
        wanted.map(({ name, count, assignments }) => ({
          name,
          count,
          ...(assignments === null
            ? {}
            : { assignments: assignments.map((assignment) => assignment.brokerIds) }),
        })),
        { validateOnly: request.validateOnly },
      )
      exchange.reply(encodeCreatePartitionsResponse, {
        throttleTimeMs: 0,
        results: [
          ...[...twice].map((name) => ({
            name,
            errorCode: ErrorCode.INVALID_REQUEST,
            errorMessage: 'The topic is named more than once in the request',
          })),
          ...wanted.map(({ name }, index) => ({
            name,
            errorCode: errorCodeOf(outcomes[index]?.error ?? ''),
            errorMessage: outcomes[index]?.message ?? null,
          })),
        ],
      })
    },
  }
}
