/**
 * One log directory: the lock, what the last stop left behind, and the checkpoints of its partitions.
 *
 *   .lock                             the process that has it open
 *   .kafka_cleanshutdown              the last stop flushed everything; removed as soon as it was read
 *   ottla-running                     the boot in which a broker is (or was) running here
 *   recovery-point-offset-checkpoint  up to where each partition is on the device
 *   log-start-offset-checkpoint       where each partition begins, when not with its first segment
 *   ottla-io-error                    partitions whose last sync failed: their page cache is not believed
 *   ottla-ballast                     space for the small files when the disk is full
 */
import type { Random } from '@ottla/base'
import {
  decodeOffsetCheckpoint,
  encodeOffsetCheckpoint,
  type PartitionOffset,
} from '../checkpoint/checkpoint-text.ts'
import { readWholeFile, replaceFile, replaceFileLater } from '../checkpoint/replace-file.ts'
import type { Disk, DiskLock, DoneCallback } from '../disk.ts'
import { isFullDisk, reasonAndAdvice, StorageError } from '../storage-error.ts'
import { Ballast } from './ballast.ts'
import { IoErrorMark } from './io-error-mark.ts'
import { makeDurableDirectory } from './make-directory.ts'
import { claimDirectory, type DirectoryOwner } from './meta-properties.ts'
import { directoryName } from './partition-directory.ts'

const LOCK_FILE = '.lock'
const CLEAN_SHUTDOWN_FILE = '.kafka_cleanshutdown'
const RUNNING_FILE = 'ottla-running'
const RECOVERY_POINT_FILE = 'recovery-point-offset-checkpoint'
const LOG_START_FILE = 'log-start-offset-checkpoint'
/** As Kafka writes it; -1 is "no broker epoch". */
const CLEAN_SHUTDOWN_TEXT = '{"version":0,"brokerEpoch":-1}'

export interface Checkpoints {
  readonly recoveryPoints: readonly PartitionOffset[]
  readonly logStartOffsets: readonly PartitionOffset[]
}

export class LogDir {
  readonly path: string
  readonly #disk: Disk
  readonly #lock: DiskLock
  readonly ballast: Ballast
  readonly ioErrors: IoErrorMark
  readonly wasStoppedCleanly: boolean
  /** The process died, not the machine: the page cache is as it was left. */
  readonly isSameBoot: boolean
  readonly recoveryPoints: ReadonlyMap<string, number>
  readonly logStartOffsets: ReadonlyMap<string, number>
  #writtenLogStarts: Buffer | undefined
  #isWriting = false
  /** Grows with each write that did not wait: one that is under way is out of date then. */
  #writeCount = 0
  /** Partitions with a recovery point above 0 in the file, or in one that is being written. */
  #named: ReadonlySet<string>

  constructor(
    disk: Disk,
    path: string,
    options: { owner: DirectoryOwner | undefined; random: Random },
  ) {
    this.path = path
    this.#disk = disk
    this.ballast = new Ballast(disk, path)
    makeDurableDirectory(disk, path)
    // Whoever else has the directory is found before anything is written, so its ballast is safe.
    this.#lock = this.withRoom(() => disk.lock(`${path}/${LOCK_FILE}`))
    try {
      this.withRoom(() => {
        claimDirectory(disk, path, options)
      })
      this.ioErrors = new IoErrorMark(disk, path)
      this.wasStoppedCleanly = disk.exists(`${path}/${CLEAN_SHUTDOWN_FILE}`)
      const boot = readWholeFile(disk, `${path}/${RUNNING_FILE}`)?.toString('utf8').trim()
      this.isSameBoot = boot !== undefined && boot !== 'unknown' && boot === disk.bootId()
      this.recoveryPoints = this.#readOffsets(RECOVERY_POINT_FILE)
      this.logStartOffsets = this.#readOffsets(LOG_START_FILE)
      this.#named = new Set(this.recoveryPoints.keys())
    } catch (error) {
      this.#lock.release()
      throw error
    }
  }

  /** Runs what writes little and has to be done; on a full disk it gets the room of the ballast. */
  withRoom<T>(run: () => T): T {
    try {
      return run()
    } catch (error) {
      if (!isFullDisk(error) || !this.ballast.giveUp()) throw error
      return run()
    }
  }

  /**
   * From now on a crash is an unclean stop. After the logs were opened: a crash during recovery must
   * find what this start found.
   */
  markRunning(): void {
    const cleanPath = `${this.path}/${CLEAN_SHUTDOWN_FILE}`
    // Of the same boot it is there already, and needs no room on a disk that may have none. Partitions
    // that the last life made just before it died may not be on the device, so the directory is synced.
    if (this.isSameBoot) {
      this.#disk.syncDirectory(this.path)
    } else {
      const boot = Buffer.from(`${this.#disk.bootId()}\n`)
      this.withRoom(() => {
        replaceFile(this.#disk, `${this.path}/${RUNNING_FILE}`, boot)
      })
    }
    if (!this.#disk.exists(cleanPath)) return
    this.#disk.unlink(cleanPath)
    this.#disk.syncDirectory(this.path)
  }

  #readOffsets(name: string): Map<string, number> {
    const bytes = readWholeFile(this.#disk, `${this.path}/${name}`)
    const entries = bytes === undefined ? [] : (decodeOffsetCheckpoint(bytes) ?? [])
    return new Map(entries.map((entry) => [directoryName(entry), entry.offset]))
  }

  get isWriting(): boolean {
    return this.#isWriting
  }

  /** Without waiting for the device; at most one at a time. */
  writeCheckpointsLater(checkpoints: Checkpoints, callback: DoneCallback): void {
    this.#isWriting = true
    this.#noteNames(checkpoints)
    const starts = encodeOffsetCheckpoint(checkpoints.logStartOffsets)
    const done: DoneCallback = (error) => {
      this.#isWriting = false
      if (error === undefined) this.#writtenLogStarts = starts
      callback(error)
    }
    const points = encodeOffsetCheckpoint(checkpoints.recoveryPoints)
    this.#replaceLater(RECOVERY_POINT_FILE, points, (error) => {
      if (error !== undefined || this.#writtenLogStarts?.equals(starts) === true) done(error)
      else this.#replaceLater(LOG_START_FILE, starts, done)
    })
  }

  #noteNames({ recoveryPoints }: Checkpoints): void {
    this.#named = new Set(recoveryPoints.map(directoryName))
  }

  /**
   * Whether the file of recovery points has a line for a partition of that name. A new log must not
   * begin under the line of a deleted one: its offsets would read as lost.
   */
  hasRecoveryPoint(name: string): boolean {
    return this.#named.has(name)
  }

  #replaceLater(name: string, bytes: Buffer, callback: DoneCallback): void {
    const writeCount = this.#writeCount
    const isWanted = (): boolean => writeCount === this.#writeCount
    try {
      replaceFileLater(this.#disk, `${this.path}/${name}`, bytes, callback, isWanted)
    } catch (error) {
      callback(error as Error)
    }
  }

  writeCheckpoints(checkpoints: Checkpoints): void {
    this.#writeCount++
    this.#noteNames(checkpoints)
    const write = (name: string, entries: readonly PartitionOffset[]): void => {
      this.withRoom(() => {
        replaceFile(this.#disk, `${this.path}/${name}`, encodeOffsetCheckpoint(entries))
      })
    }
    write(RECOVERY_POINT_FILE, checkpoints.recoveryPoints)
    write(LOG_START_FILE, checkpoints.logStartOffsets)
  }

  /** The last act of a clean stop. */
  markCleanShutdown(): void {
    const path = `${this.path}/${CLEAN_SHUTDOWN_FILE}`
    this.withRoom(() => {
      replaceFile(this.#disk, path, Buffer.from(CLEAN_SHUTDOWN_TEXT))
    })
  }

  release(): void {
    this.#lock.release()
  }
}

export function openLogDirs(
  disk: Disk,
  paths: readonly string[],
  options: { owner: DirectoryOwner | undefined; random: Random },
): LogDir[] {
  const opened: LogDir[] = []
  try {
    for (const path of paths) opened.push(openLogDir(disk, path, options))
    return opened
  } catch (error) {
    for (const dir of opened) dir.release()
    throw error
  }
}

function openLogDir(
  disk: Disk,
  path: string,
  options: { owner: DirectoryOwner | undefined; random: Random },
): LogDir {
  try {
    // One way of writing it: partitions are told apart by the directory they lie in.
    return new LogDir(disk, path.replace(/(?<=.)\/+$/, ''), options)
  } catch (error) {
    if (error instanceof StorageError) throw error
    throw cannotOpen(path, error)
  }
}

/** For a start that ends here: what is in the way, and how to get past it. */
export function cannotOpen(path: string, cause: unknown): StorageError {
  const why = reasonAndAdvice(
    cause,
    'check that the broker may read and write there, or choose another directory',
  )
  return new StorageError(`Cannot open the log directory "${path}": ${why}`, { cause })
}
