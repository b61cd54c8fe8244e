/**
 * Serializes a record of one topic, chooses its partition, takes room for it, and appends it to the open
 * batch there; or says what has to wait.
 *
 * It holds the record in hand: one at a time is put into a batch, so one object serves all of them.
 */
import type { Cluster } from '../cluster/cluster.ts'
import { KafkaError } from '../kafka-error.ts'
import type { OutgoingMessage } from '../message.ts'
import { RAW } from '../serde/raw.ts'
import type { Serializer } from '../topic.ts'
import { largerThanBuffer } from './buffer-errors.ts'
import type { OutgoingBatch } from './outgoing-batch.ts'
import { NO_HEADERS, recordBytes, recordHeaders, type MutableRecord } from './outgoing-record.ts'
import type { PartitionQueue } from './partition-queue.ts'
import type { ProducerSettings } from './producer-options.ts'
import type { RecordAccumulator } from './record-accumulator.ts'
import { serialize } from './serialize.ts'
import type { TopicSink } from './topic-sink.ts'
import type { RecordContent, UnplacedRecord, WaitingRecord } from './waiting-record.ts'

export interface RecordPlacerOptions {
  readonly cluster: Cluster
  readonly settings: ProducerSettings
  readonly accumulator: RecordAccumulator
  readonly sink: TopicSink
  /** The partition has something to send, or more than before. */
  readonly onBatchOpened: (queue: PartitionQueue) => void
}

export interface Serializers {
  readonly key: Serializer<never>
  readonly value: Serializer<never>
}

/** Of a topic that goes by its name alone. */
export const RAW_SERIALIZERS: Serializers = { key: RAW, value: RAW }

/** Its types are those of the serializers beside it. */
export type AnyOutgoingMessage = OutgoingMessage<unknown, unknown>

export class RecordPlacer {
  readonly #options: RecordPlacerOptions
  readonly #keyContext: { readonly topic: string; readonly part: 'key' }
  readonly #valueContext: { readonly topic: string; readonly part: 'value' }
  readonly #record: MutableRecord = { key: null, value: null, timestamp: 0, headers: NO_HEADERS }
  #bytes = 0

  constructor(options: RecordPlacerOptions) {
    this.#options = options
    const { name: topic } = options.sink
    this.#keyContext = { topic, part: 'key' }
    this.#valueContext = { topic, part: 'value' }
  }

  /** Of the record that was placed last, as counted in the buffer. */
  get bytes(): number {
    return this.#bytes
  }

  /** Of the record that was placed last. */
  get timestampMs(): number {
    return this.#record.timestamp
  }

  /**
   * Into the batch that is returned, as its last record; or not, and then it has to wait. It has to
   * anyway when others do (`isNext` false). Throws what is wrong with the message.
   */
  place(
    message: AnyOutgoingMessage,
    serializers: Serializers,
    isNext: boolean,
  ): OutgoingBatch | UnplacedRecord {
    const key = serialize(serializers.key, message.key as never, this.#keyContext)
    const value = serialize(serializers.value, message.value as never, this.#valueContext)
    const headers = recordHeaders(message.headers)
    const timestampMs = this.#timestamp(message.timestampMs)
    const { partition } = message
    if (isNext && !(key instanceof Promise) && !(value instanceof Promise)) {
      const queue = this.#options.sink.queueFor(partition, key, value)
      const bytes = recordBytes(key, value, headers)
      if (queue !== undefined && this.#tryReserve(bytes)) {
        const record = this.#record
        record.key = key
        record.value = value
        record.timestamp = timestampMs
        record.headers = headers
        return this.#append(queue, bytes)
      }
    }
    const { cluster, settings } = this.#options
    const deadlineMs = cluster.world.clock.monotonicMs() + settings.deliveryTimeoutMs
    const waitingBytes = recordBytes(
      key instanceof Promise ? null : key,
      value instanceof Promise ? null : value,
      headers,
    )
    return { key, value, headers, timestampMs, partition, waitingBytes, deadlineMs }
  }

  /** One that has waited, for which there is room now. The batch whose last record it is. */
  placeWaiting(
    queue: PartitionQueue,
    { timestampMs, headers }: WaitingRecord,
    { key, value, bytes }: RecordContent,
  ): OutgoingBatch {
    const record = this.#record
    record.key = key
    record.value = value
    record.timestamp = timestampMs
    record.headers = headers
    return this.#append(queue, bytes)
  }

  #append(queue: PartitionQueue, bytes: number): OutgoingBatch {
    const { accumulator, sink, onBatchOpened } = this.#options
    const record = this.#record
    const { batchBytesMax } = sink
    const batch = accumulator.append(queue, record, { bytes, batchBytesMax })
    // They are in the batch; here they would be kept until the topic's next record.
    record.key = null
    record.value = null
    record.headers = NO_HEADERS
    this.#bytes = bytes
    sink.onAppended(batch, bytes)
    if (batch.recordCount === 1) onBatchOpened(queue)
    return batch
  }

  #tryReserve(bytes: number): boolean {
    const { accumulator, settings } = this.#options
    const { maxBufferedBytes } = settings
    if (bytes > maxBufferedBytes) throw largerThanBuffer(bytes, maxBufferedBytes)
    return accumulator.tryReserve(bytes)
  }

  #timestamp(timestampMs: number | undefined): number {
    if (timestampMs === undefined) return this.#options.cluster.world.clock.wallMs()
    if (Number.isSafeInteger(timestampMs) && timestampMs >= 0) return timestampMs
    throw new KafkaError(
      'INVALID_ARGUMENT',
      `timestampMs is ${timestampMs}: whole milliseconds since 1970 expected`,
    )
  }
}
