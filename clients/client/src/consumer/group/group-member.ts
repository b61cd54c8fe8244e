/**
 * The port between a consumer and its membership in a group; classic and KIP-848 members look the same
 * from here. A member lives on its own: its heartbeats do not wait for what the program does.
 */
import type { KafkaError } from '../../kafka-error.ts'
import type { TopicPartition } from '../../topic-partition.ts'

/**
 * What is awaited is part of the rebalance: the group goes on when it resolves.
 *
 * One call at a time, save for `onLost`: it does not wait for an `onRevoked` or `onAssigned` that is still
 * awaited, as whoever works on the partitions must hear at once that they are gone. Partitions that are
 * lost while `onRevoked` works on them are among those of `onLost`. Nothing is assigned before all calls
 * are done.
 *
 * `onRevoked` that takes longer than the rebalance timeout costs all partitions (`onLost`). A call that
 * rejects ends the membership: `onFatal`, with the code LISTENER_FAILED unless it is a KafkaError itself.
 * No call comes with an empty list.
 */
export interface GroupListener {
  /** Partitions that are ours from now on, new ones only. */
  onAssigned(partitions: readonly TopicPartition[]): Promise<void>
  /** Still ours until this resolves: finished work can be committed. */
  onRevoked(partitions: readonly TopicPartition[]): Promise<void>
  /** Somebody else may have them already (session expired, fenced): nothing can be committed. */
  onLost(partitions: readonly TopicPartition[]): Promise<void>
  /** The membership is over and does not mend itself. */
  onFatal(error: KafkaError): void
}

export interface OffsetToCommit extends TopicPartition {
  /** Of the next record to read. */
  readonly offset: number
  readonly leaderEpoch: number
  readonly metadata: string
}

export interface CommittedOffset extends TopicPartition {
  /** -1 when nothing was committed. */
  readonly offset: number
  readonly leaderEpoch: number
  readonly metadata: string
}

export interface GroupMember {
  readonly groupId: string
  /** Empty before the first join. */
  readonly memberId: string
  /** generationId of a classic group, memberEpoch of a KIP-848 one; -1 before the first join. */
  readonly memberEpoch: number
  readonly protocol: 'classic' | 'consumer'
  readonly assignment: readonly TopicPartition[]
  /**
   * Begins to live: resolves when the first assignment was taken (it may be empty), rejects when the
   * group refuses for good. A broker that cannot be reached is tried on and on; `signal` ends the
   * membership then, and so does `leave`, for which it rejects with CLIENT_CLOSED. Once only.
   */
  join(listener: GroupListener, signal?: AbortSignal): Promise<void>
  /** Other topics from now on; a rebalance follows. */
  subscribe(topics: readonly string[]): void
  /**
   * What was refused per partition, by `partitionKey`; rejects when the whole commit is refused (fenced,
   * unknown member). Without `join` it is that of a consumer which chose its partitions itself.
   *
   * Tried again through a rebalance, but never under a newer generation for a partition that is not ours
   * any more: ILLEGAL_GENERATION then.
   */
  commit(
    offsets: readonly OffsetToCommit[],
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, KafkaError>>
  committed(
    partitions: readonly TopicPartition[],
    signal?: AbortSignal,
  ): Promise<readonly CommittedOffset[]>
  /**
   * Gives up its partitions (onRevoked is called and awaited) and leaves. A static member stays known.
   * Also for a member that never joined: it gives its connections back. When `signal` aborts it is gone
   * without a word, and the session timeout tells the group.
   */
  leave(signal?: AbortSignal): Promise<void>
}
