/** What one broker was asked and how it answered, over all connections to it. */
import { Histogram, type HistogramSnapshot } from './histogram.ts'

export interface BrokerMetricsSnapshot {
  readonly requestCount: number
  readonly responseCount: number
  /** Sent, and then the connection was lost, closed, or the time was over. */
  readonly failedRequestCount: number
  readonly bytesOut: number
  readonly bytesIn: number
  readonly inFlightCount: number
  readonly openConnectionCount: number
  /** Since the start; more than the lanes in use means that connections are lost. */
  readonly openedConnectionCount: number
  readonly failedConnectionCount: number
  /** From the hand-over to the socket to the read answer, long polls included. */
  readonly requestLatencyMs: HistogramSnapshot
}

export class BrokerMetrics {
  readonly #latencyMs = new Histogram()
  #requestCount = 0
  #responseCount = 0
  #failedRequestCount = 0
  #bytesOut = 0
  #bytesIn = 0
  #inFlightCount = 0
  #openConnectionCount = 0
  #openedConnectionCount = 0
  #failedConnectionCount = 0

  onConnected(): void {
    this.#openConnectionCount++
    this.#openedConnectionCount++
  }

  onDisconnected(): void {
    this.#openConnectionCount--
  }

  /** It could not be opened, or not authenticated. */
  onConnectFailed(): void {
    this.#failedConnectionCount++
  }

  onSent(frameBytes: number, isAnswered: boolean): void {
    this.#requestCount++
    this.#bytesOut += frameBytes
    if (isAnswered) this.#inFlightCount++
  }

  onAnswered(frameBytes: number, latencyMs: number): void {
    this.#responseCount++
    this.#bytesIn += frameBytes
    this.#inFlightCount--
    this.#latencyMs.record(latencyMs)
  }

  onLost(requestCount: number): void {
    this.#failedRequestCount += requestCount
    this.#inFlightCount -= requestCount
  }

  snapshot(): BrokerMetricsSnapshot {
    return {
      requestCount: this.#requestCount,
      responseCount: this.#responseCount,
      failedRequestCount: this.#failedRequestCount,
      bytesOut: this.#bytesOut,
      bytesIn: this.#bytesIn,
      inFlightCount: this.#inFlightCount,
      openConnectionCount: this.#openConnectionCount,
      openedConnectionCount: this.#openedConnectionCount,
      failedConnectionCount: this.#failedConnectionCount,
      requestLatencyMs: this.#latencyMs.snapshot(),
    }
  }
}
