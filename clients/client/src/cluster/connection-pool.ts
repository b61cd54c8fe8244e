/**
 * Connections to brokers, one per broker and lane, opened when they are first asked for.
 *
 * Lanes keep what must not wait apart: a fetch that polls for half a second stands before everything
 * behind it on the same connection, and a heartbeat must not stand behind a megabyte of produce.
 *
 * Whoever asks while a connection is being opened shares it. After a failure the next attempt waits
 * (reconnect.backoff.ms, doubled up to reconnect.backoff.max.ms), so that a broker that is down costs
 * no storm of connects.
 *
 * A connection that had nothing to do for connections.max.idle.ms is closed, before the broker does it (by
 * default after 10 minutes), and so that brokers that nobody needs any more cost nothing.
 */
import type { Timer } from '@ottla/base'
import { backoffMs, type BackoffOptions } from '../connection/backoff.ts'
import { addressText, type BrokerAddress } from '../connection/broker-address.ts'
import type { BrokerConnection } from '../connection/broker-connection.ts'
import { KafkaError } from '../kafka-error.ts'
import { pause } from '../async/abort.ts'
import type { ClientWorld } from '../world.ts'

export type LaneKind = 'fetch' | 'group'
/** Numbered ones belong to one consumer: a parked JoinGroup or fetch of another must not delay its own. */
export type Lane = 'main' | LaneKind | `${LaneKind} ${number}`

export interface ConnectionPoolOptions {
  readonly world: ClientWorld
  readonly reconnectBackoff: BackoffOptions
  /** connections.max.idle.ms */
  readonly maxIdleMs: number
  readonly open: (
    address: BrokerAddress,
    onClosed: (connection: BrokerConnection) => void,
    signal: AbortSignal,
  ) => Promise<BrokerConnection>
}

interface Place {
  readonly lane: Lane
  /** Aborts with the lane or the pool: stops the pause before a reconnect, and what is being opened. */
  readonly closing: AbortController
  connection: BrokerConnection | undefined
  opening: Promise<BrokerConnection> | undefined
  failures: number
  /** Monotonic: when it was last seen to be used; looked at from time to time, not kept by each request. */
  usedMs: number
  /** Of the last request that it had sent then. */
  lastCorrelationId: number
  /** Monotonic; before it nobody tries again. */
  nextAttemptMs: number
}

/** For so long after a failure it still counts for the next wait. */
const UNUSED_MS = 60_000

export class ConnectionPool {
  readonly #options: ConnectionPoolOptions
  readonly #places = new Map<string, Place>()
  #isClosed = false
  /** Runs while a connection is open. */
  #idleTimer: Timer | undefined

  constructor(options: ConnectionPoolOptions) {
    this.#options = options
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  get openCount(): number {
    return [...this.#places.values()].filter((place) => place.connection !== undefined).length
  }

  /** For hot paths: the connection if it is there already. */
  openConnection(address: BrokerAddress, lane: Lane): BrokerConnection | undefined {
    return this.#places.get(placeName(address, lane))?.connection
  }

  async connection(address: BrokerAddress, lane: Lane): Promise<BrokerConnection> {
    if (this.isClosed) throw closedError()
    const place = this.#place(address, lane)
    if (place.connection !== undefined) return place.connection
    place.opening ??= this.#open(address, place).finally(() => {
      place.opening = undefined
    })
    return place.opening
  }

  #place(address: BrokerAddress, lane: Lane): Place {
    const name = placeName(address, lane)
    const known = this.#places.get(name)
    if (known !== undefined) return known
    this.#dropUnused()
    const place = {
      lane,
      closing: new AbortController(),
      connection: undefined,
      opening: undefined,
      failures: 0,
      usedMs: 0,
      lastCorrelationId: 0,
      nextAttemptMs: 0,
    }
    this.#places.set(name, place)
    return place
  }

  /** Brokers move from address to address; those of before must not pile up. */
  #dropUnused(): void {
    const nowMs = this.#options.world.clock.monotonicMs()
    for (const [name, { connection, opening, nextAttemptMs }] of this.#places) {
      const isUsed = connection !== undefined || opening !== undefined
      if (!isUsed && nextAttemptMs + UNUSED_MS < nowMs) this.#places.delete(name)
    }
  }

  async #open(address: BrokerAddress, place: Place): Promise<BrokerConnection> {
    const { world, reconnectBackoff, open } = this.#options
    const { signal } = place.closing
    const delayMs = place.nextAttemptMs - world.clock.monotonicMs()
    if (place.failures > 0 && delayMs > 0) await pause(world.clock, delayMs, signal)
    const onClosed = (closed: BrokerConnection): void => {
      if (place.connection === closed) place.connection = undefined
      if (this.openCount === 0) this.#stopWatchingIdle()
    }
    try {
      const connection = await open(address, onClosed, signal)
      // The pool or the lane may have been closed, or the connection lost, while it was set up.
      if (signal.aborted || !connection.isOpen) {
        connection.close()
        throw signal.aborted ? closedError() : lostError(address)
      }
      place.failures = 0
      place.connection = connection
      place.usedMs = world.clock.monotonicMs()
      place.lastCorrelationId = connection.lastCorrelationId
      this.#watchIdle()
      return connection
    } catch (error) {
      place.failures++
      place.nextAttemptMs =
        world.clock.monotonicMs() + backoffMs(world.random, place.failures, reconnectBackoff)
      throw error
    }
  }

  /** Twice in the time that is allowed: idle connections live up to half as long again. */
  #watchIdle(): void {
    const { world, maxIdleMs } = this.#options
    if (this.#idleTimer !== undefined || this.#isClosed || this.openCount === 0) return
    this.#idleTimer = world.clock.setTimer(maxIdleMs / 2, () => {
      this.#idleTimer = undefined
      this.#closeIdle()
      this.#watchIdle()
    })
  }

  #closeIdle(): void {
    const { world, maxIdleMs } = this.#options
    const nowMs = world.clock.monotonicMs()
    for (const place of this.#places.values()) {
      const { connection } = place
      if (connection === undefined) continue
      if (
        connection.inFlightCount > 0 ||
        connection.lastCorrelationId !== place.lastCorrelationId
      ) {
        place.usedMs = nowMs
        place.lastCorrelationId = connection.lastCorrelationId
      } else if (nowMs - place.usedMs >= maxIdleMs) {
        connection.close()
        place.connection = undefined
      }
    }
  }

  #stopWatchingIdle(): void {
    this.#idleTimer?.cancel()
    this.#idleTimer = undefined
  }

  /** For a lane that one consumer had to itself. */
  closeLane(lane: Lane): void {
    for (const [name, place] of this.#places) {
      if (place.lane !== lane) continue
      this.#places.delete(name)
      closePlace(place)
    }
  }

  close(): void {
    this.#isClosed = true
    this.#stopWatchingIdle()
    for (const place of this.#places.values()) closePlace(place)
  }
}

function closePlace({ closing, connection }: Place): void {
  closing.abort(closedError())
  connection?.close()
}

function placeName(address: BrokerAddress, lane: Lane): string {
  return `${lane} ${addressText(address)}`
}

export function closedError(): KafkaError {
  return new KafkaError('CLIENT_CLOSED', 'The client is closed; make a new one', { fatal: true })
}

function lostError(address: BrokerAddress): KafkaError {
  const broker = addressText(address)
  return new KafkaError('CONNECTION_LOST', `The connection to ${broker} was lost at once`, {
    broker,
  })
}
