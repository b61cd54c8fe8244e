/**
 * Records of one topic that cannot be put into a batch at once: the topic is not known yet, the buffer
 * is full, or a serde is asynchronous. They go one by one, in the order in which they were sent, and
 * while one waits all later ones of the topic wait behind it.
 *
 * The line holds what the program sent without awaiting it; it has no bound of its own, as the promises
 * that the program holds have none. `sendAll` has one record in it at a time.
 */
import type { RecordHeader } from '@ottla/records'
import { linkedSignal } from '../async/abort.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { KafkaError } from '../kafka-error.ts'
import type { BulkSend } from './bulk-send.ts'
import { recordBytes } from './outgoing-record.ts'
import type { PartitionQueue } from './partition-queue.ts'
import { noRoom, type RecordAccumulator } from './record-accumulator.ts'
import type { RejectSent, ResolveSent } from './record-listeners.ts'
import type { TopicSink } from './topic-sink.ts'

type MaybeLater<T> = T | Promise<T>

export interface WaitingRecord {
  readonly timestampMs: number
  readonly partition: number | undefined
  readonly headers: readonly RecordHeader[]
  readonly key: MaybeLater<Uint8Array | null>
  readonly value: MaybeLater<Uint8Array | null>
  readonly signal: AbortSignal | undefined
  /** Monotonic. */
  readonly deadlineMs: number
  /** Of `sendAll`; the listeners are for the entry into a batch then. */
  readonly bulk: BulkSend | undefined
  readonly resolve: ResolveSent
  readonly reject: RejectSent
}

export interface Content {
  readonly key: Uint8Array | null
  readonly value: Uint8Array | null
  /** What is set aside for it in the buffer. */
  readonly bytes: number
}

/** Puts a record, for which there is room, into a batch. */
export type Append = (queue: PartitionQueue, record: WaitingRecord, content: Content) => void

export interface WaitingLineOptions {
  readonly cluster: Cluster
  readonly sink: TopicSink
  readonly accumulator: RecordAccumulator
  readonly maxBufferedBytes: number
  readonly closing: AbortSignal
  readonly append: Append
}

interface Barrier {
  readonly reach: () => void
}

export class WaitingLine {
  readonly #options: WaitingLineOptions
  #waiting: (WaitingRecord | Barrier)[] = []
  /** Of the one whose turn it is; past the last when all have been dealt with. */
  #at = 0
  #isRunning = false
  /** Why the topic cannot be had, told to all that stood in line at the time. */
  #topicFailure: unknown
  #failedCount = 0

  constructor(options: WaitingLineOptions) {
    this.#options = options
  }

  get isEmpty(): boolean {
    return this.#at === this.#waiting.length
  }

  add(record: WaitingRecord): void {
    this.#push(record)
  }

  /** Resolves when everything that stands in line now has been put into a batch or has failed. */
  passed(): Promise<void> {
    if (this.isEmpty) return Promise.resolve()
    return new Promise<void>((resolve) => {
      this.#push({ reach: resolve })
    })
  }

  /** What stands in line now is refused with `failure` and gets into no batch. */
  abandon(failure: KafkaError): void {
    if (this.isEmpty) return
    this.#topicFailure = failure
    this.#failedCount = this.#waiting.length
  }

  #push(entry: WaitingRecord | Barrier): void {
    this.#waiting.push(entry)
    if (!this.#isRunning) void this.#run()
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    // By position: taking the first off a long array each time would move all of it.
    while (!this.isEmpty) {
      const at = this.#at
      const entry = this.#waiting[at] as WaitingRecord | Barrier
      if ('reach' in entry) entry.reach()
      else if (at < this.#failedCount) entry.reject(this.#topicFailure)
      else await this.#pass(entry)
      this.#at = at + 1
    }
    this.#waiting = []
    this.#at = 0
    this.#failedCount = 0
    this.#isRunning = false
  }

  async #pass(record: WaitingRecord): Promise<void> {
    try {
      const key = await record.key
      const value = await record.value
      const bytes = this.#checkedBytes(key, value, record.headers)
      while (!isGivenUp(record) && !(await this.#tryAppend(record, { key, value, bytes }))) {
        // Forgotten while there was no room: asked for again.
      }
    } catch (error) {
      record.reject(error)
    }
  }

  /** False when the topic is to be asked for once more. */
  async #tryAppend(record: WaitingRecord, content: Content): Promise<boolean> {
    const { closing, accumulator, append, sink } = this.#options
    const { key, value, bytes } = content
    await this.#untilKnown(record)
    await accumulator.reserve(bytes, this.#leftMs(record))
    let isAppended = false
    try {
      // The program may have given up, or closed the producer, while there was no room.
      closing.throwIfAborted()
      if (isGivenUp(record)) return true
      if (this.#at < this.#failedCount) throw this.#topicFailure
      // And what makes room may be that older ones have run out of time, as this one has.
      if (this.#leftMs(record) <= 0) throw noRoom(bytes, this.#options.maxBufferedBytes)
      const queue = sink.queueFor(record.partition, key, value)
      if (queue === undefined) return false
      append(queue, record, content)
      isAppended = true
      // Now: whoever hears of it and sends the next record finds the line empty.
      this.#at++
      return true
    } finally {
      if (!isAppended) accumulator.release(bytes)
    }
  }

  #leftMs({ deadlineMs }: WaitingRecord): number {
    return deadlineMs - this.#options.cluster.world.clock.monotonicMs()
  }

  #checkedBytes(
    key: Uint8Array | null,
    value: Uint8Array | null,
    headers: readonly RecordHeader[],
  ): number {
    const { maxBufferedBytes } = this.#options
    const bytes = recordBytes(key, value, headers)
    if (bytes > maxBufferedBytes) throw largerThanBuffer(bytes, maxBufferedBytes)
    return bytes
  }

  async #untilKnown(record: WaitingRecord): Promise<void> {
    const { cluster, sink, closing } = this.#options
    closing.throwIfAborted()
    if (sink.isKnown) return
    const timeoutMs = Math.min(this.#leftMs(record), cluster.options.apiTimeoutMs)
    const { signal, release } = linkedSignal(closing, record.signal)
    try {
      await cluster.topic(sink.name, { signal, timeoutMs })
    } catch (error) {
      // Given up by its own program alone: the next in line asks for itself.
      if (isGivenUp(record) && !closing.aborted) throw error
      // The others would ask the same, one after the other.
      this.#topicFailure = error
      this.#failedCount = this.#waiting.length
      throw error
    } finally {
      release()
    }
  }
}

function isGivenUp({ signal }: WaitingRecord): boolean {
  return signal?.aborted === true
}

export function largerThanBuffer(bytes: number, maxBufferedBytes: number): KafkaError {
  return new KafkaError(
    'MESSAGE_TOO_LARGE',
    `A record of ${bytes} bytes is larger than the whole buffer: maxBufferedBytes is ${maxBufferedBytes}`,
  )
}
