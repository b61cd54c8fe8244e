/**
 * A topic as a program names it: its name and the serdes of its records, which give the types of what
 * is sent to it and received from it. It holds no connection and no state.
 */
import type { Message, OutgoingMessage, SentMessage } from './message.ts'
import type { RawInput } from './serde/raw.ts'
import type { Serde, SerdeContext } from './serde/serde.ts'

/** Either part that is left out is bytes: Buffer, Uint8Array or string in, Buffer out. */
export interface TopicSerdes<K, V> {
  readonly key?: Serde<K> | undefined
  readonly value?: Serde<V> | undefined
}

export interface SendOptions {
  /**
   * Rejects with its reason. What waits for metadata or for room is not sent then; what is in a batch
   * already may be.
   */
  readonly signal?: AbortSignal | undefined
}

export interface SendAllSummary {
  /** Records that were acknowledged: all of them. */
  readonly count: number
  /** Of these records, before compression. */
  readonly bytes: number
}

/** What a topic sends through: the producer that its `Kafka` shares, started with the first send. */
export interface TopicProducer {
  send<K, V>(
    topic: Topic<unknown, unknown, K, V>,
    message: OutgoingMessage<K, V>,
    options?: SendOptions,
  ): Promise<SentMessage>
  sendAll<K, V>(
    topic: Topic<unknown, unknown, K, V>,
    messages: Iterable<OutgoingMessage<K, V>> | AsyncIterable<OutgoingMessage<K, V>>,
    options?: SendOptions,
  ): Promise<SendAllSummary>
}

/** One direction of a serde, for types that are taken more freely than they are given. */
export interface Serializer<T> {
  serialize(value: T, context: SerdeContext): Uint8Array | Promise<Uint8Array>
}

export interface Deserializer<T> {
  deserialize(bytes: Buffer, context: SerdeContext): T | Promise<T>
}

/** The type of the messages that a consumer of the topic receives: `MessageOf<typeof Orders>`. */
export type MessageOf<T> = T extends Topic<infer K, infer V, never, never> ? Message<K, V> : never

/**
 * Made by `kafka.topic()`.
 *
 * ```ts
 * const Orders = kafka.topic('orders', { key: string(), value: json(Order) })
 * const { partition, offset } = await Orders.send({ key: 'u1', value: order })
 * ```
 */
export class Topic<out K = Buffer, out V = Buffer, in KIn = RawInput, in VIn = RawInput> {
  readonly name: string
  readonly key: Serializer<KIn> & Deserializer<K>
  readonly value: Serializer<VIn> & Deserializer<V>
  readonly #producer: () => TopicProducer

  constructor(
    name: string,
    key: Serializer<KIn> & Deserializer<K>,
    value: Serializer<VIn> & Deserializer<V>,
    producer: () => TopicProducer,
  ) {
    this.name = name
    this.key = key
    this.value = value
    this.#producer = producer
  }

  /**
   * Resolves when the brokers have the record as safely as `acks` of the producer asks (all in-sync
   * replicas by default). Batched with what else is sent meanwhile: awaiting every call is fine, and
   * not awaiting is faster. Retriable errors are retried for `deliveryTimeoutMs`.
   *
   * Rejects with MESSAGE_TOO_LARGE, TOPIC_AUTHORIZATION_FAILED, SERIALIZATION_FAILED,
   * BUFFER_EXHAUSTED (more wait than `maxWaitingRecords`), DELIVERY_TIMED_OUT and the like.
   *
   * ```ts
   * await Orders.send({ key: 'u1', value: order, headers: { trace: id } })
   * ```
   */
  send(message: OutgoingMessage<KIn, VIn>, options?: SendOptions): Promise<SentMessage> {
    return this.#producer().send(this, message, options)
  }

  /**
   * Sends everything that the iterable gives, no faster than there is room for in the buffer, and
   * resolves when all of it is acknowledged. Stops at the first record that cannot be sent, and rejects
   * with its error when what was taken before it is settled.
   *
   * ```ts
   * const { count } = await Orders.sendAll(readLines(file), { signal })
   * ```
   */
  sendAll(
    messages: Iterable<OutgoingMessage<KIn, VIn>> | AsyncIterable<OutgoingMessage<KIn, VIn>>,
    options?: SendOptions,
  ): Promise<SendAllSummary> {
    return this.#producer().sendAll(this, messages, options)
  }
}
