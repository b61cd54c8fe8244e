/**
 * InitProducerId, versions 0 to 5: a new identity for an idempotent producer, each call another one.
 *
 * A transactional id is refused: transactions are not served yet (docs/reference/gaps.md). Version 3 lets
 * an idempotent producer bring its old id; it gets a new one all the same, as in Kafka.
 */
import type { ByteReader } from '@ottla/base'
import { MetadataStoreError } from '@ottla/cluster'
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
      const refused = refusal(request)
      const identity = refused === ErrorCode.NONE ? await newIdentity(broker) : noIdentity(refused)
      exchange.reply(encodeInitProducerIdResponse, { throttleTimeMs: 0, ...identity })
    },
  }
}

interface Identity {
  readonly errorCode: ErrorCode
  readonly producerId: number
  readonly producerEpoch: number
}

function noIdentity(errorCode: ErrorCode): Identity {
  return { errorCode, producerId: -1, producerEpoch: -1 }
}

/** A store that cannot give out ids now may do so later: producers try again on this code. */
async function newIdentity({ producerIds, logger }: BrokerContext): Promise<Identity> {
  try {
    return { errorCode: ErrorCode.NONE, producerId: await producerIds.next(), producerEpoch: 0 }
  } catch (error) {
    if (!(error instanceof MetadataStoreError)) throw error
    logger.error('Cannot give out a producer id', { error })
    return noIdentity(ErrorCode.COORDINATOR_NOT_AVAILABLE)
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
