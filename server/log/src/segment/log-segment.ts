/**
 * Station 9 of the produce path: one segment of a log, its file and its indexes.
 *
 *   00000000000000000042.log         batches, one after the other
 *   00000000000000000042.index       offset -> position
 *   00000000000000000042.timeindex   timestamp -> offset
 *   00000000000000000042.txnindex    aborted transactions; only when there are some
 *
 * A segment knows positions and offsets, not who appends or reads. Invariants: `sizeInBytes` is what is
 * in the file; baseOffset <= offset of every batch < nextOffset; indexes speak of written batches only.
 *
 * Bench: ../append.bench.ts
 */
import type { RecordBatchView } from '@ottla/records'
import { SegmentFile, type LogDirectory, type OpenFiles } from '../disk/open-files.ts'
import type { OffsetIndex } from '../index/offset-index.ts'
import { TIME_ENTRY_BYTES, type TimeIndex } from '../index/time-index.ts'
import type { TransactionIndex } from '../index/transaction-index.ts'
import { SegmentIndexes } from './segment-indexes.ts'
import { DELETED_SUFFIX, fileName, LOG_SUFFIX } from './segment-name.ts'
import { writeFully } from './write-fully.ts'

export interface SegmentOptions {
  readonly files: OpenFiles
  readonly directory: LogDirectory
  readonly baseOffset: number
  /** Names that are in the directory already; empty for a new segment. */
  readonly existing: ReadonlySet<string>
  readonly createdMs: number
  /** By how much earlier than `segment.ms` it is rolled. */
  readonly rollJitterMs: number
}

export interface RollLimits {
  readonly segmentBytes: number
  readonly segmentMs: number
  readonly segmentIndexBytes: number
}

export interface Pending {
  readonly bytes: number
  readonly count: number
}

const INT32_MAX = 2147483647
const NO_TIMESTAMP = -1

export class LogSegment {
  readonly baseOffset: number
  readonly log: SegmentFile
  readonly indexes: SegmentIndexes
  readonly createdMs: number
  readonly #rollJitterMs: number
  sizeInBytes = 0
  /** One past the last offset of the segment. */
  nextOffset: number
  maxTimestamp = NO_TIMESTAMP
  /** The last offset of the batch that brought `maxTimestamp`. */
  maxTimestampOffset = -1
  /** What rolling by time counts from; -1 while the segment is empty or before it was looked up. */
  firstTimestamp = NO_TIMESTAMP
  bytesSinceIndexEntry = 0
  isUnsynced = false

  constructor(options: SegmentOptions) {
    const { files, directory, baseOffset, existing } = options
    const fileFor = (suffix: string): SegmentFile =>
      new SegmentFile(files, directory, fileName(baseOffset, suffix))
    const exists = (suffix: string): boolean => existing.has(fileName(baseOffset, suffix))
    this.baseOffset = baseOffset
    this.nextOffset = baseOffset
    this.createdMs = options.createdMs
    this.#rollJitterMs = options.rollJitterMs
    this.log = fileFor(LOG_SUFFIX)
    this.indexes = new SegmentIndexes({ baseOffset, fileFor, exists })
  }

  get offsetIndex(): OffsetIndex {
    return this.indexes.offset
  }

  get timeIndex(): TimeIndex {
    return this.indexes.time
  }

  get transactionIndex(): TransactionIndex {
    return this.indexes.transaction
  }

  get isEmpty(): boolean {
    return this.sizeInBytes === 0
  }

  /**
   * Whether a batch belongs into a new segment; Kafka's LogSegment.shouldRoll. `pending` are batches
   * that will be written before it, each of which may take an index entry.
   */
  isRollDue(batch: RecordBatchView, limits: RollLimits, nowMs: number, pending: Pending): boolean {
    if (batch.lastOffset - this.baseOffset > INT32_MAX) return true
    const filledBytes = this.sizeInBytes + pending.bytes
    if (filledBytes === 0) return false
    const indexBytesMax = limits.segmentIndexBytes - pending.count * TIME_ENTRY_BYTES
    return (
      filledBytes > limits.segmentBytes - batch.sizeInBytes ||
      this.#waitedMs(nowMs, batch.maxTimestamp) > limits.segmentMs - this.#rollJitterMs ||
      this.offsetIndex.isFull(indexBytesMax) ||
      this.timeIndex.isFull(indexBytesMax)
    )
  }

  #waitedMs(nowMs: number, batchTimestamp: number): number {
    return this.firstTimestamp >= 0 && batchTimestamp >= 0
      ? batchTimestamp - this.firstTimestamp
      : nowMs - this.createdMs
  }

  /** The bytes of whole batches to the end of the file; the caller indexes them afterwards. */
  write(buffers: readonly Buffer[]): void {
    const file = this.log.use({ create: true })
    this.markUnsynced()
    writeFully(file, buffers, this.sizeInBytes)
  }

  /** Takes note of the next batch of the file: of one just written, or found by recovery. */
  noteBatch(batch: RecordBatchView, indexIntervalBytes: number): void {
    const { lastOffset, maxTimestamp, sizeInBytes } = batch
    if (maxTimestamp > this.maxTimestamp) {
      this.maxTimestamp = maxTimestamp
      this.maxTimestampOffset = lastOffset
    }
    if (this.firstTimestamp < 0) this.firstTimestamp = maxTimestamp
    if (this.bytesSinceIndexEntry > indexIntervalBytes) {
      this.offsetIndex.append(lastOffset, this.sizeInBytes)
      this.timeIndex.maybeAppend(this.maxTimestamp, this.maxTimestampOffset)
      this.bytesSinceIndexEntry = 0
    }
    this.sizeInBytes += sizeInBytes
    this.bytesSinceIndexEntry += sizeInBytes
    this.nextOffset = lastOffset + 1
  }

  /** Stays open until it is synced: closing it would lose the error that the sync is to report. */
  markUnsynced(): void {
    if (this.isUnsynced) return
    this.isUnsynced = true
    this.log.use({ create: true })
    this.log.pin()
  }

  synced(): void {
    if (!this.isUnsynced) return
    this.isUnsynced = false
    this.log.unpin()
  }

  /** No more batches come: the time index gets the greatest timestamp as its last entry. */
  seal(): void {
    this.timeIndex.maybeAppend(this.maxTimestamp, this.maxTimestampOffset)
    this.indexes.persist()
  }

  /** Its files that are on the disk now. */
  #presentFiles(): SegmentFile[] {
    return [this.log, ...this.indexes.presentFiles()]
  }

  /** Files whose content must be on the device before a recovery point may pass this segment. */
  filesToSync(): SegmentFile[] {
    return this.#presentFiles()
  }

  /** Out of the log's way at once; they are unlinked when no reader can be left. */
  markDeleted(): void {
    const { disk } = this.log.files
    for (const file of this.#presentFiles()) {
      file.close()
      disk.rename(file.path, file.path + DELETED_SUFFIX)
      file.name += DELETED_SUFFIX
    }
  }

  unlinkFiles(): void {
    const { disk } = this.log.files
    for (const path of this.closeFiles()) if (disk.exists(path)) disk.unlink(path)
  }

  /** Where they are, for whoever unlinks them. */
  closeFiles(): string[] {
    return this.#presentFiles().map((file) => {
      file.close()
      return file.path
    })
  }

  /** Everything after `position` goes; the caller has cut the indexes. */
  truncate(position: number, nextOffset: number): void {
    const file = this.log.use({ create: true })
    file.truncate(position)
    this.markUnsynced()
    this.sizeInBytes = position
    this.nextOffset = nextOffset
  }

  recountAfterCut(end: {
    maxTimestamp: number
    maxTimestampOffset: number
    bytesSinceIndexEntry: number
  }): void {
    this.maxTimestamp = end.maxTimestamp
    this.maxTimestampOffset = end.maxTimestampOffset
    this.bytesSinceIndexEntry = end.bytesSinceIndexEntry
    if (this.isEmpty) this.firstTimestamp = NO_TIMESTAMP
  }

  close(): void {
    for (const file of this.#presentFiles()) file.close()
  }
}
