/**
 * What a LogManager does by the clock. Only logs that changed are looked at, so idle partitions cost
 * nothing; retention alone goes through all of them, every few minutes.
 */
import type { Clock, Logger, Timer } from '@ottla/base'
import type { PartitionLog } from '../partition-log.ts'
import { StorageError } from '../storage-error.ts'
import { FlushDeadlines, isFlushWanted } from './flush-deadlines.ts'
import type { Checkpoints, LogDir } from './log-dir.ts'

export interface BackgroundWorkOptions {
  readonly clock: Clock
  readonly logger: Logger
  readonly dirs: readonly LogDir[]
  readonly logs: () => Iterable<PartitionLog>
  readonly checkpointsOf: (dir: LogDir) => Checkpoints
  readonly retentionCheckIntervalMs: number | undefined
  readonly producerIdExpirationMs: number | undefined
}

const FLUSH_INTERVAL_MS = 1000
const CHECKPOINT_INTERVAL_MS = 5000
const RETENTION_CHECK_INTERVAL_MS = 5 * 60 * 1000
const PRODUCER_CHECK_INTERVAL_MS = 10 * 60 * 1000
const PRODUCER_ID_EXPIRATION_MS = 24 * 60 * 60 * 1000

export class BackgroundWork {
  readonly #options: BackgroundWorkOptions
  readonly #timers = new Set<Timer>()
  readonly #deadlines: FlushDeadlines
  #unflushed = new Set<PartitionLog>()
  #uncheckpointed = new Set<PartitionLog>()
  #isStopped = false
  #onIdle: (() => void) | undefined

  constructor(options: BackgroundWorkOptions) {
    this.#options = options
    this.#deadlines = new FlushDeadlines({
      clock: options.clock,
      intervalMs: FLUSH_INTERVAL_MS,
      onFlushed: (log) => {
        this.#uncheckpointed.add(log)
      },
    })
  }

  start(): void {
    const { retentionCheckIntervalMs = RETENTION_CHECK_INTERVAL_MS } = this.#options
    this.#every(FLUSH_INTERVAL_MS, () => {
      this.#makeBallasts()
      this.#flush()
    })
    this.#every(CHECKPOINT_INTERVAL_MS, () => {
      this.#checkpoint()
    })
    this.#every(retentionCheckIntervalMs, () => {
      this.#applyRetention()
    })
    this.#every(PRODUCER_CHECK_INTERVAL_MS, () => {
      this.#removeExpiredProducers()
    })
  }

  #every(intervalMs: number, run: () => void): void {
    const timer = this.#options.clock.setTimer(intervalMs, () => {
      this.#timers.delete(timer)
      run()
      if (!this.#isStopped) this.#every(intervalMs, run)
    })
    this.#timers.add(timer)
  }

  noteChanged(log: PartitionLog): void {
    this.#unflushed.add(log)
    this.#uncheckpointed.add(log)
    this.#deadlines.note(log)
  }

  forget(log: PartitionLog): void {
    this.#unflushed.delete(log)
    this.#deadlines.forget(log)
    // The line of the deleted log has to go: the next one of that name begins at 0.
    this.#uncheckpointed.delete(log)
    this.#hasRemoved = true
  }

  #hasRemoved = false

  /** Records are taken again as soon as there is room for the ballast. */
  #makeBallasts(): void {
    const { dirs, logger } = this.#options
    for (const { ballast, path } of dirs) {
      if (!ballast.isShort) continue
      ballast.make()
      if (!ballast.isShort) logger.info('There is room on the disk again', { path })
    }
  }

  #flush(): void {
    const logs = this.#unflushed
    if (logs.size === 0) return
    this.#unflushed = new Set()
    for (const log of logs) {
      if (!isFlushWanted(log)) continue
      log.flush(() => {
        this.#uncheckpointed.add(log)
      })
    }
  }

  #checkpoint(): void {
    const { dirs, logger, checkpointsOf } = this.#options
    if (this.#uncheckpointed.size === 0 && !this.#hasRemoved) return
    if (dirs.some((dir) => dir.isWriting)) return
    const logs = this.#uncheckpointed
    this.#uncheckpointed = new Set()
    this.#hasRemoved = false
    for (const log of logs) this.#guard(log, 'write the indexes of', () => log.persistIndexes())
    for (const dir of dirs) {
      dir.writeCheckpointsLater(checkpointsOf(dir), (error) => {
        if (error !== undefined) {
          logger.error('Cannot write the checkpoints; a restart would check more than it need', {
            path: dir.path,
            error,
          })
          // Tried again with the next round.
          this.#hasRemoved = true
        }
        this.#onIdle?.()
      })
    }
  }

  #applyRetention(): void {
    const { clock, logger, logs } = this.#options
    for (const log of logs()) {
      this.#guard(log, 'apply retention to', () => {
        const count = log.applyRetention(clock.wallMs())
        if (count === 0) return
        logger.info('Deleted segments that the retention of the topic no longer keeps', {
          topic: log.topic,
          partition: log.partition,
          count,
          logStartOffset: log.logStartOffset,
        })
      })
    }
  }

  #removeExpiredProducers(): void {
    const { clock, logs, producerIdExpirationMs = PRODUCER_ID_EXPIRATION_MS } = this.#options
    for (const log of logs()) log.removeExpiredProducers(clock.wallMs(), producerIdExpirationMs)
  }

  /** One log with a bad disk must not keep the others from their turn. */
  #guard(log: PartitionLog, what: string, run: () => void): void {
    try {
      run()
    } catch (error) {
      if (!(error instanceof StorageError) && !(error instanceof Error && 'code' in error)) {
        throw error
      }
      this.#options.logger.error(`Cannot ${what} a log`, {
        topic: log.topic,
        partition: log.partition,
        error,
      })
    }
  }

  /** No more work is begun; resolves when a checkpoint that is being written has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true
    for (const timer of this.#timers) timer.cancel()
    this.#timers.clear()
    this.#deadlines.stop()
    while (this.#options.dirs.some((dir) => dir.isWriting)) {
      await new Promise<void>((resolve) => {
        this.#onIdle = resolve
      })
    }
  }
}
