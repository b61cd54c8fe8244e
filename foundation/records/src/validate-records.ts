/**
 * Walks all records of a batch, for topics that ask for it: compacted ones (keys), those with time
 * limits, and every topic of a strict broker. Station 7 of the produce path, where plain topics look
 * at the header only.
 *
 * Bad records are values, because a client is told which ones they were (KIP-467); the list is
 * bounded. A batch that cannot be walked on ends with the record where that showed.
 */
import { MalformedError } from '@ottla/base'
import { NO_TIMESTAMP, TIMESTAMP_TYPE_CREATE } from './batch-format.ts'
import type { RecordBatchView } from './record-batch-view.ts'
import { RecordCursor, type RecordCursorOptions } from './record-cursor.ts'

/** `batchIndex` of an error about the batch and not about one of its records. */
export const WHOLE_BATCH = -1
export const RECORD_ERRORS_MAX = 100

export interface RecordError {
  /** Place of the record in the batch, or WHOLE_BATCH. */
  readonly batchIndex: number
  readonly message: string
  /** Kafka answers INVALID_TIMESTAMP for the one and INVALID_RECORD for the other. */
  readonly kind: 'record' | 'timestamp'
}

export interface RecordValidation extends RecordCursorOptions {
  /** Compacted topics refuse records without a key. */
  readonly isKeyRequired?: boolean
  /** The range of create times that the topic accepts; both ends belong to it. */
  readonly timestampMin?: number
  readonly timestampMax?: number
  /** Also refuses a maximum timestamp that is not that of the records. */
  readonly isMaxTimestampChecked?: boolean
  /** More errors than this are not listed; RECORD_ERRORS_MAX by default. */
  readonly recordErrorsMax?: number
}

export function validateRecords(
  batch: RecordBatchView,
  validation: RecordValidation = {},
): RecordError[] {
  const walk = new ValidationWalk(batch, validation)
  try {
    walk.run()
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
    walk.report('record', error.message)
  }
  return walk.errors
}

class ValidationWalk {
  readonly errors: RecordError[] = []
  readonly #batch: RecordBatchView
  readonly #validation: RecordValidation
  readonly #errorsMax: number
  #batchIndex = WHOLE_BATCH
  #maxTimestamp = NO_TIMESTAMP

  constructor(batch: RecordBatchView, validation: RecordValidation) {
    this.#batch = batch
    this.#validation = validation
    this.#errorsMax = validation.recordErrorsMax ?? RECORD_ERRORS_MAX
  }

  run(): void {
    const batch = this.#batch
    if (batch.recordCount !== batch.lastOffsetDelta + 1) {
      this.report(
        'record',
        `Record count ${batch.recordCount} does not fit last offset delta ${batch.lastOffsetDelta}`,
      )
    }
    const cursor = new RecordCursor().reset(batch, this.#validation)
    const hasCreateTimes = batch.timestampType === TIMESTAMP_TYPE_CREATE
    while (this.errors.length < this.#errorsMax) {
      // Set before next(), which may throw for the record that it moves to.
      const nextIndex = cursor.batchIndex + 1
      this.#batchIndex = nextIndex < batch.recordCount ? nextIndex : WHOLE_BATCH
      if (!cursor.next()) {
        this.#checkMaxTimestamp()
        return
      }
      this.#checkRecord(cursor)
      if (hasCreateTimes) this.#checkTimestamp(cursor.timestamp)
    }
  }

  #checkRecord(cursor: RecordCursor): void {
    if (cursor.offsetDelta !== cursor.batchIndex) {
      this.report('record', `Offset delta ${cursor.offsetDelta}, expected ${cursor.batchIndex}`)
    }
    if (this.#validation.isKeyRequired === true && cursor.keyLength < 0) {
      this.report('record', 'Compacted topic cannot accept message without key')
    }
  }

  #checkTimestamp(timestamp: number): void {
    if (timestamp > this.#maxTimestamp) this.#maxTimestamp = timestamp
    const { timestampMin = -Infinity, timestampMax = Infinity } = this.#validation
    // Without a timestamp a record has no age that could be wrong.
    if (timestamp === NO_TIMESTAMP) return
    if (timestamp >= timestampMin && timestamp <= timestampMax) return
    this.report(
      'timestamp',
      `Timestamp ${timestamp} is out of range: between ${timestampMin} and ${timestampMax} expected`,
    )
  }

  #checkMaxTimestamp(): void {
    const batch = this.#batch
    if (this.#validation.isMaxTimestampChecked !== true) return
    if (batch.timestampType !== TIMESTAMP_TYPE_CREATE) return
    if (batch.maxTimestamp === this.#maxTimestamp) return
    this.report(
      'timestamp',
      `Maximum timestamp ${batch.maxTimestamp} is not that of the records, ${this.#maxTimestamp}`,
    )
  }

  report(kind: RecordError['kind'], message: string): void {
    if (this.errors.length >= this.#errorsMax) return
    this.errors.push({ batchIndex: this.#batchIndex, message, kind })
  }
}
