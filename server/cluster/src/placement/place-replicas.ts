/**
 * Chooses the brokers of new partitions.
 *
 * In this order: the replicas of a partition lie on different brokers, on as many racks as there are, leaders
 * are even over brokers, replicas are even over brokers, and the followers of one leader are not always the
 * same (when it dies, its partitions go to many). Racks come before evenness, as in Kafka's
 * StripedReplicaPlacer; a greedy choice replaces the stripes because it also continues what already exists.
 *
 * Ties are broken by an order that is shuffled once a call, so that topics of one partition spread too.
 */
import { invariant, type Random } from '@ottla/base'

export interface PlacementBroker {
  readonly id: number
  /** Brokers without a rack are on one rack of their own together. */
  readonly rack: string | null
}

export interface PlacementRequest {
  readonly partitionCount: number
  readonly replicationFactor: number
  readonly brokers: readonly PlacementBroker[]
  /** Replicas of the topic's existing partitions, which the new ones balance. */
  readonly existing?: readonly (readonly number[])[]
  readonly random: Random
}

/** What a broker carries of this topic. */
interface Load {
  readonly id: number
  readonly rack: string | null
  leaderCount: number
  replicaCount: number
  /** How often each other broker is its first follower. */
  readonly firstFollowerCounts: Map<number, number>
}

/** The caller has checked that there are enough brokers. */
export function placeReplicas(request: PlacementRequest): number[][] {
  const { partitionCount, replicationFactor, brokers, existing = [], random } = request
  invariant(replicationFactor > 0 && replicationFactor <= brokers.length, 'too few brokers', {
    replicationFactor,
    brokerCount: brokers.length,
  })
  const loads = shuffle(brokers, random).map(emptyLoad)
  const loadById = new Map(loads.map((load) => [load.id, load]))
  for (const replicas of existing) count(replicas, loadById)
  return Array.from({ length: partitionCount }, () => {
    const replicas = placeOne(replicationFactor, loads)
    count(replicas, loadById)
    return replicas
  })
}

function placeOne(replicationFactor: number, loads: readonly Load[]): number[] {
  const leader = least(loads, (load) => [load.leaderCount, load.replicaCount])
  const chosen = [leader]
  const countByRack = new Map([[leader.rack, 1]])
  while (chosen.length < replicationFactor) {
    const next = least(loads, (load) =>
      chosen.includes(load)
        ? NOT_AGAIN
        : [
            countByRack.get(load.rack) ?? 0,
            load.replicaCount,
            leader.firstFollowerCounts.get(load.id) ?? 0,
          ],
    )
    chosen.push(next)
    countByRack.set(next.rack, (countByRack.get(next.rack) ?? 0) + 1)
  }
  return chosen.map((load) => load.id)
}

const NOT_AGAIN: readonly number[] = [Infinity]

/** The first with the smallest costs, compared one by one. */
function least(loads: readonly Load[], costsOf: (load: Load) => readonly number[]): Load {
  let best = loads[0]
  let bestCosts = best === undefined ? NOT_AGAIN : costsOf(best)
  for (const load of loads) {
    const costs = costsOf(load)
    if (isLess(costs, bestCosts)) {
      best = load
      bestCosts = costs
    }
  }
  invariant(best !== undefined, 'no broker to place a replica on')
  return best
}

function isLess(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((cost, i) => cost !== b[i])
  return at >= 0 && (a[at] as number) < (b[at] ?? Infinity)
}

function count(replicas: readonly number[], loadById: ReadonlyMap<number, Load>): void {
  const [leaderId, followerId] = replicas
  // A replica may lie on a broker that is not registered any more.
  const leader = leaderId === undefined ? undefined : loadById.get(leaderId)
  if (leader !== undefined) {
    leader.leaderCount++
    if (followerId !== undefined) {
      const before = leader.firstFollowerCounts.get(followerId) ?? 0
      leader.firstFollowerCounts.set(followerId, before + 1)
    }
  }
  for (const id of replicas) {
    const load = loadById.get(id)
    if (load !== undefined) load.replicaCount++
  }
}

function emptyLoad({ id, rack }: PlacementBroker): Load {
  return { id, rack, leaderCount: 0, replicaCount: 0, firstFollowerCounts: new Map() }
}

/** Fisher and Yates. */
function shuffle<T>(items: readonly T[], random: Random): T[] {
  const shuffled = [...items]
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = Math.floor(random.fraction() * (i + 1))
    const swapped = shuffled[i] as T
    shuffled[i] = shuffled[j] as T
    shuffled[j] = swapped
  }
  return shuffled
}
