/**
 * Which segments a log no longer keeps: older than `retention.ms`, beyond `retention.bytes`, or wholly
 * before the log start offset. Kafka's rules:
 *
 * - Age is that of the greatest timestamp in the segment; without timestamps, of the file.
 * - By size, a segment goes only while what remains is still at least `retention.bytes`.
 * - Nothing at or above `upToOffset` goes (the high watermark, where there are replicas).
 * - When all of the active segment goes, a new empty one is begun, so offsets go on. On a full disk it
 *   can not be begun; those before it go all the same, and make the room for it.
 *
 * Files are renamed at once and unlinked after `file.delete.delay.ms`.
 */
import type { LogState } from '../log-state.ts'
import type { LogReader } from '../read/log-reader.ts'
import type { LogFlusher } from '../segment/log-flusher.ts'
import type { LogSegment } from '../segment/log-segment.ts'
import type { SegmentRoller } from '../segment/segment-roller.ts'
import { StorageError } from '../storage-error.ts'

export interface RetentionParts {
  readonly state: LogState
  readonly roller: SegmentRoller
  readonly flusher: LogFlusher
  readonly reader: LogReader
}

export class LogRetention {
  readonly #parts: RetentionParts

  constructor(parts: RetentionParts) {
    this.#parts = parts
  }

  apply(nowMs: number, upToOffset: number): number {
    const { config } = this.#parts.state
    let count = 0
    if (config.cleanupPolicy.includes('delete')) {
      count += this.#removeWhile(upToOffset, (segment) => this.#isExpired(segment, nowMs))
      count += this.#removeBeyondSize(upToOffset)
    }
    return count + this.#removeBeforeStart()
  }

  #isExpired(segment: LogSegment, nowMs: number): boolean {
    const { retentionMs } = this.#parts.state.config
    if (retentionMs < 0 || segment.isEmpty) return false
    const { disk } = this.#parts.state.resources
    const timestamp =
      segment.maxTimestamp >= 0 ? segment.maxTimestamp : disk.modifiedMs(segment.log.path)
    return nowMs - timestamp > retentionMs
  }

  #removeBeyondSize(upToOffset: number): number {
    const { config, segments } = this.#parts.state
    if (config.retentionBytes < 0) return 0
    let excessBytes = segments.sizeInBytes - config.retentionBytes
    return this.#removeWhile(upToOffset, (segment) => {
      if (segment.isEmpty || excessBytes < segment.sizeInBytes) return false
      excessBytes -= segment.sizeInBytes
      return true
    })
  }

  #removeBeforeStart(): number {
    const { state } = this.#parts
    return this.#removeWhile(Infinity, (_segment, next) => {
      return next !== undefined && next.baseOffset <= state.logStartOffset
    })
  }

  #removeWhile(
    upToOffset: number,
    isDue: (segment: LogSegment, next: LogSegment | undefined) => boolean,
  ): number {
    const { segments } = this.#parts.state
    let count = 0
    for (;;) {
      const segment = segments.at(count)
      if (segment === undefined) break
      const next = segments.at(count + 1)
      if (segment.nextOffset > upToOffset || !isDue(segment, next)) break
      count++
    }
    if (count < segments.count) {
      if (count > 0) this.#remove(count)
      return count
    }
    if (count > 1) this.#remove(count - 1)
    if (!this.#beginAnew()) return count - 1
    this.#remove(1)
    return count
  }

  /** False when there is no room for it: the next round tries again. */
  #beginAnew(): boolean {
    const { state, roller } = this.#parts
    try {
      roller.roll(state.nextOffset)
      return true
    } catch (error) {
      if (!(error instanceof StorageError)) throw error
      state.resources.logger.warn('Retention keeps a segment, as no new one can be begun', {
        topic: state.topic,
        partition: state.partition,
        error,
      })
      return false
    }
  }

  #remove(count: number): void {
    const { state, flusher, reader } = this.#parts
    const { segments, resources } = state
    const removed = segments.removeFirst(count)
    const { baseOffset } = segments.first
    if (state.logStartOffset < baseOffset) {
      state.logStartOffset = baseOffset
      state.epochs.truncateFromStart(baseOffset)
    }
    // The recovery point stays, though nothing below the new start needs it: until the directory is synced
    // a loss of power may bring a removed file back, without the records that had not been flushed.
    reader.forgetPositions()
    for (const segment of removed) {
      flusher.forget(segment)
      resources.indexMemory.forget(segment)
      segment.markDeleted()
    }
    this.#removeSnapshotsBefore(baseOffset)
    state.isDirectoryUnsynced = true
    resources.onChanged(state)
    resources.removals.after(state.config.fileDeleteDelayMs, () => {
      // The log was deleted meanwhile, and its directory with it.
      if (state.isClosed) return undefined
      return { files: removed.flatMap((segment) => segment.closeFiles()) }
    })
  }

  #removeSnapshotsBefore(offset: number): void {
    const { snapshots } = this.#parts.state
    for (const snapshotOffset of snapshots.offsets()) {
      if (snapshotOffset < offset) snapshots.remove(snapshotOffset)
    }
  }

  /** The log begins at `offset`; what lies wholly before it goes with the next `apply`. */
  moveStart(offset: number): void {
    const { state, reader } = this.#parts
    const target = Math.min(offset, state.writtenEndOffset)
    if (target <= state.logStartOffset) return
    state.logStartOffset = target
    state.epochs.truncateFromStart(target)
    reader.forgetPositions()
    state.resources.onChanged(state)
    this.#removeBeforeStart()
  }
}
