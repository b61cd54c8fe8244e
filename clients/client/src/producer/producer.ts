/**
 * The producer: records in, acknowledgements out.
 *
 *   send ─► serialize ─► topic-sink (which partition) ─► record-accumulator (room, batch) ─► sender
 *             │               │                              │
 *             └──── waiting-line: asynchronous serde, unknown topic, full buffer
 *
 * A record that finds its topic known and room in the buffer goes into its batch within the call, and
 * costs no object but the promise that is returned.
 *
 * Bench: producer.bench.ts
 */
import type { Cluster } from '../cluster/cluster.ts'
import { untilAborted } from '../async/abort.ts'
import { sendChannel } from '../diagnostics/messaging-trace.ts'
import { KafkaError } from '../kafka-error.ts'
import type { OutgoingMessage, SentMessage } from '../message.ts'
import { RAW, type RawInput } from '../serde/raw.ts'
import type { SendAllSummary, SendOptions, Serializer, Topic, TopicProducer } from '../topic.ts'
import { BulkSend } from './bulk-send.ts'
import { NO_HEADERS, recordBytes, recordHeaders, type MutableRecord } from './outgoing-record.ts'
import { OutgoingBatch } from './outgoing-batch.ts'
import type { PartitionQueue } from './partition-queue.ts'
import type { ProducerTransaction } from './producer-transaction.ts'
import {
  producerSettings,
  type ProducerOptions,
  type ProducerSettings,
} from './producer-options.ts'
import { RecordAccumulator } from './record-accumulator.ts'
import type { RejectSent, ResolveSent } from './record-listeners.ts'
import { sendAll } from './send-all.ts'
import { Sender } from './sender.ts'
import { serialize } from './serialize.ts'
import { traceSend } from './trace-send.ts'
import { TopicSink } from './topic-sink.ts'
import { largerThanBuffer, WaitingLine, type WaitingRecord } from './waiting-line.ts'

export interface CloseOptions {
  /** How long what was sent may still take; deliveryTimeoutMs by default. 0 gives it up. */
  readonly timeoutMs?: number | undefined
}

interface Lane {
  readonly sink: TopicSink
  readonly line: WaitingLine
  readonly keyContext: { readonly topic: string; readonly part: 'key' }
  readonly valueContext: { readonly topic: string; readonly part: 'value' }
}

/** A record that must wait in line. */
interface Unplaced {
  readonly line: WaitingLine
  readonly record: Omit<WaitingRecord, 'bulk' | 'reject' | 'resolve' | 'signal'>
}

/** What a topic is sent by: itself, or its name for bytes. */
type Destination<K, V> = Topic<unknown, unknown, K, V> | string

/** Where it is not known which of the two; a name alone would take a message of any type. */
type Either<D> = [D] extends [string] ? never : unknown

type Messages<K, V> = Iterable<OutgoingMessage<K, V>> | AsyncIterable<OutgoingMessage<K, V>>

const RAW_SERIALIZER = RAW as Serializer<never>

/**
 * Made by `kafka.producer()`; one for a whole program is enough as a rule, and `kafka.topic().send()` has
 * its own.
 *
 * ```ts
 * await using producer = kafka.producer({ compression: 'zstd', lingerMs: 5 })
 * await producer.send(Orders, { key: 'u1', value: order })
 * await producer.send('raw', { value: 'text or bytes' })
 * ```
 */
export class Producer implements TopicProducer, AsyncDisposable {
  readonly #cluster: Cluster
  readonly #settings: ProducerSettings
  readonly #accumulator: RecordAccumulator
  readonly #sender: Sender
  readonly #lanes = new Map<string, Lane>()
  readonly #closing = new AbortController()
  /** What `send` is answered once `close` was called. */
  #refusal: KafkaError | undefined
  #closed: Promise<void> | undefined
  /** One at a time is put into a batch. */
  readonly #record: MutableRecord = { key: null, value: null, timestamp: 0, headers: NO_HEADERS }
  /** Of the record that was last put into a batch. */
  #bytes = 0
  #resolve: ResolveSent | undefined
  #reject: RejectSent | undefined
  /** Made once: a promise per record, but no closure. */
  readonly #takeListeners = (resolve: ResolveSent, reject: RejectSent): void => {
    this.#resolve = resolve
    this.#reject = reject
  }

  /** Called by `kafka.producer()`. */
  constructor(cluster: Cluster, options: ProducerOptions = {}, transaction?: ProducerTransaction) {
    this.#cluster = cluster
    this.#settings = producerSettings(options)
    const metrics = cluster.options.metrics?.producer
    this.#accumulator = new RecordAccumulator(cluster.world.clock, this.#settings, metrics)
    this.#sender = new Sender({
      cluster,
      settings: this.#settings,
      accumulator: this.#accumulator,
      metrics,
      transaction,
      onBatchEnd: ({ topic, partition }) => {
        this.#lanes.get(topic)?.sink.onBatchEnd(partition)
      },
      onTooLarge: (topic, batchBytesMax) => {
        this.#lanes.get(topic)?.sink.onTooLarge(batchBytesMax)
      },
    })
    this.#accumulator.onWaiting = () => {
      this.#sender.wake()
    }
  }

  /** Bytes of records that are not acknowledged yet, as counted against `maxBufferedBytes`. */
  get bufferedBytes(): number {
    return this.#accumulator.bufferedBytes
  }

  /** True as soon as `close` was called. */
  get isClosed(): boolean {
    return this.#refusal !== undefined
  }

  /** See `Topic.send`. A topic given by name takes bytes and strings. */
  send(
    topic: string,
    message: OutgoingMessage<RawInput, RawInput>,
    options?: SendOptions,
  ): Promise<SentMessage>
  send<K, V>(
    topic: Topic<unknown, unknown, K, V>,
    message: OutgoingMessage<K, V>,
    options?: SendOptions,
  ): Promise<SentMessage>
  send<K, V, D extends Destination<K, V>>(
    topic: D & Either<D>,
    message: OutgoingMessage<K, V>,
    options?: SendOptions,
  ): Promise<SentMessage>
  send<K, V>(
    topic: Destination<K, V>,
    message: OutgoingMessage<K, V>,
    options?: SendOptions,
  ): Promise<SentMessage> {
    const signal = options?.signal
    if (signal?.aborted === true) return Promise.reject(signal.reason as Error)
    try {
      const sent = sendChannel.isTraced
        ? this.#sendTraced(topic, message, signal)
        : this.#send(topic, message, signal)
      return signal === undefined ? sent : untilAborted(sent, signal)
    } catch (error) {
      return Promise.reject(error as Error)
    }
  }

  /** See `Topic.sendAll`. */
  sendAll(
    topic: string,
    messages: Messages<RawInput, RawInput>,
    options?: SendOptions,
  ): Promise<SendAllSummary>
  sendAll<K, V>(
    topic: Topic<unknown, unknown, K, V>,
    messages: Messages<K, V>,
    options?: SendOptions,
  ): Promise<SendAllSummary>
  sendAll<K, V, D extends Destination<K, V>>(
    topic: D & Either<D>,
    messages: Messages<K, V>,
    options?: SendOptions,
  ): Promise<SendAllSummary>
  sendAll<K, V>(
    topic: Destination<K, V>,
    messages: Messages<K, V>,
    options: SendOptions = {},
  ): Promise<SendAllSummary> {
    const { signal } = options
    const bulk = new BulkSend()
    return sendAll(messages, {
      bulk,
      signal,
      clock: this.#cluster.world.clock,
      take: (message) => this.#takeBulk(topic, message, { bulk, signal }),
    })
  }

  #send<K, V>(
    topic: Destination<K, V>,
    message: OutgoingMessage<K, V>,
    signal: AbortSignal | undefined,
  ): Promise<SentMessage> {
    const placed = this.#place(topic, message)
    const sent = new Promise<SentMessage>(this.#takeListeners)
    const resolve = this.#resolve as ResolveSent
    const reject = this.#reject as RejectSent
    if (placed instanceof OutgoingBatch) {
      placed.listeners.add(placed.recordCount - 1, this.#record.timestamp, resolve, reject)
    } else {
      placed.line.add({ ...placed.record, signal, bulk: undefined, resolve, reject })
    }
    return sent
  }

  #sendTraced<K, V>(
    topic: Destination<K, V>,
    message: OutgoingMessage<K, V>,
    signal: AbortSignal | undefined,
  ): Promise<SentMessage> {
    const { clientId } = this.#cluster.options
    const facts = { clientId, topic: typeof topic === 'string' ? topic : topic.name }
    return traceSend(facts, message, (traced) => this.#send(topic, traced, signal))
  }

  /** undefined when the record is in a batch; else what to wait for before the next one. */
  #takeBulk<K, V>(
    topic: Destination<K, V>,
    message: OutgoingMessage<K, V>,
    { bulk, signal }: { bulk: BulkSend; signal: AbortSignal | undefined },
  ): Promise<void> | undefined {
    const placed = this.#place(topic, message)
    if (placed instanceof OutgoingBatch) {
      bulk.onTaken()
      placed.listeners.addBulk(bulk, 1, this.#bytes)
      return undefined
    }
    return new Promise<void>((resolve, reject) => {
      const onTaken = (): void => {
        resolve()
      }
      placed.line.add({ ...placed.record, signal, bulk, resolve: onTaken, reject })
    })
  }

  /** Into the batch that is returned, as its last record; or not, and then it has to wait in line. */
  #place<K, V>(topic: Destination<K, V>, message: OutgoingMessage<K, V>): OutgoingBatch | Unplaced {
    const lane = this.#lane(typeof topic === 'string' ? topic : topic.name)
    const keySerde = typeof topic === 'string' ? RAW_SERIALIZER : topic.key
    const valueSerde = typeof topic === 'string' ? RAW_SERIALIZER : topic.value
    const key = serialize(keySerde, message.key as never, lane.keyContext)
    const value = serialize(valueSerde, message.value as never, lane.valueContext)
    const headers = recordHeaders(message.headers)
    const timestampMs = this.#timestamp(message.timestampMs)
    const { partition } = message
    if (lane.line.isEmpty && !(key instanceof Promise) && !(value instanceof Promise)) {
      const queue = lane.sink.queueFor(partition, key, value)
      const bytes = recordBytes(key, value, headers)
      if (queue !== undefined && this.#tryReserve(bytes)) {
        const record = this.#record
        record.key = key
        record.value = value
        record.timestamp = timestampMs
        record.headers = headers
        return this.#append(lane, queue, bytes)
      }
    }
    const { clock } = this.#cluster.world
    const deadlineMs = clock.monotonicMs() + this.#settings.deliveryTimeoutMs
    const record = { key, value, headers, timestampMs, partition, deadlineMs }
    return { line: lane.line, record }
  }

  #append(lane: Lane, queue: PartitionQueue, bytes: number): OutgoingBatch {
    const { sink } = lane
    const full = queue.full.length
    const batchBytesMax = sink.batchBytesMax
    const batch = this.#accumulator.append(queue, this.#record, { bytes, batchBytesMax })
    if (queue.full.length > full) sink.onBatchEnd(queue.partition)
    sink.onAppended(batch, bytes)
    if (batch.recordCount === 1) this.#sender.onAppended(queue)
    this.#bytes = bytes
    return batch
  }

  #appendWaiting(
    lane: Lane,
    queue: PartitionQueue,
    {
      record: waiting,
      key,
      value,
      bytes,
    }: {
      record: WaitingRecord
      key: Uint8Array | null
      value: Uint8Array | null
      bytes: number
    },
  ): void {
    const record = this.#record
    record.key = key
    record.value = value
    record.timestamp = waiting.timestampMs
    record.headers = waiting.headers
    const batch = this.#append(lane, queue, bytes)
    const { bulk, timestampMs, resolve, reject } = waiting
    if (bulk === undefined) {
      batch.listeners.add(batch.recordCount - 1, timestampMs, resolve, reject)
      return
    }
    bulk.onTaken()
    batch.listeners.addBulk(bulk, 1, bytes)
    // Of `sendAll`, which waits for nothing but its turn and reads no more of this.
    resolve(NOWHERE)
  }

  #tryReserve(bytes: number): boolean {
    const { maxBufferedBytes } = this.#settings
    if (bytes > maxBufferedBytes) throw largerThanBuffer(bytes, maxBufferedBytes)
    return this.#accumulator.tryReserve(bytes)
  }

  #timestamp(timestampMs: number | undefined): number {
    if (timestampMs === undefined) return this.#cluster.world.clock.wallMs()
    if (Number.isSafeInteger(timestampMs) && timestampMs >= 0) return timestampMs
    throw new KafkaError(
      'INVALID_ARGUMENT',
      `timestampMs is ${timestampMs}: whole milliseconds since 1970 expected`,
    )
  }

  #lane(topic: string): Lane {
    if (this.#refusal !== undefined) throw this.#refusal
    return this.#lanes.get(topic) ?? this.#newLane(topic)
  }

  #newLane(topic: string): Lane {
    if (topic === '') throw new KafkaError('INVALID_ARGUMENT', 'The topic has no name: give it one')
    const sink = new TopicSink(topic, this.#cluster, this.#settings)
    const line = new WaitingLine({
      cluster: this.#cluster,
      sink,
      accumulator: this.#accumulator,
      maxBufferedBytes: this.#settings.maxBufferedBytes,
      closing: this.#closing.signal,
      append: (queue, record, content) => {
        this.#appendWaiting(lane, queue, { record, ...content })
      },
    })
    const lane: Lane = {
      sink,
      line,
      keyContext: { topic, part: 'key' },
      valueContext: { topic, part: 'value' },
    }
    this.#lanes.set(topic, lane)
    return lane
  }

  /**
   * Resolves when everything that was sent before is acknowledged or has failed; what failed rejects its
   * own `send`. Nothing waits for `lingerMs` meanwhile.
   *
   * ```ts
   * for (const order of orders) void producer.send(Orders, { value: order }).catch(report)
   * await producer.flush()
   * ```
   */
  flush({ signal }: SendOptions = {}): Promise<void> {
    return untilAborted(this.#settled(), signal)
  }

  async #settled(): Promise<void> {
    // What leaves the lines may need room, which only comes with what is sent.
    const inTime = this.#sender.settled()
    await Promise.all([...this.#lanes.values()].map(({ line }) => line.passed()))
    await inTime
    await this.#sender.settled()
  }

  /**
   * For a transaction that is aborted: what was never sent fails. Resolves when the fate of what was sent
   * is known.
   */
  abandonUnsent(failure: KafkaError): Promise<void> {
    for (const { line } of this.#lanes.values()) line.abandon(failure)
    this.#sender.abandonUnsent(failure)
    return this.#sender.settled()
  }

  /**
   * Takes nothing more, and resolves when what was sent is acknowledged or has failed; what is left
   * after `timeoutMs` fails with CLIENT_CLOSED.
   */
  close(options: CloseOptions = {}): Promise<void> {
    this.#closed ??= this.#close(options.timeoutMs ?? this.#settings.deliveryTimeoutMs)
    return this.#closed
  }

  async #close(timeoutMs: number): Promise<void> {
    const failure = new KafkaError('CLIENT_CLOSED', 'The producer is closed; make a new one', {
      fatal: true,
    })
    // Before the lines are: what stands in them was sent in time.
    this.#refusal = failure
    if (timeoutMs > 0) await this.#settledWithin(timeoutMs)
    this.#closing.abort(failure)
    this.#sender.close(failure)
  }

  #settledWithin(timeoutMs: number): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const timer = this.#cluster.world.clock.setTimer(timeoutMs, resolve)
      this.#settled()
        .finally(() => {
          timer.cancel()
        })
        .then(resolve, reject)
    })
  }

  /** As `close()`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}

const NOWHERE: SentMessage = { topic: '', partition: -1, offset: -1, timestampMs: -1 }
