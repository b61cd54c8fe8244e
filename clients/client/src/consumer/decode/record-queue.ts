/**
 * What was fetched of one partition and not given out yet: the bytes as they came, opened record by
 * record when somebody asks for the next one.
 *
 *   fetch answer ──► │ batch │ batch │ … │   │ batch │ …      #chunks, oldest first
 *                          ▲ #cursor stands on the next record to give out
 *
 * `position` is the offset of the next record that the program gets. It moves over what nobody sees
 * (control batches, aborted transactions, holes of compaction) as soon as the cursor gets there.
 *
 * Bench: ../deliver/consume.bench.ts
 */
import { MalformedError, type Offset } from '@ottla/base'
import {
  BATCH_OVERHEAD_BYTES,
  RecordBatchView,
  RecordCursor,
  TIMESTAMP_TYPE_LOG_APPEND,
} from '@ottla/records'
import { AbortedTransactions, type AbortedTransaction } from './aborted-transactions.ts'

export interface RecordQueueOptions {
  readonly isCrcChecked: boolean
  /** Of one batch, decompressed. */
  readonly recordsBytesMax: number
}

interface Chunk {
  readonly bytes: Buffer
  /** undefined for read_uncommitted, and when nothing was aborted. */
  readonly aborted: AbortedTransactions | undefined
}

export class RecordQueue {
  /** On the record that `peek` found. */
  readonly cursor = new RecordCursor()
  readonly #options: RecordQueueOptions
  readonly #batch = new RecordBatchView()
  #chunks: Chunk[] = []
  /** Where the next batch of the oldest chunk begins. */
  #nextBatchAt = 0
  #isInBatch = false
  /** The cursor stands on a record that was not taken yet. */
  #isOnRecord = false
  /** Of the batch that the cursor is in, once it is through. */
  #nextBatchOffset = 0
  #position: number
  #bytes = 0
  leaderEpoch = -1
  producerId = -1
  producerEpoch = -1
  isLogAppendTime = false

  constructor(position: number, options: RecordQueueOptions) {
    this.#position = position
    this.#options = options
  }

  get position(): number {
    return this.#position
  }

  /** Of all chunks that are not read to their end. */
  get bytes(): number {
    return this.#bytes
  }

  get isEmpty(): boolean {
    return this.#chunks.length === 0
  }

  append(bytes: Buffer, aborted: readonly AbortedTransaction[] | null): void {
    if (bytes.length === 0) return
    const hasAborted = aborted !== null && aborted.length > 0
    this.#chunks.push({ bytes, aborted: hasAborted ? new AbortedTransactions(aborted) : undefined })
    this.#bytes += bytes.length
  }

  /** Everything is dropped; the next record wanted is the one at `position`. */
  reset(position: number): void {
    this.#position = position
    this.#chunks = []
    this.#bytes = 0
    this.#nextBatchAt = 0
    this.#isInBatch = false
    this.#isOnRecord = false
  }

  /**
   * Moves to the next record to give out, and says whether there is one. Throws MalformedError for bytes
   * that are no batch; asking again throws again.
   */
  peek(): boolean {
    if (this.#isOnRecord) return true
    for (;;) {
      if (this.#isInBatch && this.#nextInBatch()) {
        this.#isOnRecord = true
        return true
      }
      if (!this.#openBatch()) return false
    }
  }

  /** Past the record that `peek` found. */
  take(): void {
    this.#position = this.cursor.offset + 1
    this.#isOnRecord = false
  }

  #nextInBatch(): boolean {
    const { cursor } = this
    while (cursor.next()) {
      // A batch is sent whole: its first records may lie before what was asked for.
      if (cursor.offset >= this.#position) return true
    }
    this.#isInBatch = false
    this.#skipTo(this.#nextBatchOffset)
    return false
  }

  /** False when nothing is left. */
  #openBatch(): boolean {
    for (;;) {
      const chunk = this.#chunks[0]
      if (chunk === undefined) return false
      if (!isWholeBatchAt(chunk.bytes, this.#nextBatchAt)) {
        // A broker cuts the last batch off where the limit is.
        this.#chunks.shift()
        this.#bytes -= chunk.bytes.length
        this.#nextBatchAt = 0
        continue
      }
      const batch = this.#batch.reset(chunk.bytes, this.#nextBatchAt)
      if (this.#options.isCrcChecked && !batch.isCrcValid()) refuse(batch)
      const isAborted = chunk.aborted?.isAborted(batch) === true
      const isSeen = !batch.isControl && !isAborted && batch.lastOffset >= this.#position
      if (isSeen) this.cursor.reset(batch, this.#options)
      // Only now: what throws above is found again by whoever asks again.
      this.#nextBatchAt += batch.sizeInBytes
      this.#nextBatchOffset = batch.lastOffset + 1
      this.leaderEpoch = batch.partitionLeaderEpoch
      this.producerId = batch.producerId
      this.producerEpoch = batch.producerEpoch
      this.isLogAppendTime = batch.timestampType === TIMESTAMP_TYPE_LOG_APPEND
      this.#isInBatch = isSeen
      if (isSeen) return true
      this.#skipTo(this.#nextBatchOffset)
    }
  }

  #skipTo(offset: number): void {
    if (offset > this.#position) this.#position = offset
  }
}

/** How far a fetch answer reaches, by the headers of its batches. */
export class FetchedRange {
  /** Of the record after the last whole batch; -1 without one. */
  nextOffset: Offset | -1 = -1
  leaderEpoch = -1
  recordCount = 0
  /** Size of the first batch when not even that one is whole; 0 otherwise. */
  cutBatchBytes = 0
  readonly #batch = new RecordBatchView()

  read(bytes: Buffer): this {
    this.nextOffset = -1
    this.leaderEpoch = -1
    this.recordCount = 0
    this.cutBatchBytes = 0
    let at = 0
    while (isWholeBatchAt(bytes, at)) {
      const batch = this.#batch.reset(bytes, at)
      this.nextOffset = (batch.lastOffset + 1) as Offset
      this.leaderEpoch = batch.partitionLeaderEpoch
      this.recordCount += batch.recordCount
      at += batch.sizeInBytes
    }
    if (at === 0 && bytes.length >= BATCH_OVERHEAD_BYTES) {
      this.cutBatchBytes = this.#batch.reset(bytes, 0).sizeInBytes
    }
    return this
  }
}

const probe = new RecordBatchView()

function isWholeBatchAt(bytes: Buffer, at: number): boolean {
  return bytes.length - at >= BATCH_OVERHEAD_BYTES && probe.reset(bytes, at).isComplete
}

function refuse(batch: RecordBatchView): never {
  throw new MalformedError(
    `Cannot read the batch at offset ${batch.baseOffset}: its checksum does not fit its bytes`,
    batch.position,
  )
}
