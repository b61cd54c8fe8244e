/**
 * The cluster as the producer, the consumer and the admin client see it: connections by broker id,
 * metadata by topic, coordinators by key. One per `Kafka`, shared by all that it makes.
 */
import type { BrokerId } from '@ottla/base'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { linkedSignal } from '../async/abort.ts'
import type { BackoffOptions } from '../connection/backoff.ts'
import { addressText, type BrokerAddress } from '../connection/broker-address.ts'
import type { BrokerConnection } from '../connection/broker-connection.ts'
import { openConnection, type OpenOptions } from '../connection/open-connection.ts'
import { answeredError, KafkaError } from '../kafka-error.ts'
import type { ClientWorld } from '../world.ts'
import { closedError, ConnectionPool, type Lane, type LaneKind } from './connection-pool.ts'
import { Coordinators, type CoordinatorType } from './coordinators.ts'
import { Metadata, type TopicMetadata } from './metadata.ts'
import { MetadataRefresher } from './metadata-refresher.ts'
import { retrying, type RetryOptions } from './retrying.ts'

export interface ClusterOptions extends Omit<OpenOptions, 'onClosed' | 'signal'> {
  readonly bootstrap: readonly BrokerAddress[]
  readonly reconnectBackoff: BackoffOptions
  readonly retryBackoff: BackoffOptions
  /** default.api.timeout.ms: how long a call tries before it gives up. */
  readonly apiTimeoutMs: number
  readonly metadataMaxAgeMs: number
  readonly metadataMaxIdleMs: number
  /** connections.max.idle.ms */
  readonly connectionMaxIdleMs: number
  readonly allowAutoTopicCreation: boolean
}

export interface WaitOptions {
  readonly signal?: AbortSignal | undefined
  /** Default: default.api.timeout.ms of the client. */
  readonly timeoutMs?: number | undefined
}

export class Cluster {
  readonly world: ClientWorld
  readonly options: ClusterOptions
  readonly metadata = new Metadata()
  readonly refresher: MetadataRefresher
  readonly coordinators: Coordinators
  readonly #pool: ConnectionPool
  /** Stops what waits for another attempt. */
  readonly #closing = new AbortController()
  #laneCount = 0

  constructor(world: ClientWorld, options: ClusterOptions) {
    this.world = world
    this.options = options
    this.#pool = new ConnectionPool({
      world,
      reconnectBackoff: options.reconnectBackoff,
      maxIdleMs: options.connectionMaxIdleMs,
      open: (address, onClosed, signal) =>
        openConnection(world, address, { ...options, onClosed, signal }),
    })
    const anyConnection = (): Promise<BrokerConnection> => this.anyConnection()
    this.coordinators = new Coordinators(anyConnection)
    this.refresher = new MetadataRefresher({
      world,
      metadata: this.metadata,
      anyConnection,
      metadataMaxAgeMs: options.metadataMaxAgeMs,
      metadataMaxIdleMs: options.metadataMaxIdleMs,
      allowAutoTopicCreation: options.allowAutoTopicCreation,
      metrics: options.metrics,
    })
  }

  get isClosed(): boolean {
    return this.#pool.isClosed
  }

  get openConnectionCount(): number {
    return this.#pool.openCount
  }

  /** Rejects with BROKER_NOT_AVAILABLE for an id that the metadata does not know. */
  async connectionTo(id: BrokerId, lane: Lane = 'main'): Promise<BrokerConnection> {
    const node = this.metadata.brokers.get(id)
    if (node === undefined) throw unknownBroker(id)
    try {
      return await this.#pool.connection(node, lane)
    } catch (error) {
      throw this.#isBootstrap(node) ? error : namedByCluster(error, id)
    }
  }

  /** Without waiting: undefined when it is not open, and `connectionTo` must be asked. */
  openConnectionTo(id: BrokerId, lane: Lane = 'main'): BrokerConnection | undefined {
    const node = this.metadata.brokers.get(id)
    return node === undefined ? undefined : this.#pool.openConnection(node, lane)
  }

  #isBootstrap(address: BrokerAddress): boolean {
    return this.options.bootstrap.some(
      ({ host, port }) => host === address.host && port === address.port,
    )
  }

  /** One that is open already, else one of the known brokers, else one of the bootstrap list. */
  async anyConnection(): Promise<BrokerConnection> {
    const known = this.#shuffled([...this.metadata.brokers.values()])
    const names = new Set(known.map(addressText))
    // Also when all known brokers are gone, replaced by others (KIP-899).
    const bootstrap = this.options.bootstrap.filter((address) => !names.has(addressText(address)))
    const addresses = [...known, ...this.#shuffled(bootstrap)]
    for (const address of addresses) {
      const open = this.#pool.openConnection(address, 'main')
      if (open !== undefined) return open
    }
    const failures: unknown[] = []
    for (const address of addresses) {
      try {
        return await this.#pool.connection(address, 'main')
      } catch (error) {
        if (this.isClosed) throw closedError()
        failures.push(error)
      }
    }
    throw this.#unreachable(failures)
  }

  #shuffled<T>(items: T[]): T[] {
    for (let i = items.length - 1; i > 0; i--) {
      const j = Math.floor(this.world.random.fraction() * (i + 1))
      const moved = items[i] as T
      items[i] = items[j] as T
      items[j] = moved
    }
    return items
  }

  #unreachable(failures: readonly unknown[]): KafkaError {
    // A wrong password is not an unreachable broker, and trying again does not mend it.
    for (const failure of failures) {
      if (failure instanceof KafkaError && !failure.retriable) return failure
    }
    const last = failures.at(-1)
    const names = this.options.bootstrap.map(addressText).join(', ')
    const why = last instanceof Error ? last.message : 'no address to try'
    return new KafkaError('CONNECTION_FAILED', `No broker of ${names} can be reached: ${why}`, {
      cause: last,
    })
  }

  /**
   * The topic, with a leader for at least one partition; asks the brokers when it is not known yet, and
   * waits while it is being created. Rejects with the broker's refusal: INVALID_TOPIC_EXCEPTION,
   * TOPIC_AUTHORIZATION_FAILED, and UNKNOWN_TOPIC_OR_PARTITION or LEADER_NOT_AVAILABLE when the time is
   * over.
   */
  async topic(name: string, wait: WaitOptions = {}): Promise<TopicMetadata> {
    this.refresher.use(name)
    const known = this.metadata.topic(name)
    if (known !== undefined && hasLeader(known)) return known
    return this.retry(wait, async () => {
      await this.refresher.refresh()
      const topic = this.metadata.topic(name)
      if (topic !== undefined && hasLeader(topic)) return topic
      throw answeredError(this.#topicError(name, topic), {
        apiKey: ApiKey.Metadata,
        broker: 'the cluster',
        what: `topic "${name}"`,
      })
    })
  }

  #topicError(name: string, topic: TopicMetadata | undefined): number {
    const errorCode = this.refresher.errorOf(name)
    if (errorCode !== 0) return errorCode
    if (topic !== undefined) return ErrorCode.LEADER_NOT_AVAILABLE
    return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
  }

  /** A connection to the coordinator, on the lane of its own that groups have. */
  async coordinator(
    type: CoordinatorType,
    key: string,
    lane: Lane = 'group',
  ): Promise<BrokerConnection> {
    const node = await this.coordinators.find(type, key)
    try {
      return await this.#pool.connection(node, lane)
    } catch (error) {
      this.coordinators.forget(type, key)
      throw this.#isBootstrap(node) ? error : namedByCluster(error, node.id)
    }
  }

  /** Connections of its own for one consumer, opened as it uses them; `closeLane` when it is done. */
  newLane(kind: LaneKind): Lane {
    this.#laneCount++
    return `${kind} ${this.#laneCount}`
  }

  closeLane(lane: Lane): void {
    this.#pool.closeLane(lane)
  }

  /** Tries again until default.api.timeout.ms, or the time and signal of the one call. */
  async retry<T>(wait: WaitOptions, run: (attempt: number) => Promise<T>): Promise<T> {
    const { signal, release } = linkedSignal(wait.signal, this.#closing.signal)
    const options: RetryOptions = {
      timeoutMs: wait.timeoutMs ?? this.options.apiTimeoutMs,
      signal,
      backoff: this.options.retryBackoff,
    }
    try {
      return await retrying(this.world, options, run)
    } finally {
      release()
    }
  }

  /** Asks for new metadata without waiting for it; what went wrong shows with the next use. */
  refreshSoon(): void {
    this.refresher.refresh().catch((error: unknown) => {
      if (!this.isClosed) this.world.logger.warn('Cannot refresh the metadata', { error })
    })
  }

  close(): void {
    this.#closing.abort(closedError())
    this.refresher.close()
    this.#pool.close()
  }
}

function hasLeader({ partitions }: TopicMetadata): boolean {
  return partitions.some(({ leaderId }) => leaderId >= 0)
}

function unknownBroker(id: BrokerId): KafkaError {
  return new KafkaError('BROKER_NOT_AVAILABLE', `Broker ${id} is not among those of the metadata`, {
    retriable: true,
  })
}

/** The mistake behind most of these: the broker answers on one address and advertises another. */
function namedByCluster(error: unknown, id: BrokerId): unknown {
  if (!(error instanceof KafkaError) || error.code !== 'CONNECTION_FAILED') return error
  return new KafkaError(
    error.code,
    `${error.message}. The cluster itself names this address for broker ${id} (advertised.listeners); it must be one that can be reached from here`,
    { cause: error.cause, broker: error.broker, retriable: error.retriable },
  )
}
