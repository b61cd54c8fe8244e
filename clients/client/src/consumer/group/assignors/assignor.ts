/**
 * How the leader of a classic group shares out partitions: pure functions from who subscribed to what to
 * who gets what. The names are Kafka's and are compared by the coordinator, so that members of other
 * clients may lead or follow.
 */
import type { TopicPartition } from '../../../topic-partition.ts'

export type AssignorName = 'range' | 'roundrobin' | 'sticky' | 'cooperative-sticky'

/** What a member said of itself when it joined (ConsumerProtocolSubscription). */
export interface MemberSubscription {
  readonly memberId: string
  readonly groupInstanceId: string | null
  readonly topics: readonly string[]
  /** What it held when it joined; an eager member has given up everything by then. */
  readonly ownedPartitions: readonly TopicPartition[]
  /** Of the generation in which it was given them; -1 when it did not say. */
  readonly generationId: number
  readonly rack: string | null
  /** The assignor's own words. */
  readonly userData: Buffer | null
}

/** What the member itself was given last; an eager one has given it up, and wants it back. */
export interface LastAssignment {
  readonly partitions: readonly TopicPartition[]
  readonly generationId: number
}

/** How many partitions each topic has; a topic that does not exist is missing. */
export type PartitionCounts = ReadonlyMap<string, number>

/** By member id; every member has an entry. */
export type GroupAssignment = Map<string, TopicPartition[]>

export interface Assignor {
  readonly name: AssignorName
  /** Whether members keep what they have during a rebalance (KIP-429). */
  readonly isCooperative: boolean
  /** Sent to the leader with the subscription. */
  userData(last: LastAssignment | undefined): Buffer | null
  assign(counts: PartitionCounts, members: readonly MemberSubscription[]): GroupAssignment
}

/**
 * Members in the order in which Java's assignors serve them: static ones first, by their instance id,
 * which survives a restart; then the others by member id. Strings compare as UTF-16, as in Java.
 */
export function inServingOrder(members: readonly MemberSubscription[]): MemberSubscription[] {
  return members.toSorted((a, b) => {
    if (a.groupInstanceId !== null && b.groupInstanceId !== null) {
      return compareText(a.groupInstanceId, b.groupInstanceId)
    }
    if (a.groupInstanceId !== null) return -1
    if (b.groupInstanceId !== null) return 1
    return compareText(a.memberId, b.memberId)
  })
}

export function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

export function emptyAssignment(members: readonly MemberSubscription[]): GroupAssignment {
  return new Map(members.map(({ memberId }) => [memberId, []]))
}

/** Every topic that somebody wants, sorted. */
export function subscribedTopics(members: readonly MemberSubscription[]): string[] {
  return [...new Set(members.flatMap(({ topics }) => topics))].toSorted(compareText)
}
