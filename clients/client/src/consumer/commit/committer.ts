/**
 * Tells the group how far we are: from time to time (auto-commit), when a partition is given up, and when
 * the program says so.
 *
 * One commit at a time. Two at once could be answered in the other order after a retry, and the older
 * offsets would stand.
 */
import type { Timer } from '@ottla/base'
import { untilAborted } from '../../async/abort.ts'
import { commitChannel } from '../../diagnostics/messaging-trace.ts'
import { KafkaError, type KafkaErrorCode } from '../../kafka-error.ts'
import { partitionKey } from '../../topic-partition.ts'
import type { AssignedPartition } from '../assignment/assigned-partition.ts'
import type { ConsumerContext } from '../consumer-context.ts'
import type { GroupMember, OffsetToCommit } from '../group/group-member.ts'

/** The partitions are not ours any more, or will not be: their new owner reads what was not committed. */
const OF_REBALANCE: ReadonlySet<KafkaErrorCode> = new Set<KafkaErrorCode>([
  'CLIENT_CLOSED',
  'FENCED_INSTANCE_ID',
  'FENCED_MEMBER_EPOCH',
  'ILLEGAL_GENERATION',
  'REBALANCE_IN_PROGRESS',
  'STALE_MEMBER_EPOCH',
  'UNKNOWN_MEMBER_ID',
])

const NOT_COMMITTED_YET = 'Offsets could not be committed; the next commit takes them along'
const GIVEN_UP_UNCOMMITTED =
  'Offsets of partitions that are given up could not be committed; their new owner reads again what they cover'

export class Committer {
  readonly #context: ConsumerContext
  readonly #member: GroupMember
  #last: Promise<void> = Promise.resolve()
  #timer: Timer | undefined
  #isClosed = false

  constructor(context: ConsumerContext, member: GroupMember) {
    this.#context = context
    this.#member = member
  }

  start(): void {
    if (this.#isClosed) return
    const { cluster, settings } = this.#context
    this.#timer = cluster.world.clock.setTimer(settings.autoCommitIntervalMs, () => {
      void this.#onTime()
    })
  }

  async #onTime(): Promise<void> {
    await this.commitQuietly([...this.#context.assignment])
    this.start()
  }

  /** Of partitions that are given up, what cannot be committed is read again by their new owner. */
  async commitQuietly(partitions: readonly AssignedPartition[]): Promise<void> {
    try {
      await this.commitDone(partitions)
    } catch (error) {
      this.#onQuietError(error, partitions)
    }
  }

  #onQuietError(error: unknown, partitions: readonly AssignedPartition[]): void {
    const { cluster, fail } = this.#context
    const isPassing =
      error instanceof KafkaError && (error.retriable || OF_REBALANCE.has(error.code))
    if (isPassing) {
      const isGivenUp = partitions.some(({ isEnded }) => isEnded)
      cluster.world.logger.warn(isGivenUp ? GIVEN_UP_UNCOMMITTED : NOT_COMMITTED_YET, { error })
      return
    }
    this.stop()
    fail(error)
  }

  /** What is done in these partitions and not committed yet. */
  commitDone(partitions: readonly AssignedPartition[], signal?: AbortSignal): Promise<void> {
    return this.#inTurn(async () => {
      const offsets: OffsetToCommit[] = []
      const committed: AssignedPartition[] = []
      for (const partition of partitions) {
        const done = partition.done
        if (done === undefined || done.offset === partition.committedOffset) continue
        offsets.push(offsetToCommit(partition, done))
        committed.push(partition)
      }
      await this.#send(offsets, signal)
      for (const [i, partition] of committed.entries()) {
        partition.committedOffset = offsets[i]?.offset ?? -1
      }
    }, signal)
  }

  commit(offsets: readonly OffsetToCommit[], signal?: AbortSignal): Promise<void> {
    return this.#inTurn(async () => {
      await this.#send(offsets, signal)
      for (const one of offsets) {
        const partition = this.#context.assignment.find(one)
        if (partition !== undefined) partition.committedOffset = one.offset
      }
    }, signal)
  }

  #inTurn(run: () => Promise<void>, signal: AbortSignal | undefined): Promise<void> {
    const mine = this.#last.then(run)
    this.#last = mine.catch(() => undefined)
    return untilAborted(mine, signal)
  }

  async #send(offsets: readonly OffsetToCommit[], signal: AbortSignal | undefined): Promise<void> {
    if (offsets.length === 0) return
    const { clock } = this.#context.cluster.world
    const metrics = this.#context.cluster.options.metrics?.consumer
    const startedMs = clock.monotonicMs()
    try {
      const errors = await this.#traced(offsets, signal)
      const failed = offsets.find(({ topic, partition }) =>
        errors.has(partitionKey(topic, partition)),
      )
      if (failed !== undefined)
        throw errors.get(partitionKey(failed.topic, failed.partition)) as Error
      metrics?.onCommitted(clock.monotonicMs() - startedMs)
    } catch (error) {
      metrics?.onCommitFailed()
      throw error
    }
  }

  #traced(
    offsets: readonly OffsetToCommit[],
    signal: AbortSignal | undefined,
  ): Promise<ReadonlyMap<string, KafkaError>> {
    if (!commitChannel.isTraced) return this.#member.commit(offsets, signal)
    const { clientId } = this.#context.cluster.options
    return commitChannel.run({ clientId, group: this.#member.groupId }, () =>
      this.#member.commit(offsets, signal),
    )
  }

  /** No more from time to time. */
  stop(): void {
    this.#isClosed = true
    this.#timer?.cancel()
  }
}

function offsetToCommit(
  { topic, partition }: AssignedPartition,
  { offset, leaderEpoch }: { offset: number; leaderEpoch: number },
): OffsetToCommit {
  return { topic, partition, offset, leaderEpoch, metadata: '' }
}
