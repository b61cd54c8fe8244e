/**
 * The partitions that live on this broker, found by name or by topic id.
 *
 * Follows the cluster image: a topic that appears gets its logs before the change is announced as done,
 * one that goes loses them (renamed at once, unlinked later).
 */
import type { LeaderEpoch, Logger, Turn, Uuid } from '@ottla/base'
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

  /** Idempotent: partitions that are there already stay as they are. */
  host(
    name: string,
    topicId: Uuid,
    config: LogConfig,
    placements: readonly PartitionPlacement[],
  ): void {
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
    for (const partition of topic.partitions) {
      this.#options.logs.delete(name, partition.log.partition)
      partition.close()
    }
  }
}
