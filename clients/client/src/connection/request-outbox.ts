/**
 * The sending half of one connection: numbers and encodes requests in the order in which they are sent,
 * and hands them to the socket, or keeps them back while one exchange has the connection to itself.
 *
 *   send ── frame ──► socket                   and into `pending`, if it is answered
 *             └─ while held ──► #held ── release() ──► socket
 */
import { invariant, type Clock } from '@ottla/base'
import type { ByteSocket } from '@ottla/net'
import { RequestTrace } from '../diagnostics/request-trace.ts'
import type { KafkaError } from '../kafka-error.ts'
import type { BrokerMetrics } from '../metrics/broker-metrics.ts'
import type { Api } from './api.ts'
import type { BrokerAddress } from './broker-address.ts'
import type { DoneListener, PendingRequest, PendingRequests } from './pending-requests.ts'
import { RequestWriter } from './request-writer.ts'

export interface SendOptions {
  /** request.timeout.ms of this one request; a long poll needs more than the usual. */
  readonly timeoutMs?: number
  /** False for Produce with acks=0; `onDone` is then called as soon as the bytes were handed over. */
  readonly isAnswered?: boolean
  /** Part of what `exclusively` runs: goes out while everything else is held back. */
  readonly isExclusive?: boolean
}

export interface RequestOutboxOptions {
  readonly socket: ByteSocket
  readonly pending: PendingRequests
  readonly address: BrokerAddress
  readonly clientId: string
  readonly clock: Clock
  readonly requestTimeoutMs: number
  readonly metrics: BrokerMetrics | undefined
}

/** Encoded in its turn, but not handed to the socket yet. */
interface HeldRequest {
  readonly request: PendingRequest
  readonly isAnswered: boolean
  readonly frame: Buffer[]
  readonly frameBytes: number
}

export class RequestOutbox {
  readonly #options: RequestOutboxOptions
  readonly #writer: RequestWriter
  /** Defined while requests are kept back. */
  #held: HeldRequest[] | undefined
  #alone: PromiseWithResolvers<void> | undefined
  #drainListeners: (() => void)[] = []
  #failure: KafkaError | undefined

  constructor(options: RequestOutboxOptions) {
    this.#options = options
    this.#writer = new RequestWriter(options.clientId)
  }

  /** Why nothing can be sent any more. */
  get failure(): KafkaError | undefined {
    return this.#failure
  }

  get heldCount(): number {
    return this.#held?.length ?? 0
  }

  get lastCorrelationId(): number {
    return this.#writer.correlationId
  }

  /** As `BrokerConnection.send`, in a version that is decided. */
  send<Request, Response>(
    api: Api<Request, Response>,
    version: number,
    message: Request | ((version: number) => Request),
    onDone: DoneListener<Response>,
    options: SendOptions,
  ): void {
    const failure = this.#failure
    if (failure !== undefined) {
      queueMicrotask(() => {
        onDone(failure, undefined)
      })
      return
    }
    const { timeoutMs = this.#options.requestTimeoutMs, isAnswered = true } = options
    const writer = this.#writer
    writer.write(api, version, message)
    const request = {
      api,
      version,
      correlationId: writer.correlationId,
      timeoutMs,
      onDone,
      sentMs: 0,
      trace: undefined,
      response: undefined,
    } as unknown as PendingRequest
    const { frameBytes } = writer
    const frame = writer.finish()
    if (this.#held === undefined || options.isExclusive === true) {
      this.#handOver(request, isAnswered, frame, frameBytes)
    } else {
      this.#held.push({ request, isAnswered, frame, frameBytes })
    }
  }

  #handOver(
    request: PendingRequest,
    isAnswered: boolean,
    frame: Buffer[],
    frameBytes: number,
  ): void {
    const { socket, pending, address, clock, metrics } = this.#options
    request.sentMs = clock.monotonicMs()
    request.trace = RequestTrace.start(address, request)
    metrics?.onSent(frameBytes, isAnswered)
    if (isAnswered) pending.push(request)
    socket.write(frame)
    if (isAnswered) return
    request.trace?.finish(undefined)
    request.onDone(undefined, undefined)
  }

  /** From now on what is not `isExclusive` is kept back, in order. */
  hold(): void {
    invariant(this.#held === undefined, 'a connection can only be held once')
    this.#held = []
  }

  /** While held: resolves when all that was sent before is answered; rejects with what ends the connection. */
  alone(): Promise<void> {
    if (this.#options.pending.count === 0) return Promise.resolve()
    this.#alone = Promise.withResolvers<void>()
    return this.#alone.promise
  }

  /** Something that was sent is answered. */
  onAnswered(): void {
    if (this.#alone === undefined || this.#options.pending.count > 0) return
    this.#alone.resolve()
    this.#alone = undefined
  }

  /** Hands over what was kept back. A listener may end the connection in the middle of it. */
  release(): void {
    const held = this.#held ?? []
    this.#held = undefined
    for (const { request, isAnswered, frame, frameBytes } of held) {
      if (this.#failure === undefined) this.#handOver(request, isAnswered, frame, frameBytes)
      else request.onDone(this.#failure, undefined)
    }
  }

  /** `listener` is called once: when the socket takes more again, or nothing can be sent any more. */
  onceDrained(listener: () => void): void {
    if (this.#failure === undefined) this.#drainListeners.push(listener)
    else queueMicrotask(listener)
  }

  onDrain(): void {
    const listeners = this.#drainListeners
    this.#drainListeners = []
    for (const listener of listeners) listener()
  }

  /** What was kept back, which is not handed over any more. */
  fail(failure: KafkaError): readonly PendingRequest[] {
    this.#failure = failure
    this.#alone?.reject(failure)
    this.#alone = undefined
    const held = this.#held ?? []
    // Still held until `release`: but what comes from now on is refused and not kept.
    if (this.#held !== undefined) this.#held = []
    return held.map(({ request }) => request)
  }
}
