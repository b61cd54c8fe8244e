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
 *
 *   open ──closeAfterReplies──> draining ──last answer──> ending ──peer ends, or lingers too long──> closed
 *     └───────close────────────────┴──────────────────────────┘
 */
import {
  MalformedError,
  type BufferPool,
  type ByteWriter,
  type Clock,
  type Timer,
  type Turn,
  type TurnTask,
} from '@ottla/base'
import { encodeFrame } from './encode-frame.ts'
import type { Exchange, ExchangeOwner, SentListener } from './exchange.ts'
import { FrameReader } from './frame-reader.ts'
import type { ByteSocket, ByteSocketListener } from './network.ts'
import { withoutSharedChunks } from './shared-chunks.ts'

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
  /** Shared by many connections; empty whenever none of them is encoding. */
  readonly writer: ByteWriter
  /** For frames that come in pieces; shared by many connections. */
  readonly frameBuffers?: BufferPool
  readonly frameBytesMax: number
  readonly inFlightMax: number
  readonly inFlightBytesMax: number
  /** -1 for no limit. */
  readonly idleMsMax: number
}

type ConnectionState = 'open' | 'draining' | 'ending' | 'closed'

/** Answers that the peer has not read; beyond, no further request is taken. */
const UNSENT_BYTES_MAX = 16 * 1024 * 1024
/** How long the peer may take to end its side, or to read something more of its last answers. */
const LINGER_MS = 5000

export class Connection implements ExchangeOwner, ByteSocketListener, TurnTask {
  readonly clientHost: string
  readonly clientPort: number
  readonly listenerName: string
  readonly #options: ConnectionOptions
  readonly #frames: FrameReader
  /** Open and answered requests in the order they came; the head is the next to be sent. */
  readonly #line: Exchange[] = []
  readonly #lineBytes: number[] = []
  /** Answers that were written, whose bytes the system may not have taken yet. */
  #unsent: SentListener[] = []
  #inFlightBytes = 0
  #hasExclusive = false
  #isPaused = false
  #isTurnEndDue = false
  #state: ConnectionState = 'open'
  #closeReason: string | undefined
  #lastUsedMs: number
  /** For the idle time while open, for the linger time afterwards. */
  #timer: Timer | undefined

  constructor(options: ConnectionOptions) {
    this.#options = options
    this.clientHost = options.socket.remoteHost
    this.clientPort = options.socket.remotePort
    this.listenerName = options.listenerName
    this.#frames = new FrameReader(options.frameBytesMax, options.frameBuffers)
    this.#lastUsedMs = options.clock.monotonicMs()
    if (options.idleMsMax >= 0) this.#armIdleTimer(options.idleMsMax)
    options.socket.setListener(this)
  }

  get isClosed(): boolean {
    return this.#state === 'closed'
  }

  onData(chunk: Buffer): void {
    if (this.#state !== 'open') return
    this.#lastUsedMs = this.#options.clock.monotonicMs()
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
    const { inFlightMax, inFlightBytesMax, socket } = this.#options
    return (
      this.#state === 'open' &&
      !this.#hasExclusive &&
      this.#line.length < inFlightMax &&
      this.#inFlightBytes < inFlightBytesMax &&
      socket.unsentBytes < UNSENT_BYTES_MAX
    )
  }

  #takeRequest(): void {
    const { buffer, start, end } = this.#frames
    // The exchange joins the line inside `open`, before its handler can reply.
    const exchange = this.#options.handler.onFrame(this, buffer, start, end)
    if (exchange.isExclusive && exchange.state === 'open') this.#hasExclusive = true
    if (exchange.isFrameFree) this.#frames.giveBack()
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
    if (this.#isTurnEndDue || this.isClosed) return
    this.#isTurnEndDue = true
    this.#options.turn.atEnd('send', this)
  }

  onTurnEnd(): void {
    this.#isTurnEndDue = false
    if (this.#state === 'ending' || this.#state === 'closed') return
    this.#sendAnswers()
    if (this.#state === 'open') this.#dispatch()
    else if (this.#state === 'draining' && this.#line.length === 0) this.#end()
  }

  #sendAnswers(): void {
    let doneCount = 0
    for (const exchange of this.#line) {
      if (exchange.state === 'open') break
      if (exchange.state === 'replied' && !this.#encode(exchange)) return
      if (exchange.sentListener !== undefined) this.#unsent.push(exchange.sentListener)
      this.#inFlightBytes -= this.#lineBytes[doneCount] as number
      doneCount++
    }
    if (doneCount === 0) return
    this.#line.splice(0, doneCount)
    this.#lineBytes.splice(0, doneCount)
    this.#lastUsedMs = this.#options.clock.monotonicMs()
    this.#write()
  }

  /**
   * A message that cannot be written (a text too long for its field, a handler's mistake) costs its
   * connection, not the process. What was encoded so far is dropped: it ends in half an answer, and the
   * next to use the writer is another connection.
   */
  #encode(exchange: Exchange): boolean {
    const { writer, handler } = this.#options
    try {
      encodeFrame(writer, exchange)
      return true
    } catch (error) {
      writer.finish()
      handler.onEncodingFailed(this, error)
      this.destroy('an answer could not be encoded')
      return false
    }
  }

  #write(): void {
    const { writer, socket } = this.#options
    if (writer.length === 0) return
    const chunks = writer.finish()
    socket.write(socket.unsentBytes === 0 ? chunks : withoutSharedChunks(chunks))
    this.#noteSent()
  }

  /** Here or at the next drain; a peer that never reads leaves the memory to the garbage collector. */
  #noteSent(): void {
    if (this.#unsent.length === 0 || this.#options.socket.unsentBytes > 0) return
    const sent = this.#unsent
    this.#unsent = []
    for (const listener of sent) listener.onSent()
  }

  #adjustReading(): void {
    const shouldPause = !this.#canTakeRequest()
    if (shouldPause === this.#isPaused || this.#state !== 'open') return
    this.#isPaused = shouldPause
    if (shouldPause) this.#options.socket.pause()
    else this.#options.socket.resume()
  }

  onDrain(): void {
    this.#noteSent()
    if (this.#state !== 'open') return
    this.#lastUsedMs = this.#options.clock.monotonicMs()
    this.#dispatch()
  }

  /** Lets open requests finish and their answers leave, takes no further ones, then closes. */
  closeAfterReplies(): void {
    if (this.#state !== 'open') return
    this.#state = 'draining'
    this.#options.socket.pause()
    this.#dueAtTurnEnd()
  }

  /** Takes no further request, e.g. on bytes that cannot be one; what was answered before is still sent. */
  close(reason: string): void {
    if (this.#state === 'ending' || this.#state === 'closed') return
    this.#closeReason = reason
    this.#sendAnswers()
    this.#end()
  }

  /** Closes at once: for a peer that was given its time. */
  destroy(reason: string): void {
    if (this.isClosed) return
    this.#closeReason ??= reason
    this.#state = 'ending'
    this.#options.socket.destroy()
  }

  /**
   * Reads on, and drops what it reads: a socket that is closed with unread bytes resets its peer, and the
   * reset may overtake the last answers.
   */
  #end(): void {
    if (this.#state === 'ending') return
    const { socket } = this.#options
    this.#state = 'ending'
    socket.end()
    socket.resume()
    this.#armLingerTimer(socket.unsentBytes)
  }

  onClose(error: Error | undefined): void {
    this.#state = 'closed'
    this.#timer?.cancel()
    for (const exchange of this.#line) {
      if (exchange.state === 'open') exchange.closedListener?.onClosed()
    }
    this.#line.length = 0
    this.#lineBytes.length = 0
    this.#options.handler.onClose(this, this.#closeReason ?? error?.message)
  }

  #armLingerTimer(unsentBytesBefore: number): void {
    const { clock, socket } = this.#options
    this.#timer?.cancel()
    this.#timer = clock.setTimer(LINGER_MS, () => {
      const { unsentBytes } = socket
      const isProgressing = unsentBytes > 0 && unsentBytes < unsentBytesBefore
      if (isProgressing) this.#armLingerTimer(unsentBytes)
      else socket.destroy()
    })
  }

  /** One timer per connection that looks back, instead of one that is moved with every request. */
  #armIdleTimer(delayMs: number): void {
    const { clock, idleMsMax } = this.#options
    this.#timer = clock.setTimer(delayMs, () => {
      const idleMs = clock.monotonicMs() - this.#lastUsedMs
      const restMs = idleMsMax - idleMs
      if (restMs > 0) this.#armIdleTimer(restMs)
      else if (this.#line.length > 0) this.#armIdleTimer(idleMsMax)
      else this.close(`idle for ${Math.round(idleMs)} ms`)
    })
  }
}
