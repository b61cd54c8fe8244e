/**
 * The partitions that live on this broker, found by name or by topic id.
 *
 * Follows the cluster image: a topic that appears gets its logs before the change is announced as done,
 * one that goes loses them (renamed at once, unlinked later).
 */
import { ZERO_UUID, type LeaderEpoch, type Logger, type Turn, type Uuid } from '@ottla/base'
import type { LogConfig, LogManager } from '@ottla/log'
import { Partition } from './partition.ts'

export interface ReplicaManagerOptions {
  readonly logs: LogManager
  readonly turn: Turn
  readonly logger: Logger
}

export interface HostedTopic {
  readonly name: string
  readonly topicId: Uuid
  /** By partition id; without gaps. */
  readonly partitions: Partition[]
}

export interface PartitionPlacement {
  readonly partition: number
  readonly leaderId: number
  readonly leaderEpoch: LeaderEpoch
}

export class ReplicaManager {
  readonly #options: ReplicaManagerOptions
  readonly #byName = new Map<string, HostedTopic>()
  readonly #byId = new Map<Uuid, HostedTopic>()

  constructor(options: ReplicaManagerOptions) {
    this.#options = options
  }

  topic(name: string): HostedTopic | undefined {
    return this.#byName.get(name)
  }

  topicById(topicId: Uuid): HostedTopic | undefined {
    return this.#byId.get(topicId)
  }

  partition(topic: string, partition: number): Partition | undefined {
    return this.#byName.get(topic)?.partitions[partition]
  }

  /**
   * Idempotent: partitions that are there already stay as they are. A topic of that name with another id
   * is an earlier one, deleted and made again: it goes first.
   */
  host(
    name: string,
    topicId: Uuid,
    config: LogConfig,
    placements: readonly PartitionPlacement[],
  ): void {
    if (this.#byName.has(name) && !this.#byId.has(topicId)) this.drop(name)
    const topic = this.#byName.get(name) ?? { name, topicId, partitions: [] }
    for (const placement of placements) {
      if (topic.partitions[placement.partition] !== undefined) continue
      topic.partitions[placement.partition] = this.#open(topic, config, placement)
    }
    this.#byName.set(name, topic)
    this.#byId.set(topicId, topic)
  }

  #open(topic: HostedTopic, config: LogConfig, placement: PartitionPlacement): Partition {
    const { logs, turn, logger } = this.#options
    this.#setNamesakeAside(topic, placement.partition)
    const log =
      logs.get(topic.name, placement.partition) ??
      logs.create({
        topic: topic.name,
        topicId: topic.topicId,
        partition: placement.partition,
        config,
      })
    log.updateConfig(config)
    log.assignEpoch(placement.leaderEpoch, log.logEndOffset)
    return new Partition({
      log,
      leaderEpoch: placement.leaderEpoch,
      leaderId: placement.leaderId,
      turn,
      logger,
    })
  }

  /**
   * A log of another topic of the same name: a broker was killed while it deleted one, or somebody copied
   * a folder here. It is not this topic's data, and not ours to destroy.
   */
  #setNamesakeAside(topic: HostedTopic, partition: number): void {
    const { logs, logger } = this.#options
    const found = logs.get(topic.name, partition)
    if (found === undefined || found.topicId === topic.topicId) return
    // Without an id on disk (its file was lost) nothing says that it is another's.
    if (found.topicId === ZERO_UUID) return
    const path = logs.setAside(topic.name, partition)
    logger.warn('A log of another topic of the same name was set aside', {
      topic: topic.name,
      partition,
      topicId: topic.topicId,
      otherTopicId: found.topicId,
      path,
    })
  }

  updateConfig(name: string, config: LogConfig): void {
    for (const partition of this.#byName.get(name)?.partitions ?? []) {
      partition.log.updateConfig(config)
    }
  }

  drop(name: string): void {
    const topic = this.#byName.get(name)
    if (topic === undefined) return
    this.#byName.delete(name)
    this.#byId.delete(topic.topicId)
    // First: who waits is told, whatever the disk says to the rest.
    for (const partition of topic.partitions) partition.close()
    for (const { log } of topic.partitions) this.#options.logs.delete(name, log.partition)
  }
}
