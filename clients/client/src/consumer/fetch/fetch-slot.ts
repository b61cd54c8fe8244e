/**
 * One fetch at a time on one connection to one broker, with a session of its own. After a failure the
 * slot is left alone for a moment.
 */
import { ZERO_UUID, type BrokerId } from '@ottla/base'
import { ApiKey } from '@ottla/protocol'
import type { FetchResponse } from '@ottla/protocol/fetch-response'
import type { Lane } from '../../cluster/connection-pool.ts'
import { backoffMs } from '../../connection/backoff.ts'
import type { BrokerConnection } from '../../connection/broker-connection.ts'
import { answeredError, KafkaError } from '../../kafka-error.ts'
import type { AssignedPartition } from '../assignment/assigned-partition.ts'
import type { ConsumerContext } from '../consumer-context.ts'
import type { FetchAnswers } from './fetch-answer.ts'
import { FetchFlight } from './fetch-flight.ts'
import {
  FETCH,
  fetchRequest,
  NOTHING_FETCHED,
  sessionPartition,
  spokenFetch,
  type FetchLimits,
} from './fetch-request.ts'
import { FetchSession } from './fetch-session.ts'

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
    const { cluster, settings } = this.#context
    const wanted = partitions.map((partition) => sessionPartition(this.#context, partition, limits))
    const { api, isById } = spokenFetch(connection, wanted)
    const named = isById ? wanted : wanted.map((one) => ({ ...one, topicId: ZERO_UUID }))
    const request = fetchRequest(settings, this.#session.next(named), limits)
    const flight = new FetchFlight(partitions, cluster.world.clock.monotonicMs())
    if (isById) flight.nameTopics(wanted)
    try {
      connection.send(
        api,
        request,
        (error, response) => {
          if (error !== undefined) this.#onFailed(partitions, error)
          else if (response !== undefined) this.#onAnswer(connection, flight, response)
        },
        { timeoutMs: cluster.options.requestTimeoutMs + limits.maxWaitMs },
      )
    } catch (error) {
      this.#onFailed(partitions, error)
    }
  }

  /**
   * Tells the broker to forget the session, which otherwise takes the place of another until it is evicted.
   * By the main lane where it is open: on our own a poll may stand before it. Resolves with the answer,
   * whatever it is.
   */
  async closeSession(): Promise<void> {
    const { cluster, settings } = this.#context
    const connection =
      cluster.openConnectionTo(this.brokerId, 'main') ??
      cluster.openConnectionTo(this.brokerId, this.#lane)
    const session = connection === undefined ? undefined : this.#session.last()
    if (connection === undefined || session === undefined) return
    const request = fetchRequest(settings, session, NOTHING_FETCHED)
    await connection.request(FETCH, request).catch(() => undefined)
  }

  #onAnswer(connection: BrokerConnection, flight: FetchFlight, response: FetchResponse): void {
    const { broker } = connection
    const { brokerId } = this
    const { cluster } = this.#context
    const { errorCode, sessionId, nodeEndpoints: endpoints } = response
    flight.land()
    if (!this.#session.onAnswer(errorCode, sessionId)) {
      this.#onFailed([], answeredError(errorCode, { apiKey: ApiKey.Fetch, broker }))
      return
    }
    this.#failureCount = 0
    const bytes = flight.takeAnswer(response, (partition, data) => {
      this.#answers.take({ partition, data, broker, brokerId, endpoints })
    })
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
    const isClosed = error instanceof KafkaError && error.code === 'CLIENT_CLOSED'
    // Given up by who closes the consumer: nothing has gone wrong.
    if (!isClosed) cluster.options.metrics?.consumer.onFetchFailed()
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
