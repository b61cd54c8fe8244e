/** To the coordinators of groups or transactional ids; those that share one share a request. */
import type { Cluster } from '../../cluster/cluster.ts'
import type { CoordinatorType } from '../../cluster/coordinators.ts'
import { KafkaError, type KafkaErrorCode } from '../../kafka-error.ts'
import type { AdminOptions } from '../admin-options.ts'
import { Peer } from './peer.ts'
import type { Route, Router } from './router.ts'

/** How many coordinators are looked up at once. */
const LOOKUPS_MAX = 64

/** After which the coordinator may be another one. */
const MOVED: ReadonlySet<KafkaErrorCode> = new Set<KafkaErrorCode>([
  'CONNECTION_FAILED',
  'CONNECTION_LOST',
  'COORDINATOR_NOT_AVAILABLE',
  'MALFORMED_RESPONSE',
  'NOT_COORDINATOR',
  'TIMED_OUT',
])

export function toCoordinators<Item>(
  type: CoordinatorType,
  nameOf: (item: Item) => string,
): Router<Item> {
  return {
    async routes(cluster, pending, refuse) {
      const byNode = new Map<number, Item[]>()
      for (let start = 0; start < pending.length; start += LOOKUPS_MAX) {
        await Promise.all(
          pending.slice(start, start + LOOKUPS_MAX).map(async (item) => {
            try {
              const { id } = await cluster.coordinators.find(type, nameOf(item))
              const together = byNode.get(id)
              if (together === undefined) byNode.set(id, [item])
              else together.push(item)
            } catch (error) {
              if (!(error instanceof KafkaError)) throw error
              refuse(item, error)
            }
          }),
        )
      }
      return [...byNode.values()].map((items) => routeTo(cluster, type, items, nameOf))
    },
    forget(cluster, item, { code }) {
      if (MOVED.has(code)) cluster.coordinators.forget(type, nameOf(item))
    },
  }
}

function routeTo<Item>(
  cluster: Cluster,
  type: CoordinatorType,
  items: readonly Item[],
  nameOf: (item: Item) => string,
): Route<Item> {
  const [first] = items
  // Not the lane of the members: a JoinGroup that is parked there would hold up the answer.
  return { items, connect: () => cluster.coordinator(type, nameOf(first as Item), 'main') }
}

/** A question to the coordinator of one group or transactional id that is answered as a whole. */
export function askCoordinator<T>(
  cluster: Cluster,
  type: CoordinatorType,
  name: string,
  options: AdminOptions,
  run: (peer: Peer) => Promise<T>,
): Promise<T> {
  return cluster.retry(options, async () => {
    try {
      return await run(new Peer(await cluster.coordinator(type, name, 'main')))
    } catch (error) {
      if (error instanceof KafkaError && MOVED.has(error.code)) {
        cluster.coordinators.forget(type, name)
      }
      throw error
    }
  })
}
