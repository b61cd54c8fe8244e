/**
 * One partition's log: the public face of everything in this package that concerns one partition.
 *
 * Written by one event loop. A turn of it: `append` for each request (offsets at once), then `write`
 * once (readers can see it), then `flush` where somebody waits for the device. Readers `locate` and
 * read slices. It knows nothing of leaders, replicas or groups; who asks decides what may be read.
 */
import type { Uuid } from '@ottla/base'
import { LogAppender, type AppendOptions } from './append/log-appender.ts'
import type { AppendOutcome } from './append/append-outcome.ts'
import { encodeEpochCheckpoint } from './checkpoint/checkpoint-text.ts'
import { writeFile } from './checkpoint/replace-file.ts'
import type { AbortedTransaction } from './index/transaction-index.ts'
import { LEADER_EPOCH_CHECKPOINT_FILE } from './leader-epoch/epoch-file.ts'
import type { EpochEnd } from './leader-epoch/leader-epoch-cache.ts'
import type { LogConfig } from './log-config.ts'
import { refuseUnreadable, type LogState } from './log-state.ts'
import { LogReader } from './read/log-reader.ts'
import type { LocateOptions, LogSlice } from './read/log-slice.ts'
import {
  offsetForTimestamp,
  offsetOfMaxTimestamp,
  type TimestampedOffset,
} from './read/timestamp-lookup.ts'
import { rebuildProducers } from './recovery/rebuild-producers.ts'
import { LogRetention } from './retention/log-retention.ts'
import { LogFlusher, type FlushCallback } from './segment/log-flusher.ts'
import { SegmentRoller } from './segment/segment-roller.ts'
import type { StorageError } from './storage-error.ts'
import { truncateLog } from './retention/truncate-log.ts'

/** So much may be in the page cache alone before a flush is started (docs/decisions: durability). */
const UNFLUSHED_BYTES_MAX = 8 * 1024 * 1024

export class PartitionLog {
  readonly #state: LogState
  readonly #appender: LogAppender
  readonly #flusher: LogFlusher
  readonly #roller: SegmentRoller
  readonly #reader: LogReader
  readonly #retention: LogRetention

  constructor(state: LogState) {
    this.#state = state
    this.#flusher = new LogFlusher(state)
    this.#roller = new SegmentRoller(state, this.#flusher)
    this.#reader = new LogReader(state)
    this.#retention = new LogRetention({
      state,
      roller: this.#roller,
      flusher: this.#flusher,
      reader: this.#reader,
    })
    this.#appender = new LogAppender({
      state,
      roller: this.#roller,
      reloadProducers: () => {
        rebuildProducers(state, { upToOffset: state.writtenEndOffset })
      },
      onWritten: () => {
        this.#onWritten()
      },
    })
  }

  get topic(): string {
    return this.#state.topic
  }

  get partition(): number {
    return this.#state.partition
  }

  get topicId(): Uuid {
    return this.#state.topicId
  }

  get config(): LogConfig {
    return this.#state.config
  }

  /** The first offset that readers may have. */
  get logStartOffset(): number {
    return this.#state.logStartOffset
  }

  /** The offset of the next record. */
  get logEndOffset(): number {
    return this.#state.nextOffset
  }

  /** Everything below is on the device. */
  get recoveryPoint(): number {
    return this.#state.recoveryPoint
  }

  /** Everything below belongs to no open transaction. */
  get lastStableOffset(): number {
    return this.#state.producers.firstOpenTransactionOffset ?? this.#state.nextOffset
  }

  get sizeInBytes(): number {
    return this.#state.segments.sizeInBytes
  }

  /** The start is not that of a segment, so only the checkpoint of it can tell. */
  get startsInsideSegment(): boolean {
    return this.#state.logStartOffset > this.#state.segments.first.baseOffset
  }

  get segmentCount(): number {
    return this.#state.segments.count
  }

  get unflushedBytes(): number {
    return this.#flusher.unflushedBytes
  }

  /** Why the log takes no appends any more; undefined while all is well. */
  get failure(): StorageError | undefined {
    return this.#state.failure
  }

  /** It could not be opened: its end is a guess, and every read of it throws `failure`. */
  get isUnreadable(): boolean {
    return this.#state.isUnreadable
  }

  append(records: Buffer, options: AppendOptions): AppendOutcome {
    return this.#appender.append(records, options)
  }

  /** Brings what was appended since the last call into the segment; throws a StorageError. */
  write(): void {
    this.#appender.write()
  }

  #onWritten(): void {
    const { resources, config } = this.#state
    resources.onChanged(this.#state)
    if (this.#flusher.isRunning) return
    // A rolled segment keeps its files open until it is synced, so `never` does not go for it.
    const isDue =
      this.#flusher.hasSealed ||
      (config.flushPolicy !== 'never' && this.#flusher.unflushedBytes >= UNFLUSHED_BYTES_MAX)
    if (isDue) this.flush(() => {})
  }

  /** Calls back when all that was written before is on the device. */
  flush(callback: FlushCallback): void {
    this.#flusher.flush(callback)
  }

  locate(offset: number, options: LocateOptions): LogSlice | undefined {
    return this.#reader.locate(offset, options)
  }

  endOffsetForEpoch(epoch: number): EpochEnd {
    return this.#state.epochs.endOffsetFor(epoch, this.#state.nextOffset)
  }

  /** -1 where unknown. */
  epochForOffset(offset: number): number {
    return this.#state.epochs.epochFor(offset)
  }

  get latestEpoch(): number {
    return this.#state.epochs.latestEpoch
  }

  assignEpoch(epoch: number, startOffset: number): void {
    this.#state.epochs.assign(epoch, startOffset)
    if (this.#state.epochs.isChanged) this.#state.resources.onChanged(this.#state)
  }

  offsetForTimestamp(timestamp: number): TimestampedOffset | undefined {
    return offsetForTimestamp(this.#lookup(), timestamp)
  }

  offsetOfMaxTimestamp(): TimestampedOffset | undefined {
    return offsetOfMaxTimestamp(this.#lookup())
  }

  #lookup() {
    refuseUnreadable(this.#state)
    return {
      state: this.#state,
      useIndexes: this.#reader.useIndexes.bind(this.#reader),
    }
  }

  /** Transactions that a read_committed reader of [fromOffset, upToOffset) must leave out. */
  abortedTransactions(fromOffset: number, upToOffset: number): AbortedTransaction[] {
    return this.#reader.abortedTransactions(fromOffset, upToOffset)
  }

  updateConfig(config: LogConfig): void {
    this.#state.config = config
  }

  /** DeleteRecords: the log starts at `offset` from now on; whole segments before it go. */
  deleteRecordsBefore(offset: number): void {
    refuseUnreadable(this.#state)
    this.write()
    this.#retention.moveStart(offset)
  }

  /** Removes `offset` and everything after it. */
  truncateTo(offset: number): void {
    refuseUnreadable(this.#state)
    this.write()
    truncateLog(
      { state: this.#state, flusher: this.#flusher, roller: this.#roller, reader: this.#reader },
      offset,
    )
  }

  /** Deletes what the topic's limits no longer keep; returns how many segments went. */
  applyRetention(nowMs: number, upToOffset: number = this.#state.writtenEndOffset): number {
    if (this.#appender.hasPending || this.#state.failure !== undefined) return 0
    return this.#retention.apply(nowMs, upToOffset)
  }

  removeExpiredProducers(nowMs: number, expirationMs: number): void {
    this.#state.producers.removeExpired(nowMs, expirationMs)
  }

  /**
   * The index entries since the last time, into their files: a restart finds them. Runs before a
   * recovery point beyond them is written down.
   */
  persistIndexes(): void {
    const { segments, failure, isClosed } = this.#state
    if (failure !== undefined || isClosed) return
    segments.active.indexes.persist()
  }

  #persistEpochs(): void {
    const { epochs, directory, resources } = this.#state
    if (!epochs.isChanged) return
    const path = `${directory.path}/${LEADER_EPOCH_CHECKPOINT_FILE}`
    writeFile(resources.disk, path, encodeEpochCheckpoint(epochs.entries))
    epochs.isChanged = false
    this.#state.isDirectoryUnsynced = true
  }

  /** After the last flush of a clean stop; the log is not usable afterwards. */
  close(): void {
    const state = this.#state
    if (state.isClosed) return
    if (state.failure === undefined) {
      this.write()
      this.persistIndexes()
      this.#persistEpochs()
      this.#roller.takeSnapshot()
    }
    this.release()
  }

  /** Gives files and memory back without writing anything: the log is deleted, or was closed. */
  release(): void {
    const state = this.#state
    if (state.isClosed) return
    state.isClosed = true
    state.resources.tailCache.clear(state.tail)
    for (const segment of state.segments.all) {
      state.resources.indexMemory.forget(segment)
      segment.synced()
      segment.close()
    }
  }

  /** The directory has been renamed. */
  movedTo(path: string): void {
    this.#state.directory.path = path
  }

  get directoryPath(): string {
    return this.#state.directory.path
  }
}
