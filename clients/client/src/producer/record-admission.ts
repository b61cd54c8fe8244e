/**
 * What a record that waits needs before it gets into a batch: its bytes, its topic, room in the buffer.
 *
 * Each of them takes time, and what was true before is a guess afterwards: the program may have given the
 * record up, the producer may be closed, the line abandoned, the topic forgotten, the time over.
 */
import { linkedSignal } from '../async/abort.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { largerThanBuffer, noRoom } from './buffer-errors.ts'
import { recordBytes } from './outgoing-record.ts'
import type { PartitionQueue } from './partition-queue.ts'
import type { RecordAccumulator } from './record-accumulator.ts'
import type { TopicSink } from './topic-sink.ts'
import type { RecordContent, WaitingRecord } from './waiting-record.ts'

export interface RecordAdmissionOptions {
  readonly cluster: Cluster
  readonly sink: TopicSink
  readonly accumulator: RecordAccumulator
  readonly maxBufferedBytes: number
  /** Aborts when the producer gives up what waits. */
  readonly closing: AbortSignal
  /** Puts a record, for which there is room, into a batch. */
  readonly append: (queue: PartitionQueue, record: WaitingRecord, content: RecordContent) => void
}

/** What the record in front and its line have to say to each other. */
export interface Turn {
  /** Throws when the line was abandoned. */
  check(): void
  /** Now, not when `admit` resolves: who hears of it and sends the next record finds the line empty. */
  onAppended(): void
  /** The topic cannot be had: those behind would ask the same, one after the other. */
  onTopicFailed(failure: unknown): void
}

export class RecordAdmission {
  readonly #options: RecordAdmissionOptions

  constructor(options: RecordAdmissionOptions) {
    this.#options = options
  }

  /**
   * Resolves when the record is in a batch, or, with false, was given up by its program. Awaits only what
   * is not there: mostly a long line waits for one thing, and then all of it can go.
   */
  async admit(record: WaitingRecord, turn: Turn): Promise<boolean> {
    const { accumulator, closing, sink } = this.#options
    const key = record.key instanceof Promise ? await record.key : record.key
    const value = record.value instanceof Promise ? await record.value : record.value
    const bytes = this.#bytesOf(record, key, value)
    while (!isGivenUp(record)) {
      closing.throwIfAborted()
      if (!sink.isKnown) await this.#untilKnown(record, turn)
      if (!accumulator.tryReserve(bytes)) await accumulator.reserve(bytes, this.#leftMs(record))
      if (this.#tryAppend(record, { key, value, bytes }, turn)) return true
      // Forgotten while there was no room: asked for again.
    }
    return false
  }

  /** There is room for it, which is given back if it does not get in. */
  #tryAppend(record: WaitingRecord, content: RecordContent, turn: Turn): boolean {
    const { closing, accumulator, append, sink, maxBufferedBytes } = this.#options
    const { key, value, bytes } = content
    let isAppended = false
    try {
      closing.throwIfAborted()
      if (isGivenUp(record)) return false
      turn.check()
      // What makes room may be that older ones have run out of time, as this one has.
      if (this.#leftMs(record) <= 0) throw noRoom(bytes, maxBufferedBytes)
      const queue = sink.queueFor(record.partition, key, value)
      if (queue === undefined) return false
      append(queue, record, content)
      isAppended = true
      turn.onAppended()
      return true
    } finally {
      if (!isAppended) accumulator.release(bytes)
    }
  }

  #leftMs({ deadlineMs }: WaitingRecord): number {
    return deadlineMs - this.#options.cluster.world.clock.monotonicMs()
  }

  #bytesOf({ headers }: WaitingRecord, key: Uint8Array | null, value: Uint8Array | null): number {
    const { maxBufferedBytes } = this.#options
    const bytes = recordBytes(key, value, headers)
    if (bytes > maxBufferedBytes) throw largerThanBuffer(bytes, maxBufferedBytes)
    return bytes
  }

  async #untilKnown(record: WaitingRecord, turn: Turn): Promise<void> {
    const { cluster, sink, closing } = this.#options
    const timeoutMs = Math.min(this.#leftMs(record), cluster.options.apiTimeoutMs)
    const { signal, release } = linkedSignal(closing, record.signal)
    try {
      await cluster.topic(sink.name, { signal, timeoutMs })
    } catch (error) {
      // Given up by its own program alone: the next in line asks for itself.
      if (!isGivenUp(record) || closing.aborted) turn.onTopicFailed(error)
      throw error
    } finally {
      release()
    }
  }
}

function isGivenUp({ signal }: WaitingRecord): boolean {
  return signal?.aborted === true
}
