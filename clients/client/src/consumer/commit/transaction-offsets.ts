/**
 * What a transaction commits of a consumer.
 *
 * The generation that the coordinator checks is that of now, and a partition which has gone meanwhile is
 * not among the offsets of now: its new owner reads again what we were given of it. A transaction with
 * what we have made of that would be seen twice, so the next one is refused.
 */
import { KafkaError } from '../../kafka-error.ts'
import { partitionKey, type TopicPartition } from '../../topic-partition.ts'
import type { GroupOffsets } from '../../transaction/group-offsets.ts'
import type { AssignedPartition } from '../assignment/assigned-partition.ts'
import type { Assignment } from '../assignment/assignment.ts'
import type { HeldRecords } from '../deliver/held-records.ts'
import type { GroupMember, OffsetToCommit } from '../group/group-member.ts'

export interface TransactionOffsetsOptions {
  readonly assignment: Assignment
  readonly held: HeldRecords
  readonly member: GroupMember
  readonly groupInstanceId: string | null
  /** False for a consumer that chose its partitions itself. */
  readonly isMember: boolean
}

export class TransactionOffsets {
  readonly #options: TransactionOffsetsOptions
  /** Partitions that have gone with something uncommitted, and how far we were there. */
  readonly #gone = new Map<string, { readonly where: TopicPartition; readonly position: number }>()

  constructor(options: TransactionOffsetsOptions) {
    this.#options = options
  }

  /** All of one moment: offsets, and the generation in which they are ours. */
  take(): GroupOffsets {
    const { assignment, held, member, isMember, groupInstanceId } = this.#options
    const { groupId, memberId, memberEpoch } = member
    this.#checkGone(groupId)
    held.finishAll()
    const offsets: OffsetToCommit[] = []
    for (const { topic, partition, done, committedOffset } of assignment) {
      if (done === undefined || done.offset === committedOffset) continue
      offsets.push({ topic, partition, ...done, metadata: '' })
    }
    const instance = isMember ? groupInstanceId : null
    return {
      group: { groupId, memberId, memberEpoch, groupInstanceId: instance },
      isMember,
      offsets,
    }
  }

  /** Heard once: what comes after it is another transaction. */
  #checkGone(groupId: string): void {
    if (this.#gone.size === 0) return
    const names = [...this.#gone.values()]
      .map(({ where: { topic, partition } }) => `${topic}-${partition}`)
      .join(', ')
    this.#gone.clear()
    throw new KafkaError(
      'ILLEGAL_GENERATION',
      `The group "${groupId}" has given away ${names} with messages that were not committed: their new owner reads them again. Leave out messages whose signal has aborted, or begin anew`,
    )
  }

  /** The transaction is committed. */
  onCommitted(offsets: readonly OffsetToCommit[]): void {
    for (const one of offsets) {
      const partition = this.#options.assignment.find(one)
      if (partition !== undefined) partition.committedOffset = one.offset
      const key = partitionKey(one.topic, one.partition)
      // It was given away while the commit was on its way, which its new owner has waited for.
      if ((this.#gone.get(key)?.position ?? Infinity) <= one.offset) this.#gone.delete(key)
    }
  }

  /** They have left the assignment. */
  onGone(partitions: readonly AssignedPartition[]): void {
    for (const { topic, partition, position, wasGiven, committedOffset } of partitions) {
      if (!wasGiven || position === undefined || position === committedOffset) continue
      this.#gone.set(partitionKey(topic, partition), { where: { topic, partition }, position })
    }
  }
}
