/**
 * Whether the log takes batches at all just now, and what becomes known of it when it does not: clients
 * are refused without a word of where, the operator is told once in a while.
 */
import { LogErrorCode } from '../log-error-code.ts'
import type { LogState } from '../log-state.ts'
import { isFullDisk, type StorageError } from '../storage-error.ts'
import { refuse, type AppendRefusal } from './append-outcome.ts'

/** After the disk was full: how long appends are refused before the next one tries. */
const FULL_DISK_PAUSE_MS = 1000
const NOT_PAUSED = -1
/** A client that is refused tries again at once; the operator need not be told each time. */
const REPORT_INTERVAL_MS = 1000
const FULL_DISK_TEXT = 'The disk is full; free some space'

export class AppendGate {
  readonly #state: LogState
  #pausedUntilMs = NOT_PAUSED
  #reportedUntilMs = 0

  constructor(state: LogState) {
    this.#state = state
  }

  /** Undefined when the log takes batches. */
  refusal(): AppendRefusal | undefined {
    const { failure, isClosed, resources, space } = this.#state
    if (failure !== undefined) return storageRefusal(failure)
    if (isClosed) return refuse(LogErrorCode.KAFKA_STORAGE_ERROR, 'The log is closed')
    // What little there is must be left to whatever frees some: deleting topics and records.
    if (space.isShort) return refuse(LogErrorCode.KAFKA_STORAGE_ERROR, FULL_DISK_TEXT)
    if (this.#pausedUntilMs === NOT_PAUSED) return undefined
    if (resources.clock.monotonicMs() >= this.#pausedUntilMs) {
      this.#pausedUntilMs = NOT_PAUSED
      return undefined
    }
    return refuse(LogErrorCode.KAFKA_STORAGE_ERROR, FULL_DISK_TEXT)
  }

  /** An append failed at the disk. */
  refusalAfter(error: StorageError): AppendRefusal {
    if (isFullDisk(error)) this.pause()
    this.#report(error)
    return storageRefusal(error)
  }

  pause(): void {
    this.#pausedUntilMs = this.#state.resources.clock.monotonicMs() + FULL_DISK_PAUSE_MS
  }

  #report(error: StorageError): void {
    const { resources, topic, partition } = this.#state
    const nowMs = resources.clock.monotonicMs()
    if (nowMs < this.#reportedUntilMs) return
    this.#reportedUntilMs = nowMs + REPORT_INTERVAL_MS
    resources.logger.error('Cannot append to a log', { topic, partition, error })
  }
}

function storageRefusal(error: StorageError): AppendRefusal {
  return refuse(LogErrorCode.KAFKA_STORAGE_ERROR, error.publicMessage)
}
