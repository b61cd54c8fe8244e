/**
 * One topic's way from `send` to its batches, and who waits for what becomes of each record.
 *
 *   send ─► record-placer ─► batch                with a promise for each record
 *   sendAll     └─ cannot go at once ─► waiting-line ─► batch      with a count for each call
 *
 * A record that need not wait costs nothing but the promise that is returned.
 *
 * Bench: producer.bench.ts
 */
import type { Cluster } from '../cluster/cluster.ts'
import type { KafkaError } from '../kafka-error.ts'
import type { SentMessage } from '../message.ts'
import type { BulkSend } from './bulk-send.ts'
import { OutgoingBatch } from './outgoing-batch.ts'
import type { PartitionQueue } from './partition-queue.ts'
import type { ProducerSettings } from './producer-options.ts'
import type { RecordAccumulator } from './record-accumulator.ts'
import type { RejectSent, ResolveSent } from './record-listeners.ts'
import { RecordPlacer, type AnyOutgoingMessage, type Serializers } from './record-placer.ts'
import { TopicSink } from './topic-sink.ts'
import type { WaitingLimit } from './waiting-limit.ts'
import { WaitingLine } from './waiting-line.ts'
import type { RecordContent, WaitingRecord } from './waiting-record.ts'

export interface TopicLaneOptions {
  readonly cluster: Cluster
  readonly settings: ProducerSettings
  readonly accumulator: RecordAccumulator
  readonly waitingLimit: WaitingLimit
  /** Aborts when the producer gives up what waits. */
  readonly closing: AbortSignal
  /** The partition has something to send, or more than before. */
  readonly onBatchOpened: (queue: PartitionQueue) => void
}

/** One call of `sendAll`. */
export interface BulkCall {
  readonly bulk: BulkSend
  readonly signal: AbortSignal | undefined
}

const NOWHERE: SentMessage = { topic: '', partition: -1, offset: -1, timestampMs: -1 }

export class TopicLane {
  readonly #placer: RecordPlacer
  readonly #line: WaitingLine
  #resolve: ResolveSent | undefined
  #reject: RejectSent | undefined
  /** Made once: a promise per record, but no closure. */
  readonly #takeListeners = (resolve: ResolveSent, reject: RejectSent): void => {
    this.#resolve = resolve
    this.#reject = reject
  }

  constructor(topic: string, options: TopicLaneOptions) {
    const { cluster, settings, accumulator, waitingLimit, closing, onBatchOpened } = options
    const sink = new TopicSink(topic, cluster, settings)
    this.#placer = new RecordPlacer({ cluster, settings, accumulator, sink, onBatchOpened })
    this.#line = new WaitingLine({
      cluster,
      sink,
      accumulator,
      limit: waitingLimit,
      maxBufferedBytes: settings.maxBufferedBytes,
      closing,
      append: (queue, record, content) => {
        this.#placeWaiting(queue, record, content)
      },
    })
  }

  /** Throws what is wrong with the message; what comes of it later settles the promise. */
  send(
    message: AnyOutgoingMessage,
    serializers: Serializers,
    signal: AbortSignal | undefined,
  ): Promise<SentMessage> {
    const placed = this.#placer.place(message, serializers, this.#line.isEmpty)
    const sent = new Promise<SentMessage>(this.#takeListeners)
    const resolve = this.#resolve as ResolveSent
    const reject = this.#reject as RejectSent
    if (placed instanceof OutgoingBatch) {
      placed.listeners.add(placed.recordCount - 1, this.#placer.timestampMs, resolve, reject)
    } else {
      this.#line.add({ ...placed, signal, bulk: undefined, resolve, reject })
    }
    return sent
  }

  /** For `sendAll`: undefined when the record is in a batch; else what to wait for before the next one. */
  take(
    message: AnyOutgoingMessage,
    serializers: Serializers,
    { bulk, signal }: BulkCall,
  ): Promise<void> | undefined {
    const placed = this.#placer.place(message, serializers, this.#line.isEmpty)
    if (placed instanceof OutgoingBatch) {
      bulk.onTaken()
      placed.listeners.addBulk(bulk, 1, this.#placer.bytes)
      return undefined
    }
    return new Promise<void>((resolve, reject) => {
      const onTaken = (): void => {
        resolve()
      }
      this.#line.add({ ...placed, signal, bulk, resolve: onTaken, reject })
    })
  }

  #placeWaiting(queue: PartitionQueue, record: WaitingRecord, content: RecordContent): void {
    const { bulk, timestampMs, resolve, reject } = record
    const batch = this.#placer.placeWaiting(queue, record, content)
    if (bulk === undefined) {
      batch.listeners.add(batch.recordCount - 1, timestampMs, resolve, reject)
      return
    }
    bulk.onTaken()
    batch.listeners.addBulk(bulk, 1, content.bytes)
    // Of `sendAll`, which waits for nothing but its turn and reads no more of this.
    resolve(NOWHERE)
  }

  /** Resolves when everything that waits now has been put into a batch or has failed. */
  passed(): Promise<void> {
    return this.#line.passed()
  }

  /** What waits now fails with `failure` and gets into no batch. */
  abandon(failure: KafkaError): void {
    this.#line.abandon(failure)
  }
}
