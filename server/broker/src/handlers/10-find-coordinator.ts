/**
 * FindCoordinator, versions 0 to 6: which broker keeps the state of a group.
 *
 * 1 key type; 4 several keys; 6 share groups. On a single broker it is always this one. The topic behind
 * it is made before the answer (Kafka answers COORDINATOR_NOT_AVAILABLE meanwhile), so that a client's
 * first try succeeds. Transactions are not served yet: their key type is refused for good instead of
 * letting the client ask forever.
 */
import type { ByteReader } from '@ottla/base'
import type { Exchange } from '@ottla/net'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { decodeFindCoordinatorRequest } from '@ottla/protocol/find-coordinator-request'
import {
  encodeFindCoordinatorResponse,
  type FindCoordinatorResponse,
  type FindCoordinatorResponseCoordinator,
} from '@ottla/protocol/find-coordinator-response'
import type { BrokerContext } from '../broker-context.ts'
import type { ApiHandler } from '../dispatch/api-handler.ts'
import { brokersOnListener, type BrokerEndpoint } from '../endpoints.ts'

const KEY_TYPE_GROUP = 0
const KEY_TYPE_TRANSACTION = 1
const SEVERAL_KEYS_VERSION_MIN = 4

export function findCoordinatorHandler(broker: BrokerContext): ApiHandler {
  return {
    apiKey: ApiKey.FindCoordinator,
    isExclusive: true,
    async handle(exchange: Exchange, body: ByteReader): Promise<void> {
      const request = decodeFindCoordinatorRequest(body, exchange.apiVersion)
      const isBatch = exchange.apiVersion >= SEVERAL_KEYS_VERSION_MIN
      const keys = isBatch ? request.coordinatorKeys : [request.key]
      const refusal = await refusalFor(broker, request.keyType)
      const self = brokersOnListener(broker.metadata.image, exchange.connection.listenerName).find(
        (endpoint) => endpoint.brokerId === broker.brokerId,
      )
      const coordinators = keys.map((key) => coordinatorOf(key, refusal, self))
      exchange.reply(encodeFindCoordinatorResponse, answer(coordinators, isBatch))
    },
  }
}

interface Refusal {
  readonly errorCode: ErrorCode
  readonly errorMessage: string | null
}

async function refusalFor(broker: BrokerContext, keyType: number): Promise<Refusal> {
  if (keyType === KEY_TYPE_TRANSACTION) {
    return {
      errorCode: ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
      errorMessage: 'Transactions are not served yet',
    }
  }
  if (keyType !== KEY_TYPE_GROUP) {
    return {
      errorCode: ErrorCode.INVALID_REQUEST,
      errorMessage: `Key type ${keyType} is not served`,
    }
  }
  const isReady = await broker.topics.ensureConsumerOffsets()
  return isReady
    ? { errorCode: ErrorCode.NONE, errorMessage: null }
    : { errorCode: ErrorCode.COORDINATOR_NOT_AVAILABLE, errorMessage: null }
}

function coordinatorOf(
  key: string,
  refusal: Refusal,
  self: BrokerEndpoint | undefined,
): FindCoordinatorResponseCoordinator {
  if (refusal.errorCode !== ErrorCode.NONE || self === undefined) {
    const errorCode =
      refusal.errorCode === ErrorCode.NONE ? ErrorCode.COORDINATOR_NOT_AVAILABLE : refusal.errorCode
    return { key, nodeId: -1, host: '', port: -1, errorCode, errorMessage: refusal.errorMessage }
  }
  return {
    key,
    nodeId: self.brokerId,
    host: self.host,
    port: self.port,
    errorCode: ErrorCode.NONE,
    errorMessage: null,
  }
}

function answer(
  coordinators: FindCoordinatorResponseCoordinator[],
  isBatch: boolean,
): FindCoordinatorResponse {
  const first = coordinators[0] as FindCoordinatorResponseCoordinator
  if (isBatch) {
    return {
      throttleTimeMs: 0,
      errorCode: 0,
      errorMessage: '',
      nodeId: 0,
      host: '',
      port: 0,
      coordinators,
    }
  }
  const { key: _key, ...only } = first
  return { throttleTimeMs: 0, ...only, coordinators: [] }
}
