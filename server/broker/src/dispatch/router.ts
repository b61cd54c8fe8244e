/**
 * Station 3 of the produce path: from a frame to the handler of its API.
 *
 * The one boundary for refusals: whatever a handler throws ends here. Bytes that cannot be a request,
 * an unknown API and a version that is not served close the connection, as Kafka does (conformance C4);
 * only ApiVersions answers an unknown version, in the layout of version 0 (KIP-511).
 */
import { ByteReader, InvariantError, MalformedError, type Logger } from '@ottla/base'
import { Exchange, type Connection, type FrameHandler } from '@ottla/net'
import {
  ApiKey,
  apiName,
  isVersionSupported,
  readRequestHeader,
  RequestHeader,
} from '@ottla/protocol'
import type { ApiHandler } from './api-handler.ts'

/** Key, version and correlation id: the part of a header that never changes. */
const FIXED_HEADER_BYTES = 8

/** Elements of all arrays of one request: hundreds of thousands of partitions, but no flood. */
const ELEMENTS_MAX = 1_000_000

export interface RouterOptions {
  readonly handlers: readonly ApiHandler[]
  readonly logger: Logger
  /** A broken invariant: stops the process. */
  readonly onBug: (error: unknown) => void
}

export class Router implements FrameHandler {
  readonly #handlers: (ApiHandler | undefined)[] = []
  readonly #logger: Logger
  readonly #onBug: (error: unknown) => void
  readonly #reader = new ByteReader().limitElements(ELEMENTS_MAX)
  readonly #header = new RequestHeader()

  constructor(options: RouterOptions) {
    for (const handler of options.handlers) this.#handlers[handler.apiKey] = handler
    this.#logger = options.logger
    this.#onBug = options.onBug
  }

  onFrame(connection: Connection, buffer: Buffer, start: number, end: number): Exchange {
    if (end - start < FIXED_HEADER_BYTES) {
      throw new MalformedError('Cannot read a request header: the frame is too short', start)
    }
    const apiKey = buffer.readInt16BE(start)
    const handler = this.#handlers[apiKey]
    if (handler === undefined) throw new MalformedError(`API key ${apiKey} is not served`, start)
    const apiVersion = buffer.readInt16BE(start + 2)
    if (!isVersionSupported(apiKey, apiVersion)) {
      return this.#onUnknownVersion(connection, handler, buffer, start, end)
    }
    const reader = this.#reader.reset(buffer, start, end)
    readRequestHeader(reader, this.#header)
    const exchange = new Exchange(connection, this.#header, handler.isExclusive)
    connection.open(exchange, end - start)
    this.#run(handler, exchange, reader)
    return exchange
  }

  #run(handler: ApiHandler, exchange: Exchange, body: ByteReader): void {
    try {
      const pending = handler.handle(exchange, body)
      if (pending !== undefined) pending.catch((error: unknown) => this.#onFailure(exchange, error))
    } catch (error) {
      if (error instanceof MalformedError) throw error
      this.#onFailure(exchange, error)
    }
  }

  /**
   * The handler did not put the refusal into its response, so nobody knows what state the request is
   * in: the connection closes and the client asks again.
   */
  #onFailure(exchange: Exchange, error: unknown): void {
    if (error instanceof InvariantError) {
      this.#onBug(error)
      return
    }
    // As from a handler that is not async: bytes that cannot be a request, which anybody may send.
    if (error instanceof MalformedError) {
      exchange.connection.close(error.message)
      return
    }
    this.#logger.error('Cannot answer a request; its connection is closed', {
      api: apiName(exchange.apiKey),
      version: exchange.apiVersion,
      clientId: exchange.clientId,
      error,
    })
    if (exchange.state === 'open') exchange.replyNothing()
    exchange.connection.closeAfterReplies()
  }

  #onUnknownVersion(
    connection: Connection,
    handler: ApiHandler,
    buffer: Buffer,
    start: number,
    end: number,
  ): Exchange {
    if (handler.apiKey !== ApiKey.ApiVersions) {
      throw new MalformedError(
        `Version ${buffer.readInt16BE(start + 2)} of ${apiName(handler.apiKey)} is not served`,
        start,
      )
    }
    this.#header.apiKey = handler.apiKey
    this.#header.apiVersion = buffer.readInt16BE(start + 2)
    this.#header.correlationId = buffer.readInt32BE(start + 4)
    this.#header.clientId = null
    const exchange = new Exchange(connection, this.#header, handler.isExclusive)
    // The answer has the layout of version 0, which every client can read.
    exchange.responseVersion = 0
    connection.open(exchange, end - start)
    this.#run(handler, exchange, this.#reader.reset(buffer, start, end))
    return exchange
  }

  onEncodingFailed(connection: Connection, error: unknown): void {
    this.#logger.error('Cannot encode an answer; its connection is closed', {
      host: connection.clientHost,
      error,
    })
  }

  onClose(connection: Connection, reason: string | undefined): void {
    if (reason === undefined) return
    this.#logger.info('Connection closed', {
      host: connection.clientHost,
      port: connection.clientPort,
      reason,
    })
  }
}
