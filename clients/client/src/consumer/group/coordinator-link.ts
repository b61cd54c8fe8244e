/**
 * From a group to its coordinator: finds it, asks it, and forgets it when it turns out not to be it.
 *
 * JoinGroup is answered when everybody has joined, which takes as long as the slowest member, and a
 * broker answers the requests of one connection in order. So each member speaks through connections of
 * its own; two consumers of one program would wait for each other on a shared one. What must not stand
 * behind the own JoinGroup (commits, LeaveGroup) goes through the main lane.
 */
import { UnsupportedFieldError } from '@ottla/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { closedError, type Lane } from '../../cluster/connection-pool.ts'
import type { Api } from '../../connection/api.ts'
import type { BrokerConnection } from '../../connection/broker-connection.ts'
import { answeredError, KafkaError, type KafkaErrorCode } from '../../kafka-error.ts'

export interface Answer<Response> {
  readonly response: Response
  readonly connection: BrokerConnection
}

export interface AskOptions {
  readonly timeoutMs?: number
  readonly lane?: Lane
}

/** Who asks another broker next time; a lost connection may mean that the coordinator has moved. */
const MOVED: ReadonlySet<KafkaErrorCode> = new Set<KafkaErrorCode>([
  'CONNECTION_FAILED',
  'CONNECTION_LOST',
  'COORDINATOR_NOT_AVAILABLE',
  'MALFORMED_RESPONSE',
  'NOT_COORDINATOR',
  'TIMED_OUT',
])

export class CoordinatorLink {
  readonly cluster: Cluster
  readonly groupId: string
  readonly #lane: Lane
  #isClosed = false

  constructor(cluster: Cluster, groupId: string) {
    this.cluster = cluster
    this.groupId = groupId
    this.#lane = cluster.newLane('group')
  }

  async connection(lane: Lane = this.#lane): Promise<BrokerConnection> {
    this.#checkOpen(lane)
    let connection: BrokerConnection
    try {
      connection = await this.cluster.coordinator('group', this.groupId, lane)
    } catch (error) {
      throw this.#noted(error)
    }
    // Closed while the coordinator was looked for: the lane was opened after that.
    this.#checkOpen(lane)
    return connection
  }

  /** A lane that is closed must not be opened again by what was under way, nor stay so. */
  #checkOpen(lane: Lane): void {
    if (!this.#isClosed || lane !== this.#lane) return
    this.cluster.closeLane(lane)
    throw closedError()
  }

  /** Resolves with whatever was answered, error codes included: `check` them. */
  async ask<Request, Response>(
    api: Api<Request, Response>,
    message: (version: number) => Request,
    { timeoutMs, lane }: AskOptions = {},
  ): Promise<Answer<Response>> {
    const connection = await this.connection(lane)
    try {
      const options = timeoutMs === undefined ? {} : { timeoutMs }
      return { response: await connection.request(api, message, options), connection }
    } catch (error) {
      throw this.#noted(this.#worded(error, api as Api<never, unknown>, connection))
    }
  }

  /** Throws what the code says, unless it is 0. */
  check(
    errorCode: number,
    api: Pick<Api<never, unknown>, 'key'>,
    answer: Answer<unknown>,
    message: string | null = null,
  ): void {
    if (errorCode !== 0) throw this.refusal(errorCode, api, answer, message)
  }

  refusal(
    errorCode: number,
    { key: apiKey }: Pick<Api<never, unknown>, 'key'>,
    { connection: { broker } }: Answer<unknown>,
    message: string | null = null,
  ): KafkaError {
    const what = `group "${this.groupId}"`
    return this.#noted(answeredError(errorCode, { apiKey, broker, message, what }))
  }

  #noted<T>(error: T): T {
    if (error instanceof KafkaError && MOVED.has(error.code)) {
      this.cluster.coordinators.forget('group', this.groupId)
    }
    return error
  }

  /** A broker too old for what is asked of it, such as static membership. */
  #worded(error: unknown, api: Api<never, unknown>, { broker }: BrokerConnection): unknown {
    if (!(error instanceof UnsupportedFieldError)) return error
    return new KafkaError('UNSUPPORTED_VERSION', `${broker} is too old: ${error.message}`, {
      cause: error,
      apiKey: api.key,
      broker,
    })
  }

  close(): void {
    this.#isClosed = true
    this.cluster.closeLane(this.#lane)
  }
}
