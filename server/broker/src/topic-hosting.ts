/**
 * Follows the cluster's metadata with this broker's logs: a topic that appears gets its partitions, one
 * that goes loses them, a changed configuration reaches its logs. A change counts as done only after this
 * has run, so whoever is told of a topic can use it.
 */
import type { BrokerId, Logger } from '@ottla/base'
import type { ClusterDelta, ClusterImage, TopicImage } from '@ottla/cluster'
import type { GroupCoordinator } from '@ottla/coordinator'
import type { PartitionPlacement, ReplicaManager } from '@ottla/replication'
import type { BrokerConfig } from './config/broker-config.ts'
import { logConfigOf } from './config/topic-config.ts'
import { CONSUMER_OFFSETS_TOPIC } from './internal-topics.ts'

export interface TopicHostingOptions {
  readonly brokerId: BrokerId
  readonly config: BrokerConfig
  readonly replicas: ReplicaManager
  readonly groups: GroupCoordinator
  readonly logger: Logger
}

export class TopicHosting {
  readonly #options: TopicHostingOptions

  constructor(options: TopicHostingOptions) {
    this.#options = options
  }

  /** At start: every topic of the image. */
  async hostAll(image: ClusterImage): Promise<void> {
    this.#readBrokerConfigs(image)
    for (const topic of image.topics()) this.#host(topic)
    const offsets = image.topic(CONSUMER_OFFSETS_TOPIC)
    if (offsets !== undefined) await this.#loadGroups(offsets, 0)
  }

  async apply(image: ClusterImage, delta: ClusterDelta): Promise<void> {
    if (delta.brokerConfigsChanged) this.#readBrokerConfigs(image)
    for (const topic of delta.deletedTopics) this.#drop(topic)
    for (const topic of delta.createdTopics) await this.#appear(topic)
    for (const topic of delta.changedTopics) await this.#change(topic)
    if (!delta.brokerConfigsChanged) return
    // Defaults of every topic may have moved.
    for (const topic of image.topics()) this.#updateConfig(topic)
  }

  #readBrokerConfigs(image: ClusterImage): void {
    const { config, brokerId } = this.#options
    config.setDynamic(image.brokerConfigs(brokerId), image.brokerConfigs(''))
  }

  async #appear(topic: TopicImage): Promise<void> {
    this.#host(topic)
    if (topic.name === CONSUMER_OFFSETS_TOPIC) await this.#loadGroups(topic, 0)
  }

  async #change(topic: TopicImage): Promise<void> {
    const before = this.#options.replicas.topic(topic.name)?.partitions.length ?? 0
    this.#host(topic)
    this.#updateConfig(topic)
    if (topic.name === CONSUMER_OFFSETS_TOPIC) await this.#loadGroups(topic, before)
  }

  #host(topic: TopicImage): void {
    const { replicas, config, brokerId } = this.#options
    const placements: PartitionPlacement[] = topic.partitions
      .filter((partition) => partition.replicas.includes(brokerId))
      .map(({ partition, leaderId, leaderEpoch }) => ({ partition, leaderId, leaderEpoch }))
    replicas.host(topic.name, topic.topicId, logConfigOf(config, topic.configs), placements)
  }

  #updateConfig(topic: TopicImage): void {
    const { replicas, config } = this.#options
    replicas.updateConfig(topic.name, logConfigOf(config, topic.configs))
  }

  #drop(topic: TopicImage): void {
    const { replicas, groups, logger } = this.#options
    if (topic.name === CONSUMER_OFFSETS_TOPIC) {
      for (const { partition } of topic.partitions) groups.unload(partition)
    }
    replicas.drop(topic.name)
    groups.onTopicsDeleted([topic.name])
    logger.info('Topic deleted', { topic: topic.name, topicId: topic.topicId })
  }

  async #loadGroups(topic: TopicImage, from: number): Promise<void> {
    for (const { partition } of topic.partitions.slice(from)) {
      await this.#options.groups.load(partition)
    }
  }
}
