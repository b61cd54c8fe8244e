/** A whole broker in a fake world, on memory disk and memory metadata, and clients to it. */
import { silentLogger } from '@ottla/base'
import { assembleBroker, loadBrokerConfig } from '@ottla/broker'
import { memoryStore } from '@ottla/cluster'
import { MemoryDisk } from '@ottla/log'
import type { Network } from '@ottla/net'
import { ApiKey } from '@ottla/protocol'
import { encodeCreateTopicsRequest } from '@ottla/protocol/create-topics-request'
import { decodeCreateTopicsResponse } from '@ottla/protocol/create-topics-response'
import type { Cluster, ClusterOptions } from '../../../cluster/cluster.ts'
import { defineApi } from '../../../connection/api.ts'
import { fakeWorld, outcomeOf, type FakeWorld } from '../../../testing/fake-world.ts'
import { clusterOf } from './group-world.ts'

const CREATE_TOPICS = defineApi(
  ApiKey.CreateTopics,
  encodeCreateTopicsRequest,
  decodeCreateTopicsResponse,
)

export interface OttlaInProcess extends AsyncDisposable {
  readonly world: FakeWorld
  /** Another client of the same broker; over a network of its own, for one that is cut. */
  client(network?: Network, options?: Partial<ClusterOptions>): Cluster
}

const SETTINGS = {
  listeners: 'PLAINTEXT://127.0.0.1:0',
  'log.dirs': '/data',
  'group.initial.rebalance.delay.ms': '0',
  'offsets.topic.num.partitions': '2',
}

export async function startOttla(
  topics: Readonly<Record<string, number>>,
  settings: Readonly<Record<string, string>> = {},
): Promise<OttlaInProcess> {
  const world = fakeWorld()
  const { config } = loadBrokerConfig({
    set: new Map(Object.entries({ ...SETTINGS, ...settings })),
  })
  const broker = await assembleBroker(config, {
    clock: world.clock,
    random: world.random,
    logger: silentLogger,
    disk: new MemoryDisk({ clock: world.clock }),
    network: world.network,
    openStore: () => memoryStore({ clock: world.clock }),
    onBug: (error) => {
      throw error
    },
  })
  await outcomeOf(world, broker.start(), { withinMs: 10_000 })
  const port = broker.addresses[0]?.port ?? 0
  const clients: Cluster[] = []
  const client = (network: Network = world.network, options: Partial<ClusterOptions> = {}) => {
    const cluster = clusterOf({ ...world, network }, `127.0.0.1:${port}`, options)
    clients.push(cluster)
    return cluster
  }
  await outcomeOf(world, createTopics(client(), topics), { withinMs: 10_000 })
  return {
    world,
    client,
    async [Symbol.asyncDispose]() {
      for (const cluster of clients) cluster.close()
      await outcomeOf(world, broker.stop(), { withinMs: 60_000 })
    },
  }
}

async function createTopics(
  cluster: Cluster,
  topics: Readonly<Record<string, number>>,
): Promise<void> {
  const connection = await cluster.anyConnection()
  const { topics: results } = await connection.request(CREATE_TOPICS, {
    topics: Object.entries(topics).map(([name, numPartitions]) => ({
      name,
      numPartitions,
      replicationFactor: 1,
      assignments: [],
      configs: [],
    })),
    timeoutMs: 10_000,
    validateOnly: false,
  })
  for (const { name, errorCode } of results) {
    if (errorCode !== 0) throw new Error(`Cannot create topic "${name}": ${errorCode}`)
  }
}
