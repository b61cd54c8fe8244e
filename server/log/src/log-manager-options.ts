/**
 * What a LogManager is made with, the bounds that hold where nothing is said, and what all of its logs
 * share because of it.
 */
import { BufferPool, type Clock, type Logger, type Random, type Uuid } from '@ottla/base'
import type { Disk } from './disk.ts'
import { OpenFiles } from './disk/open-files.ts'
import type { DirectoryOwner } from './log-dir/meta-properties.ts'
import { Removals } from './log-dir/removals.ts'
import type { LogConfig } from './log-config.ts'
import type { LogResources } from './log-state.ts'
import { TailCache } from './read/tail-cache.ts'
import { IndexMemory } from './segment/index-memory.ts'
import { SyncGate } from './segment/sync-gate.ts'

export interface LogManagerOptions {
  readonly dirs: readonly string[]
  readonly disk: Disk
  readonly clock: Clock
  readonly random: Random
  readonly logger: Logger
  /** Undefined for a topic that is not known: its logs are opened with the defaults and kept. */
  readonly configFor: (topic: string) => LogConfig | undefined
  /** Written into meta.properties, and compared with what it says. */
  readonly owner?: DirectoryOwner
  readonly tailCacheBytesMax?: number
  readonly indexMemoryBytesMax?: number
  /** Memory kept between two reads of consumers that catch up. */
  readonly readBuffersIdleBytesMax?: number
  readonly openFilesMax?: number
  readonly syncsInFlightMax?: number
  /** log.retention.check.interval.ms */
  readonly logRetentionCheckIntervalMs?: number
  /** producer.id.expiration.ms */
  readonly producerIdExpirationMs?: number
}

export interface NewLog {
  readonly topic: string
  readonly topicId: Uuid
  readonly partition: number
  readonly config: LogConfig
}

/** What a log tells its manager. */
export type LogListener = Pick<LogResources, 'onChanged' | 'onTruncate' | 'onFence'>

const MIB = 1024 * 1024
const TAIL_CACHE_BYTES_MAX = 64 * MIB
const INDEX_MEMORY_BYTES_MAX = 64 * MIB
/** Two answers of a consumer of sixteen partitions at a megabyte each. */
const READ_BUFFERS_IDLE_BYTES_MAX = 64 * MIB
const OPEN_FILES_MAX = 512
/** One less than the threads that the pool has by default, so that a read finds one. */
const SYNCS_IN_FLIGHT_MAX = 3

export function logResources(options: LogManagerOptions, listener: LogListener): LogResources {
  const { disk, clock, random, logger } = options
  return {
    ...listener,
    disk,
    clock,
    random,
    logger,
    removals: new Removals(disk, clock, logger),
    files: new OpenFiles(disk, options.openFilesMax ?? OPEN_FILES_MAX),
    tailCache: new TailCache(options.tailCacheBytesMax ?? TAIL_CACHE_BYTES_MAX),
    readBuffers: new BufferPool(options.readBuffersIdleBytesMax ?? READ_BUFFERS_IDLE_BYTES_MAX),
    indexMemory: new IndexMemory(options.indexMemoryBytesMax ?? INDEX_MEMORY_BYTES_MAX),
    syncGate: new SyncGate(options.syncsInFlightMax ?? SYNCS_IN_FLIGHT_MAX),
  }
}
