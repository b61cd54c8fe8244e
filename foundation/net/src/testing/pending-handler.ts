/** A frame handler in a test: keeps every exchange open until the test answers it. */
import { ByteReader, MalformedError, type ByteWriter } from '@ottla/base'
import { readRequestHeader, RequestHeader } from '@ottla/protocol'
import type { Connection, FrameHandler } from '../connection.ts'
import { Exchange } from '../exchange.ts'
import { PIPELINED_API } from './test-client.ts'

/** A request with this body is one that no handler can read. */
export const MALFORMED_BODY = Buffer.from('malformed')

export class PendingHandler implements FrameHandler {
  /** All that came, in order; answered ones stay. */
  readonly exchanges: Exchange[] = []
  readonly bodies: Buffer[] = []
  readonly connections = new Set<Connection>()
  readonly closeReasons: Array<string | undefined> = []
  readonly encodingFailures: unknown[] = []
  /** Sees each body where it lies in its frame, which the connection may use again. */
  inspect: ((body: Buffer) => void) | undefined
  /** Runs inside the handler, e.g. to answer at once. */
  react: ((exchange: Exchange) => void) | undefined
  readonly #reader = new ByteReader()
  readonly #header = new RequestHeader()

  get ids(): number[] {
    return this.exchanges.map((exchange) => exchange.correlationId)
  }

  get openCount(): number {
    return this.exchanges.filter((exchange) => exchange.state === 'open').length
  }

  onFrame(connection: Connection, buffer: Buffer, start: number, end: number): Exchange {
    this.connections.add(connection)
    const reader = this.#reader.reset(buffer, start, end)
    const header = readRequestHeader(reader, this.#header)
    const exchange = new Exchange(connection, header, header.apiKey !== PIPELINED_API)
    connection.open(exchange, end - start)
    const view = reader.readSlice(reader.remaining)
    const body = Buffer.from(view)
    if (body.equals(MALFORMED_BODY)) throw new MalformedError('Cannot read the request', start)
    this.exchanges.push(exchange)
    this.bodies.push(body)
    this.inspect?.(view)
    this.react?.(exchange)
    return exchange
  }

  onEncodingFailed(_connection: Connection, error: unknown): void {
    this.encodingFailures.push(error)
  }

  onClose(_connection: Connection, reason: string | undefined): void {
    this.closeReasons.push(reason)
  }

  /** Answers the request with this correlation id. */
  reply(correlationId: number, body: Buffer = Buffer.from(`answer ${correlationId}`)): void {
    this.find(correlationId).reply(encodeBody, body)
  }

  replyNothing(correlationId: number): void {
    this.find(correlationId).replyNothing()
  }

  find(correlationId: number): Exchange {
    const found = this.exchanges.find((exchange) => exchange.correlationId === correlationId)
    if (found === undefined) throw new Error(`No request ${correlationId} has come`)
    return found
  }
}

export function encodeBody(writer: ByteWriter, body: Buffer): void {
  writer.writeBytes(body)
}
