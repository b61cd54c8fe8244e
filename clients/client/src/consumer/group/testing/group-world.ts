/** A client's cluster in a fake world, for members of a group. */
import { Cluster, type ClusterOptions } from '../../../cluster/cluster.ts'
import { parseBrokers } from '../../../connection/broker-address.ts'
import type { ClientWorld } from '../../../world.ts'

export function clusterOf(
  world: ClientWorld,
  brokers: string,
  options: Partial<ClusterOptions> = {},
): Cluster {
  return new Cluster(world, {
    bootstrap: parseBrokers(brokers),
    clientId: 'test',
    softwareVersion: '0',
    requestTimeoutMs: 30_000,
    setupTimeoutMs: 10_000,
    reconnectBackoff: { firstMs: 50, maxMs: 1000 },
    retryBackoff: { firstMs: 100, maxMs: 1000 },
    apiTimeoutMs: 60_000,
    metadataMaxAgeMs: 300_000,
    metadataMaxIdleMs: 300_000,
    connectionMaxIdleMs: 540_000,
    allowAutoTopicCreation: false,
    ...options,
  })
}
