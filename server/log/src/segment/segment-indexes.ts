/**
 * The three indexes of a segment, and what is wrong with them.
 *
 * All of them are caches of what the batches say. Offset and time index are made again together, by a
 * walk over the headers of the segment; the transaction index apart, as that takes the producer state at
 * the segment's beginning (recovery/ does both). Until then a problem stands here, and nobody reads them.
 */
import type { SegmentFile } from '../disk/open-files.ts'
import { OffsetIndex } from '../index/offset-index.ts'
import { TimeIndex } from '../index/time-index.ts'
import { TransactionIndex } from '../index/transaction-index.ts'
import { OFFSET_INDEX_SUFFIX, TIME_INDEX_SUFFIX, TRANSACTION_INDEX_SUFFIX } from './segment-name.ts'

/**
 *   missing, unfinished   as a crash, a full disk or a Kafka that was killed may leave them
 *   unreadable, wrong     the disk, or somebody, has harmed them
 */
export type IndexProblem = 'missing' | 'unfinished' | 'unreadable' | 'wrong'

export interface SegmentIndexesOptions {
  readonly baseOffset: number
  readonly fileFor: (suffix: string) => SegmentFile
  readonly exists: (suffix: string) => boolean
}

/** What the entries have to fit. */
export interface SegmentExtent {
  readonly baseOffset: number
  readonly sizeInBytes: number
  readonly nextOffset: number
}

export class SegmentIndexes {
  readonly offset: OffsetIndex
  readonly time: TimeIndex
  readonly transaction: TransactionIndex
  /** Of the offset index, the time index, or both. */
  problem: IndexProblem | undefined
  transactionProblem: IndexProblem | undefined

  constructor({ baseOffset, fileFor, exists }: SegmentIndexesOptions) {
    const optionsOf = (suffix: string) => ({ file: fileFor(suffix), exists: exists(suffix) })
    this.offset = new OffsetIndex({ ...optionsOf(OFFSET_INDEX_SUFFIX), baseOffset })
    this.time = new TimeIndex({ ...optionsOf(TIME_INDEX_SUFFIX), baseOffset })
    this.transaction = new TransactionIndex(optionsOf(TRANSACTION_INDEX_SUFFIX))
  }

  get #all(): readonly [OffsetIndex, TimeIndex, TransactionIndex] {
    return [this.offset, this.time, this.transaction]
  }

  /** What is kept of the two that grow with the segment. */
  get memoryBytes(): number {
    return this.offset.file.memoryBytes + this.time.file.memoryBytes
  }

  /** Those that are on the disk. */
  presentFiles(): SegmentFile[] {
    return this.#all.filter(({ file }) => file.exists).map(({ file }) => file.file)
  }

  load(): void {
    for (const { file } of this.#all) if (!file.isLoaded) file.load()
  }

  unload(): void {
    for (const { file } of this.#all) file.unload()
  }

  persist(): void {
    this.offset.file.persist({ create: true })
    this.time.file.persist({ create: true })
    this.transaction.file.persist()
  }

  /** Offset and time index are in memory whole; their files are not, and are made again. */
  removeFiles(): void {
    this.offset.file.removeFile()
    this.time.file.removeFile()
  }

  /** Notes what does not fit; a problem that stands already stays. All three are loaded. */
  check(segment: SegmentExtent): void {
    this.problem ??= this.#problemOf(segment)
    this.transactionProblem ??= this.#transactionProblemOf(segment)
  }

  #problemOf({ sizeInBytes, nextOffset }: SegmentExtent): IndexProblem | undefined {
    if (this.offset.file.isUnreadable || this.time.file.isUnreadable) return 'unreadable'
    const isSane = this.offset.isSane(sizeInBytes) && this.time.isSane(nextOffset)
    return isSane ? undefined : 'wrong'
  }

  #transactionProblemOf({ baseOffset, nextOffset }: SegmentExtent): IndexProblem | undefined {
    const { file } = this.transaction
    if (file.isUnreadable) return 'unreadable'
    // The file is there only when something was aborted.
    if (file.exists && file.count === 0) return 'unfinished'
    return this.transaction.isSane(baseOffset, nextOffset) ? undefined : 'wrong'
  }
}
