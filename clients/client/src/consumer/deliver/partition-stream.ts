/** One partition as a stream of its own: slow or paused, it holds up no other. */
import type { TopicPartition } from '../../topic-partition.ts'
import type { AssignedPartition } from '../assignment/assigned-partition.ts'
import type { AnyMessage } from '../topic-source.ts'
import { MessageLoop } from './message-loop.ts'
import type { RecordSource } from './record-source.ts'

/**
 * ```ts
 * for await (const stream of consumer.partitions()) void run(stream)
 * async function run(stream) {
 *   for await (const message of stream) await store(message, { signal: stream.signal })
 * }
 * ```
 *
 * The loop over it ends when the partition is revoked or lost, and when the consumer closes.
 */
export class PartitionStream<M extends AnyMessage> implements TopicPartition, AsyncIterable<M> {
  readonly topic: string
  readonly partition: number
  /** Aborts when the partition is revoked or lost. */
  readonly signal: AbortSignal
  readonly #source: RecordSource

  constructor({ topic, partition, signal }: AssignedPartition, source: RecordSource) {
    this.topic = topic
    this.partition = partition
    this.signal = signal
    this.#source = source
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<M> {
    return this.messages()
  }

  /** Rejects with the signal's reason when it aborts. */
  messages(options: { readonly signal?: AbortSignal } = {}): AsyncIterableIterator<M> {
    return new MessageLoop<M>(this.#source, options.signal)
  }
}
