/**
 * To whichever broker: in KRaft, and in Ottla, each of them answers from the same metadata and passes on
 * to the controller what only that may do. Clusters with ZooKeeper (Kafka before 4.0) want the
 * controller itself, so that is asked first when it is known.
 */
import type { Cluster } from '../../cluster/cluster.ts'
import type { BrokerConnection } from '../../connection/broker-connection.ts'
import { KafkaError } from '../../kafka-error.ts'
import type { AdminOptions } from '../admin-options.ts'
import { Peer } from './peer.ts'
import type { Router } from './router.ts'

/** Made for one call: remembers that the controller has moved. */
export class ControllerWay {
  readonly #cluster: Cluster
  #isStale: boolean

  constructor(cluster: Cluster) {
    this.#cluster = cluster
    this.#isStale = cluster.metadata.controllerId < 0
  }

  async connect(): Promise<BrokerConnection> {
    const { metadata, refresher } = this.#cluster
    if (this.#isStale) await refresher.refresh()
    this.#isStale = false
    const id = metadata.controllerId
    if (!metadata.brokers.has(id)) return this.#cluster.anyConnection()
    try {
      return await this.#cluster.connectionTo(id)
    } catch (error) {
      // The other brokers know the next one sooner than its address answers again.
      if (!(error instanceof KafkaError) || !error.retriable) throw error
      this.#isStale = true
      return this.#cluster.anyConnection()
    }
  }

  forget(): void {
    this.#isStale = true
  }
}

export function toController<Item>(cluster: Cluster): Router<Item> {
  const way = new ControllerWay(cluster)
  return {
    routes: async (_, pending) => [{ items: pending, connect: () => way.connect() }],
    forget: () => {
      way.forget()
    },
  }
}

export function toAnyBroker<Item>(cluster: Cluster): Router<Item> {
  return {
    routes: async (_, pending) => [{ items: pending, connect: () => cluster.anyConnection() }],
  }
}

/** A question that is answered as a whole; `run` throws what was refused. */
export function askController<T>(
  cluster: Cluster,
  options: AdminOptions,
  run: (peer: Peer) => Promise<T>,
): Promise<T> {
  const way = new ControllerWay(cluster)
  return cluster.retry(options, async () => {
    try {
      return await run(new Peer(await way.connect()))
    } catch (error) {
      way.forget()
      throw error
    }
  })
}

export function askAnyBroker<T>(
  cluster: Cluster,
  options: AdminOptions,
  run: (peer: Peer) => Promise<T>,
): Promise<T> {
  return cluster.retry(options, async () => run(new Peer(await cluster.anyConnection())))
}

/** The time that a broker gives the controller; the request's own time is longer only when it must be. */
export function brokerTimeoutMs(cluster: Cluster, { timeoutMs }: AdminOptions): number {
  const { requestTimeoutMs } = cluster.options
  return Math.min(timeoutMs ?? requestTimeoutMs, requestTimeoutMs)
}
