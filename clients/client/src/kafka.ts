/**
 * The client of one cluster. Making one does nothing: brokers are asked when something is sent, read or
 * administered, over connections that everything made by one `Kafka` shares.
 *
 * The one file that knows the real clock, network and randomness.
 */
import { silentLogger, systemClock, systemRandom } from '@ottla/base'
import { nodeNetwork } from '@ottla/net'
import { Admin } from './admin/admin.ts'
import { Closables, type Closable } from './closables.ts'
import { Cluster } from './cluster/cluster.ts'
import { closedError } from './cluster/connection-pool.ts'
import { clusterOptions, isInProcess, type KafkaOptions } from './kafka-options.ts'
import { Consumer } from './consumer/consumer.ts'
import type { ConsumerOptions } from './consumer/consumer-options.ts'
import type { MessageOfSource, TopicSource } from './consumer/topic-source.ts'
import { ClientMetrics, type ClientMetricsSnapshot } from './metrics/client-metrics.ts'
import { Producer } from './producer/producer.ts'
import type { ProducerOptions } from './producer/producer-options.ts'
import { RAW, type RawInput } from './serde/raw.ts'
import type { Serde } from './serde/serde.ts'
import { Topic, type TopicSerdes } from './topic.ts'
import type { TransactionalProducerOptions } from './transaction/transaction-options.ts'
import {
  TransactionalProducer,
  type TransactionCallback,
  type TransactionOptions,
} from './transaction/transactional-producer.ts'
import { TransactionalProducers } from './transaction/transactional-producers.ts'
import type { ClientWorld } from './world.ts'

/**
 * ```ts
 * await using kafka = new Kafka({ brokers: 'localhost:9092' })
 * const Orders = kafka.topic('orders', { key: string(), value: json(Order) })
 * await Orders.send({ key: 'u1', value: order })
 * for await (const message of kafka.consumer({ group: 'billing', topics: [Orders] })) await bill(message.value)
 * ```
 */
export class Kafka implements AsyncDisposable {
  readonly #world: ClientWorld
  /** Checked when the client is made; connections come with the first use. */
  readonly #cluster: Cluster
  readonly #metrics: ClientMetrics
  readonly #rack: string | undefined
  /** What is closed with the client. */
  readonly #made = new Closables()
  readonly #transactional = new TransactionalProducers()
  #producer: Producer | undefined
  #admin: Admin | undefined
  #closed: Promise<void> | undefined
  /** Producers are closed, or about to be. */
  #isSilent = false

  /** Throws INVALID_ARGUMENT for options that make no sense. `world` is for tests. */
  constructor(options: KafkaOptions, world: Partial<ClientWorld> = {}) {
    this.#world = {
      clock: systemClock,
      random: systemRandom,
      network: isInProcess(options.brokers) ? options.brokers.network : nodeNetwork,
      logger: options.logger ?? silentLogger,
      ...world,
    }
    this.#rack = options.rack
    const cluster = clusterOptions(options, this.#world)
    this.#metrics = cluster.metrics ?? new ClientMetrics()
    this.#cluster = new Cluster(this.#world, cluster)
  }

  /**
   * A topic with its types. Nothing is asked of the brokers: a topic that is not there shows when it is
   * used, and is made then where that is allowed.
   *
   * ```ts
   * const Orders = kafka.topic('orders', { key: string(), value: json(Order) })
   * const Raw = kafka.topic('raw')            // Buffer, Uint8Array or string in, Buffer out
   * ```
   */
  topic(name: string): Topic
  topic<K, V>(
    name: string,
    serdes: { readonly key: Serde<K>; readonly value: Serde<V> },
  ): Topic<K, V, K, V>
  topic<K>(name: string, serdes: { readonly key: Serde<K> }): Topic<K, Buffer, K>
  topic<V>(name: string, serdes: { readonly value: Serde<V> }): Topic<Buffer, V, RawInput, V>
  topic(name: string, serdes: TopicSerdes<unknown, unknown> = {}): unknown {
    const { key = RAW, value = RAW } = serdes
    return new Topic(name, key, value, () => this.#sharedProducer())
  }

  /** With the default options, for `Topic.send`; started with the first record. */
  #sharedProducer(): Producer {
    if (this.#producer !== undefined) return this.#producer
    const producer = this.#made.keep(new Producer(this.#cluster))
    this.#producer = producer
    // Too late: whoever sends by it is told so by a promise, as with one that was in use before.
    if (this.#isSilent) void producer.close({ timeoutMs: 0 })
    return producer
  }

  /**
   * A producer with options of its own. Closed with the client, or by itself.
   *
   * ```ts
   * const producer = kafka.producer({ compression: 'zstd', lingerMs: 5 })
   * await producer.send(Orders, { key: 'u1', value: order })
   * ```
   */
  producer(options: ProducerOptions = {}): Producer {
    return this.#keep(new Producer(this.#cluster, options))
  }

  /**
   * Sends, and commits offsets of groups, all or nothing: runs the callback, and commits when it resolves.
   * See `TransactionalProducer.transaction`. Calls with one id share one producer and wait for each other;
   * its options are those of the first call. After PRODUCER_FENCED calls with this id go on rejecting, so
   * that two programs of one id do not fence each other in turn.
   *
   * ```ts
   * await kafka.transaction('billing-1', async (tx) => {
   *   await tx.send(Invoices, { key: 'u1', value: invoice })
   *   await tx.commitOffsets(consumer)
   * })
   * ```
   */
  transaction<T>(
    transactionalId: string,
    callback: TransactionCallback<T>,
    options: TransactionalProducerOptions & TransactionOptions = {},
  ): Promise<T> {
    try {
      const { signal, ...rest } = options
      const found = this.#transactional.of(transactionalId)
      const producer = found ?? this.transactionalProducer(transactionalId, rest)
      return producer.transaction(callback, { signal })
    } catch (error) {
      return Promise.reject(error as Error)
    }
  }

  /**
   * The producer of a transactional id, for whoever wants to close it by itself. Throws INVALID_ARGUMENT
   * when this client has one of that id: they would fence each other.
   *
   * ```ts
   * await using producer = kafka.transactionalProducer('billing-1', { transactionTimeoutMs: 10_000 })
   * ```
   */
  transactionalProducer(
    transactionalId: string,
    options: TransactionalProducerOptions = {},
  ): TransactionalProducer {
    return this.#transactional.add(transactionalId, () =>
      this.#keep(new TransactionalProducer(this.#cluster, transactionalId, options)),
    )
  }

  /**
   * Reads topics, alone or as a member of a group. It starts with the first call that waits.
   *
   * ```ts
   * await using consumer = kafka.consumer({ group: 'billing', topics: [Orders], from: 'earliest' })
   * for await (const message of consumer) await bill(message.value)
   * ```
   *
   * Throws INVALID_ARGUMENT for options that make no sense.
   */
  consumer<S extends TopicSource = string>(
    options: ConsumerOptions<S>,
  ): Consumer<MessageOfSource<S>> {
    const { rack = this.#rack } = options
    const deadLetterTopic = (name: string): Topic => this.topic(name)
    return this.#keep(
      new Consumer<MessageOfSource<S>>(this.#cluster, { ...options, rack }, deadLetterTopic),
    )
  }

  /**
   * Topics, groups, configs, ACLs and the like.
   *
   * ```ts
   * await kafka.admin.topics.create('orders', { partitions: 3 })
   * ```
   */
  get admin(): Admin {
    this.#admin ??= new Admin(this.#cluster)
    return this.#admin
  }

  /** What this client has counted so far, as plain numbers. */
  metrics(): ClientMetricsSnapshot {
    return this.#metrics.snapshot()
  }

  #keep<T extends Closable>(made: T): T {
    if (this.#closed !== undefined) throw closedError()
    return this.#made.keep(made)
  }

  /**
   * Closes what was made by it (producers flush, consumers leave their groups), then the connections.
   * Nothing of it is left running.
   */
  close(): Promise<void> {
    this.#closed ??= this.#close()
    return this.#closed
  }

  async #close(): Promise<void> {
    // Producers last: what the others have in hand may still be sent somewhere, even by one that they need
    // for the first time (a dead letter, say).
    const failures = await this.#made.close((one) => !(one instanceof Producer))
    this.#isSilent = true
    failures.push(...(await this.#made.close((one) => one instanceof Producer)))
    this.#cluster.close()
    if (failures.length > 0) throw failures[0]
  }

  /** As `close()`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}
