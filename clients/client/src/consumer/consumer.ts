/**
 * Reads partitions, alone or as a member of a group. Everything starts with the first call that waits.
 *
 *   broker ──fetch──► queues of bytes ──inbox──► loops of the program
 *                          ▲                          │ done
 *                     positions                       ▼
 *                          └── group: assigned, committed ◄── commits
 */
import type { Cluster } from '../cluster/cluster.ts'
import { untilAborted } from '../async/abort.ts'
import type { TopicPartition } from '../topic-partition.ts'
import type { Assignment } from './assignment/assignment.ts'
import type { CommitOffset } from './commit/commit-offset.ts'
import type { GroupProgress } from './commit/group-progress.ts'
import type { ConsumerLife } from './consumer-life.ts'
import type { ConsumerOptions } from './consumer-options.ts'
import { consumerParts } from './consumer-parts.ts'
import type { BatchOptions } from './deliver/batch-loop.ts'
import type { Delivery } from './deliver/delivery.ts'
import type { DeadLetterTopic, EachOptions } from './deliver/each-options.ts'
import type { Handler } from './deliver/handle-message.ts'
import type { MessageBatch } from './deliver/message-batch.ts'
import type { PartitionStream } from './deliver/partition-stream.ts'
import type { GroupMember, OffsetToCommit } from './group/group-member.ts'
import { checkOffsetSpec, type OffsetSpec } from './offsets/offset-spec.ts'
import type { Reading } from './reading.ts'
import type { AnyMessage, TopicSource } from './topic-source.ts'
import type { GroupOffsets } from '../transaction/group-offsets.ts'
import type { Message } from '../message.ts'

export type { CommitOffset } from './commit/commit-offset.ts'

export interface SignalOptions {
  readonly signal?: AbortSignal | undefined
}

/**
 * ```ts
 * await using consumer = kafka.consumer({ group: 'billing', topics: [Orders], from: 'earliest' })
 * for await (const message of consumer) await bill(message.value)
 * ```
 *
 * A message counts as done when the loop asks for the next one; with `each`, when its handler has ended.
 * What is done is committed every `autoCommitIntervalMs`, before a partition is given up, and by `close`.
 *
 * When it can do no more (fenced, not authorized, its listener failed), every waiting call rejects with
 * the reason. A partition that cannot be read any further (OFFSET_OUT_OF_RANGE with `from: 'none'`,
 * CORRUPT_MESSAGE, UNKNOWN_TOPIC_OR_PARTITION for longer than apiTimeoutMs) rejects in the same way until
 * it is sought or paused.
 */
export class Consumer<M extends AnyMessage = Message> implements AsyncIterable<M>, AsyncDisposable {
  readonly #reading: Reading
  readonly #assignment: Assignment
  readonly #delivery: Delivery
  readonly #progress: GroupProgress
  readonly #life: ConsumerLife
  /** undefined without a group. */
  readonly #member: GroupMember | undefined

  /** `deadLetterTopic` is for `each` with a `deadLetter` by name. */
  constructor(
    cluster: Cluster,
    options: ConsumerOptions<TopicSource>,
    deadLetterTopic?: (name: string) => DeadLetterTopic,
  ) {
    const { reading, delivery, progress, life, member } = consumerParts(
      cluster,
      options,
      deadLetterTopic,
    )
    this.#reading = reading
    this.#assignment = reading.assignment
    this.#delivery = delivery
    this.#progress = progress
    this.#life = life
    this.#member = member
  }

  /** The partitions that are read at the moment. */
  get assignment(): readonly TopicPartition[] {
    return this.#assignment.toTopicPartitions()
  }

  /** Of the group; undefined without one, empty before it was joined. */
  get memberId(): string | undefined {
    return this.#member?.memberId
  }

  /** True as soon as `close()` has left the group and released everything. */
  get isClosed(): boolean {
    return this.#life.isReleased
  }

  /** As `messages()`. */
  [Symbol.asyncIterator](): AsyncIterableIterator<M> {
    return this.messages()
  }

  /**
   * One message at a time. The loop ends when the consumer closes, and rejects with the signal's reason
   * when that aborts. A loop that was left can be followed by another, which goes on after its last
   * message.
   *
   * ```ts
   * for await (const message of consumer.messages({ signal })) …
   * ```
   */
  messages(options: SignalOptions = {}): AsyncIterableIterator<M> {
    this.#life.start()
    return this.#delivery.messages<M>(options.signal)
  }

  /**
   * Batches of up to `max` messages (500); an incomplete one is given out `withinMs` (0) after its first
   * message. A batch counts as done when the loop asks for the next one, or by `batch.commit()`.
   *
   * ```ts
   * for await (const batch of consumer.batches({ max: 500, withinMs: 50 })) await insertAll(batch.messages)
   * ```
   */
  batches(options: BatchOptions = {}): AsyncGenerator<MessageBatch<M>, undefined> {
    const batches = this.#delivery.batches<M>(options)
    this.#life.start()
    return batches
  }

  /**
   * A stream for each partition, as it is assigned. They do not wait for each other; what `messages()` and
   * the like would read is only what has no stream.
   *
   * ```ts
   * for await (const stream of consumer.partitions()) void run(stream, stream.signal)
   * ```
   */
  partitions(options: SignalOptions = {}): AsyncGenerator<PartitionStream<M>, undefined> {
    this.#life.start()
    return this.#delivery.partitions<M>(options.signal)
  }

  /**
   * Runs the handler for each message, up to `concurrency` (1) at a time, those of one key one after the
   * other. Resolves when the consumer closes. Rejects with what a handler fails with, after `retry`, and
   * with the signal's reason, in both cases after the handlers that run have ended.
   *
   * ```ts
   * await consumer.each(async (message) => bill(message.value), { concurrency: 16, order: 'key', signal })
   * ```
   */
  each(handler: Handler<M>, options: EachOptions<M> = {}): Promise<void> {
    const run = this.#delivery.each<M>(handler, options)
    this.#life.start()
    return run.run()
  }

  /**
   * Without arguments: everything that loops were given so far, the message in hand included; of `each`
   * what its handlers have done. With a message: up to and including that one. With offsets: exactly
   * those, of the next records to read.
   *
   * Rejects with INVALID_ARGUMENT without a group, with ILLEGAL_GENERATION and the like when the partition
   * is not ours any more, and with the group's refusal otherwise.
   *
   * ```ts
   * await consumer.commit()
   * await consumer.commit([{ topic: 'orders', partition: 0, offset: 42 }])
   * ```
   */
  async commit(
    what?: AnyMessage | readonly CommitOffset[],
    { signal }: SignalOptions = {},
  ): Promise<void> {
    if (what === undefined) await this.#progress.commitAll(signal)
    else await this.#progress.commit(what, signal)
  }

  /**
   * For `tx.commitOffsets(consumer)`: what loops were given so far, the message in hand included, in the
   * name of this member of its group. Throws INVALID_ARGUMENT with autoCommit, which would commit what a
   * transaction has not.
   */
  offsetsForTransaction(): GroupOffsets {
    return this.#progress.takeForTransaction()
  }

  /** For `tx.commitOffsets(consumer)`, when the transaction is committed. */
  onTransactionCommitted(offsets: readonly OffsetToCommit[]): void {
    this.#progress.onTransactionCommitted(offsets)
  }

  /**
   * Reading goes on there. What was fetched is dropped, and what is in hand does not count any more.
   * Throws INVALID_ARGUMENT for a partition that is not assigned.
   *
   * ```ts
   * consumer.seek({ topic: 'orders', partition: 0 }, 'earliest')
   * ```
   */
  seek(partition: TopicPartition, to: OffsetSpec): void {
    checkOffsetSpec(to, 'The offset')
    this.#reading.move(this.#assignment.get(partition), (found) => {
      found.seek(to)
    })
  }

  /** To the first records of that time (milliseconds since 1970) or later; all partitions by default. */
  seekToTimestamp(timestampMs: number, partitions?: readonly TopicPartition[]): void {
    for (const one of this.#assignment.select(partitions)) this.seek(one, { timestampMs })
  }

  /** Nothing is given out or fetched of them; what was fetched is kept. All by default. */
  pause(partitions?: readonly TopicPartition[]): void {
    for (const one of this.#assignment.select(partitions)) one.isPaused = true
  }

  resume(partitions?: readonly TopicPartition[]): void {
    for (const one of this.#assignment.select(partitions)) {
      one.isPaused = false
      this.#reading.context.onChanged(one)
    }
    this.#reading.context.wake()
  }

  get paused(): readonly TopicPartition[] {
    return [...this.#assignment]
      .filter(({ isPaused }) => isPaused)
      .map(({ topic, partition }) => ({ topic, partition }))
  }

  /** The offset of the next record that is given out; undefined while it is not known. */
  position(partition: TopicPartition): number | undefined {
    return this.#assignment.get(partition).position
  }

  /**
   * How many offsets lie between the position and the end (with read_committed the last stable offset),
   * as of the last answer; undefined while that is not known.
   */
  lag(partition: TopicPartition): number | undefined {
    return this.#assignment.get(partition).lag(this.#reading.context.settings.isReadCommitted)
  }

  /**
   * Where the log of the partition begins, up to where transactions are decided, and what all replicas
   * have, as of the last answer; each is -1 while it is not known. Throws INVALID_ARGUMENT for a partition
   * that is not assigned.
   *
   * ```ts
   * const { logStartOffset, highWatermark } = consumer.watermarks({ topic: 'orders', partition: 0 })
   * ```
   */
  watermarks(partition: TopicPartition): {
    readonly logStartOffset: number
    readonly lastStableOffset: number
    readonly highWatermark: number
  } {
    const { logStartOffset, lastStableOffset, highWatermark } = this.#assignment.get(partition)
    return { logStartOffset, lastStableOffset, highWatermark }
  }

  /** What the group has: -1 where nothing was committed. All assigned partitions by default. */
  async committed(
    partitions: readonly TopicPartition[] = this.assignment,
    { signal }: SignalOptions = {},
  ): Promise<readonly CommitOffset[]> {
    return this.#progress.committed(partitions, signal)
  }

  /**
   * Stops reading: loops end, what is done is committed (unless autoCommit is off), and the group is left.
   * Handlers that run are not waited for: await `each` first. Rejects when the commit is refused or the
   * signal aborts; everything is released in any case.
   */
  close({ signal }: SignalOptions = {}): Promise<void> {
    return untilAborted(this.#life.close(signal), signal)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}
