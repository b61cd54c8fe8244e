/**
 * The ways to the brokers that a producer sends to: opens connections, and says when a broker takes the
 * next batch.
 */
import type { BrokerId } from '@ottla/base'
import type { Cluster } from '../cluster/cluster.ts'
import { backoffMs } from '../connection/backoff.ts'
import type { BrokerConnection } from '../connection/broker-connection.ts'
import { KafkaError } from '../kafka-error.ts'
import { BrokerLink } from './broker-link.ts'

export interface BrokerLinksOptions {
  readonly cluster: Cluster
  readonly maxInFlight: number
  /** A broker that took nothing may take something now. */
  readonly onReady: () => void
  readonly onUnreachable: (id: BrokerId, error: unknown) => void
}

/** A request that is large leaves in pieces; another one behind it is enough to keep the wire busy. */
const UNSENT_BYTES_MAX = 1024 * 1024

export class BrokerLinks {
  readonly #options: BrokerLinksOptions
  readonly #links = new Map<BrokerId, BrokerLink>()

  constructor(options: BrokerLinksOptions) {
    this.#options = options
  }

  all(): Iterable<BrokerLink> {
    return this.#links.values()
  }

  to(id: BrokerId): BrokerLink {
    let link = this.#links.get(id)
    if (link === undefined) {
      link = new BrokerLink(id)
      this.#links.set(id, link)
    }
    return link
  }

  /**
   * When the broker takes a batch: now, at a later time, or Infinity when `onReady` will say. Sets going
   * what is missing for it.
   */
  readyAtMs(link: BrokerLink, nowMs: number): number {
    const { cluster, maxInFlight } = this.#options
    if (link.isConnecting || link.inFlightCount >= maxInFlight) return Infinity
    if (link.pausedUntilMs > nowMs) return link.pausedUntilMs
    const connection = cluster.openConnectionTo(link.id)
    if (connection === undefined) {
      void this.#connect(link)
      return Infinity
    }
    // Without answers (acks 0) the socket is all that says how fast the broker reads.
    if (connection.unsentBytes > UNSENT_BYTES_MAX) {
      this.#onceDrained(link, connection)
      return Infinity
    }
    return nowMs
  }

  #onceDrained(link: BrokerLink, connection: BrokerConnection): void {
    if (link.isDraining) return
    link.isDraining = true
    connection.onceDrained(() => {
      link.isDraining = false
      this.#options.onReady()
    })
  }

  async #connect(link: BrokerLink): Promise<void> {
    const { cluster, onReady, onUnreachable } = this.#options
    link.isConnecting = true
    try {
      // What comes of it is asked for anew (openConnectionTo): it may be lost again by then.
      await cluster.connectionTo(link.id)
    } catch (error) {
      // A wrong password does not mend itself, and needs no pause before it is told.
      if (!(error instanceof KafkaError) || error.retriable) this.#pause(link)
      onUnreachable(link.id, error)
    } finally {
      link.isConnecting = false
      onReady()
    }
  }

  #pause(link: BrokerLink): void {
    const { world, options } = this.#options.cluster
    const delayMs = backoffMs(world.random, 1, options.retryBackoff)
    link.pauseUntil(world.clock.monotonicMs() + delayMs)
  }
}
