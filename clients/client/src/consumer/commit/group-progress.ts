/**
 * How far the group is told that this consumer is: by the program, by itself from time to time, or by a
 * transaction. What counts as done is what the program's loops have let go of.
 */
import { KafkaError } from '../../kafka-error.ts'
import type { TopicPartition } from '../../topic-partition.ts'
import type { GroupOffsets } from '../../transaction/group-offsets.ts'
import type { AssignedPartition } from '../assignment/assigned-partition.ts'
import type { ConsumerContext } from '../consumer-context.ts'
import type { HeldRecords } from '../deliver/held-records.ts'
import type { CommittedOffset, GroupMember, OffsetToCommit } from '../group/group-member.ts'
import type { AnyMessage } from '../topic-source.ts'
import { offsetsToCommit, type CommitOffset } from './commit-offset.ts'
import { Committer } from './committer.ts'
import { TransactionOffsets } from './transaction-offsets.ts'

export interface GroupProgressOptions {
  readonly context: ConsumerContext
  readonly held: HeldRecords
  /** undefined without a group: then whatever needs one is refused. */
  readonly member: GroupMember | undefined
  readonly groupInstanceId: string | null
  /** Whether it is told without a word of the program. */
  readonly isAutoCommit: boolean
  /** False for a consumer that chose its partitions itself: the group only keeps its offsets. */
  readonly isMember: boolean
  /** Why the consumer can do no more, when it cannot. */
  readonly failure: () => KafkaError | undefined
}

export class GroupProgress {
  readonly #options: GroupProgressOptions
  readonly #committer: Committer | undefined
  /** undefined without a group, and for a consumer that commits by itself. */
  readonly #inTransaction: TransactionOffsets | undefined

  constructor(options: GroupProgressOptions) {
    const { context, held, member, groupInstanceId, isAutoCommit, isMember } = options
    const { assignment } = context
    this.#options = options
    if (member === undefined) return
    this.#committer = new Committer(context, member)
    if (isAutoCommit) return
    this.#inTransaction = new TransactionOffsets({
      assignment,
      held,
      member,
      groupInstanceId,
      isMember,
    })
  }

  /** What commits by itself; undefined when that is left to the program. */
  get autoCommitter(): Committer | undefined {
    return this.#options.isAutoCommit ? this.#committer : undefined
  }

  /** Everything that loops were given so far. */
  async commitAll(signal: AbortSignal | undefined): Promise<void> {
    this.#options.held.finishAll()
    await this.commitDone(signal)
  }

  async commitDone(signal: AbortSignal | undefined): Promise<void> {
    await this.#needCommitter().commitDone([...this.#options.context.assignment], signal)
  }

  async commit(
    what: AnyMessage | readonly CommitOffset[],
    signal: AbortSignal | undefined,
  ): Promise<void> {
    await this.#needCommitter().commit(offsetsToCommit(what), signal)
  }

  async committed(
    partitions: readonly TopicPartition[],
    signal: AbortSignal | undefined,
  ): Promise<readonly CommittedOffset[]> {
    const { member } = this.#options
    if (member === undefined) throw this.#refusal()
    return member.committed(partitions, signal)
  }

  takeForTransaction(): GroupOffsets {
    this.#needCommitter()
    if (this.#inTransaction === undefined) throw commitsByItself()
    return this.#inTransaction.take()
  }

  onTransactionCommitted(offsets: readonly OffsetToCommit[]): void {
    this.#inTransaction?.onCommitted(offsets)
  }

  /** They have left the assignment. */
  onGone(partitions: readonly AssignedPartition[]): void {
    this.#inTransaction?.onGone(partitions)
  }

  #needCommitter(): Committer {
    const committer = this.#committer
    if (committer === undefined || this.#options.failure() !== undefined) throw this.#refusal()
    return committer
  }

  #refusal(): KafkaError {
    return this.#options.failure() ?? withoutGroup()
  }
}

function withoutGroup(): KafkaError {
  return new KafkaError('INVALID_ARGUMENT', 'This consumer has no group to commit to: give it one')
}

function commitsByItself(): KafkaError {
  return new KafkaError(
    'INVALID_ARGUMENT',
    'The consumer commits by itself, before the transaction does: make it with `autoCommit: false`',
  )
}
