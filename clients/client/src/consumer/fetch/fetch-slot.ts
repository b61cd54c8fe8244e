/**
 * One fetch at a time on one connection to one broker, with a session of its own.
 *
 * The answer is applied to each partition only when nothing has happened to it since it was asked for:
 * a seek or a revocation makes it stale.
 */
import { ZERO_UUID, type BrokerId, type Uuid } from '@ottla/base'
import { ApiKey } from '@ottla/protocol'
import { encodeFetchRequest, type FetchRequest } from '@ottla/protocol/fetch-request'
import { decodeFetchResponse, type FetchResponse } from '@ottla/protocol/fetch-response'
import type { Lane } from '../../cluster/connection-pool.ts'
import { backoffMs } from '../../connection/backoff.ts'
import { defineApi, type Api } from '../../connection/api.ts'
import type { BrokerConnection } from '../../connection/broker-connection.ts'
import { answeredError, KafkaError } from '../../kafka-error.ts'
import { partitionKey } from '../../topic-partition.ts'
import type { AssignedPartition } from '../assignment/assigned-partition.ts'
import type { ConsumerContext } from '../consumer-context.ts'
import type { FetchAnswers } from './fetch-answer.ts'
import { FetchSession, type SessionPartition, type SessionRequest } from './fetch-session.ts'

const VERSION_MAX = 17
const LAST_VERSION_BY_NAME = 12
const FETCH = defineApi(ApiKey.Fetch, encodeFetchRequest, decodeFetchResponse, { max: VERSION_MAX })
const FETCH_BY_NAME = defineApi(ApiKey.Fetch, encodeFetchRequest, decodeFetchResponse, {
  max: LAST_VERSION_BY_NAME,
})
const NOT_A_REPLICA = -1

export interface FetchLimits {
  readonly maxWaitMs: number
  readonly partitionBytes: number
  readonly totalBytes: number
}

interface Asked {
  readonly partition: AssignedPartition
  readonly version: number
  readonly fetchOffset: number
}

interface Flight {
  readonly asked: ReadonlyMap<string, Asked>
  readonly namesById: ReadonlyMap<Uuid, string>
  readonly sentMs: number
}

export class FetchSlot {
  readonly brokerId: BrokerId
  readonly #context: ConsumerContext
  readonly #answers: FetchAnswers
  readonly #lane: Lane
  readonly #session = new FetchSession()
  #failureCount = 0
  /** Monotonic: after a lost connection nothing is sent before. */
  notBeforeMs = 0
  isBusy = false

  constructor(brokerId: BrokerId, context: ConsumerContext, lane: Lane, answers: FetchAnswers) {
    this.brokerId = brokerId
    this.#context = context
    this.#lane = lane
    this.#answers = answers
  }

  fetch(partitions: readonly AssignedPartition[], limits: FetchLimits): void {
    this.isBusy = true
    for (const partition of partitions) partition.isInFlight = true
    const connection = this.#context.cluster.openConnectionTo(this.brokerId, this.#lane)
    if (connection !== undefined) {
      this.#send(connection, partitions, limits)
      return
    }
    this.#context.cluster.connectionTo(this.brokerId, this.#lane).then(
      (opened) => {
        // They may have been sought or revoked while the connection was made.
        for (const partition of partitions) partition.isInFlight = false
        const wanted = partitions.filter(({ isEnded, phase }) => !isEnded && phase === 'ready')
        for (const partition of wanted) partition.isInFlight = true
        if (wanted.length > 0) this.#send(opened, wanted, limits)
        else this.#free()
      },
      (error: unknown) => {
        this.#onFailed(partitions, error)
      },
    )
  }

  #send(
    connection: BrokerConnection,
    partitions: readonly AssignedPartition[],
    limits: FetchLimits,
  ): void {
    const { options, world } = this.#context.cluster
    const wanted = partitions.map((partition) => sessionPartition(this.#context, partition, limits))
    const hasIds = wanted.every(({ topicId }) => topicId !== ZERO_UUID)
    const api: Api<FetchRequest, FetchResponse> = hasIds ? FETCH : FETCH_BY_NAME
    const isById = (connection.versionOf(api as Api<never, unknown>) ?? 0) > LAST_VERSION_BY_NAME
    const named = isById ? wanted : wanted.map((one) => ({ ...one, topicId: ZERO_UUID }))
    const request = this.#request(this.#session.next(named), limits)
    const flight: Flight = {
      asked: new Map(
        partitions.map((partition) => {
          const { key, version, fetchOffset } = partition
          return [key, { partition, version, fetchOffset }]
        }),
      ),
      namesById: isById ? new Map(wanted.map(({ topic, topicId }) => [topicId, topic])) : new Map(),
      sentMs: world.clock.monotonicMs(),
    }
    try {
      connection.send(
        api,
        request,
        (error, response) => {
          if (error !== undefined) this.#onFailed(partitions, error)
          else if (response !== undefined) this.#onAnswer(connection, flight, response)
        },
        { timeoutMs: options.requestTimeoutMs + limits.maxWaitMs },
      )
    } catch (error) {
      this.#onFailed(partitions, error)
    }
  }

  #request(session: SessionRequest, limits: FetchLimits): FetchRequest {
    const { settings } = this.#context
    return {
      clusterId: null,
      replicaId: NOT_A_REPLICA,
      replicaState: { replicaId: NOT_A_REPLICA, replicaEpoch: -1 },
      maxWaitMs: limits.maxWaitMs,
      minBytes: settings.fetchMinBytes,
      maxBytes: limits.totalBytes,
      isolationLevel: settings.isReadCommitted ? 1 : 0,
      ...session,
      rackId: settings.rack,
    }
  }

  /**
   * Tells the broker to forget the session, which otherwise takes the place of another until it is evicted.
   * By the main lane where it is open: on our own a poll may stand before it. Resolves with the answer,
   * whatever it is.
   */
  async closeSession(): Promise<void> {
    const { cluster } = this.#context
    const connection =
      cluster.openConnectionTo(this.brokerId, 'main') ??
      cluster.openConnectionTo(this.brokerId, this.#lane)
    const session = connection === undefined ? undefined : this.#session.last()
    if (connection === undefined || session === undefined) return
    const request = this.#request(session, { maxWaitMs: 0, partitionBytes: 0, totalBytes: 0 })
    await connection.request(FETCH, request).catch(() => undefined)
  }

  #onAnswer(connection: BrokerConnection, flight: Flight, response: FetchResponse): void {
    const { broker } = connection
    const { cluster } = this.#context
    for (const { partition } of flight.asked.values()) partition.isInFlight = false
    this.#failureCount = 0
    const { errorCode, sessionId } = response
    if (!this.#session.onAnswer(errorCode, sessionId)) {
      this.#onFailed([], answeredError(errorCode, { apiKey: ApiKey.Fetch, broker }))
      return
    }
    let bytes = 0
    for (const { topic, topicId, partitions } of response.responses) {
      const name = topic === '' ? (flight.namesById.get(topicId) ?? '') : topic
      for (const data of partitions) {
        const asked = flight.asked.get(partitionKey(name, data.partitionIndex))
        if (asked === undefined || !isCurrent(asked)) continue
        bytes += data.records?.length ?? 0
        const { partition } = asked
        const { brokerId } = this
        this.#answers.take({ partition, data, broker, brokerId, endpoints: response.nodeEndpoints })
      }
    }
    const latencyMs = cluster.world.clock.monotonicMs() - flight.sentMs
    cluster.options.metrics?.consumer.onFetched(bytes, latencyMs)
    this.#free()
  }

  #onFailed(partitions: readonly AssignedPartition[], error: unknown): void {
    const { cluster, fail, refresh } = this.#context
    this.#session.onFailed()
    for (const partition of partitions) {
      partition.isInFlight = false
      if (partition.preferredReplica === this.brokerId) partition.preferredReplica = undefined
    }
    cluster.options.metrics?.consumer.onFetchFailed()
    if (error instanceof KafkaError && error.retriable) {
      const { world, options } = cluster
      this.#failureCount++
      const delayMs = backoffMs(world.random, this.#failureCount, options.retryBackoff)
      this.notBeforeMs = world.clock.monotonicMs() + delayMs
      world.logger.warn('A fetch failed; it is tried again', { brokerId: this.brokerId, error })
      refresh()
    } else {
      fail(error)
    }
    this.#free()
  }

  #free(): void {
    this.isBusy = false
    this.#context.wake()
  }
}

function sessionPartition(
  { cluster }: ConsumerContext,
  one: AssignedPartition,
  limits: FetchLimits,
): SessionPartition {
  const { topic, partition, key, fetchOffset } = one
  const known = cluster.metadata.topic(topic)
  return {
    topic,
    topicId: known?.id ?? ZERO_UUID,
    partition,
    key,
    fetchOffset,
    currentLeaderEpoch: known?.partitions[partition]?.leaderEpoch ?? -1,
    maxBytes: Math.max(limits.partitionBytes, one.fetchBytesMin),
  }
}

function isCurrent({ partition, version, fetchOffset }: Asked): boolean {
  return (
    partition.version === version && partition.fetchOffset === fetchOffset && !partition.isEnded
  )
}
