/**
 * What goes on inside a consumer whether anybody asks for messages or not: positions are found, records
 * are fetched into the inbox, failures are noted. Which partitions are read is said from outside: by the
 * program, by the topics, or by the group.
 */
import type { Cluster } from '../cluster/cluster.ts'
import { KafkaError } from '../kafka-error.ts'
import { AssignedPartition } from './assignment/assigned-partition.ts'
import { Assignment } from './assignment/assignment.ts'
import { discountQueue } from './assignment/discount-queue.ts'
import type { ConsumerContext } from './consumer-context.ts'
import type { AssignedFrom, ConsumerSettings } from './consumer-options.ts'
import type { MessageDecoder } from './decode/message-decoder.ts'
import { Inbox } from './deliver/inbox.ts'
import { RecordTaker } from './deliver/record-taker.ts'
import type { DirectAssignment } from './direct-assignment.ts'
import { Fetcher } from './fetch/fetcher.ts'
import type { GroupMember } from './group/group-member.ts'
import { MetadataUpkeep } from './metadata-upkeep.ts'
import { PositionFinder } from './offsets/position-finder.ts'
import { WorkLoop } from './work-loop.ts'

export interface ReadingOptions {
  readonly cluster: Cluster
  readonly settings: ConsumerSettings
  readonly decoder: MessageDecoder
  /** Knows where the group has come to; undefined without a group. */
  readonly member: GroupMember | undefined
  /** undefined when the partitions are named, or come from a group. */
  readonly direct: DirectAssignment | undefined
}

export class Reading {
  readonly assignment = new Assignment()
  readonly context: ConsumerContext
  readonly inbox: Inbox
  readonly #cluster: Cluster
  readonly #direct: DirectAssignment | undefined
  readonly #work: WorkLoop
  readonly #metadata: MetadataUpkeep
  readonly #finder: PositionFinder
  readonly #fetcher: Fetcher
  readonly #closing = new AbortController()
  /** What went wrong on the way out. */
  closingError: KafkaError | undefined

  constructor({ cluster, settings, decoder, member, direct }: ReadingOptions) {
    this.#cluster = cluster
    this.#direct = direct
    this.#work = new WorkLoop(cluster.world.clock, (nowMs) => this.#run(nowMs))
    this.context = {
      cluster,
      settings,
      assignment: this.assignment,
      wake: this.#work.wake,
      refresh: () => {
        this.#metadata.refresh()
      },
      onChanged: (partition) => {
        this.inbox.onChanged(partition)
      },
      fail: (error) => {
        this.fail(error)
      },
    }
    this.inbox = new Inbox(this.assignment, new RecordTaker(this.context, decoder))
    this.#metadata = new MetadataUpkeep(this.context)
    this.#finder = new PositionFinder(
      this.context,
      member && ((partitions) => member.committed(partitions, this.closing)),
    )
    this.#fetcher = new Fetcher(this.context)
  }

  /** Aborts when the consumer begins to close. */
  get closing(): AbortSignal {
    return this.#closing.signal
  }

  get isClosing(): boolean {
    return this.#closing.signal.aborted
  }

  add(assign: readonly AssignedFrom[]): void {
    const { settings } = this.context
    const added = assign.map((one) => {
      const partition = new AssignedPartition(one, settings)
      if (one.offset === undefined) partition.askCommitted()
      else partition.seek(one.offset)
      return partition
    })
    this.assignment.add(added)
    this.#cluster.options.metrics?.consumer.addAssignedPartitions(added.length)
    this.#work.wake()
  }

  /** Everything fetched of it is dropped by what `move` does. */
  move(partition: AssignedPartition, move: (partition: AssignedPartition) => void): void {
    discountQueue(this.#cluster, partition)
    move(partition)
    this.#work.wake()
  }

  /** To its first record that was given out and is not done. */
  rewind(partition: AssignedPartition): void {
    this.move(partition, () => {
      partition.moveTo(partition.tracker.firstOffset)
    })
  }

  /** What there is to ask and to fetch; returns when to look again. */
  #run(nowMs: number): number {
    if (this.inbox.isClosed || this.inbox.failure !== undefined) return Infinity
    this.#metadata.useTopics(nowMs)
    const added = this.#direct?.later() ?? []
    if (added.length > 0) this.add(added)
    this.#finder.run(nowMs)
    this.#fetcher.run(nowMs)
    let dueMs = this.#fetcher.nextDueMs(nowMs)
    for (const { notBeforeMs } of this.assignment) {
      if (notBeforeMs > nowMs) dueMs = Math.min(dueMs, notBeforeMs)
    }
    return dueMs
  }

  /** For good: heard at every call that waits, and by `close` when that has begun. */
  fail(error: unknown): void {
    const failure = asFailure(error)
    if (this.isClosing) {
      // Who reads has heard of it before: with `await using` it would only hide what came of that.
      const isTold = failure.code === this.inbox.failure?.code
      if (failure.code !== 'CLIENT_CLOSED' && !isTold) this.closingError ??= failure
      return
    }
    this.#cluster.world.logger.error('The consumer has failed', { error: failure })
    this.inbox.fail(failure)
  }

  /** Nothing is given out, asked or fetched any more. */
  stop(): void {
    this.#closing.abort(closedError())
    this.#metadata.close()
    this.inbox.close()
    this.#work.close()
  }

  /** The partitions are let go, and the connections closed. */
  async release(): Promise<void> {
    const partitions = [...this.assignment]
    for (const partition of partitions) {
      discountQueue(this.#cluster, partition)
      partition.end(closedError())
    }
    this.#cluster.options.metrics?.consumer.addAssignedPartitions(-partitions.length)
    this.assignment.remove(partitions)
    this.#direct?.close()
    await this.#fetcher.close()
  }
}

function closedError(): KafkaError {
  return new KafkaError('CLIENT_CLOSED', 'The consumer is closed; make a new one', { fatal: true })
}

/** What is no KafkaError is a mistake of ours: it is told all the same, and nothing goes on. */
function asFailure(error: unknown): KafkaError {
  if (error instanceof KafkaError) return error
  const why = error instanceof Error ? error.message : String(error)
  return new KafkaError('UNKNOWN_SERVER_ERROR', `The consumer failed: ${why}`, {
    cause: error,
    fatal: true,
  })
}
