/** To named brokers, for what each knows of itself: its log directories, its groups, its own settings. */
import type { BrokerId } from '@ottla/base'
import type { Cluster } from '../../cluster/cluster.ts'
import type { KafkaError } from '../../kafka-error.ts'
import type { AdminOptions } from '../admin-options.ts'
import type { Outcome, Outcomes } from '../outcome.ts'
import type { Peer } from './peer.ts'
import type { Router } from './router.ts'
import { isPassing, settleEach } from './settle-each.ts'

export function toBrokers<Item>(brokerOf: (item: Item) => number): Router<Item> {
  return {
    async routes(cluster, pending) {
      const byBroker = Map.groupBy(pending, brokerOf)
      const { metadata, refresher } = cluster
      const isKnown = [...byBroker.keys()].every((id) => metadata.brokers.has(id as BrokerId))
      if (!isKnown) await refresher.refresh()
      return [...byBroker].map(([id, items]) => ({
        items,
        connect: () => cluster.connectionTo(id as BrokerId),
      }))
    },
    forget: (cluster) => {
      cluster.refreshSoon()
    },
    // A broker that the cluster does not know is not waited for.
    isRetriable: isPassingAtBroker,
  }
}

export function isPassingAtBroker(error: KafkaError): boolean {
  return isPassing(error) && error.code !== 'BROKER_NOT_AVAILABLE'
}

/** Each broker of the cluster, or each of `brokerIds`, asked the same. */
export async function askBrokers<T>(
  cluster: Cluster,
  brokerIds: readonly number[] | undefined,
  options: AdminOptions,
  ask: (peer: Peer) => Promise<Outcome<T>>,
): Promise<Outcomes<number, T>> {
  return settleEach<number, number, T>(cluster, {
    items: brokerIds ?? (await currentBrokers(cluster, options)),
    keyOf: (id) => id,
    textOf: (id) => `broker ${id}`,
    router: toBrokers((id) => id),
    ask: async (peer, items, settle) => {
      const outcome = await ask(peer)
      for (const item of items) settle(item, outcome)
    },
    options,
  })
}

async function currentBrokers(cluster: Cluster, options: AdminOptions): Promise<BrokerId[]> {
  await cluster.retry(options, () => cluster.refresher.refresh())
  return [...cluster.metadata.brokers.keys()]
}
