/** Of all producers of one client. Called per batch and per request, never per record. */
import { Histogram, type HistogramSnapshot } from './histogram.ts'

export interface ProducerMetricsSnapshot {
  /** Acknowledged. */
  readonly sentRecordCount: number
  readonly failedRecordCount: number
  readonly batchCount: number
  /** As batches on the wire, compressed. */
  readonly sentBytes: number
  /** The same before compression. */
  readonly uncompressedBytes: number
  readonly retriedBatchCount: number
  /** Waiting to be sent or acknowledged, just now. */
  readonly bufferedBytes: number
  readonly batchRecordCount: HistogramSnapshot
  readonly batchBytes: HistogramSnapshot
  /** From the first record of a batch to its way out. */
  readonly queueWaitMs: HistogramSnapshot
}

/** Four numbers that would be swapped as arguments. */
export interface SentBatch {
  readonly recordCount: number
  readonly bytes: number
  readonly uncompressedBytes: number
  readonly waitMs: number
}

export class ProducerMetrics {
  readonly #batchRecordCount = new Histogram()
  readonly #batchBytes = new Histogram()
  readonly #queueWaitMs = new Histogram()
  #sentRecordCount = 0
  #failedRecordCount = 0
  #batchCount = 0
  #sentBytes = 0
  #uncompressedBytes = 0
  #retriedBatchCount = 0
  #bufferedBytes = 0

  /** A batch leaves for the first time. */
  onBatchSent({ recordCount, bytes, uncompressedBytes, waitMs }: SentBatch): void {
    this.#batchCount++
    this.#sentBytes += bytes
    this.#uncompressedBytes += uncompressedBytes
    this.#batchRecordCount.record(recordCount)
    this.#batchBytes.record(bytes)
    this.#queueWaitMs.record(waitMs)
  }

  onBatchRetried(): void {
    this.#retriedBatchCount++
  }

  onAcknowledged(recordCount: number): void {
    this.#sentRecordCount += recordCount
  }

  onFailed(recordCount: number): void {
    this.#failedRecordCount += recordCount
  }

  /** Positive when bytes are taken in, negative when they are given back. */
  addBufferedBytes(bytes: number): void {
    this.#bufferedBytes += bytes
  }

  snapshot(): ProducerMetricsSnapshot {
    return {
      sentRecordCount: this.#sentRecordCount,
      failedRecordCount: this.#failedRecordCount,
      batchCount: this.#batchCount,
      sentBytes: this.#sentBytes,
      uncompressedBytes: this.#uncompressedBytes,
      retriedBatchCount: this.#retriedBatchCount,
      bufferedBytes: this.#bufferedBytes,
      batchRecordCount: this.#batchRecordCount.snapshot(),
      batchBytes: this.#batchBytes.snapshot(),
      queueWaitMs: this.#queueWaitMs.snapshot(),
    }
  }
}
