/**
 * One connection of a FakeBroker: bytes to requests, answers back in the order of the requests.
 *
 * As with a real broker, a request that is never answered holds up all that come after it on its
 * connection; one that wants no answer (`silent`, a produce with acks=0) does not.
 */
import { ByteReader, ByteWriter } from '@ottla/base'
import { FrameReader, type ByteSocket, type ByteSocketListener } from '@ottla/net'
import {
  readRequestHeader,
  RequestHeader,
  responseHeaderVersion,
  writeResponseHeader,
} from '@ottla/protocol'

/** When a connection is cut, seen from the request that it is cut at. */
export type CutMoment =
  /** The request is recorded, its handler never runs. */
  | 'unhandled'
  /** The handler has run, nothing of its answer is sent: what was asked for has happened. */
  | 'before'
  /** Half of the answer is sent. */
  | 'mid-frame'
  /** The whole answer is sent. */
  | 'after'

export interface FakeFrame {
  readonly apiKey: number
  readonly version: number
  readonly correlationId: number
  readonly clientId: string | null
  /** Behind the header. */
  readonly body: ByteReader
}

export interface Answer {
  readonly encode: (writer: ByteWriter) => void
  /** Differs from the request's own only where a version is refused (KIP-511). */
  readonly version: number
  readonly cut?: CutMoment | undefined
}

/** A place in the line of answers; filled once, now or later or never. */
export interface Turn {
  readonly apiKey: number
  readonly correlationId: number
  answer?: Answer | 'silent'
}

export interface FakeConnectionOwner {
  onFrame(connection: FakeConnection, turn: Turn, frame: FakeFrame): void
  onConnectionClosed(connection: FakeConnection): void
}

const FRAME_BYTES_MAX = 128 * 1024 * 1024

export class FakeConnection implements ByteSocketListener {
  /** Counts the connections of a broker, from 0. */
  readonly index: number
  readonly #socket: ByteSocket
  readonly #owner: FakeConnectionOwner
  readonly #frames = new FrameReader(FRAME_BYTES_MAX)
  readonly #line: Turn[] = []
  #isClosed = false

  constructor(socket: ByteSocket, index: number, owner: FakeConnectionOwner) {
    this.index = index
    this.#socket = socket
    this.#owner = owner
    socket.setListener(this)
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  onData(chunk: Buffer): void {
    this.#frames.push(chunk)
    while (!this.#isClosed && this.#frames.next()) {
      const { buffer, start, end } = this.#frames
      const body = new ByteReader(buffer, start, end)
      const header = readRequestHeader(body, new RequestHeader())
      const { apiKey, apiVersion: version, correlationId, clientId } = header
      const turn: Turn = { apiKey, correlationId }
      this.#line.push(turn)
      this.#owner.onFrame(this, turn, { apiKey, version, correlationId, clientId, body })
    }
  }

  answer(turn: Turn, answer: Answer | 'silent'): void {
    turn.answer = answer
    while (!this.#isClosed && this.#line[0]?.answer !== undefined) {
      const { apiKey, correlationId, answer: next } = this.#line.shift() as Required<Turn>
      if (next !== 'silent') this.#send(apiKey, correlationId, next)
    }
  }

  #send(apiKey: number, correlationId: number, { encode, version, cut }: Answer): void {
    if (cut === 'before' || cut === 'unhandled') {
      this.cut()
      return
    }
    const writer = new ByteWriter()
    const size = writer.reserveInt32()
    writeResponseHeader(writer, correlationId, responseHeaderVersion(apiKey, version))
    encode(writer)
    writer.patchInt32(size, writer.length - 4)
    const frame = writer.finishJoined()
    this.write(cut === 'mid-frame' ? frame.subarray(0, frame.length >> 1) : frame)
    if (cut !== undefined) this.cut()
  }

  /** Bytes as they are, for an answer that no broker would give. */
  write(bytes: Buffer): void {
    this.#socket.write([bytes])
  }

  cut(): void {
    this.#isClosed = true
    this.#socket.destroy()
  }

  onDrain(): void {
    // The memory network keeps what the client has not read.
  }

  onClose(): void {
    this.#isClosed = true
    this.#owner.onConnectionClosed(this)
  }
}
