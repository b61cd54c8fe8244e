/**
 * The broker's end of one connection, without a network and without time: a test sees each request that
 * was written, and decides what is answered, when, and how broken.
 */
import { ByteReader, ByteWriter } from '@ottla/base'
import { FrameReader, type ByteSocket, type ByteSocketListener } from '@ottla/net'
import {
  readRequestHeader,
  RequestHeader,
  responseHeaderVersion,
  writeResponseHeader,
} from '@ottla/protocol'

const FRAME_BYTES_MAX = 16 * 1024 * 1024

export interface StubRequest extends Readonly<RequestHeader> {
  readonly body: Buffer
}

export class StubSocket implements ByteSocket {
  readonly remoteHost = 'stub'
  readonly remotePort = 9092
  unsentBytes = 0
  readonly requests: StubRequest[] = []
  readonly #frames = new FrameReader(FRAME_BYTES_MAX)
  #listener: ByteSocketListener | undefined
  isDestroyed = false
  /** Called for each request, after it was noted. */
  onRequest: (request: StubRequest) => void = () => {}

  setListener(listener: ByteSocketListener): void {
    this.#listener = listener
  }

  write(chunks: readonly Buffer[]): boolean {
    this.#frames.push(Buffer.concat(chunks))
    while (this.#frames.next()) {
      const { buffer, start, end } = this.#frames
      const reader = new ByteReader(buffer, start, end)
      const { apiKey, apiVersion, correlationId, clientId } = readRequestHeader(
        reader,
        new RequestHeader(),
      )
      const body = reader.readSlice(reader.remaining)
      const request = { apiKey, apiVersion, correlationId, clientId, body }
      this.requests.push(request)
      this.onRequest(request)
    }
    return true
  }

  /** The newest request of the API. */
  requestOf(apiKey: number): StubRequest {
    const request = this.requests.findLast((one) => one.apiKey === apiKey)
    if (request === undefined) throw new Error(`API ${apiKey} was not asked`)
    return request
  }

  answer<Response>(
    request: StubRequest,
    encode: (writer: ByteWriter, response: Response, version: number) => void,
    response: Response,
  ): void {
    this.receive(responseFrame(request, encode, response))
  }

  /** Bytes from the broker, as one chunk. */
  receive(bytes: Buffer): void {
    this.#listener?.onData(bytes)
  }

  /** The broker closes, or the network breaks. */
  disconnect(error?: Error): void {
    this.#listener?.onClose(error)
  }

  /** The system has taken all that was written. */
  drain(): void {
    this.unsentBytes = 0
    this.#listener?.onDrain()
  }

  pause(): void {}

  resume(): void {}

  end(): void {}

  destroy(): void {
    this.isDestroyed = true
  }
}

export function responseFrame<Response>(
  { apiKey, apiVersion, correlationId }: StubRequest,
  encode: (writer: ByteWriter, response: Response, version: number) => void,
  response: Response,
): Buffer {
  const writer = new ByteWriter()
  const size = writer.reserveInt32()
  writeResponseHeader(writer, correlationId, responseHeaderVersion(apiKey, apiVersion))
  encode(writer, response, apiVersion)
  writer.patchInt32(size, writer.length - 4)
  return writer.finishJoined()
}
