/**
 * One batch of one partition, from its first record to its last word.
 *
 *   open ──── append ────► closed (bytes, sequence) ──► in flight ──► settled
 *                                    ▲                      │
 *                                    └──── retry ───────────┘
 *
 * The bytes are made once: a retry sends the very same, with the same sequence, so that the broker knows
 * a batch that it has already. Only a new epoch stamps them anew (restamp-batch.ts).
 */
import { invariant, type ProducerEpoch, type ProducerId } from '@ottla/base'
import { NO_SEQUENCE, type BatchBuilder, type BatchOptions } from '@ottla/records'
import type { KafkaError } from '../kafka-error.ts'
import type { MutableRecord } from './outgoing-record.ts'
import type { PartitionQueue } from './partition-queue.ts'
import { RecordListeners, type BatchPlace } from './record-listeners.ts'
import { restampBatch } from './restamp-batch.ts'

/** The builder reads these at `finish()`: the sequence is known only then. */
export type BatchHeader = { -readonly [Name in keyof BatchOptions]: BatchOptions[Name] }

export interface OutgoingBatchOptions {
  readonly queue: PartitionQueue
  readonly createdMs: number
  readonly deadlineMs: number
  readonly header: BatchHeader
  /** Takes the records; none for a piece of a batch that was cut, whose bytes are made. */
  readonly builder?: BatchBuilder
  readonly listeners?: RecordListeners
}

export class OutgoingBatch {
  readonly queue: PartitionQueue
  /** Monotonic, as the others. */
  readonly createdMs: number
  readonly deadlineMs: number
  readonly listeners: RecordListeners
  readonly header: BatchHeader
  /** Of the buffer; given back when the batch is settled. */
  bufferedBytes = 0
  recordCount = 0
  /** Before compression, header included. */
  uncompressedBytes = 0
  /** Sent so often. */
  attempts = 0
  /** Not sent again before. */
  retryAtMs = 0
  /**
   * Place among the batches of its partition; the pieces of a split batch share what it had, `orderSpan`
   * wide.
   */
  order = 0
  orderSpan = 1
  /** Why it was sent again last. */
  lastFailure: KafkaError | undefined
  #builder: BatchBuilder | undefined
  #bytes: Buffer | undefined
  #isSettled = false
  #whenSettled: PromiseWithResolvers<void> | undefined

  constructor(options: OutgoingBatchOptions) {
    this.queue = options.queue
    this.createdMs = options.createdMs
    this.deadlineMs = options.deadlineMs
    this.header = options.header
    this.listeners = options.listeners ?? new RecordListeners()
    this.#builder = options.builder
  }

  get bytes(): Buffer {
    invariant(this.#bytes !== undefined, 'a batch is closed before it is sent')
    return this.#bytes
  }

  get baseSequence(): number {
    return this.header.baseSequence ?? NO_SEQUENCE
  }

  get hasSequence(): boolean {
    return this.baseSequence !== NO_SEQUENCE
  }

  get isSettled(): boolean {
    return this.#isSettled
  }

  /** So far, before compression. */
  get sizeInBytes(): number {
    return this.#builder?.sizeInBytes ?? this.uncompressedBytes
  }

  get isClosed(): boolean {
    return this.#bytes !== undefined
  }

  append(record: MutableRecord, bufferedBytes: number): void {
    invariant(this.#builder !== undefined, 'a closed batch takes no more records')
    this.#builder.append(record)
    this.recordCount++
    this.bufferedBytes += bufferedBytes
  }

  /** Compresses; throws when the codec cannot be had. */
  close(): void {
    invariant(this.#builder !== undefined, 'a batch is closed once')
    this.uncompressedBytes = this.#builder.sizeInBytes
    this.#bytes = this.#builder.finish()
  }

  /** For a batch that is a piece of another. */
  closeWith(bytes: Buffer, recordCount: number, uncompressedBytes: number): void {
    this.#bytes = bytes
    this.recordCount = recordCount
    this.uncompressedBytes = uncompressedBytes
  }

  /** For another batch; undefined when it was given back already. */
  takeBuilder(): BatchBuilder | undefined {
    const builder = this.#builder
    this.#builder = undefined
    return builder
  }

  restart(producerId: ProducerId, producerEpoch: ProducerEpoch, baseSequence: number): void {
    const { header } = this
    header.producerId = producerId
    header.producerEpoch = producerEpoch
    header.baseSequence = baseSequence
    this.#bytes = restampBatch(this.bytes, { producerId, producerEpoch, baseSequence })
  }

  acknowledge(place: BatchPlace): void {
    if (this.#isSettled) return
    this.#settle()
    this.listeners.acknowledge(place)
  }

  fail(failure: KafkaError, failureOf?: (index: number) => KafkaError): void {
    if (this.#isSettled) return
    this.#settle()
    this.listeners.fail(failure, failureOf)
  }

  /** Replaced by its pieces, to which its listeners went. */
  retire(pieces: readonly OutgoingBatch[]): void {
    this.#isSettled = true
    const waiting = this.#whenSettled
    if (waiting !== undefined) {
      void Promise.all(pieces.map((piece) => piece.whenSettled())).then(() => {
        waiting.resolve()
      })
    }
  }

  #settle(): void {
    this.#isSettled = true
    this.#whenSettled?.resolve()
  }

  /** Resolves when its records are acknowledged or have failed. */
  whenSettled(): Promise<void> {
    if (this.#isSettled) return Promise.resolve()
    this.#whenSettled ??= Promise.withResolvers<void>()
    return this.#whenSettled.promise
  }
}
