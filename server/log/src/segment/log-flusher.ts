/**
 * Group commit of one log: at most one flush is under way, and everyone who comes meanwhile rides on the
 * next one together.
 *
 *   flush 1 running        | A, B, C ask       | flush 1 done -> flush 2 starts for A, B and C
 *
 * The order inside a flush: rolled segments with their indexes, the active segment, then the
 * directories that hold new files. Only then the recovery point moves. A failed sync is never tried
 * again: the kernel marks the pages clean, and the next sync would report a success that is none
 * (KAFKA-10778, fsyncgate). The log is fenced for good.
 */
import { encodeEpochCheckpoint } from '../checkpoint/checkpoint-text.ts'
import { replaceFileLater } from '../checkpoint/replace-file.ts'
import type { SegmentFile } from '../disk/open-files.ts'
import type { DoneCallback } from '../disk.ts'
import { LEADER_EPOCH_CHECKPOINT_FILE } from '../leader-epoch/epoch-file.ts'
import { fence, type LogState } from '../log-state.ts'
import { isFullDisk, publicReasonOf, reasonOf, StorageError } from '../storage-error.ts'
import type { LogSegment } from './log-segment.ts'

export type FlushCallback = (error?: StorageError) => void

type SyncStep = (callback: DoneCallback) => void

export class LogFlusher {
  readonly #state: LogState
  #isRunning = false
  #riding: FlushCallback[] = []
  #waiting: FlushCallback[] = []
  /** Rolled since the last flush; oldest first. */
  #sealed: LogSegment[] = []
  /** How much of which segment the last flush covered; for the bound on what is not flushed. */
  #syncedSegment: LogSegment
  #syncedBytes: number

  constructor(state: LogState) {
    this.#state = state
    const { active } = state.segments
    this.#sealed = state.recovered.filter((segment) => segment !== active)
    this.#syncedSegment = active
    this.#syncedBytes = active.isUnsynced ? 0 : active.sizeInBytes
  }

  get isRunning(): boolean {
    return this.#isRunning
  }

  get hasSealed(): boolean {
    return this.#sealed.length > 0
  }

  get unflushedBytes(): number {
    const { segments, recoveryPoint, writtenEndOffset } = this.#state
    if (recoveryPoint >= writtenEndOffset) return 0
    const syncedBytes = this.#syncedSegment === segments.active ? this.#syncedBytes : 0
    let bytes = Math.max(0, segments.active.sizeInBytes - syncedBytes)
    for (const segment of this.#sealed) bytes += segment.sizeInBytes
    return bytes
  }

  /** The segment is written no more; the next flush covers it, with its indexes. */
  sealed(segment: LogSegment): void {
    this.#sealed.push(segment)
  }

  /** The segment is gone: nothing of it needs to reach the device. */
  forget(segment: LogSegment): void {
    segment.synced()
    this.#sealed = this.#sealed.filter((other) => other !== segment)
  }

  flush(callback: FlushCallback): void {
    this.#waiting.push(callback)
    if (!this.#isRunning) this.#start()
  }

  #start(): void {
    this.#isRunning = true
    this.#riding = this.#waiting
    this.#waiting = []
    this.#state.resources.syncGate.enter((done) => {
      this.#run(done)
    })
  }

  #run(done: () => void): void {
    const state = this.#state
    if (state.failure !== undefined || state.isClosed) {
      done()
      // Not in the caller's own turn: a callback is never called before `flush` returns.
      state.resources.clock.setImmediate(() => {
        this.#finish(state.failure ?? closedError(state))
      })
      return
    }
    const target = state.writtenEndOffset
    const { truncationCount } = state
    const active = state.segments.active
    const activeBytes = active.sizeInBytes
    const sealed = this.#sealed
    this.#sealed = []
    const steps = this.#steps(sealed, active)
    this.#next(steps, 0, (error) => {
      done()
      if (error !== undefined) {
        this.#fail(error)
        return
      }
      if (truncationCount === state.truncationCount) {
        for (const segment of sealed) segment.synced()
        if (active.sizeInBytes === activeBytes && !this.#sealed.includes(active)) active.synced()
        state.recoveryPoint = Math.max(state.recoveryPoint, target)
        this.#syncedSegment = active
        this.#syncedBytes = activeBytes
      } else {
        this.#takeUpAgain(sealed)
      }
      this.#finish(undefined)
    })
  }

  /**
   * The log was cut while the sync ran: a segment may have been cut and written anew since, and offsets
   * below the target may be other bytes by now. Nothing counts as synced; the next flush does it again.
   */
  #takeUpAgain(sealed: readonly LogSegment[]): void {
    const { active } = this.#state.segments
    const open = sealed.filter(
      (segment) => segment.isUnsynced && segment !== active && !this.#sealed.includes(segment),
    )
    this.#sealed = [...open, ...this.#sealed]
  }

  #steps(sealed: readonly LogSegment[], active: LogSegment): SyncStep[] {
    const state = this.#state
    const { disk } = state.resources
    const steps: SyncStep[] = []
    for (const segment of sealed) {
      for (const file of segment.filesToSync()) steps.push(this.#syncFile(file))
    }
    if (active.isUnsynced) steps.push(this.#syncFile(active.log))
    if (state.epochs.isChanged) steps.push(this.#replaceEpochFile())
    if (state.isDirectoryUnsynced) {
      state.isDirectoryUnsynced = false
      steps.push((callback) => {
        disk.syncDirectoryLater(state.directory.path, callback)
      })
    }
    if (state.isParentUnsynced) {
      state.isParentUnsynced = false
      const { path } = state.directory
      steps.push((callback) => {
        disk.syncDirectoryLater(path.slice(0, path.lastIndexOf('/')), callback)
      })
    }
    if (steps.length === 0) {
      steps.push((callback) => {
        state.resources.clock.setImmediate(() => {
          callback(undefined)
        })
      })
    }
    return steps
  }

  #syncFile(file: SegmentFile): SyncStep {
    const state = this.#state
    const { truncationCount } = state
    return (callback) => {
      let handle
      try {
        handle = file.use()
      } catch (error) {
        // Cut off since the flush began: the file is gone, and so is the wish to sync it.
        if (truncationCount === state.truncationCount) throw error
        callback(undefined)
        return
      }
      file.pin()
      handle.syncLater((error) => {
        file.unpin()
        callback(error)
      })
    }
  }

  /**
   * Epochs below the recovery point are not found again by recovery, so they go with it. A disk that has
   * no room for the file is no reason to fence the log: without a file the next start has the epochs
   * from the batches. An old one would be believed, so it is removed, for good, before the point moves.
   */
  #replaceEpochFile(): SyncStep {
    const { epochs, directory, resources } = this.#state
    const { disk } = resources
    return (callback) => {
      epochs.isChanged = false
      const bytes = encodeEpochCheckpoint(epochs.entries)
      const path = `${directory.path}/${LEADER_EPOCH_CHECKPOINT_FILE}`
      const done: DoneCallback = (error) => {
        if (!isFullDisk(error)) {
          callback(error)
          return
        }
        epochs.isChanged = true
        try {
          if (disk.exists(path)) disk.unlink(path)
        } catch (unlinkError) {
          callback(unlinkError as Error)
          return
        }
        disk.syncDirectoryLater(directory.path, callback)
      }
      try {
        replaceFileLater(disk, path, bytes, done)
      } catch (error) {
        done(error as Error)
      }
    }
  }

  #next(steps: readonly SyncStep[], place: number, callback: DoneCallback): void {
    const step = steps[place]
    if (step === undefined) {
      callback(undefined)
      return
    }
    try {
      step((error) => {
        if (error !== undefined) callback(error)
        else this.#next(steps, place + 1, callback)
      })
    } catch (error) {
      callback(error as Error)
    }
  }

  #fail(cause: Error): void {
    const { directory } = this.#state
    const advice = 'What was not synced may be lost; check the disk and restart the broker'
    const failure = new StorageError(
      `Cannot sync log "${directory.path}": ${reasonOf(cause)}. ${advice}`,
      { cause, publicMessage: `Cannot sync the log: ${publicReasonOf(cause)}. ${advice}` },
    )
    // A deleted log has no files to sync, and nobody who could miss them.
    if (!this.#state.isClosed) fence(this.#state, failure)
    this.#finish(failure)
  }

  #finish(error: StorageError | undefined): void {
    const riding = this.#riding
    this.#riding = []
    this.#isRunning = false
    for (const callback of riding) callback(error)
    // A callback may have asked for the next flush already.
    if (this.#waiting.length > 0 && !this.#isRunning) this.#start()
  }
}

function closedError(state: LogState): StorageError {
  return new StorageError(`Cannot flush ${state.topic}-${state.partition}: the log is closed`)
}
