/**
 * The partitions of `__consumer_offsets` that this broker leads: loaded, being loaded, or neither.
 *
 * A load is asynchronous and may be overtaken: by an unload, by the next load, by the end of the broker.
 * Each load has its own shard, and goes on only while that shard is still the one of its partition.
 */
import type { Clock, Logger, Random } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import {
  DEFAULT_GROUP_LIMITS,
  type GroupCoordinatorConfig,
  type GroupCoordinatorLimits,
} from '../group-coordinator-config.ts'
import { expireOffsets } from '../offsets/expire-offsets.ts'
import { removeTopicOffsets } from '../offsets/remove-topic-offsets.ts'
import type { CoordinatorLog } from './coordinator-log.ts'
import { CoordinatorShard } from './coordinator-shard.ts'
import { DeadlineTimer } from './deadline-timer.ts'
import { groupPartition } from './group-partition.ts'

export interface CoordinatorPartitionsOptions {
  readonly log: CoordinatorLog
  readonly clock: Clock
  readonly random: Random
  readonly logger: Logger
  readonly config: GroupCoordinatorConfig
  readonly limits?: GroupCoordinatorLimits
  /** Of `__consumer_offsets`; fixed once the topic exists. */
  partitionCount(): number
}

interface Hosted {
  readonly shard: CoordinatorShard
  readonly loaded: Promise<void>
  readonly expiry: DeadlineTimer
}

export class CoordinatorPartitions {
  readonly limits: GroupCoordinatorLimits
  readonly #options: CoordinatorPartitionsOptions
  readonly #hosted = new Map<number, Hosted>()
  #isClosed = false

  constructor(options: CoordinatorPartitionsOptions) {
    this.#options = options
    this.limits = options.limits ?? DEFAULT_GROUP_LIMITS
  }

  partitionFor(groupId: string): number {
    return groupPartition(groupId, this.#options.partitionCount())
  }

  /** Undefined where `refusal` says why. */
  activeShard(groupId: string): CoordinatorShard | undefined {
    const shard = this.#hosted.get(this.partitionFor(groupId))?.shard
    return shard?.isActive === true ? shard : undefined
  }

  /** NONE when the partition of the group is active here (conformance G3). */
  refusal(groupId: string): number {
    if (this.#isClosed) return ErrorCode.COORDINATOR_NOT_AVAILABLE
    const shard = this.#hosted.get(this.partitionFor(groupId))?.shard
    if (shard === undefined) return ErrorCode.NOT_COORDINATOR
    return shard.isLoading ? ErrorCode.COORDINATOR_LOAD_IN_PROGRESS : ErrorCode.NONE
  }

  get listError(): number {
    if (this.#isClosed) return ErrorCode.COORDINATOR_NOT_AVAILABLE
    for (const { shard } of this.#hosted.values()) {
      if (shard.isLoading) return ErrorCode.COORDINATOR_LOAD_IN_PROGRESS
    }
    return ErrorCode.NONE
  }

  *shards(): Generator<CoordinatorShard> {
    for (const { shard } of this.#hosted.values()) if (shard.isActive) yield shard
  }

  load(partition: number): Promise<void> {
    if (this.#isClosed) return Promise.resolve()
    const known = this.#hosted.get(partition)
    if (known !== undefined) return known.loaded
    const { limits } = this
    const shard = new CoordinatorShard(partition, { ...this.#options, limits })
    const expiry = new DeadlineTimer(this.#options.clock, () => {
      this.#expire(shard, expiry)
    })
    // Hosted before the replay begins: requests that come meanwhile are told that it is loading.
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.#hosted.set(partition, { shard, loaded: promise, expiry })
    this.#replay(shard, expiry).then(resolve, reject)
    return promise
  }

  async #replay(shard: CoordinatorShard, expiry: DeadlineTimer): Promise<void> {
    const { log, logger, clock } = this.#options
    const { partition } = shard
    const startMs = clock.monotonicMs()
    let recordCount = 0
    try {
      await log.replay(partition, (key, value) => {
        if (!shard.isLoading) return
        recordCount++
        shard.replay(key, value)
      })
    } catch (error) {
      // Half of the groups would be worse than none: members would be told that they are unknown.
      if (this.#hosted.get(partition)?.shard === shard) this.unload(partition)
      throw error
    }
    // Unloaded while the log was read: another broker leads, or a later load has its own shard.
    if (!shard.isLoading) return
    shard.activate()
    expiry.set(this.#options.config.offsetsRetentionCheckIntervalMs)
    logger.info('Loaded groups and offsets', {
      partition,
      recordCount,
      groupCount: shard.groupCount,
      durationMs: Math.round(clock.monotonicMs() - startMs),
    })
  }

  #expire(shard: CoordinatorShard, expiry: DeadlineTimer): void {
    const { offsetCount, groupCount } = expireOffsets(shard)
    if (offsetCount > 0 || groupCount > 0) {
      const { partition } = shard
      this.#options.logger.info('Expired offsets', { partition, offsetCount, groupCount })
    }
    expiry.set(this.#options.config.offsetsRetentionCheckIntervalMs)
  }

  unload(partition: number): void {
    const hosted = this.#hosted.get(partition)
    if (hosted === undefined) return
    // Out of the map first: an answered client asks again at once and must find it gone.
    this.#hosted.delete(partition)
    hosted.expiry.cancel()
    hosted.shard.close()
  }

  removeTopicOffsets(topics: readonly string[]): void {
    for (const shard of this.shards()) {
      removeTopicOffsets(shard, topics, (errorCode) => {
        const { partition } = shard
        this.#options.logger.warn('Cannot remove the offsets of deleted topics', {
          partition,
          topics,
          errorCode,
        })
      })
    }
  }

  close(): void {
    this.#isClosed = true
    for (const partition of this.#hosted.keys()) this.unload(partition)
  }
}
