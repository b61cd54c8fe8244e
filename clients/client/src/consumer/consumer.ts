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
import { KafkaError } from '../kafka-error.ts'
import type { TopicPartition } from '../topic-partition.ts'
import type { AssignedPartition } from './assignment/assigned-partition.ts'
import type { Assignment } from './assignment/assignment.ts'
import { Committer } from './commit/committer.ts'
import { TransactionOffsets } from './commit/transaction-offsets.ts'
import {
  consumerSettings,
  type AssignedFrom,
  type ConsumerOptions,
  type ConsumerSettings,
} from './consumer-options.ts'
import { MessageDecoder } from './decode/message-decoder.ts'
import { batchLoop, type BatchOptions } from './deliver/batch-loop.ts'
import { checkEachOptions, type DeadLetterTopic, type EachOptions } from './deliver/each-options.ts'
import { EachRun, type Working } from './deliver/each-run.ts'
import type { Handler } from './deliver/handle-message.ts'
import { HeldRecords } from './deliver/held-records.ts'
import type { Inbox } from './deliver/inbox.ts'
import type { MessageBatch } from './deliver/message-batch.ts'
import { MessageLoop } from './deliver/message-loop.ts'
import { partitionLoop } from './deliver/partition-loop.ts'
import type { PartitionStream } from './deliver/partition-stream.ts'
import type { RecordSource } from './deliver/record-source.ts'
import { TurnTaking } from './deliver/turn-taking.ts'
import { DirectAssignment, joinedPattern, topicNames } from './direct-assignment.ts'
import { createGroupMember } from './group/create-group-member.ts'
import type { GroupMember, OffsetToCommit } from './group/group-member.ts'
import { checkOffsetSpec, type OffsetSpec } from './offsets/offset-spec.ts'
import { Reading } from './reading.ts'
import { Rebalance } from './rebalance.ts'
import type { AnyMessage, TopicSource } from './topic-source.ts'
import type { GroupOffsets } from '../transaction/group-offsets.ts'
import type { Message } from '../message.ts'

export interface SignalOptions {
  readonly signal?: AbortSignal | undefined
}

/** What to commit for one partition: the offset of the next record to read. */
export interface CommitOffset extends TopicPartition {
  readonly offset: number
  readonly leaderEpoch?: number | undefined
  readonly metadata?: string | undefined
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
  readonly #cluster: Cluster
  readonly #settings: ConsumerSettings
  readonly #reading: Reading
  readonly #assignment: Assignment
  readonly #inbox: Inbox
  readonly #held = new HeldRecords()
  readonly #working = new Set<Working>()
  readonly #source: RecordSource
  readonly #member: GroupMember | undefined
  readonly #committer: Committer | undefined
  readonly #isAutoCommit: boolean
  readonly #rebalance: Rebalance
  readonly #assign: readonly AssignedFrom[] | undefined
  /** undefined for one that commits by itself. */
  readonly #inTransaction: TransactionOffsets | undefined
  readonly #direct: DirectAssignment | undefined
  readonly #deadLetterTopic: ((name: string) => DeadLetterTopic) | undefined
  #isStarted = false
  #isReleased = false
  #closed: Promise<void> | undefined

  /** `deadLetterTopic` is for `each` with a `deadLetter` by name. */
  constructor(
    cluster: Cluster,
    options: ConsumerOptions<TopicSource>,
    deadLetterTopic?: (name: string) => DeadLetterTopic,
  ) {
    this.#deadLetterTopic = deadLetterTopic
    const { topics = [], group, assign } = options
    this.#cluster = cluster
    this.#settings = consumerSettings(options)
    const member = group === undefined ? undefined : memberOf(cluster, options, group)
    this.#member = member
    const isDirect = assign === undefined && member === undefined
    this.#direct = isDirect ? new DirectAssignment(cluster, topics) : undefined
    this.#reading = new Reading({
      cluster,
      settings: this.#settings,
      decoder: new MessageDecoder(topics),
      member,
      direct: this.#direct,
    })
    const { assignment, inbox, context } = this.#reading
    this.#assignment = assignment
    this.#inbox = inbox
    this.#committer = member === undefined ? undefined : new Committer(context, member)
    this.#isAutoCommit = member !== undefined && options.autoCommit !== false
    this.#assign = assign
    this.#inTransaction =
      member === undefined || this.#isAutoCommit
        ? undefined
        : new TransactionOffsets({
            assignment: this.#assignment,
            held: this.#held,
            member,
            groupInstanceId: options.groupInstanceId ?? null,
            isMember: assign === undefined,
          })
    this.#source = this.#recordSource()
    this.#rebalance = new Rebalance({
      context,
      held: this.#held,
      working: this.#working,
      committer: this.#isAutoCommit ? this.#committer : undefined,
      isClosing: () => this.#reading.isClosing,
      onGone: (partitions) => this.#inTransaction?.onGone(partitions),
      onAssigned: options.onAssigned,
      onRevoked: options.onRevoked,
      onLost: options.onLost,
    })
  }

  #recordSource(): RecordSource {
    const inbox = this.#inbox
    const metrics = this.#cluster.options.metrics?.consumer
    const { clientId } = this.#cluster.options
    const group = this.#member?.groupId
    return {
      identity: group === undefined ? { clientId } : { clientId, group },
      held: this.#held,
      turns: new TurnTaking(this.#cluster.world.clock),
      changed: inbox.changed,
      get isOver(): boolean {
        return inbox.isClosed
      },
      take: (taken) => inbox.take(taken),
      onDelivered: (recordCount) => metrics?.onReceived(recordCount),
    }
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
    return this.#isReleased
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
    this.#start()
    return new MessageLoop<M>(this.#source, options.signal)
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
    this.#start()
    return batchLoop<M>(
      {
        clock: this.#cluster.world.clock,
        source: this.#source,
        commit: (signal) => this.#commitDone(signal),
      },
      options,
    )
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
    this.#start()
    return partitionLoop<M>(
      { assignment: this.#assignment, inbox: this.#inbox, shared: this.#source },
      options.signal,
    )
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
    checkEachOptions(options)
    const { deadLetter } = options
    const isNamed = typeof deadLetter === 'string'
    const runOptions = isNamed ? { ...options, deadLetter: this.#named(deadLetter) } : options
    this.#start()
    const context = {
      world: this.#cluster.world,
      source: this.#source,
      working: this.#working,
      rewind: (partition: AssignedPartition): void => {
        this.#rewind(partition)
      },
    }
    return new EachRun<M>(context, handler, runOptions).run()
  }

  #named(topic: string): DeadLetterTopic {
    const found = this.#deadLetterTopic?.(topic)
    if (found !== undefined) return found
    throw new KafkaError('INVALID_ARGUMENT', 'This consumer knows no producer: give a Topic')
  }

  #rewind(partition: AssignedPartition): void {
    this.#reading.move(partition, () => {
      partition.moveTo(partition.tracker.firstOffset)
    })
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
    if (what === undefined) {
      this.#held.finishAll()
      await this.#commitDone(signal)
      return
    }
    const committer = this.#needCommitter()
    await committer.commit(isList(what) ? what.map(offsetToCommit) : [offsetAfter(what)], signal)
  }

  async #commitDone(signal: AbortSignal | undefined): Promise<void> {
    await this.#needCommitter().commitDone([...this.#assignment], signal)
  }

  /**
   * For `tx.commitOffsets(consumer)`: what loops were given so far, the message in hand included, in the
   * name of this member of its group. Throws INVALID_ARGUMENT with autoCommit, which would commit what a
   * transaction has not.
   */
  offsetsForTransaction(): GroupOffsets {
    this.#needCommitter()
    if (this.#inTransaction === undefined) throw commitsByItself()
    return this.#inTransaction.take()
  }

  /** For `tx.commitOffsets(consumer)`, when the transaction is committed. */
  onTransactionCommitted(offsets: readonly OffsetToCommit[]): void {
    this.#inTransaction?.onCommitted(offsets)
  }

  #needCommitter(): Committer {
    if (this.#inbox.failure !== undefined) throw this.#inbox.failure
    if (this.#committer !== undefined) return this.#committer
    throw new KafkaError('INVALID_ARGUMENT', 'This consumer has no group to commit to: give it one')
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
      this.#inbox.onChanged(one)
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
    return this.#assignment.get(partition).lag(this.#settings.isReadCommitted)
  }

  /** What the group has: -1 where nothing was committed. All assigned partitions by default. */
  async committed(
    partitions: readonly TopicPartition[] = this.assignment,
    { signal }: SignalOptions = {},
  ): Promise<readonly CommitOffset[]> {
    const member = this.#member
    if (member === undefined) this.#needCommitter()
    return member === undefined ? [] : member.committed(partitions, signal)
  }

  #start(): void {
    if (this.#isStarted || this.#reading.isClosing) return
    this.#isStarted = true
    this.#begin().catch((error: unknown) => {
      this.#reading.fail(error)
    })
  }

  async #begin(): Promise<void> {
    if (this.#isAutoCommit) this.#committer?.start()
    const signal = this.#reading.closing
    if (this.#assign !== undefined) {
      this.#reading.add(this.#assign)
    } else if (this.#direct !== undefined) {
      this.#reading.add(await this.#direct.first(signal))
    } else {
      await this.#member?.join(this.#rebalance, signal)
    }
  }

  /**
   * Stops reading: loops end, what is done is committed (unless autoCommit is off), and the group is left.
   * Handlers that run are not waited for: await `each` first. Rejects when the commit is refused or the
   * signal aborts; everything is released in any case.
   */
  close({ signal }: SignalOptions = {}): Promise<void> {
    this.#closed ??= this.#close(signal)
    return untilAborted(this.#closed, signal)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #close(signal: AbortSignal | undefined): Promise<void> {
    this.#reading.stop()
    this.#held.changed()
    this.#committer?.stop()
    try {
      const isAssigned = this.#assign !== undefined
      const mayCommit = this.#isAutoCommit && isAssigned && this.#inbox.failure === undefined
      if (mayCommit) await this.#committer?.commitDone([...this.#assignment], signal)
    } finally {
      try {
        await this.#member?.leave(signal)
      } finally {
        await this.#reading.release()
        this.#isReleased = true
      }
    }
    const { closingError } = this.#reading
    if (closingError !== undefined) throw closingError
  }
}

function memberOf(
  cluster: Cluster,
  options: ConsumerOptions<TopicSource>,
  groupId: string,
): GroupMember {
  const topics = options.assign === undefined ? (options.topics ?? []) : []
  return createGroupMember(cluster, {
    ...options,
    groupId,
    topics: topicNames(topics),
    pattern: joinedPattern(topics),
  })
}

function isList(what: AnyMessage | readonly CommitOffset[]): what is readonly CommitOffset[] {
  return Array.isArray(what)
}

function offsetToCommit({ topic, partition, offset, ...rest }: CommitOffset): OffsetToCommit {
  const { leaderEpoch = -1, metadata = '' } = rest
  return { topic, partition, offset, leaderEpoch, metadata }
}

function offsetAfter({ topic, partition, offset, leaderEpoch }: AnyMessage): OffsetToCommit {
  return { topic, partition, offset: offset + 1, leaderEpoch, metadata: '' }
}

function commitsByItself(): KafkaError {
  return new KafkaError(
    'INVALID_ARGUMENT',
    'The consumer commits by itself, before the transaction does: make it with `autoCommit: false`',
  )
}
