/**
 * Follows the cluster's metadata with this broker's logs: a topic that appears gets its partitions, one
 * that goes loses them, a changed configuration reaches its logs. A change counts as done only after this
 * has run, so whoever is told of a topic can use it.
 *
 * Partitions whose logs the disk does not let us make are tried again by a timer, slower and slower, and
 * when somebody asks. Groups are loaded with the partition that keeps them, however late it comes.
 */
import { InvariantError, type BrokerId, type Clock, type Logger, type Timer } from '@ottla/base'
import type { ClusterDelta, ClusterImage, TopicImage } from '@ottla/cluster'
import type { GroupCoordinator } from '@ottla/coordinator'
import { StorageError } from '@ottla/log'
import type { Partition, PartitionPlacement, ReplicaManager } from '@ottla/replication'
import type { BrokerConfig } from './config/broker-config.ts'
import { logConfigOf } from './config/topic-config.ts'
import { CONSUMER_OFFSETS_TOPIC } from './internal-topics.ts'

export interface TopicHostingOptions {
  readonly brokerId: BrokerId
  readonly config: BrokerConfig
  readonly replicas: ReplicaManager
  readonly groups: GroupCoordinator
  readonly clock: Clock
  readonly logger: Logger
}

const RETRY_MS_MIN = 1_000
const RETRY_MS_MAX = 30_000

export class TopicHosting {
  readonly #options: TopicHostingOptions
  #retryTimer: Timer | undefined
  #retryMs = RETRY_MS_MIN
  #isClosed = false

  constructor(options: TopicHostingOptions) {
    this.#options = options
  }

  /** At start: every topic of the image. */
  async hostAll(image: ClusterImage): Promise<void> {
    this.#readBrokerConfigs(image)
    const keepers = [...image.topics()].flatMap((topic) => this.#host(topic))
    for (const partition of keepers) await this.#loadGroups(partition)
  }

  /** Throws the first StorageError of a deletion; all that can be followed has been followed then. */
  async apply(image: ClusterImage, delta: ClusterDelta): Promise<void> {
    if (delta.brokerConfigsChanged) this.#readBrokerConfigs(image)
    let firstError: StorageError | undefined
    for (const topic of delta.deletedTopics) {
      const error = this.#drop(topic)
      firstError ??= error
    }
    for (const topic of [...delta.createdTopics, ...delta.changedTopics]) {
      const keepers = this.#host(topic)
      this.#updateConfig(topic)
      for (const partition of keepers) await this.#loadGroups(partition)
    }
    // Defaults of every topic may have moved.
    if (delta.brokerConfigsChanged) for (const topic of image.topics()) this.#updateConfig(topic)
    if (firstError !== undefined) throw firstError
  }

  /** Tries at once to host what is missing. */
  async retry(): Promise<void> {
    const hosted = this.#options.replicas.hostMissing()
    if (hosted.length > 0) this.#retryMs = RETRY_MS_MIN
    this.#retryLater()
    for (const { topic, partition } of hosted) {
      if (topic === CONSUMER_OFFSETS_TOPIC) await this.#loadGroups(partition)
    }
  }

  #retryLater(): void {
    if (this.#isClosed || this.#retryTimer !== undefined) return
    if (!this.#options.replicas.hasMissing) return
    const delayMs = this.#retryMs
    this.#retryMs = Math.min(delayMs * 2, RETRY_MS_MAX)
    this.#retryTimer = this.#options.clock.setTimer(delayMs, () => {
      this.#retryTimer = undefined
      void this.retry()
    })
  }

  /** Nothing is hosted any more by itself. */
  close(): void {
    this.#isClosed = true
    this.#retryTimer?.cancel()
  }

  #readBrokerConfigs(image: ClusterImage): void {
    const { config, brokerId } = this.#options
    config.setDynamic(image.brokerConfigs(brokerId), image.brokerConfigs(''))
  }

  /** Returns the partitions that keep groups, which are to be loaded. */
  #host(topic: TopicImage): Partition[] {
    const { replicas, config, brokerId } = this.#options
    const placements: PartitionPlacement[] = topic.partitions
      .filter((partition) => partition.replicas.includes(brokerId))
      .map(({ partition, leaderId, leaderEpoch }) => ({ partition, leaderId, leaderEpoch }))
    const logConfig = logConfigOf(config, topic.configs)
    const hosted = replicas.host(topic.name, topic.topicId, logConfig, placements)
    this.#retryLater()
    return topic.name === CONSUMER_OFFSETS_TOPIC ? hosted : []
  }

  #updateConfig(topic: TopicImage): void {
    const { replicas, config } = this.#options
    replicas.updateConfig(topic.name, logConfigOf(config, topic.configs))
  }

  #drop(topic: TopicImage): StorageError | undefined {
    const { replicas, groups, logger } = this.#options
    if (topic.name === CONSUMER_OFFSETS_TOPIC) {
      for (const { partition } of topic.partitions) groups.unload(partition)
    }
    let failure: StorageError | undefined
    try {
      replicas.drop(topic.name)
    } catch (error) {
      if (!(error instanceof StorageError)) throw error
      failure = error
    }
    groups.onTopicsDeleted([topic.name])
    logger.info('Topic deleted', { topic: topic.name, topicId: topic.topicId })
    return failure
  }

  /**
   * A partition of group state that cannot be read costs the groups in it, never the broker: clients may
   * have written there (conformance P19), and records of topics have to be served all the same.
   */
  async #loadGroups(keeper: Partition): Promise<void> {
    const { groups, replicas, logger } = this.#options
    const { partition } = keeper.log
    // The topic may have been deleted while the groups of the partition before were loaded.
    if (replicas.partition(CONSUMER_OFFSETS_TOPIC, partition) !== keeper) return
    try {
      await groups.load(partition)
    } catch (error) {
      if (error instanceof InvariantError) throw error
      logger.error('Cannot load groups: those of this partition are not served', {
        topic: CONSUMER_OFFSETS_TOPIC,
        partition,
        error,
      })
    }
  }
}
