/**
 * One connection to one broker: requests leave in the order they are sent, answers come back in the
 * same order (the protocol promises it), and each answer goes to whoever waits for it.
 *
 *   send(api, message) ── frame ──► socket        #pending: oldest first
 *   onDone(undefined, response) ◄── frame ── socket
 *
 * A connection that breaks, answers out of order or does not answer within the request's time is
 * closed, and everything that waits on it fails with a retriable error: whether the broker did what it
 * was asked is not known then. It is never mended; the pool opens another one.
 */
import { ByteReader, invariant, MalformedError, type Clock, type Timer } from '@ottla/base'
import { FrameReader, type ByteSocket, type ByteSocketListener } from '@ottla/net'
import { readResponseHeader, responseHeaderVersion } from '@ottla/protocol'
import { RequestTrace } from '../diagnostics/request-trace.ts'
import { KafkaError } from '../kafka-error.ts'
import type { BrokerMetrics } from '../metrics/broker-metrics.ts'
import { addressText, type BrokerAddress } from './broker-address.ts'
import type { Api } from './api.ts'
import { lossReason } from './connect-error.ts'
import { PendingRequests, type DoneListener, type PendingRequest } from './pending-requests.ts'
import { RequestWriter } from './request-writer.ts'

export interface SendOptions {
  /** request.timeout.ms of this one request; a long poll needs more than the usual. */
  readonly timeoutMs?: number
  /** False for Produce with acks=0; `onDone` is then called as soon as the bytes were handed over. */
  readonly isAnswered?: boolean
  /** Part of what `exclusively` runs: goes out while everything else is held back. */
  readonly isExclusive?: boolean
}

export interface ConnectionOptions {
  readonly address: BrokerAddress
  readonly clientId: string
  readonly clock: Clock
  readonly requestTimeoutMs: number
  /** Called once, when no more requests can be sent. */
  readonly onClosed: (connection: BrokerConnection) => void
  readonly metrics?: BrokerMetrics | undefined
  /** What the reason may be when the connection is lost before the first answer, the second … */
  readonly lossHints?: readonly string[]
}

/** Encoded in its turn, but not handed to the socket yet. */
interface Held {
  readonly request: PendingRequest
  readonly isAnswered: boolean
  readonly frame: Buffer[]
  readonly frameBytes: number
}

interface Drained {
  readonly resolve: () => void
  readonly reject: (error: KafkaError) => void
}

export interface VersionRange {
  readonly min: number
  readonly max: number
}

/** A broker may answer a fetch with one batch of any size; more than this is no answer. */
const FRAME_BYTES_MAX = 512 * 1024 * 1024
const SIZE_BYTES = 4

export class BrokerConnection implements ByteSocketListener {
  readonly address: BrokerAddress
  /** For errors and logs. */
  readonly broker: string
  readonly #options: ConnectionOptions
  readonly #socket: ByteSocket
  readonly #frames = new FrameReader(FRAME_BYTES_MAX)
  readonly #reader = new ByteReader()
  readonly #writer: RequestWriter
  readonly #pending: PendingRequests
  /** Defined while `exclusively` keeps back what others send. */
  #held: Held[] | undefined
  #drained: Drained | undefined
  #drainListeners: (() => void)[] = []
  #versions: ReadonlyMap<number, VersionRange> | undefined
  /** What the whole cluster has agreed on, with the level of it (KIP-584), such as `transaction.version`. */
  features: ReadonlyMap<string, number> = new Map()
  #answerCount = 0
  #alarm: Timer | undefined
  #failure: KafkaError | undefined

  constructor(socket: ByteSocket, options: ConnectionOptions) {
    this.#socket = socket
    this.#options = options
    this.#writer = new RequestWriter(options.clientId)
    this.#pending = new PendingRequests(options.clock, ({ api, timeoutMs }) => {
      this.#fail('TIMED_OUT', `${this.broker} did not answer ${api.name} within ${timeoutMs} ms`)
    })
    this.address = options.address
    this.broker = addressText(options.address)
    socket.setListener(this)
  }

  get isOpen(): boolean {
    return this.#failure === undefined
  }

  /** Requests that were sent and not answered. */
  get inFlightCount(): number {
    return this.#pending.count + (this.#held?.length ?? 0)
  }

  /** Of the last request, whether answered or not: another one when something was sent meanwhile. */
  get lastCorrelationId(): number {
    return this.#writer.correlationId
  }

  /** What the broker said that it serves; before that only ApiVersions can be sent. */
  set versions(versions: ReadonlyMap<number, VersionRange>) {
    this.#versions = versions
  }

  /** The newest version that both ends speak; undefined when there is none. */
  versionOf(api: Api<never, unknown>): number | undefined {
    const served = this.#versions?.get(api.key)
    if (served === undefined) return undefined
    const version = Math.min(served.max, api.max)
    return version < Math.max(served.min, api.min) ? undefined : version
  }

  /** The message may depend on the version that is spoken. */
  request<Request, Response>(
    api: Api<Request, Response>,
    message: Request | ((version: number) => Request),
    options?: SendOptions,
  ): Promise<Response> {
    return new Promise<Response>((resolve, reject) => {
      this.send(
        api,
        message,
        (error, response) => {
          if (error === undefined) resolve(response as Response)
          else reject(error)
        },
        options,
      )
    })
  }

  /**
   * `onDone` is called exactly once and never from inside this call, save for an unanswered request.
   * What the encoder throws is thrown here: nothing was sent then, and `onDone` is not called.
   */
  send<Request, Response>(
    api: Api<Request, Response>,
    message: Request | ((version: number) => Request),
    onDone: DoneListener<Response>,
    options?: SendOptions,
  ): void {
    const version = this.versionOf(api as Api<never, unknown>)
    if (version === undefined) this.#refuse(api as Api<never, unknown>, onDone)
    else this.sendVersion(api, version, message, onDone, options)
  }

  sendVersion<Request, Response>(
    api: Api<Request, Response>,
    version: number,
    message: Request | ((version: number) => Request),
    onDone: DoneListener<Response>,
    options: SendOptions = {},
  ): void {
    if (this.#failure !== undefined) {
      const failure = this.#failure
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
    const { clock, metrics } = this.#options
    request.sentMs = clock.monotonicMs()
    request.trace = RequestTrace.start(this.address, request)
    metrics?.onSent(frameBytes, isAnswered)
    if (isAnswered) this.#pending.push(request)
    this.#socket.write(frame)
    if (isAnswered) return
    request.trace?.finish(undefined)
    request.onDone(undefined, undefined)
  }

  #refuse(api: Api<never, unknown>, onDone: DoneListener<never>): void {
    const served = this.#versions?.get(api.key)
    const has = served === undefined ? 'none' : `${served.min} to ${served.max}`
    const error = new KafkaError(
      'UNSUPPORTED_VERSION',
      `${this.broker} does not serve ${api.name} as this client needs it: versions ${api.min} to ${api.max} wanted, ${has} offered`,
      { apiKey: api.key, broker: this.broker },
    )
    queueMicrotask(() => {
      onDone(this.#failure ?? error, undefined)
    })
  }

  /**
   * For an exchange that the broker wants undisturbed (re-authentication, KIP-368): waits until what was
   * sent is answered, then runs, and keeps back in order what others send meanwhile.
   */
  async exclusively<T>(run: () => Promise<T>): Promise<T> {
    invariant(this.#held === undefined, 'a connection can only be held once', {
      broker: this.broker,
    })
    if (this.#failure !== undefined) throw this.#failure
    this.#held = []
    try {
      if (this.#pending.count > 0) {
        await new Promise<void>((resolve, reject) => {
          this.#drained = { resolve, reject }
        })
      }
      return await run()
    } finally {
      // Undefined when the connection has failed meanwhile: then all of them have heard of it.
      const held = this.#held ?? []
      this.#held = undefined
      for (const { request, isAnswered, frame, frameBytes } of held) {
        if (this.isOpen) this.#handOver(request, isAnswered, frame, frameBytes)
        else request.onDone(this.#failure, undefined)
      }
    }
  }

  /** One alarm at a time; it does not outlive the connection. */
  setAlarm(delayMs: number, onTime: () => void): void {
    this.#alarm?.cancel()
    if (this.isOpen) this.#alarm = this.#options.clock.setTimer(delayMs, onTime)
  }

  onData(chunk: Buffer): void {
    this.#frames.push(chunk)
    for (;;) {
      const request = this.#nextAnswered()
      if (request === undefined) return
      // Outside of what reads the answer: what a listener throws is not the broker's fault.
      request.onDone(undefined, request.response)
      if (this.#drained !== undefined && this.#pending.count === 0) this.#onDrained(this.#drained)
    }
  }

  #onDrained(drained: Drained): void {
    this.#drained = undefined
    drained.resolve()
  }

  #nextAnswered(): PendingRequest | undefined {
    if (!this.isOpen) return undefined
    try {
      return this.#frames.next() ? this.#readAnswer() : undefined
    } catch (error) {
      const cause = error instanceof Error ? error : new Error(String(error))
      const text = `${this.broker} sent what cannot be read: ${cause.message}`
      this.#fail('MALFORMED_RESPONSE', text, cause)
      return undefined
    }
  }

  #readAnswer(): PendingRequest {
    const { buffer, start, end } = this.#frames
    const reader = this.#reader.reset(buffer, start, end)
    const next = this.#pending.oldest
    if (next === undefined) throw new MalformedError('an answer that nobody asked for', start)
    const { api, version } = next
    const correlationId = readResponseHeader(reader, responseHeaderVersion(api.key, version))
    if (correlationId !== next.correlationId) {
      throw new MalformedError(`answer ${correlationId} instead of ${next.correlationId}`, start)
    }
    next.response = api.decode(reader, version)
    this.#pending.dropOldest()
    this.#answerCount++
    const { clock, metrics } = this.#options
    metrics?.onAnswered(SIZE_BYTES + end - start, clock.monotonicMs() - next.sentMs)
    next.trace?.finish(undefined)
    return next
  }

  /** Senders bound what they have in flight; the socket keeps the rest. */
  onDrain(): void {
    const listeners = this.#drainListeners
    this.#drainListeners = []
    for (const listener of listeners) listener()
  }

  /** What the socket has not taken yet: the only bound for requests that are never answered. */
  get unsentBytes(): number {
    return this.#socket.unsentBytes
  }

  /** `listener` is called once: when the socket takes more again, or the connection has failed. */
  onceDrained(listener: () => void): void {
    if (this.isOpen) this.#drainListeners.push(listener)
    else queueMicrotask(listener)
  }

  onClose(error: Error | undefined): void {
    const why = lossReason(error, this.#options.lossHints?.[this.#answerCount])
    this.#fail('CONNECTION_LOST', `The connection to ${this.broker} is lost: ${why}`, error)
  }

  #fail(
    code: 'CONNECTION_LOST' | 'MALFORMED_RESPONSE' | 'TIMED_OUT',
    text: string,
    cause?: Error,
  ): void {
    const apiKey = this.#pending.oldest?.api.key
    this.fail(new KafkaError(code, text, { cause, apiKey, broker: this.broker, retriable: true }))
  }

  /** What waits fails with CLIENT_CLOSED. */
  close(): void {
    const { broker } = this
    this.fail(
      new KafkaError('CLIENT_CLOSED', `The connection to ${broker} was closed here`, { broker }),
    )
  }

  /** Closes; what waits fails with `failure`, and so does what is sent from now on. */
  fail(failure: KafkaError): void {
    if (this.#failure !== undefined) return
    this.#failure = failure
    this.#alarm?.cancel()
    this.#socket.destroy()
    this.#options.onClosed(this)
    const pending = this.#pending.takeAll()
    this.#options.metrics?.onLost(pending.length)
    const waiting = [...pending, ...(this.#held ?? []).map(({ request }) => request)]
    if (this.#held !== undefined) this.#held = []
    this.#drained?.reject(failure)
    this.#drained = undefined
    // Not from inside `close()`: whoever closes does not expect its own listeners to run.
    queueMicrotask(() => {
      for (const { onDone, trace } of waiting) {
        trace?.finish(failure)
        onDone(failure, undefined)
      }
      this.onDrain()
    })
  }
}
