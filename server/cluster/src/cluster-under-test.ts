/** A cluster on a store in memory, for the tests of this package. */
import { FakeClock, seededRandom, silentLogger } from '@ottla/base'
import { ClusterMetadata } from './cluster-metadata.ts'
import type { CreateTopicRequest } from './controller/create-topics.ts'
import { memoryStore } from './memory/memory-store.ts'
import type { MetadataStore } from './metadata-store.ts'

export const clock = new FakeClock()

export const freshStore = (): MetadataStore => memoryStore({ clock })

export interface ClusterUnderTest {
  readonly store?: MetadataStore
  /** Registered with the ids from 1. */
  readonly brokerCount?: number
  readonly seed?: number
}

export async function openCluster(options: ClusterUnderTest = {}): Promise<ClusterMetadata> {
  const { store = freshStore(), brokerCount = 1, seed = 1 } = options
  const random = seededRandom(seed)
  const metadata = await ClusterMetadata.open({ store, random, clock, logger: silentLogger })
  for (let brokerId = 1; brokerId <= brokerCount; brokerId++) await register(metadata, brokerId)
  return metadata
}

/** Two brokers, each with its own view of one store. */
export async function openTwo(): Promise<{
  store: MetadataStore
  here: ClusterMetadata
  there: ClusterMetadata
}> {
  const store = freshStore()
  const here = await openCluster({ store, seed: 1 })
  const there = await openCluster({ store, brokerCount: 0, seed: 2 })
  return { store, here, there }
}

export function register(
  metadata: ClusterMetadata,
  brokerId: number,
  incarnationId = 'first',
): Promise<number> {
  const endpoint = { listener: 'PLAINTEXT', host: 'localhost', port: 9092 }
  return metadata.registerBroker({
    brokerId,
    host: 'localhost',
    port: 9092,
    rack: null,
    endpoints: [{ ...endpoint, securityProtocol: 'PLAINTEXT' }],
    incarnationId,
  })
}

export const topic = (
  name: string,
  more: Partial<CreateTopicRequest> = {},
): CreateTopicRequest => ({
  name,
  numPartitions: 1,
  replicationFactor: 1,
  configs: new Map(),
  ...more,
})

export const topicNames = (metadata: ClusterMetadata): string[] =>
  [...metadata.image.topics()].map(({ name }) => name).sort()
