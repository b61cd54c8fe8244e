/** Of all consumers of one client. Called per fetch answer and per batch given out, never per record. */
import { Histogram, type HistogramSnapshot } from './histogram.ts'

export interface ConsumerMetricsSnapshot {
  /** Given to the program. */
  readonly receivedRecordCount: number
  /** Of the batches on the wire, compressed. */
  readonly receivedBytes: number
  readonly fetchCount: number
  readonly failedFetchCount: number
  /** Fetched and not given out yet, just now. */
  readonly bufferedBytes: number
  readonly commitCount: number
  readonly failedCommitCount: number
  readonly rebalanceCount: number
  readonly assignedPartitionCount: number
  /** Long polls included: fetch.max.wait.ms when there is nothing to read. */
  readonly fetchLatencyMs: HistogramSnapshot
  readonly commitLatencyMs: HistogramSnapshot
  /** Until every partition given up was let go and every new one was taken. */
  readonly rebalanceMs: HistogramSnapshot
}

export class ConsumerMetrics {
  readonly #fetchLatencyMs = new Histogram()
  readonly #commitLatencyMs = new Histogram()
  readonly #rebalanceMs = new Histogram()
  #receivedRecordCount = 0
  #receivedBytes = 0
  #fetchCount = 0
  #failedFetchCount = 0
  #bufferedBytes = 0
  #commitCount = 0
  #failedCommitCount = 0
  #rebalanceCount = 0
  #assignedPartitionCount = 0

  onFetched(bytes: number, latencyMs: number): void {
    this.#fetchCount++
    this.#receivedBytes += bytes
    this.#fetchLatencyMs.record(latencyMs)
  }

  onFetchFailed(): void {
    this.#failedFetchCount++
  }

  onReceived(recordCount: number): void {
    this.#receivedRecordCount += recordCount
  }

  /** Positive when bytes are taken in, negative when they were given out or dropped. */
  addBufferedBytes(bytes: number): void {
    this.#bufferedBytes += bytes
  }

  onCommitted(latencyMs: number): void {
    this.#commitCount++
    this.#commitLatencyMs.record(latencyMs)
  }

  onCommitFailed(): void {
    this.#failedCommitCount++
  }

  onRebalanced(durationMs: number): void {
    this.#rebalanceCount++
    this.#rebalanceMs.record(durationMs)
  }

  /** Positive when partitions are assigned, negative when they are revoked or lost. */
  addAssignedPartitions(partitionCount: number): void {
    this.#assignedPartitionCount += partitionCount
  }

  snapshot(): ConsumerMetricsSnapshot {
    return {
      receivedRecordCount: this.#receivedRecordCount,
      receivedBytes: this.#receivedBytes,
      fetchCount: this.#fetchCount,
      failedFetchCount: this.#failedFetchCount,
      bufferedBytes: this.#bufferedBytes,
      commitCount: this.#commitCount,
      failedCommitCount: this.#failedCommitCount,
      rebalanceCount: this.#rebalanceCount,
      assignedPartitionCount: this.#assignedPartitionCount,
      fetchLatencyMs: this.#fetchLatencyMs.snapshot(),
      commitLatencyMs: this.#commitLatencyMs.snapshot(),
      rebalanceMs: this.#rebalanceMs.snapshot(),
    }
  }
}
