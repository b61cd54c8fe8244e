/**
 * InitProducerId, versions 0 to 5: a new identity for an idempotent producer, each call another one.
 *
 * A transactional id is refused: transactions are not served yet (docs/reference/gaps.md). Version 3 lets
 * an idempotent producer bring its old id; it gets a new one all the same, as in Kafka.
 */
import type { ByteReader } from '@ottla/base'
import type { Exchange } from '@ottla/net'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import {
  decodeInitProducerIdRequest,
  type InitProducerIdRequest,
} from '@ottla/protocol/init-producer-id-request'
import { encodeInitProducerIdResponse } from '@ottla/protocol/init-producer-id-response'
import type { BrokerContext } from '../broker-context.ts'
import type { ApiHandler } from '../dispatch/api-handler.ts'

export function initProducerIdHandler(broker: BrokerContext): ApiHandler {
  return {
    apiKey: ApiKey.InitProducerId,
    isExclusive: true,
    async handle(exchange: Exchange, body: ByteReader): Promise<void> {
      const request = decodeInitProducerIdRequest(body, exchange.apiVersion)
      const errorCode = refusal(request)
      const isGranted = errorCode === ErrorCode.NONE
      exchange.reply(encodeInitProducerIdResponse, {
        throttleTimeMs: 0,
        errorCode,
        producerId: isGranted ? await broker.producerIds.next() : -1,
        producerEpoch: isGranted ? 0 : -1,
      })
    },
  }
}

function refusal({ transactionalId, producerId, producerEpoch }: InitProducerIdRequest): ErrorCode {
  // An id without an epoch, or the other way round, is no identity.
  if ((producerId === -1) !== (producerEpoch === -1)) return ErrorCode.INVALID_REQUEST
  if (transactionalId === null) return ErrorCode.NONE
  return transactionalId === ''
    ? ErrorCode.INVALID_REQUEST
    : ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED
}
