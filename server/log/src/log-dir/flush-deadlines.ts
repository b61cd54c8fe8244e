/**
 * `flush.ms`: a log that asks for it is flushed sooner than the common round of all logs comes.
 *
 *   written ── flush.ms ──> flush ....... done ── what is left of flush.ms ──> flush ...
 *                             written again ^ (if it was)
 *
 * A log is here from its first unflushed write until its flush has ended, with one timer or one flush
 * and never both: a device that is slower than flush.ms is not asked faster than it answers. Idle logs,
 * and those without the configuration, have no timer.
 */
import type { Clock, Timer } from '@ottla/base'
import type { PartitionLog } from '../partition-log.ts'

export interface FlushDeadlinesOptions {
  readonly clock: Clock
  /** That of the common round: whoever allows as much has no timer of its own. */
  readonly intervalMs: number
  readonly onFlushed: (log: PartitionLog) => void
}

interface Deadline {
  /** Undefined while the flush runs. */
  timer: Timer | undefined
  /** When the log was first written after the flush had begun. */
  writtenMs: number | undefined
}

/** The background flush has something to do for it, and may. */
export function isFlushWanted(log: PartitionLog): boolean {
  if (log.failure !== undefined || log.config.flushPolicy === 'never') return false
  // A new log, or a new leader epoch, without records: goes along with the first of them.
  return log.recoveryPoint < log.logEndOffset
}

export class FlushDeadlines {
  readonly #options: FlushDeadlinesOptions
  readonly #deadlines = new Map<PartitionLog, Deadline>()

  constructor(options: FlushDeadlinesOptions) {
    this.#options = options
  }

  /** The log was written. */
  note(log: PartitionLog): void {
    if (log.config.flushMs >= this.#options.intervalMs) return
    const deadline = this.#deadlines.get(log)
    if (deadline === undefined) this.#begin(log, log.config.flushMs)
    else if (deadline.timer === undefined) deadline.writtenMs ??= this.#nowMs()
  }

  #nowMs(): number {
    return this.#options.clock.monotonicMs()
  }

  #begin(log: PartitionLog, delayMs: number): void {
    const deadline: Deadline = { timer: undefined, writtenMs: undefined }
    this.#deadlines.set(log, deadline)
    deadline.timer = this.#options.clock.setTimer(Math.max(0, delayMs), () => {
      this.#flush(log, deadline)
    })
  }

  #flush(log: PartitionLog, deadline: Deadline): void {
    deadline.timer = undefined
    if (!isFlushWanted(log)) {
      this.#deadlines.delete(log)
      return
    }
    log.flush((error) => {
      // Deleted, or the manager has stopped.
      if (this.#deadlines.get(log) !== deadline) return
      this.#deadlines.delete(log)
      if (error !== undefined) return
      this.#options.onFlushed(log)
      const { writtenMs } = deadline
      const { flushMs } = log.config
      if (writtenMs === undefined || flushMs >= this.#options.intervalMs) return
      if (isFlushWanted(log)) this.#begin(log, writtenMs + flushMs - this.#nowMs())
    })
  }

  forget(log: PartitionLog): void {
    this.#deadlines.get(log)?.timer?.cancel()
    this.#deadlines.delete(log)
  }

  stop(): void {
    for (const { timer } of this.#deadlines.values()) timer?.cancel()
    this.#deadlines.clear()
  }
}
