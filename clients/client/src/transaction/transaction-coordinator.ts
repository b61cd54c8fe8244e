/** Asks the coordinator of one transactional id, which may move, until it has answered. */
import { ErrorCode } from '@ottla/protocol'
import { pause } from '../async/abort.ts'
import type { Cluster } from '../cluster/cluster.ts'
import type { CoordinatorType } from '../cluster/coordinators.ts'
import type { Lane } from '../cluster/connection-pool.ts'
import type { Api } from '../connection/api.ts'
import type { BrokerConnection } from '../connection/broker-connection.ts'
import { answeredError, KafkaError, type KafkaErrorCode } from '../kafka-error.ts'

export interface Question<Request, Response> {
  readonly api: Api<Request, Response>
  readonly message: Request
  /** 0 when it was done; throws for what must not be asked again. */
  readonly errorCodeOf: (response: Response) => number
  readonly signal?: AbortSignal | undefined
  /** Throws when nobody wants it any more; called before each attempt. */
  readonly check?: () => void
}

/** Somebody else may be the coordinator. */
const MOVED: ReadonlySet<KafkaErrorCode> = new Set<KafkaErrorCode>([
  'CONNECTION_FAILED',
  'CONNECTION_LOST',
  'COORDINATOR_NOT_AVAILABLE',
  'MALFORMED_RESPONSE',
  'NOT_COORDINATOR',
  'TIMED_OUT',
])

/**
 * CONCURRENT_TRANSACTIONS says that the transaction before is still being written to its partitions, which
 * takes a few milliseconds: the usual pause would be most of the time of a short transaction.
 */
const QUICK_RETRIES = 5
const QUICK_RETRY_MS = 20

export class TransactionCoordinator {
  readonly #cluster: Cluster
  readonly #transactionalId: string
  /** Of its own: an EndTxn must not stand behind a megabyte of produce. */
  readonly #lane: Lane

  constructor(cluster: Cluster, transactionalId: string) {
    this.#cluster = cluster
    this.#transactionalId = transactionalId
    this.#lane = cluster.newLane('group')
  }

  /** Rejects with the last refusal when it is not worth asking again, or apiTimeoutMs have passed. */
  ask<Request, Response>(question: Question<Request, Response>): Promise<Response> {
    return this.#ask('transaction', this.#transactionalId, question)
  }

  askGroup<Request, Response>(
    groupId: string,
    question: Question<Request, Response>,
  ): Promise<Response> {
    return this.#ask('group', groupId, question)
  }

  /** What the cluster has agreed on, as the coordinator says it. */
  async featureLevel(name: string, signal: AbortSignal | undefined): Promise<number> {
    const id = this.#transactionalId
    return this.#cluster.retry({ signal }, async () => {
      const connection = await this.#connection('transaction', id)
      return connection.features.get(name) ?? 0
    })
  }

  async #ask<Request, Response>(
    type: CoordinatorType,
    key: string,
    question: Question<Request, Response>,
  ): Promise<Response> {
    const { signal } = question
    let quickRetries = QUICK_RETRIES
    return this.#cluster.retry({ signal }, async () => {
      for (;;) {
        try {
          return await this.#askOnce(type, key, question)
        } catch (error) {
          const isConcurrent =
            error instanceof KafkaError && error.code === 'CONCURRENT_TRANSACTIONS'
          if (!isConcurrent || quickRetries-- <= 0) throw this.#noted(error, type, key)
          await pause(this.#cluster.world.clock, QUICK_RETRY_MS, signal)
        }
      }
    })
  }

  async #askOnce<Request, Response>(
    type: CoordinatorType,
    key: string,
    { api, message, errorCodeOf, check }: Question<Request, Response>,
  ): Promise<Response> {
    check?.()
    const connection = await this.#connection(type, key)
    const response = await connection.request(api, message)
    const errorCode = errorCodeOf(response)
    if (errorCode === ErrorCode.NONE) return response
    const what = `${type === 'group' ? 'group' : 'transactional id'} "${key}"`
    throw answeredError(errorCode, { apiKey: api.key, broker: connection.broker, what })
  }

  async #connection(type: CoordinatorType, key: string): Promise<BrokerConnection> {
    try {
      return await this.#cluster.coordinator(type, key, this.#lane)
    } catch (error) {
      throw this.#noted(error, type, key)
    }
  }

  #noted(error: unknown, type: CoordinatorType, key: string): unknown {
    if (error instanceof KafkaError && MOVED.has(error.code)) {
      this.#cluster.coordinators.forget(type, key)
    }
    return error
  }

  close(): void {
    this.#cluster.closeLane(this.#lane)
  }
}
