/**
 * All logs of a broker: opens them, makes and deletes them, and does what has to be done now and then.
 *
 *   every second        flush what the page cache alone has had for so long
 *   every five seconds  write down the recovery points, when they moved
 *   every five minutes  retention; every ten, producers that went away
 *
 * One manager per log directory at a time, held by a lock file. All work runs on the event loop; what
 * waits for the device does so in callbacks.
 */
import type { Clock, Logger, Random, Uuid } from '@ottla/base'
import {
  encodePartitionMetadata,
  PARTITION_METADATA_FILE,
} from './checkpoint/partition-metadata.ts'
import { writeFile } from './checkpoint/replace-file.ts'
import type { Disk } from './disk.ts'
import { OpenFiles } from './disk/open-files.ts'
import { BackgroundWork } from './log-dir/background-work.ts'
import { cannotOpen, openLogDirs, type Checkpoints, type LogDir } from './log-dir/log-dir.ts'
import type { DirectoryOwner } from './log-dir/meta-properties.ts'
import { openPartitions } from './log-dir/open-partitions.ts'
import {
  deletedDirectoryName,
  directoryName,
  strayDirectoryName,
} from './log-dir/partition-directory.ts'
import { Removals } from './log-dir/removals.ts'
import { removeDirectory } from './log-dir/remove-directory.ts'
import type { LogConfig } from './log-config.ts'
import type { LogResources, LogState } from './log-state.ts'
import { PartitionLog } from './partition-log.ts'
import { ReadBuffers } from './read/read-buffers.ts'
import { TailCache } from './read/tail-cache.ts'
import { createFirstSegment, newLogState } from './recovery/new-log-state.ts'
import { IndexMemory } from './segment/index-memory.ts'
import { SyncGate } from './segment/sync-gate.ts'
import { isDiskError, reasonAndAdvice, reasonOf, StorageError } from './storage-error.ts'

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

const MIB = 1024 * 1024
const TAIL_CACHE_BYTES_MAX = 64 * MIB
const INDEX_MEMORY_BYTES_MAX = 64 * MIB
/** Two answers of a consumer of sixteen partitions at a megabyte each. */
const READ_BUFFERS_IDLE_BYTES_MAX = 64 * MIB
const OPEN_FILES_MAX = 512
/** One less than the threads that the pool has by default, so that a read finds one. */
const SYNCS_IN_FLIGHT_MAX = 3

export class LogManager {
  readonly #options: LogManagerOptions
  readonly #resources: LogResources
  readonly #dirs: readonly LogDir[]
  readonly #logs = new Map<string, PartitionLog>()
  /** Asked on every write, so not by name. */
  readonly #byState = new WeakMap<LogState, PartitionLog>()
  readonly #work: BackgroundWork
  /** What a checkpoint says was on the device, of partitions whose directory was not found. */
  readonly #missing = new Map<string, number>()
  #isClosed = false

  /** Takes the directories, recovers every log in them, and starts the background work. */
  static async open(options: LogManagerOptions): Promise<LogManager> {
    const dirs = openLogDirs(options.disk, options.dirs, {
      owner: options.owner,
      random: options.random,
    })
    try {
      const manager = new LogManager(options, dirs)
      await manager.#openAll()
      return manager
    } catch (error) {
      for (const dir of dirs) dir.release()
      throw error
    }
  }

  private constructor(options: LogManagerOptions, dirs: readonly LogDir[]) {
    const { disk, clock, random, logger } = options
    this.#options = options
    this.#dirs = dirs
    this.#resources = {
      disk,
      clock,
      random,
      logger,
      removals: new Removals(disk, clock, logger),
      files: new OpenFiles(disk, options.openFilesMax ?? OPEN_FILES_MAX),
      tailCache: new TailCache(options.tailCacheBytesMax ?? TAIL_CACHE_BYTES_MAX),
      readBuffers: new ReadBuffers(options.readBuffersIdleBytesMax ?? READ_BUFFERS_IDLE_BYTES_MAX),
      indexMemory: new IndexMemory(options.indexMemoryBytesMax ?? INDEX_MEMORY_BYTES_MAX),
      syncGate: new SyncGate(options.syncsInFlightMax ?? SYNCS_IN_FLIGHT_MAX),
      onChanged: (state) => {
        this.#onChanged(state)
      },
      onTruncate: (state) => {
        this.#checkpointNow(state)
      },
      onFence: (state) => {
        this.#markIoError(state)
      },
    }
    this.#work = new BackgroundWork({
      clock,
      logger,
      dirs,
      logs: () => this.#logs.values(),
      checkpointsOf: (dir) => this.#checkpointsOf(dir),
      retentionCheckIntervalMs: options.logRetentionCheckIntervalMs,
      producerIdExpirationMs: options.producerIdExpirationMs,
    })
  }

  async #openAll(): Promise<void> {
    const { configFor } = this.#options
    for (const dir of this.#dirs) {
      const listed = this.#resources.disk.list(dir.path)
      const pathOf = (name: string): string | undefined => this.#logs.get(name)?.directoryPath
      for await (const state of openPartitions(dir, this.#resources, { configFor, pathOf })) {
        const log = this.#add(state)
        // What recovery found is not on the device yet.
        if (log.recoveryPoint < log.logEndOffset) this.#work.noteChanged(log)
      }
      this.#noteMissing(dir, listed)
    }
    for (const dir of this.#dirs) this.#beginRunning(dir)
    this.#work.start()
  }

  /** Not those that were deleted or set aside: they left their name behind. */
  #noteMissing(dir: LogDir, listed: readonly string[]): void {
    for (const [name, recoveryPoint] of dir.recoveryPoints) {
      const isAside = listed.some((other) => other.startsWith(`${name}.`))
      if (recoveryPoint > 0 && !isAside) this.#missing.set(name, recoveryPoint)
    }
    for (const name of this.#logs.keys()) this.#missing.delete(name)
  }

  #beginRunning(dir: LogDir): void {
    const { path, ballast } = dir
    try {
      dir.markRunning()
      dir.withRoom(() => {
        dir.ioErrors.keepOnly((name) => this.#logs.get(name)?.failure !== undefined)
      })
    } catch (error) {
      throw isDiskError(error) ? cannotOpen(path, error) : error
    }
    ballast.make()
    if (!ballast.isShort) return
    this.#resources.logger.warn('The disk is full: records are refused until there is some room', {
      path,
    })
  }

  #add(state: LogState): PartitionLog {
    const log = new PartitionLog(state)
    this.#logs.set(directoryName(state), log)
    this.#byState.set(state, log)
    return log
  }

  #onChanged(state: LogState): void {
    const log = this.#byState.get(state)
    if (log !== undefined && !state.isClosed) this.#work.noteChanged(log)
  }

  get(topic: string, partition: number): PartitionLog | undefined {
    return this.#logs.get(directoryName({ topic, partition }))
  }

  logs(): IterableIterator<PartitionLog> {
    return this.#logs.values()
  }

  /** An empty log, in the directory that has the fewest. */
  create({ topic, topicId, partition, config }: NewLog): PartitionLog {
    const name = directoryName({ topic, partition })
    if (this.#logs.has(name)) {
      throw new StorageError(`Cannot create log "${name}": it exists already`)
    }
    const dir = this.#leastUsedDir()
    const path = `${dir.path}/${name}`
    this.#warnIfMissing(name, path)
    const isNew = !this.#resources.disk.exists(path)
    try {
      if (dir.hasRecoveryPoint(name)) dir.writeCheckpoints(this.#checkpointsOf(dir))
      const { disk } = this.#resources
      disk.makeDirectory(path)
      const metadata = encodePartitionMetadata(topicId)
      writeFile(disk, `${path}/${PARTITION_METADATA_FILE}`, metadata)
      const resources = this.#resources
      const state = newLogState({
        resources,
        topic,
        partition,
        topicId,
        path,
        space: dir.ballast,
        config,
      })
      createFirstSegment(state, 0)
      state.isParentUnsynced = true
      return this.#add(state)
    } catch (error) {
      if (isNew) this.#removeHalfMade(path)
      const why = reasonAndAdvice(error, 'check the disk')
      throw new StorageError(`Cannot create log "${path}": ${why}`, { cause: error })
    }
  }

  #warnIfMissing(name: string, path: string): void {
    const recoveryPoint = this.#missing.get(name)
    if (recoveryPoint === undefined) return
    this.#missing.delete(name)
    this.#resources.logger.warn(
      'Began a log anew: its directory is missing, though records were written to it. If they are wanted, stop the broker and restore the directory',
      { path, recoveryPoint },
    )
  }

  #removeHalfMade(path: string): void {
    const { disk, logger } = this.#resources
    try {
      if (disk.exists(path)) removeDirectory(disk, path)
    } catch (error) {
      logger.warn('Cannot remove a log that was made in part', { path, error })
    }
  }

  #leastUsedDir(): LogDir {
    const counts = new Map(this.#dirs.map((dir) => [dir, 0]))
    if (this.#dirs.length > 1) {
      for (const log of this.#logs.values()) {
        const dir = this.#dirOf(log)
        counts.set(dir, (counts.get(dir) ?? 0) + 1)
      }
    }
    let least = this.#dirs[0] as LogDir
    for (const [dir, count] of counts) if (count < (counts.get(least) ?? 0)) least = dir
    return least
  }

  #dirOf(log: PartitionLog): LogDir {
    const parent = log.directoryPath.slice(0, log.directoryPath.lastIndexOf('/'))
    return this.#dirs.find((dir) => dir.path === parent) as LogDir
  }

  /** Out of the way at once; readers that have a slice may finish. Unlinked after a while. */
  delete(topic: string, partition: number): void {
    const log = this.#logs.get(directoryName({ topic, partition }))
    if (log === undefined) return
    const { random, removals } = this.#resources
    const deletedPath = this.#moveAway(log, deletedDirectoryName({ topic, partition }, random))
    removals.directoryAfter(log.config.fileDeleteDelayMs, deletedPath)
  }

  /**
   * For a log that is not of the topic that has its name now: renamed, and kept. Returns where it is,
   * undefined when there is none.
   */
  setAside(topic: string, partition: number): string | undefined {
    const log = this.#logs.get(directoryName({ topic, partition }))
    if (log === undefined) return undefined
    return this.#moveAway(log, strayDirectoryName({ topic, partition }, this.#resources.random))
  }

  #moveAway(log: PartitionLog, newName: string): string {
    const path = `${this.#dirOf(log).path}/${newName}`
    try {
      this.#resources.disk.rename(log.directoryPath, path)
    } catch (error) {
      throw new StorageError(`Cannot move log "${log.directoryPath}" away: ${reasonOf(error)}`, {
        cause: error,
      })
    }
    this.#logs.delete(directoryName(log))
    this.#work.forget(log)
    log.movedTo(path)
    log.release()
    return path
  }

  #checkpointsOf(dir: LogDir): Checkpoints {
    const logs = [...this.#logs.values()].filter((log) => this.#dirOf(log) === dir)
    return {
      recoveryPoints: logs.map(({ topic, partition, recoveryPoint }) => ({
        topic,
        partition,
        offset: recoveryPoint,
      })),
      logStartOffsets: logs
        .filter((log) => log.startsInsideSegment)
        .map(({ topic, partition, logStartOffset }) => ({
          topic,
          partition,
          offset: logStartOffset,
        })),
    }
  }

  /** The failure is reported in any case; without the mark the next start believes the page cache. */
  #markIoError(state: LogState): void {
    const log = this.#byState.get(state)
    if (log === undefined) return
    const dir = this.#dirOf(log)
    try {
      dir.withRoom(() => {
        dir.ioErrors.add(directoryName(state))
      })
    } catch (error) {
      this.#resources.logger.error(
        'Cannot note down that a log failed; restart the machine rather than the broker alone',
        { path: dir.path, error },
      )
    }
  }

  #checkpointNow(state: LogState): void {
    const log = this.#byState.get(state)
    if (log === undefined) return
    const dir = this.#dirOf(log)
    dir.writeCheckpoints(this.#checkpointsOf(dir))
  }

  /** Everything written so far is on the device; throws the first StorageError. */
  async flushAll(): Promise<void> {
    const flushes = [...this.#logs.values()].map(
      (log) =>
        new Promise<StorageError | undefined>((resolve) => {
          if (log.failure !== undefined) resolve(log.failure)
          else log.flush(resolve)
        }),
    )
    for (const error of await Promise.all(flushes)) if (error !== undefined) throw error
  }

  /**
   * Flushes, writes the checkpoints and marks the stop as clean. A directory with a log that failed
   * gets no mark: the next start looks at it as after a crash.
   */
  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    await this.#work.stop()
    await this.#resources.removals.close()
    for (const log of this.#logs.values()) this.#writeLast(log)
    await this.flushAll().catch((error: unknown) => {
      this.#resources.logger.error('Cannot flush every log; the next start recovers', { error })
    })
    for (const dir of this.#dirs) this.#closeDir(dir)
  }

  #writeLast(log: PartitionLog): void {
    try {
      log.write()
    } catch (error) {
      this.#resources.logger.error('Cannot write to a log while stopping', {
        topic: log.topic,
        partition: log.partition,
        error,
      })
    }
  }

  #closeDir(dir: LogDir): void {
    const logs = [...this.#logs.values()].filter((log) => this.#dirOf(log) === dir)
    try {
      for (const log of logs) {
        dir.withRoom(() => {
          log.close()
        })
      }
      dir.writeCheckpoints(this.#checkpointsOf(dir))
      if (logs.every((log) => log.failure === undefined)) dir.markCleanShutdown()
    } catch (error) {
      this.#resources.logger.error('Cannot close a log directory; the next start recovers', {
        path: dir.path,
        error,
      })
    } finally {
      for (const log of logs) log.release()
      // Whoever starts next finds the room that this stop needed, as far as there is some.
      dir.ballast.makeOfWhatIsLeft()
      dir.release()
    }
  }
}
