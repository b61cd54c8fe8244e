/** A broker that the suite runs against: a real process, behind a proxy that can lose connections. */
import type { CuttingProxy } from './cutting-proxy.ts'

export interface Target {
  readonly name: 'Ottla' | 'Apache Kafka'
  /** host:port of the proxy (of the broker itself when it is direct): what the broker advertises. */
  readonly brokers: string
  readonly proxy: CuttingProxy
  /** SIGTERM and a new start on the same data. */
  restart(): Promise<void>
  /** SIGKILL and a new start on the same data. */
  killAndRestart(): Promise<void>
  stop(): Promise<void>
}
