/**
 * Station 13 of the path: finds the bytes for an offset, in memory when they are recent, else in a
 * segment file.
 */
import type { BufferPool } from '@ottla/base'
import type { AbortedTransaction } from '../index/transaction-index.ts'
import { fence, refuseUnreadable, type LogState } from '../log-state.ts'
import type { LogSegment } from '../segment/log-segment.ts'
import { isDiskError, isFullDisk, reasonOf, StorageError } from '../storage-error.ts'
import { ColdSlice, recordsMissing, type ColdSource, type ColdStart } from './cold-slice.ts'
import { hotSlice } from './hot-slice.ts'
import type { LocateOptions, LogSlice } from './log-slice.ts'
import { ReadPositions } from './read-positions.ts'

export class LogReader implements ColdSource {
  readonly #state: LogState
  readonly #positions = new ReadPositions()

  constructor(state: LogState) {
    this.#state = state
  }

  get buffers(): BufferPool {
    return this.#state.resources.readBuffers
  }

  locate(offset: number, options: LocateOptions): LogSlice | undefined {
    refuseUnreadable(this.#state)
    const { tail, segments, writtenEndOffset } = this.#state
    const upToOffset = Math.min(options.upToOffset, writtenEndOffset)
    if (offset >= upToOffset) return undefined
    const place = tail.find(offset)
    const limits = upToOffset === options.upToOffset ? options : { ...options, upToOffset }
    if (place >= 0) return hotSlice(tail, place, limits, this.buffers)
    const segment = segments.at(Math.max(0, segments.placeFor(offset)))
    if (segment === undefined) return undefined
    const start =
      offset < segment.nextOffset
        ? this.#startIn(segment, offset)
        : this.startAfter(segment, offset)
    return start === undefined ? undefined : new ColdSlice(this, start, offset, limits)
  }

  #startIn(segment: LogSegment, offset: number): ColdStart {
    const known = this.#positions.find(offset)
    if (known !== undefined && known.segment === segment) {
      return { segment, position: known.position, isExact: true }
    }
    this.useIndexes(segment)
    return { segment, position: segment.offsetIndex.lookup(offset), isExact: false }
  }

  /** Loads the indexes of a segment that is not active. Throws a StorageError. */
  useIndexes(segment: LogSegment): void {
    const state = this.#state
    if (segment === state.segments.active) return
    try {
      state.resources.indexMemory.use(state, segment)
    } catch (error) {
      if (!isDiskError(error)) throw error
      if (!(error instanceof StorageError)) {
        throw new StorageError(`Cannot read "${segment.log.path}": ${reasonOf(error)}`, {
          cause: error,
        })
      }
      // They were made again and are in memory. A disk that is full may take them another time; one that
      // fails must not be given more records.
      if (!isFullDisk(error)) fence(state, error)
    }
  }

  /** Throws a StorageError when the offset lies between the two and there must be records. */
  startAfter(segment: LogSegment, offset: number): ColdStart | undefined {
    const next = this.#state.segments.after(segment)
    if (this.mustHave(offset) && !(next !== undefined && next.baseOffset <= offset)) {
      throw recordsMissing(segment, offset)
    }
    return next === undefined ? undefined : { segment: next, position: 0, isExact: true }
  }

  /**
   * Without compaction every offset of the log has its record. Asked after a read: the log may have been
   * cut, or lost its beginning to retention, while it was under way.
   */
  mustHave(offset: number): boolean {
    const { config, logStartOffset, writtenEndOffset } = this.#state
    const isInside = offset >= logStartOffset && offset < writtenEndOffset
    return isInside && !config.cleanupPolicy.includes('compact')
  }

  remember(offset: number, segment: LogSegment, position: number): void {
    if (position < segment.sizeInBytes) this.#positions.remember(offset, segment, position)
  }

  forgetPositions(): void {
    this.#positions.clear()
  }

  /** Of readers of [fromOffset, upToOffset): which transactions they must leave out. */
  abortedTransactions(fromOffset: number, upToOffset: number): AbortedTransaction[] {
    const found: AbortedTransaction[] = []
    const { segments } = this.#state
    for (let place = Math.max(0, segments.placeFor(fromOffset)); ; place++) {
      const segment = segments.at(place)
      if (segment === undefined) return found
      this.useIndexes(segment)
      if (segment.transactionIndex.collect(fromOffset, upToOffset, found)) return found
    }
  }
}
