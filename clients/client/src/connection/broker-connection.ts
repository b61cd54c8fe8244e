/**
 * One connection to one broker: requests leave in the order they are sent, answers come back in the
 * same order, and each answer goes to whoever waits for it.
 *
 *   send(api, message) ── request-outbox ── frame ──► socket      pending-requests: oldest first
 *   onDone(undefined, response) ◄── answer-reader ◄── socket
 *
 * A connection that breaks, answers out of order or does not answer within the request's time is
 * closed, and everything that waits on it fails with a retriable error: whether the broker did what it
 * was asked is not known then. It is never mended; the pool opens another one.
 */
import type { Clock, Timer } from '@ottla/base'
import type { ByteSocket, ByteSocketListener } from '@ottla/net'
import { KafkaError } from '../kafka-error.ts'
import type { BrokerMetrics } from '../metrics/broker-metrics.ts'
import { AnswerReader } from './answer-reader.ts'
import type { Api } from './api.ts'
import { addressText, type BrokerAddress } from './broker-address.ts'
import { lossReason } from './connect-error.ts'
import { PendingRequests, type DoneListener, type PendingRequest } from './pending-requests.ts'
import { RequestOutbox, type SendOptions } from './request-outbox.ts'
import { ServedVersions, type VersionRange } from './served-versions.ts'

export type { SendOptions }

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

export class BrokerConnection implements ByteSocketListener {
  readonly address: BrokerAddress
  /** For errors and logs. */
  readonly broker: string
  readonly #options: ConnectionOptions
  readonly #socket: ByteSocket
  readonly #pending: PendingRequests
  readonly #outbox: RequestOutbox
  readonly #answers: AnswerReader
  readonly #served: ServedVersions
  /** What the whole cluster has agreed on, with the level of it (KIP-584), such as `transaction.version`. */
  features: ReadonlyMap<string, number> = new Map()
  #alarm: Timer | undefined

  constructor(socket: ByteSocket, options: ConnectionOptions) {
    const { address, clientId, clock, requestTimeoutMs, metrics } = options
    this.address = address
    this.broker = addressText(address)
    this.#options = options
    this.#socket = socket
    const pending = new PendingRequests(clock, ({ api, timeoutMs }) => {
      this.#fail('TIMED_OUT', `${this.broker} did not answer ${api.name} within ${timeoutMs} ms`)
    })
    this.#pending = pending
    const sending = { socket, pending, address, clientId, clock, requestTimeoutMs, metrics }
    this.#outbox = new RequestOutbox(sending)
    this.#answers = new AnswerReader({ pending, clock, metrics })
    this.#served = new ServedVersions(this.broker)
    socket.setListener(this)
  }

  get isOpen(): boolean {
    return this.#outbox.failure === undefined
  }

  /** Requests that were sent and not answered. */
  get inFlightCount(): number {
    return this.#pending.count + this.#outbox.heldCount
  }

  /** Of the last request, whether answered or not: another one when something was sent meanwhile. */
  get lastCorrelationId(): number {
    return this.#outbox.lastCorrelationId
  }

  /** What the broker said that it serves; before that only ApiVersions can be sent. */
  set versions(versions: ReadonlyMap<number, VersionRange>) {
    this.#served.ranges = versions
  }

  /** The newest version that both ends speak; undefined when there is none. */
  versionOf(api: Api<never, unknown>): number | undefined {
    return this.#served.newestOf(api)
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
    options: SendOptions = {},
  ): void {
    const version = this.#served.newestOf(api as Api<never, unknown>)
    if (version !== undefined) {
      this.#outbox.send(api, version, message, onDone, options)
      return
    }
    const refusal = this.#served.refusal(api as Api<never, unknown>)
    queueMicrotask(() => {
      onDone(this.#outbox.failure ?? refusal, undefined)
    })
  }

  sendVersion<Request, Response>(
    api: Api<Request, Response>,
    version: number,
    message: Request | ((version: number) => Request),
    onDone: DoneListener<Response>,
  ): void {
    this.#outbox.send(api, version, message, onDone, {})
  }

  /**
   * For an exchange that the broker wants undisturbed (re-authentication, KIP-368): waits until what was
   * sent is answered, then runs, and keeps back in order what others send meanwhile.
   */
  async exclusively<T>(run: () => Promise<T>): Promise<T> {
    const outbox = this.#outbox
    if (outbox.failure !== undefined) throw outbox.failure
    outbox.hold()
    try {
      await outbox.alone()
      return await run()
    } finally {
      outbox.release()
    }
  }

  /** One alarm at a time; it does not outlive the connection. */
  setAlarm(delayMs: number, onTime: () => void): void {
    this.#alarm?.cancel()
    if (this.isOpen) this.#alarm = this.#options.clock.setTimer(delayMs, onTime)
  }

  onData(chunk: Buffer): void {
    this.#answers.push(chunk)
    for (;;) {
      const request = this.#nextAnswered()
      if (request === undefined) return
      // Outside of what reads the answer: what a listener throws is not the broker's fault.
      request.onDone(undefined, request.response)
      this.#outbox.onAnswered()
    }
  }

  #nextAnswered(): PendingRequest | undefined {
    // A listener may have closed the connection in the middle of a chunk.
    if (!this.isOpen) return undefined
    try {
      return this.#answers.next()
    } catch (error) {
      const cause = error instanceof Error ? error : new Error(String(error))
      const text = `${this.broker} sent what cannot be read: ${cause.message}`
      this.#fail('MALFORMED_RESPONSE', text, cause)
      return undefined
    }
  }

  /** What the socket has not taken yet: the only bound for requests that are never answered. */
  get unsentBytes(): number {
    return this.#socket.unsentBytes
  }

  /** `listener` is called once: when the socket takes more again, or the connection has failed. */
  onceDrained(listener: () => void): void {
    this.#outbox.onceDrained(listener)
  }

  /** Senders bound what they have in flight; the socket keeps the rest. */
  onDrain(): void {
    this.#outbox.onDrain()
  }

  onClose(error: Error | undefined): void {
    const hint = this.#options.lossHints?.[this.#answers.answerCount]
    const why = lossReason(error, hint)
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
    if (!this.isOpen) return
    const held = this.#outbox.fail(failure)
    this.#alarm?.cancel()
    this.#socket.destroy()
    this.#options.onClosed(this)
    const pending = this.#pending.takeAll()
    this.#options.metrics?.onLost(pending.length)
    // Not from inside `close()`: whoever closes does not expect its own listeners to run.
    queueMicrotask(() => {
      for (const { onDone, trace } of [...pending, ...held]) {
        trace?.finish(failure)
        onDone(failure, undefined)
      }
      this.#outbox.onDrain()
    })
  }
}
