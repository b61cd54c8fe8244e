/**
 * The heart of both sticky assignors (KIP-54): as balanced as the subscriptions allow, and with that as
 * few partitions moved as possible.
 *
 * Balanced: no member has two partitions more than another that could take one of them. Three steps:
 * everybody keeps what is validly theirs; what nobody has goes to whoever has least, partitions with few
 * takers first; then partitions move from members with more to members with less, those first that were
 * dealt just now. Each move makes the sum of squares smaller, so it ends.
 */
import { partitionKey, type TopicPartition } from '../../../topic-partition.ts'
import {
  compareText,
  emptyAssignment,
  inServingOrder,
  type GroupAssignment,
  type MemberSubscription,
  type PartitionCounts,
} from './assignor.ts'

/** What a member holds, and since which generation: -1 when it does not know. */
export interface Claim {
  readonly partitions: readonly TopicPartition[]
  readonly generationId: number
}

export type ClaimOf = (member: MemberSubscription) => Claim

interface Taker {
  readonly memberId: string
  count: number
}

interface Place extends TopicPartition {
  /** Members that subscribed to the topic, in serving order. */
  readonly takers: readonly Taker[]
  owner: Taker | undefined
  /** Whether it stays where it was. */
  isKept: boolean
}

export function balancePartitions(
  counts: PartitionCounts,
  members: readonly MemberSubscription[],
  claimOf: ClaimOf,
): GroupAssignment {
  const takers = new Map(
    inServingOrder(members).map(({ memberId }): [string, Taker] => [
      memberId,
      { memberId, count: 0 },
    ]),
  )
  const places = placesOf(counts, members, takers)
  keepClaimed(places, members, takers, claimOf)
  const scarceFirst = [...places.values()].toSorted(byScarcity)
  for (const place of scarceFirst) if (place.owner === undefined) give(place, leastLoaded(place))
  settle(scarceFirst)
  const assignment = emptyAssignment(members)
  for (const { owner, topic, partition } of places.values()) {
    if (owner !== undefined) assignment.get(owner.memberId)?.push({ topic, partition })
  }
  return assignment
}

function placesOf(
  counts: PartitionCounts,
  members: readonly MemberSubscription[],
  takers: ReadonlyMap<string, Taker>,
): Map<string, Place> {
  const ordered = inServingOrder(members)
  const places = new Map<string, Place>()
  for (const topic of [...counts.keys()].toSorted(compareText)) {
    const wanting = ordered
      .filter(({ topics }) => topics.includes(topic))
      .map(({ memberId }) => takers.get(memberId) as Taker)
    if (wanting.length === 0) continue
    for (let partition = 0; partition < (counts.get(topic) ?? 0); partition++) {
      const place = { topic, partition, takers: wanting, owner: undefined, isKept: false }
      places.set(partitionKey(topic, partition), place)
    }
  }
  return places
}

/** The newest generation wins; two claims of one generation are both void, as nobody can tell which is true. */
function keepClaimed(
  places: ReadonlyMap<string, Place>,
  members: readonly MemberSubscription[],
  takers: ReadonlyMap<string, Taker>,
  claimOf: ClaimOf,
): void {
  const newest = new Map<string, { generationId: number; takers: Taker[] }>()
  for (const member of inServingOrder(members)) {
    const { partitions, generationId } = claimOf(member)
    const taker = takers.get(member.memberId) as Taker
    for (const { topic, partition } of partitions) {
      const key = partitionKey(topic, partition)
      const best = newest.get(key)
      if (best === undefined || best.generationId < generationId) {
        newest.set(key, { generationId, takers: [taker] })
      } else if (best.generationId === generationId) best.takers.push(taker)
    }
  }
  for (const [key, { takers: claimants }] of newest) {
    const place = places.get(key)
    const [owner] = claimants
    if (place === undefined || owner === undefined || claimants.length > 1) continue
    if (!place.takers.includes(owner)) continue
    give(place, owner)
    place.isKept = true
  }
}

function give(place: Place, taker: Taker): void {
  if (place.owner !== undefined) place.owner.count--
  place.owner = taker
  place.isKept = false
  taker.count++
}

function byScarcity(a: Place, b: Place): number {
  return (
    a.takers.length - b.takers.length || compareText(a.topic, b.topic) || a.partition - b.partition
  )
}

function leastLoaded({ takers }: Place): Taker {
  let least = takers[0] as Taker
  for (const taker of takers) if (taker.count < least.count) least = taker
  return least
}

function settle(places: readonly Place[]): void {
  for (let hasMoved = true; hasMoved;) {
    hasMoved = false
    for (const wasKept of [false, true]) {
      for (const place of places) {
        if (place.isKept !== wasKept || place.owner === undefined) continue
        const least = leastLoaded(place)
        if (least.count + 2 > place.owner.count) continue
        give(place, least)
        hasMoved = true
      }
    }
  }
}
