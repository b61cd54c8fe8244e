/**
 * The faults of one embedded broker, and the connections that they happen on. What a request meets is
 * decided here, in the order in which the faults were injected: the first that takes it has it alone.
 */
import type { Clock } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import type { Network } from '@ottla/net'
import { ArmedFault } from './armed-fault.ts'
import type { AnswerOrigin } from './answer-table.ts'
import { errorAnswerOf } from './error-answer.ts'
import type { ApiName, Fault, FaultOptions, FaultRequest } from './fault.ts'
import { faultyNetwork } from './faulty-network.ts'
import type { FaultySocket } from './faulty-socket.ts'

export interface FaultsOptions {
  readonly clock: Clock
  /** Who the broker is, for answers in its place; asked when it runs. */
  readonly origin: () => AnswerOrigin
}

export class Faults {
  readonly clock: Clock
  readonly origin: () => AnswerOrigin
  readonly #armed = new Set<ArmedFault>()
  readonly #sockets = new Set<FaultySocket>()
  readonly #refusals = new Set<Disposable>()

  constructor({ clock, origin }: FaultsOptions) {
    this.clock = clock
    this.origin = origin
  }

  /**
   * From now on a request of `api` meets this fault: it is answered with an error, waits, or loses its
   * connection. Once unless `times` says otherwise.
   *
   * ```ts
   * const fault = kafka.faults.inject({ api: 'Produce', errorCode: 'NOT_LEADER_OR_FOLLOWER', times: 2 })
   * await orders.send({ value: 'x' })      // the client tries three times
   * await fault.hit(2)
   * kafka.faults.inject({ api: 'Fetch', delayMs: 200, times: 'always', topic: 'orders' })
   * kafka.faults.inject({ api: 'Produce', cut: 'after' })
   * ```
   *
   * Throws a TypeError for options that make no sense together, and for an `errorCode` on an API that has
   * no error in its answer or that the broker does not serve.
   */
  inject(options: FaultOptions): Fault {
    const { api, errorCode } = options
    const apis = api === undefined ? [] : typeof api === 'string' ? [api] : api
    // For all APIs it is decided request by request.
    if (errorCode !== undefined) for (const name of apis) errorAnswerOf(name, errorCode)
    if (errorCode !== undefined && !(errorCode in ErrorCode)) {
      throw new TypeError(`Cannot inject a fault: Kafka has no error ${errorCode}`)
    }
    const fault = new ArmedFault(options, (spent) => {
      this.#armed.delete(spent)
    })
    this.#armed.add(fault)
    return fault
  }

  /** Every fault hits no more, and connections are taken again. */
  clear(): void {
    this.#refusals.clear()
    for (const fault of this.#armed) fault.remove()
  }

  /** Drops every connection now, as a network does; new ones are taken. */
  cutConnections(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  /**
   * From now on new connections are dropped as soon as they are made, until what it returns is disposed;
   * those that are open stay.
   *
   * ```ts
   * {
   *   using _ = ottla.faults.refuseConnections()
   *   ottla.faults.cutConnections()            // unreachable until the end of the block
   *   …
   * }
   * ```
   */
  refuseConnections(): Disposable {
    const refusal = { [Symbol.dispose]: () => void this.#refusals.delete(refusal) }
    this.#refusals.add(refusal)
    return refusal
  }

  get isRefusing(): boolean {
    return this.#refusals.size > 0
  }

  get connectionCount(): number {
    return this.#sockets.size
  }

  /** Of the connections of whoever listens on it. */
  around(network: Network): Network {
    return faultyNetwork(network, this)
  }

  /** False spares the decoding of a request that no fault is for. */
  mayTake(api: ApiName): boolean {
    if (this.#armed.size === 0) return false
    for (const fault of this.#armed) if (fault.concerns(api)) return true
    return false
  }

  take(request: FaultRequest): ArmedFault | undefined {
    for (const fault of this.#armed) if (fault.takes(request)) return fault
    return undefined
  }

  onOpen(socket: FaultySocket): void {
    this.#sockets.add(socket)
  }

  onClosed(socket: FaultySocket): void {
    this.#sockets.delete(socket)
  }
}
