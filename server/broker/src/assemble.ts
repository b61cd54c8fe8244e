/**
 * Puts a broker together: the only file that names which adapters are real.
 *
 * Order of start: metadata, logs (recovered), partitions, group state, then the listeners, so that the
 * first request finds everything. Stop is the reverse.
 */
import { brokerId, Turn, type BrokerId } from '@ottla/base'
import { ClusterMetadata, openEmbeddedStore, type MetadataStore } from '@ottla/cluster'
import { GroupCoordinator } from '@ottla/coordinator'
import { LogManager, nodeDisk } from '@ottla/log'
import { nodeNetwork } from '@ottla/net'
import { ReplicaManager } from '@ottla/replication'
import { Broker } from './broker.ts'
import type { BrokerContext } from './broker-context.ts'
import type { BrokerConfig } from './config/broker-config.ts'
import { logConfigOf } from './config/topic-config.ts'
import { ConfigService } from './config-service.ts'
import { ConsumerOffsetsLog } from './consumer-offsets-log.ts'
import { CONSUMER_OFFSETS_TOPIC } from './internal-topics.ts'
import { refuseOwnedDirectories } from './owned-directories.ts'
import { ProducerIds } from './producer-ids.ts'
import type { Runtime } from './runtime.ts'
import { TopicAdmin } from './topic-admin.ts'
import { TopicHosting } from './topic-hosting.ts'

export function nodeRuntime(
  world: Pick<Runtime, 'clock' | 'random' | 'logger' | 'onBug'>,
): Runtime {
  return {
    ...world,
    disk: nodeDisk,
    network: nodeNetwork,
    openStore: (directory, beforeCreation) =>
      openEmbeddedStore({ ...world, directory, beforeCreation }),
  }
}

/** Throws a StorageError or a MetadataStoreError when the data directory cannot be used. */
export async function assembleBroker(config: BrokerConfig, runtime: Runtime): Promise<Broker> {
  // The store's file is locked by the kernel for this process: it also guards the logs beside it.
  const [directory] = config.logDirs as [string]
  const store = runtime.openStore(directory, () => {
    refuseOwnedDirectories(runtime.disk, config.logDirs)
  })
  try {
    return await assembleOnStore(store, config, runtime)
  } catch (error) {
    await store.close()
    throw error
  }
}

async function assembleOnStore(
  store: MetadataStore,
  config: BrokerConfig,
  runtime: Runtime,
): Promise<Broker> {
  const { clock, random, logger } = runtime
  const id = brokerId(config.nodeId)
  const turn = new Turn(clock)
  const metadata = await ClusterMetadata.open({ store, random, clock, logger })
  const logs = await LogManager.open({
    dirs: config.logDirs,
    disk: runtime.disk,
    clock,
    random,
    logger,
    logRetentionCheckIntervalMs: config.logRetentionCheckIntervalMs,
    producerIdExpirationMs: config.producerIdExpirationMs,
    owner: { clusterId: metadata.image.clusterId, nodeId: config.nodeId },
    configFor: (topic) => {
      const image = metadata.image.topic(topic)
      return image === undefined ? undefined : logConfigOf(config, image.configs)
    },
  })
  const replicas = new ReplicaManager({ logs, turn, logger })
  const groups = assembleGroups(config, runtime, { metadata, replicas })
  const hosting = new TopicHosting({ brokerId: id, config, replicas, groups, clock, logger })
  metadata.onChange((image, delta) => hosting.apply(image, delta))
  try {
    await hosting.hostAll(metadata.image)
  } catch (error) {
    hosting.close()
    await logs.close()
    throw error
  }
  const context = assembleContext(config, runtime, {
    id,
    turn,
    metadata,
    replicas,
    groups,
    hosting,
  })
  return new Broker({ context, runtime, hosting, logs, store })
}

function assembleGroups(
  config: BrokerConfig,
  runtime: Runtime,
  parts: { metadata: ClusterMetadata; replicas: ReplicaManager },
): GroupCoordinator {
  const { clock, random, logger } = runtime
  const { metadata, replicas } = parts
  return new GroupCoordinator({
    log: new ConsumerOffsetsLog({
      replicas,
      clock,
      commitTimeoutMs: config.offsetsCommitTimeoutMs,
    }),
    clock,
    random,
    logger,
    config,
    partitionCount: () => metadata.image.topic(CONSUMER_OFFSETS_TOPIC)?.partitions.length ?? 0,
    isTopicKnown: (name) => metadata.image.topic(name) !== undefined,
    isPartitionKnown: (topic, partition) => replicas.partition(topic, partition) !== undefined,
    topics: {
      nameOf: (topicId) => metadata.image.topicById(topicId)?.name,
      idOf: (name) => metadata.image.topic(name)?.topicId,
    },
  })
}

function assembleContext(
  config: BrokerConfig,
  runtime: Runtime,
  parts: {
    id: BrokerId
    turn: Turn
    metadata: ClusterMetadata
    replicas: ReplicaManager
    groups: GroupCoordinator
    hosting: TopicHosting
  },
): BrokerContext {
  const { clock, random, logger } = runtime
  const { id, turn, metadata, replicas, groups, hosting } = parts
  return {
    brokerId: id,
    config,
    clock,
    random,
    logger,
    turn,
    metadata,
    replicas,
    groups,
    topics: new TopicAdmin({ metadata, replicas, hosting, config, logger }),
    configs: new ConfigService(metadata, config, id),
    producerIds: new ProducerIds(metadata, id),
  }
}
