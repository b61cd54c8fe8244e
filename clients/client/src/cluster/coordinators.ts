/** Which broker coordinates a group or a transactional id; asked once and kept until it says otherwise. */
import type { BrokerId } from '@ottla/base'
import { ApiKey } from '@ottla/protocol'
import {
  encodeFindCoordinatorRequest,
  type FindCoordinatorRequest,
} from '@ottla/protocol/find-coordinator-request'
import {
  decodeFindCoordinatorResponse,
  type FindCoordinatorResponse,
} from '@ottla/protocol/find-coordinator-response'
import { defineApi } from '../connection/api.ts'
import type { BrokerConnection } from '../connection/broker-connection.ts'
import { answeredError } from '../kafka-error.ts'
import type { BrokerNode } from './metadata.ts'

const FIND_COORDINATOR = defineApi(
  ApiKey.FindCoordinator,
  encodeFindCoordinatorRequest,
  decodeFindCoordinatorResponse,
  { min: 1 },
)

export type CoordinatorType = 'group' | 'transaction' | 'share'

const KEY_TYPES: Readonly<Record<CoordinatorType, number>> = { group: 0, transaction: 1, share: 2 }
/** From here on one request asks for several keys (KIP-699). */
const BATCHED_VERSION = 4

export class Coordinators {
  readonly #anyConnection: () => Promise<BrokerConnection>
  readonly #found = new Map<string, BrokerNode>()
  readonly #asking = new Map<string, Promise<BrokerNode>>()

  constructor(anyConnection: () => Promise<BrokerConnection>) {
    this.#anyConnection = anyConnection
  }

  /** Rejects with COORDINATOR_NOT_AVAILABLE and the like, which are worth trying again. */
  find(type: CoordinatorType, key: string): Promise<BrokerNode> {
    const name = `${type} ${key}`
    const found = this.#found.get(name)
    if (found !== undefined) return Promise.resolve(found)
    const asking = this.#asking.get(name) ?? this.#ask(type, key, name)
    this.#asking.set(name, asking)
    return asking
  }

  async #ask(type: CoordinatorType, key: string, name: string): Promise<BrokerNode> {
    try {
      const connection = await this.#anyConnection()
      const response = await connection.request(FIND_COORDINATOR, (version) =>
        requestOf(version, KEY_TYPES[type], key),
      )
      const coordinator = coordinatorOf(response)
      if (coordinator.errorCode !== 0) {
        throw answeredError(coordinator.errorCode, {
          apiKey: FIND_COORDINATOR.key,
          broker: connection.broker,
          message: coordinator.errorMessage,
          what: `${type} "${key}"`,
        })
      }
      const { nodeId, host, port } = coordinator
      const node = { id: nodeId as BrokerId, host, port, rack: null }
      this.#found.set(name, node)
      return node
    } finally {
      this.#asking.delete(name)
    }
  }

  /** After NOT_COORDINATOR, COORDINATOR_NOT_AVAILABLE or a lost connection: ask anew. */
  forget(type: CoordinatorType, key: string): void {
    this.#found.delete(`${type} ${key}`)
  }
}

function requestOf(version: number, keyType: number, key: string): FindCoordinatorRequest {
  return version >= BATCHED_VERSION
    ? { key: '', keyType, coordinatorKeys: [key] }
    : { key, keyType, coordinatorKeys: [] }
}

function coordinatorOf(
  response: FindCoordinatorResponse,
): Omit<FindCoordinatorResponse, 'coordinators' | 'throttleTimeMs'> {
  return response.coordinators[0] ?? response
}
