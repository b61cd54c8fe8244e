/**
 * The partitions that live on this broker, found by name or by topic id.
 *
 * Follows the cluster image: a topic that appears gets its logs before the change is announced as done,
 * one that goes loses them (renamed at once, unlinked later).
 *
 * A log that the disk does not let us make is missing, not forgotten: its partition is answered with
 * KAFKA_STORAGE_ERROR, and tried again with every later `host` of the topic and with `hostMissing`.
 */
import { ZERO_UUID, type LeaderEpoch, type Logger, type Turn, type Uuid } from '@ottla/base'
import { StorageError, type LogConfig, type LogManager } from '@ottla/log'
import { ErrorCode } from '@ottla/protocol'
import { Partition } from './partition.ts'

export interface ReplicaManagerOptions {
  readonly logs: LogManager
  readonly turn: Turn
  readonly logger: Logger
}

export interface HostedTopic {
  readonly name: string
  readonly topicId: Uuid
  /** By partition id; undefined for one that is missing, and for those of other brokers. */
  readonly partitions: readonly (Partition | undefined)[]
  /** By partition id: what should be here, and why it is not. */
  readonly missing: ReadonlyMap<number, StorageError>
}

/** The answer about a partition that was not found in `topic`. */
export function absenceOf(topic: HostedTopic | undefined, partition: number): ErrorCode {
  return topic?.missing.has(partition) === true
    ? ErrorCode.KAFKA_STORAGE_ERROR
    : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
}

export interface PartitionPlacement {
  readonly partition: number
  readonly leaderId: number
  readonly leaderEpoch: LeaderEpoch
}

/** What this file alone may change. */
interface TopicHere extends HostedTopic {
  readonly partitions: (Partition | undefined)[]
  readonly missing: Map<number, StorageError>
  /** Of the missing ones. */
  readonly placements: Map<number, PartitionPlacement>
  config: LogConfig
}

export class ReplicaManager {
  readonly #options: ReplicaManagerOptions
  readonly #byName = new Map<string, TopicHere>()
  readonly #byId = new Map<Uuid, TopicHere>()
  /** Topics with missing partitions. */
  readonly #incomplete = new Set<TopicHere>()

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
   * is an earlier one, deleted and made again: it goes first. Returns the partitions that came to life.
   */
  host(
    name: string,
    topicId: Uuid,
    config: LogConfig,
    placements: readonly PartitionPlacement[],
  ): Partition[] {
    if (this.#byName.has(name) && !this.#byId.has(topicId)) this.drop(name)
    const topic = this.#byName.get(name) ?? newTopic(name, topicId, config)
    topic.config = config
    this.#byName.set(name, topic)
    this.#byId.set(topicId, topic)
    for (const placement of placements) {
      if (topic.partitions[placement.partition] !== undefined) continue
      topic.placements.set(placement.partition, placement)
    }
    return this.#hostMissing(topic)
  }

  get hasMissing(): boolean {
    return this.#incomplete.size > 0
  }

  /** Tries again what could not be hosted. Returns the partitions that came to life, with their topics. */
  hostMissing(): { readonly topic: string; readonly partition: Partition }[] {
    return [...this.#incomplete].flatMap((topic) =>
      this.#hostMissing(topic).map((partition) => ({ topic: topic.name, partition })),
    )
  }

  #hostMissing(topic: TopicHere): Partition[] {
    const hosted: Partition[] = []
    let reason: StorageError | undefined
    for (const placement of topic.placements.values()) {
      const opened = isOutOfSpace(reason) ? reason : this.#tryOpen(topic, placement)
      if (opened instanceof Partition) {
        topic.partitions[placement.partition] = opened
        topic.placements.delete(placement.partition)
        topic.missing.delete(placement.partition)
        hosted.push(opened)
      } else {
        reason = opened
        topic.missing.set(placement.partition, opened)
      }
    }
    this.#noteMissing(topic, reason)
    return hosted
  }

  #noteMissing(topic: TopicHere, error: StorageError | undefined): void {
    if (error === undefined) {
      this.#incomplete.delete(topic)
      return
    }
    this.#incomplete.add(topic)
    this.#options.logger.error('Cannot host partitions of a topic, will retry', {
      topic: topic.name,
      partitionCount: topic.missing.size,
      error,
    })
  }

  #tryOpen(topic: TopicHere, placement: PartitionPlacement): Partition | StorageError {
    try {
      return this.#open(topic, topic.config, placement)
    } catch (error) {
      if (error instanceof StorageError) return error
      throw error
    }
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
    const topic = this.#byName.get(name)
    if (topic === undefined) return
    topic.config = config
    for (const partition of topic.partitions) partition?.log.updateConfig(config)
  }

  /** Throws the first StorageError of a log that could not be moved away; the others are gone then. */
  drop(name: string): void {
    const topic = this.#byName.get(name)
    if (topic === undefined) return
    this.#byName.delete(name)
    this.#byId.delete(topic.topicId)
    this.#incomplete.delete(topic)
    // First: who waits is told, whatever the disk says to the rest.
    for (const partition of topic.partitions) partition?.close()
    let firstError: StorageError | undefined
    for (const partition of topic.partitions) {
      const error = partition && this.#deleteLog(name, partition.log.partition)
      firstError ??= error
    }
    if (firstError !== undefined) throw firstError
  }

  #deleteLog(topic: string, partition: number): StorageError | undefined {
    try {
      this.#options.logs.delete(topic, partition)
      return undefined
    } catch (error) {
      if (error instanceof StorageError) return error
      throw error
    }
  }
}

function newTopic(name: string, topicId: Uuid, config: LogConfig): TopicHere {
  return { name, topicId, partitions: [], missing: new Map(), placements: new Map(), config }
}

/** Then the next log does not fit either, and trying costs a directory that stays half made. */
function isOutOfSpace(error: StorageError | undefined): error is StorageError {
  return error?.code === 'ENOSPC' || error?.code === 'EDQUOT'
}
