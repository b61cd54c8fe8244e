/**
 * All logs of a broker: opens them, makes and deletes them, and does what has to be done now and then.
 *
 *   every second        flush what the page cache alone has had for so long; sooner where flush.ms asks
 *   every five seconds  write down the recovery points, when they moved
 *   every five minutes  retention; every ten, producers that went away
 *
 * One manager per log directory at a time, held by a lock file. All work runs on the event loop; what
 * waits for the device does so in callbacks.
 */
import { BackgroundWork } from './log-dir/background-work.ts'
import { beginRunning } from './log-dir/begin-running.ts'
import { closeLogs, flushLogs } from './log-dir/close-logs.ts'
import { openLogDirs, type LogDir } from './log-dir/log-dir.ts'
import { logListener } from './log-dir/log-listener.ts'
import { LogTable } from './log-dir/log-table.ts'
import { makeLog } from './log-dir/make-log.ts'
import { MissingLogs } from './log-dir/missing-logs.ts'
import { openPartitions } from './log-dir/open-partitions.ts'
import {
  deletedDirectoryName,
  directoryName,
  strayDirectoryName,
} from './log-dir/partition-directory.ts'
import { logResources, type LogManagerOptions, type NewLog } from './log-manager-options.ts'
import type { LogResources } from './log-state.ts'
import type { PartitionLog } from './partition-log.ts'
import { publicReasonOf, reasonOf, StorageError } from './storage-error.ts'

export class LogManager {
  readonly #options: LogManagerOptions
  readonly #resources: LogResources
  readonly #table: LogTable
  readonly #missing: MissingLogs
  readonly #work: BackgroundWork
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
    const { clock, logger } = options
    const table = new LogTable(dirs)
    const work = new BackgroundWork({
      clock,
      logger,
      dirs,
      logs: () => table.all(),
      checkpointsOf: (dir) => table.checkpointsOf(dir),
      retentionCheckIntervalMs: options.logRetentionCheckIntervalMs,
      producerIdExpirationMs: options.producerIdExpirationMs,
    })
    this.#options = options
    this.#table = table
    this.#work = work
    this.#missing = new MissingLogs(logger)
    this.#resources = logResources(options, logListener({ table, work, logger }))
  }

  async #openAll(): Promise<void> {
    const { configFor, logger } = this.#options
    const table = this.#table
    for (const dir of table.dirs) {
      const listed = this.#resources.disk.list(dir.path)
      const pathOf = (name: string): string | undefined => table.named(name)?.directoryPath
      for await (const state of openPartitions(dir, this.#resources, { configFor, pathOf })) {
        const log = table.add(state)
        // What recovery found is not on the device yet.
        if (log.recoveryPoint < log.logEndOffset) this.#work.noteChanged(log)
      }
      this.#missing.note(dir, listed, table)
    }
    for (const dir of table.dirs) beginRunning(dir, table, logger)
    this.#work.start()
  }

  get(topic: string, partition: number): PartitionLog | undefined {
    return this.#table.get({ topic, partition })
  }

  logs(): IterableIterator<PartitionLog> {
    return this.#table.all()
  }

  /** An empty log, in the directory that has the fewest. */
  create(newLog: NewLog): PartitionLog {
    const name = directoryName(newLog)
    if (this.#table.named(name) !== undefined) {
      throw new StorageError(`Cannot create log "${name}": it exists already`)
    }
    const table = this.#table
    const dir = table.leastUsedDirectory()
    this.#missing.warnIfBegunAnew(name, `${dir.path}/${name}`)
    return table.add(makeLog({ resources: this.#resources, table, dir }, newLog))
  }

  /** Out of the way at once; readers that have a slice may finish. Unlinked after a while. */
  delete(topic: string, partition: number): void {
    const log = this.get(topic, partition)
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
    const log = this.get(topic, partition)
    if (log === undefined) return undefined
    return this.#moveAway(log, strayDirectoryName({ topic, partition }, this.#resources.random))
  }

  #moveAway(log: PartitionLog, newName: string): string {
    const path = `${this.#table.directoryOf(log).path}/${newName}`
    try {
      this.#resources.disk.rename(log.directoryPath, path)
    } catch (error) {
      throw new StorageError(`Cannot move log "${log.directoryPath}" away: ${reasonOf(error)}`, {
        cause: error,
        publicMessage: `Cannot move the log away: ${publicReasonOf(error)}`,
      })
    }
    this.#table.remove(log)
    this.#work.forget(log)
    log.movedTo(path)
    log.release()
    return path
  }

  /** Everything written so far is on the device; throws the first StorageError. */
  flushAll(): Promise<void> {
    return flushLogs(this.#table.all())
  }

  /** Flushes, writes the checkpoints and marks the stop as clean. */
  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    await this.#work.stop()
    await this.#resources.removals.close()
    await closeLogs(this.#table, this.#resources.logger)
  }
}
