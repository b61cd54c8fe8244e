/**
 * Keeps Metadata true: asks for the topics that somebody is interested in, when a stale answer shows,
 * and every few minutes (metadata.max.age.ms) in any case.
 *
 * One request at a time. Whoever asks while one is out waits for the one after it: the answer under way
 * may have been made before the event that they ask about.
 */
import { ZERO_UUID, type Timer } from '@ottla/base'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { encodeMetadataRequest } from '@ottla/protocol/metadata-request'
import { decodeMetadataResponse, type MetadataResponse } from '@ottla/protocol/metadata-response'
import { defineApi } from '../connection/api.ts'
import type { BrokerConnection } from '../connection/broker-connection.ts'
import { answeredError, KafkaError } from '../kafka-error.ts'
import type { ClientMetrics } from '../metrics/client-metrics.ts'
import type { ClientWorld } from '../world.ts'
import type { Metadata } from './metadata.ts'

const METADATA = defineApi(ApiKey.Metadata, encodeMetadataRequest, decodeMetadataResponse, {
  min: 4,
})

/** Whoever cannot wait asks again himself; this is for those who only want to hear of new topics. */
const FAILED_AGE_MS = 10_000

export interface MetadataRefresherOptions {
  readonly world: ClientWorld
  readonly metadata: Metadata
  readonly anyConnection: () => Promise<BrokerConnection>
  /** metadata.max.age.ms */
  readonly metadataMaxAgeMs: number
  /** metadata.max.idle.ms: a topic that nobody has used for so long is asked for no more. */
  readonly metadataMaxIdleMs: number
  readonly allowAutoTopicCreation: boolean
  readonly metrics?: ClientMetrics | undefined
}

export class MetadataRefresher {
  readonly #options: MetadataRefresherOptions
  /** Topics of interest, with when they were last used. */
  readonly #lastUsedMs = new Map<string, number>()
  /** How many want to know of every topic (subscriptions by pattern). */
  #allCount = 0
  readonly #errors = new Map<string, number>()
  #running: Promise<void> | undefined
  #next: Promise<void> | undefined
  #timer: Timer | undefined
  #isClosed = false

  constructor(options: MetadataRefresherOptions) {
    this.#options = options
  }

  /** From now on the topic is part of what is asked for. */
  use(topic: string): void {
    this.#lastUsedMs.set(topic, this.#options.world.clock.monotonicMs())
  }

  /** Every topic of the cluster is asked for until the returned function is called. */
  useAll(): () => void {
    this.#allCount++
    let isDone = false
    return () => {
      if (!isDone) this.#allCount--
      isDone = true
    }
  }

  /** Of the last answer about the topic; 0 when it was fine or has not come yet. */
  errorOf(topic: string): number {
    return this.#errors.get(topic) ?? 0
  }

  /** Resolves with an answer to a request that was sent after this call. */
  refresh(): Promise<void> {
    // First: between the end of one and the start of the next there is no running one to see.
    if (this.#next !== undefined) return this.#next
    if (this.#running === undefined) return this.#start()
    this.#next = this.#running.catch(() => undefined).then(() => this.#start())
    return this.#next
  }

  #start(): Promise<void> {
    this.#next = undefined
    this.#running = this.#asked()
    return this.#running
  }

  async #asked(): Promise<void> {
    const { metrics, metadataMaxAgeMs } = this.#options
    let nextMs = Math.min(metadataMaxAgeMs, FAILED_AGE_MS)
    try {
      await this.#ask()
      metrics?.onMetadataRefreshed()
      nextMs = metadataMaxAgeMs
    } catch (error) {
      metrics?.onMetadataRefreshFailed()
      throw error
    } finally {
      this.#running = undefined
      this.#schedule(nextMs)
    }
  }

  #schedule(delayMs: number): void {
    this.#timer?.cancel()
    if (this.#isClosed) return
    const { world } = this.#options
    this.#timer = world.clock.setTimer(delayMs, () => {
      this.refresh().catch((error: unknown) => {
        world.logger.warn('Cannot refresh the metadata; it is tried again', { error })
      })
    })
  }

  async #ask(): Promise<void> {
    const { anyConnection, metadata, allowAutoTopicCreation } = this.#options
    const connection = await anyConnection()
    this.#dropIdle()
    const names = [...this.#lastUsedMs.keys()]
    const response = await connection.request(METADATA, {
      topics: this.#allCount > 0 ? null : names.map((name) => ({ topicId: ZERO_UUID, name })),
      allowAutoTopicCreation,
      includeClusterAuthorizedOperations: false,
      includeTopicAuthorizedOperations: false,
    })
    if (response.errorCode !== 0) {
      const { broker } = connection
      const error = answeredError(response.errorCode, { apiKey: METADATA.key, broker })
      throw response.errorCode === ErrorCode.REBOOTSTRAP_REQUIRED
        ? this.#startAgain(connection, error)
        : error
    }
    metadata.update(response)
    this.#noteErrors(response, names)
  }

  /** From the bootstrap list, and not on the connection that said so (KIP-1102). */
  #startAgain(
    connection: BrokerConnection,
    { code, message, apiKey, broker }: KafkaError,
  ): KafkaError {
    const error = new KafkaError(code, message, { retriable: true, apiKey, broker })
    this.#options.metadata.forgetBrokers()
    connection.fail(error)
    return error
  }

  #dropIdle(): void {
    const { world, metadata, metadataMaxIdleMs } = this.#options
    const idleSinceMs = world.clock.monotonicMs() - metadataMaxIdleMs
    for (const [topic, usedMs] of this.#lastUsedMs) {
      if (usedMs >= idleSinceMs) continue
      this.#lastUsedMs.delete(topic)
      this.#errors.delete(topic)
      metadata.forgetTopic(topic)
    }
  }

  #noteErrors({ topics }: MetadataResponse, names: readonly string[]): void {
    const found = new Set<string>()
    for (const { name, errorCode } of topics) {
      if (name === null) continue
      found.add(name)
      if (errorCode === 0) this.#errors.delete(name)
      else this.#errors.set(name, errorCode)
      if (errorCode === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
        this.#options.metadata.forgetTopic(name)
    }
    if (this.#allCount === 0) return
    // Of all topics there are: what is not among them does not exist.
    for (const known of this.#options.metadata.topics()) {
      if (!found.has(known.name)) this.#options.metadata.forgetTopic(known.name)
    }
    for (const name of names) {
      if (!found.has(name)) this.#errors.set(name, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
    }
  }

  close(): void {
    this.#isClosed = true
    this.#timer?.cancel()
  }
}
