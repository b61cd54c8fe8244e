/**
 * What one client counts about itself, as plain numbers: `snapshot()` copies them for whoever shows
 * them (`kafka.metrics()`, a prom-client adapter). Counting is additions on the objects below; they are
 * handed to the connections, producers and consumers that do it.
 */
import { addressText, type BrokerAddress } from '../connection/broker-address.ts'
import { BrokerMetrics, type BrokerMetricsSnapshot } from './broker-metrics.ts'
import { ConsumerMetrics, type ConsumerMetricsSnapshot } from './consumer-metrics.ts'
import { ProducerMetrics, type ProducerMetricsSnapshot } from './producer-metrics.ts'

export interface ClientMetricsSnapshot {
  /** By host:port. */
  readonly brokers: Readonly<Record<string, BrokerMetricsSnapshot>>
  readonly producer: ProducerMetricsSnapshot
  readonly consumer: ConsumerMetricsSnapshot
  readonly metadata: MetadataMetricsSnapshot
}

export interface MetadataMetricsSnapshot {
  readonly refreshCount: number
  readonly failedRefreshCount: number
}

/** Where brokers change their addresses again and again, the oldest are forgotten. */
const BROKERS_MAX = 1000

export class ClientMetrics {
  readonly producer = new ProducerMetrics()
  readonly consumer = new ConsumerMetrics()
  /** In the order in which they were last connected to. */
  readonly #brokers = new Map<string, BrokerMetrics>()
  #refreshCount = 0
  #failedRefreshCount = 0

  broker(address: BrokerAddress): BrokerMetrics {
    const name = addressText(address)
    const metrics = this.#brokers.get(name) ?? new BrokerMetrics()
    this.#brokers.delete(name)
    this.#brokers.set(name, metrics)
    for (const oldest of this.#brokers.keys()) {
      if (this.#brokers.size <= BROKERS_MAX) break
      this.#brokers.delete(oldest)
    }
    return metrics
  }

  onMetadataRefreshed(): void {
    this.#refreshCount++
  }

  onMetadataRefreshFailed(): void {
    this.#failedRefreshCount++
  }

  snapshot(): ClientMetricsSnapshot {
    const brokers = [...this.#brokers].map(([name, metrics]) => [name, metrics.snapshot()] as const)
    return {
      brokers: Object.fromEntries(brokers),
      producer: this.producer.snapshot(),
      consumer: this.consumer.snapshot(),
      metadata: {
        refreshCount: this.#refreshCount,
        failedRefreshCount: this.#failedRefreshCount,
      },
    }
  }
}
