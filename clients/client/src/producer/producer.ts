/**
 * The producer: records in, acknowledgements out.
 *
 *   send ─► topic-lane (which partition, room, batch) ─► sender ─► broker
 *
 * Here is what a program holds: the lanes of its topics, and the end of it all, `flush` and `close`.
 */
import { untilAborted } from '../async/abort.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { sendChannel } from '../diagnostics/messaging-trace.ts'
import { KafkaError } from '../kafka-error.ts'
import type { SentMessage } from '../message.ts'
import type { SendAllSummary, SendOptions, TopicProducer } from '../topic.ts'
import { BulkSend } from './bulk-send.ts'
import type { ProducerTransaction } from './producer-transaction.ts'
import {
  producerSettings,
  type ProducerOptions,
  type ProducerSettings,
} from './producer-options.ts'
import { RecordAccumulator } from './record-accumulator.ts'
import { RAW_SERIALIZERS, type AnyOutgoingMessage, type Serializers } from './record-placer.ts'
import { sendAll } from './send-all.ts'
import type { Destination, MessagesTo, MessageTo, SendMethods } from './send-methods.ts'
import { Sender } from './sender.ts'
import type { TopicLane } from './topic-lane.ts'
import { TopicLanes } from './topic-lanes.ts'
import { traceSend } from './trace-send.ts'

export interface CloseOptions {
  /** How long what was sent may still take; deliveryTimeoutMs by default. 0 gives it up. */
  readonly timeoutMs?: number | undefined
}

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
export class Producer implements SendMethods, TopicProducer, AsyncDisposable {
  readonly #cluster: Cluster
  readonly #settings: ProducerSettings
  readonly #accumulator: RecordAccumulator
  readonly #sender: Sender
  readonly #lanes: TopicLanes
  readonly #closing = new AbortController()
  /** What `send` is answered once `close` was called. */
  #refusal: KafkaError | undefined
  #closed: Promise<void> | undefined
  #isClosed = false

  /** Called by `kafka.producer()`. */
  constructor(cluster: Cluster, options: ProducerOptions = {}, transaction?: ProducerTransaction) {
    const settings = producerSettings(options)
    const metrics = cluster.options.metrics?.producer
    const accumulator = new RecordAccumulator(cluster.world.clock, settings, metrics)
    this.#cluster = cluster
    this.#settings = settings
    this.#accumulator = accumulator
    this.#sender = new Sender({ cluster, settings, accumulator, metrics, transaction })
    this.#lanes = new TopicLanes({
      cluster,
      settings,
      accumulator,
      closing: this.#closing.signal,
      onBatchOpened: (queue) => {
        this.#sender.onBatchOpened(queue)
      },
    })
    accumulator.onWaiting = () => {
      this.#sender.wake()
    }
  }

  /** Bytes of records that are not acknowledged yet, as counted against `maxBufferedBytes`. */
  get bufferedBytes(): number {
    return this.#accumulator.bufferedBytes
  }

  /** True when `close` is through: nothing of it is left. */
  get isClosed(): boolean {
    return this.#isClosed
  }

  send<D extends Destination>(
    topic: D,
    message: MessageTo<D>,
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

  #send(
    topic: Destination,
    message: AnyOutgoingMessage,
    signal: AbortSignal | undefined,
  ): Promise<SentMessage> {
    return this.#laneOf(topic).send(message, serializersOf(topic), signal)
  }

  #sendTraced(
    topic: Destination,
    message: AnyOutgoingMessage,
    signal: AbortSignal | undefined,
  ): Promise<SentMessage> {
    const { clientId } = this.#cluster.options
    return traceSend({ clientId, topic: nameOf(topic) }, message, (traced) =>
      this.#send(topic, traced, signal),
    )
  }

  sendAll<D extends Destination>(
    topic: D,
    messages: MessagesTo<D>,
    { signal }: SendOptions = {},
  ): Promise<SendAllSummary> {
    const call = { bulk: new BulkSend(), signal }
    const serializers = serializersOf(topic)
    return sendAll(messages, {
      ...call,
      clock: this.#cluster.world.clock,
      take: (message) => this.#laneOf(topic).take(message, serializers, call),
    })
  }

  #laneOf(topic: Destination): TopicLane {
    if (this.#refusal !== undefined) throw this.#refusal
    return this.#lanes.of(nameOf(topic))
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
    await this.#lanes.passed()
    await inTime
    await this.#sender.settled()
  }

  /**
   * For a transaction that is aborted: what was never sent fails. Resolves when the fate of what was sent
   * is known.
   */
  abandonUnsent(failure: KafkaError): Promise<void> {
    this.#lanes.abandon(failure)
    this.#sender.abandonUnsent(failure)
    return this.#sender.settled()
  }

  /**
   * Takes nothing more, and resolves when what was sent is acknowledged or has failed; what is left
   * after `timeoutMs` fails with CLIENT_CLOSED.
   */
  close({ timeoutMs = this.#settings.deliveryTimeoutMs }: CloseOptions = {}): Promise<void> {
    this.#closed ??= this.#close(timeoutMs)
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
    this.#isClosed = true
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

function nameOf(topic: Destination): string {
  return typeof topic === 'string' ? topic : topic.name
}

function serializersOf(topic: Destination): Serializers {
  return typeof topic === 'string' ? RAW_SERIALIZERS : topic
}
