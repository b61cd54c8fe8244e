/**
 * One listening address and the connections that came in through it.
 *
 * Bounds: `connectionsMax` in all and `connectionsPerHostMax` from one address (Kafka's defaults are
 * unlimited; ours are finite). A connection over a bound is closed at once, before a byte is read.
 */
import { BufferPool, ByteWriter, type Clock, type Logger, type Turn } from '@ottla/base'
import { Connection, type FrameHandler } from './connection.ts'
import type { ByteSocket, ListeningSocket, Network } from './network.ts'

export interface ListenerOptions {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly network: Network
  readonly turn: Turn
  readonly clock: Clock
  readonly logger: Logger
  readonly handler: FrameHandler
  readonly limits: ListenerLimits
}

export interface ListenerLimits {
  readonly connectionsMax: number
  readonly connectionsPerHostMax: number
  readonly frameBytesMax: number
  readonly inFlightMax: number
  readonly inFlightBytesMax: number
  /** -1 for no limit. */
  readonly idleMsMax: number
}

/** Produce requests of a megabyte of a dozen producers at the same time. */
const FRAME_BUFFERS_IDLE_BYTES_MAX = 16 * 1024 * 1024

export class Listener implements FrameHandler {
  readonly name: string
  readonly #options: ListenerOptions
  readonly #connections = new Set<Connection>()
  readonly #countByHost = new Map<string, number>()
  /** One for all: an idle connection needs none, and no two encode at the same time. */
  readonly #writer = new ByteWriter()
  readonly #frameBuffers = new BufferPool(FRAME_BUFFERS_IDLE_BYTES_MAX)
  #listening: ListeningSocket | undefined
  #closed: Promise<void> | undefined
  #onAllClosed: (() => void) | undefined

  private constructor(options: ListenerOptions) {
    this.#options = options
    this.name = options.name
  }

  /** Throws the system's error (EADDRINUSE, EACCES …) when the address cannot be had. */
  static async open(options: ListenerOptions): Promise<Listener> {
    const listener = new Listener(options)
    const { network, host, port, logger, name } = options
    const onAcceptError = (error: Error): void => {
      logger.warn('Cannot accept a connection', { listener: name, error })
    }
    listener.#listening = await network.listen({ host, port, onAcceptError }, (socket) => {
      listener.#accept(socket)
    })
    return listener
  }

  /** The port in use; differs from the one asked for when that was 0. */
  get port(): number {
    return this.#listening?.port ?? this.#options.port
  }

  get connectionCount(): number {
    return this.#connections.size
  }

  #accept(socket: ByteSocket): void {
    const { limits, logger } = this.#options
    if (this.#closed !== undefined) {
      refuse(socket)
      return
    }
    const ofHost = this.#countByHost.get(socket.remoteHost) ?? 0
    if (this.#connections.size >= limits.connectionsMax || ofHost >= limits.connectionsPerHostMax) {
      logger.warn('Connection refused: too many connections', {
        listener: this.name,
        host: socket.remoteHost,
        ofHost,
        connections: this.#connections.size,
      })
      refuse(socket)
      return
    }
    this.#countByHost.set(socket.remoteHost, ofHost + 1)
    this.#connections.add(this.#connect(socket))
  }

  #connect(socket: ByteSocket): Connection {
    const { turn, clock, limits } = this.#options
    return new Connection({
      socket,
      listenerName: this.name,
      handler: this,
      turn,
      clock,
      writer: this.#writer,
      frameBuffers: this.#frameBuffers,
      frameBytesMax: limits.frameBytesMax,
      inFlightMax: limits.inFlightMax,
      inFlightBytesMax: limits.inFlightBytesMax,
      idleMsMax: limits.idleMsMax,
    })
  }

  onFrame(connection: Connection, buffer: Buffer, start: number, end: number) {
    return this.#options.handler.onFrame(connection, buffer, start, end)
  }

  onEncodingFailed(connection: Connection, error: unknown): void {
    this.#options.handler.onEncodingFailed(connection, error)
  }

  onClose(connection: Connection, reason: string | undefined): void {
    this.#connections.delete(connection)
    const left = (this.#countByHost.get(connection.clientHost) ?? 1) - 1
    if (left === 0) this.#countByHost.delete(connection.clientHost)
    else this.#countByHost.set(connection.clientHost, left)
    this.#options.handler.onClose(connection, reason)
    if (this.#connections.size === 0) this.#onAllClosed?.()
  }

  /** Stops accepting, lets open requests finish, closes what is left after `graceMs`. */
  close(graceMs: number): Promise<void> {
    this.#closed ??= this.#close(graceMs)
    return this.#closed
  }

  async #close(graceMs: number): Promise<void> {
    await Promise.all([this.#listening?.close(), this.#drain(graceMs)])
  }

  #drain(graceMs: number): Promise<void> {
    if (this.#connections.size === 0) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = this.#options.clock.setTimer(graceMs, () => {
        for (const connection of this.#connections) connection.destroy('the broker shuts down')
      })
      this.#onAllClosed = () => {
        timer.cancel()
        resolve()
      }
      for (const connection of this.#connections) connection.closeAfterReplies()
    })
  }
}

function refuse(socket: ByteSocket): void {
  socket.setListener({ onData: () => {}, onDrain: () => {}, onClose: () => {} })
  socket.destroy()
}
