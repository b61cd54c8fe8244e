/**
 * Stations 1 and 14 of the produce path: one client connection, bytes in and bytes out.
 *
 * Requests are pipelined: a frame is dispatched as soon as it is whole, answers leave in request order.
 * An *exclusive* request (everything but Produce and Fetch and the like) holds the line until it is
 * answered, so that a client which creates a topic and asks for it on the same connection sees it.
 *
 * Bounds: at most `inFlightMax` open requests, `inFlightBytesMax` bytes of them, and no new request
 * while the peer does not read its answers. At a bound the socket is paused, which pushes back through
 * TCP; nothing is dropped.
 */
import {
  ByteWriter,
  MalformedError,
  type Clock,
  type Timer,
  type Turn,
  type TurnTask,
} from '@ottla/base'
import { responseHeaderVersion, writeResponseHeader } from '@ottla/protocol'
import type { Exchange, ExchangeOwner, MessageEncoder } from './exchange.ts'
import { FrameReader } from './frame-reader.ts'
import type { ByteSocket, ByteSocketListener } from './network.ts'

export interface FrameHandler {
  /**
   * Deals with bytes [start, end) of `buffer` and returns the exchange it opened. Throws MalformedError
   * when the connection has to be closed.
   */
  onFrame(connection: Connection, buffer: Buffer, start: number, end: number): Exchange
  /** The answer is lost and the connection closes; for the log. */
  onEncodingFailed(connection: Connection, error: unknown): void
  onClose(connection: Connection, reason: string | undefined): void
}

export interface ConnectionOptions {
  readonly socket: ByteSocket
  readonly listenerName: string
  readonly handler: FrameHandler
  readonly turn: Turn
  readonly clock: Clock
  readonly frameBytesMax: number
  readonly inFlightMax: number
  readonly inFlightBytesMax: number
  readonly idleMsMax: number
}

/** Answers that the peer has not read; beyond, no further request is taken. */
const UNSENT_BYTES_MAX = 16 * 1024 * 1024

export class Connection implements ExchangeOwner, ByteSocketListener, TurnTask {
  readonly clientHost: string
  readonly clientPort: number
  readonly listenerName: string
  readonly #socket: ByteSocket
  readonly #handler: FrameHandler
  readonly #turn: Turn
  readonly #clock: Clock
  readonly #options: ConnectionOptions
  readonly #frames: FrameReader
  readonly #writer = new ByteWriter()
  /** Open and answered requests in the order they came; the head is the next to be sent. */
  readonly #line: Exchange[] = []
  readonly #lineBytes: number[] = []
  #inFlightBytes = 0
  #hasExclusive = false
  #isPaused = false
  #isTurnEndDue = false
  #isClosing = false
  #isClosed = false
  #closeReason: string | undefined
  #lastUsedMs: number
  #idleTimer: Timer

  constructor(options: ConnectionOptions) {
    this.#options = options
    this.#socket = options.socket
    this.#handler = options.handler
    this.#turn = options.turn
    this.#clock = options.clock
    this.clientHost = options.socket.remoteHost
    this.clientPort = options.socket.remotePort
    this.listenerName = options.listenerName
    this.#frames = new FrameReader(options.frameBytesMax)
    this.#lastUsedMs = options.clock.monotonicMs()
    this.#idleTimer = this.#armIdleTimer(options.idleMsMax)
    options.socket.setListener(this)
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  onData(chunk: Buffer): void {
    if (this.#isClosing) return
    this.#lastUsedMs = this.#clock.monotonicMs()
    this.#frames.push(chunk)
    this.#dispatch()
  }

  #dispatch(): void {
    try {
      while (this.#canTakeRequest() && this.#frames.next()) this.#takeRequest()
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error
      this.close(error.message)
      return
    }
    this.#adjustReading()
  }

  #canTakeRequest(): boolean {
    return (
      !this.#isClosing &&
      !this.#hasExclusive &&
      this.#line.length < this.#options.inFlightMax &&
      this.#inFlightBytes < this.#options.inFlightBytesMax &&
      this.#socket.unsentBytes < UNSENT_BYTES_MAX
    )
  }

  #takeRequest(): void {
    const { buffer, start, end } = this.#frames
    // The exchange joins the line inside `open`, before its handler can reply.
    const exchange = this.#handler.onFrame(this, buffer, start, end)
    if (exchange.isExclusive && exchange.state === 'open') this.#hasExclusive = true
  }

  /** Called by the dispatcher before the handler runs, so that the line keeps the request order. */
  open(exchange: Exchange, requestBytes: number): void {
    this.#line.push(exchange)
    this.#lineBytes.push(requestBytes)
    this.#inFlightBytes += requestBytes
  }

  onReply(exchange: Exchange): void {
    if (exchange.isExclusive) this.#hasExclusive = false
    this.#dueAtTurnEnd()
  }

  #dueAtTurnEnd(): void {
    if (this.#isTurnEndDue || this.#isClosed) return
    this.#isTurnEndDue = true
    this.#turn.atEnd('send', this)
  }

  onTurnEnd(): void {
    this.#isTurnEndDue = false
    if (this.#isClosed) return
    try {
      this.#sendAnswers()
    } catch (error) {
      this.#onEncodingFailed(error)
      return
    }
    if (this.#isClosing) {
      this.#closeWhenAnswered()
      return
    }
    this.#dispatch()
  }

  #sendAnswers(): void {
    let sentCount = 0
    for (const exchange of this.#line) {
      if (exchange.state === 'open') break
      if (exchange.state === 'replied') this.#encode(exchange)
      this.#inFlightBytes -= this.#lineBytes[sentCount] as number
      sentCount++
    }
    if (sentCount === 0) return
    this.#line.splice(0, sentCount)
    this.#lineBytes.splice(0, sentCount)
    if (this.#writer.length > 0) this.#socket.write(this.#writer.finish())
  }

  /**
   * A message that cannot be written (a text too long for its field, a handler's mistake) costs its
   * connection, not the process. What was encoded so far is dropped: it may end in half an answer.
   */
  #onEncodingFailed(error: unknown): void {
    this.#writer.finish()
    this.#line.length = 0
    this.#lineBytes.length = 0
    this.#handler.onEncodingFailed(this, error)
    this.close('an answer could not be encoded')
  }

  #encode(exchange: Exchange): void {
    const writer = this.#writer
    const size = writer.reserveInt32()
    const before = writer.length
    const { apiKey, responseVersion } = exchange
    writeResponseHeader(
      writer,
      exchange.correlationId,
      responseHeaderVersion(apiKey, responseVersion),
    )
    const encode = exchange.encoder as MessageEncoder<unknown>
    encode(writer, exchange.message, responseVersion)
    writer.patchInt32(size, writer.length - before)
    exchange.message = undefined
  }

  #adjustReading(): void {
    const shouldPause = !this.#canTakeRequest()
    if (shouldPause === this.#isPaused || this.#isClosing) return
    this.#isPaused = shouldPause
    if (shouldPause) this.#socket.pause()
    else this.#socket.resume()
  }

  onDrain(): void {
    if (this.#isClosing) return
    this.#dispatch()
  }

  /** Lets open requests finish and their answers leave, takes no further ones, then closes. */
  closeAfterReplies(): void {
    if (this.#isClosing) return
    this.#isClosing = true
    this.#socket.pause()
    this.#dueAtTurnEnd()
  }

  #closeWhenAnswered(): void {
    if (this.#line.length === 0) this.#socket.end()
  }

  /** Closes now, e.g. on bytes that cannot be a request; what was answered before is still sent. */
  close(reason: string): void {
    if (this.#isClosing) return
    this.#isClosing = true
    this.#closeReason = reason
    this.#sendAnswers()
    this.#socket.end()
    this.#socket.destroy()
  }

  onClose(error: Error | undefined): void {
    this.#isClosed = true
    this.#isClosing = true
    this.#idleTimer.cancel()
    this.#line.length = 0
    this.#handler.onClose(this, this.#closeReason ?? error?.message)
  }

  /** One timer per connection that looks back, instead of one that is moved with every request. */
  #armIdleTimer(delayMs: number): Timer {
    return this.#clock.setTimer(delayMs, () => {
      const idleMs = this.#clock.monotonicMs() - this.#lastUsedMs
      const restMs = this.#options.idleMsMax - idleMs
      if (restMs > 0) this.#idleTimer = this.#armIdleTimer(restMs)
      else if (this.#line.length > 0) this.#idleTimer = this.#armIdleTimer(this.#options.idleMsMax)
      else this.close(`idle for ${Math.round(idleMs)} ms`)
    })
  }
}
