/**
 * A client that says exactly what a test wants, byte for byte if need be, over a real loopback socket.
 */
import { connect, type Socket } from 'node:net'
import { ByteReader, ByteWriter } from '@ottla/base'
import { readResponseHeader, responseHeaderVersion, writeRequestHeader } from '@ottla/protocol'

export interface Api<Request, Response> {
  readonly apiKey: number
  readonly encode: (writer: ByteWriter, message: Request, version: number) => void
  readonly decode: (reader: ByteReader, version: number) => Response
}

interface Waiter {
  readonly resolve: (frame: Buffer) => void
  readonly reject: (error: Error) => void
}

export class RawClient {
  readonly #socket: Socket
  #received: Buffer = Buffer.alloc(0)
  readonly #waiters: Waiter[] = []
  #correlationId = 0
  clientId: string | null = 'raw'
  readonly closed: Promise<void>

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (chunk: Buffer) => {
      this.#onData(chunk)
    })
    socket.on('error', () => {})
    this.closed = new Promise((resolve) => {
      socket.on('close', () => {
        for (const waiter of this.#waiters) waiter.reject(new Error('The connection was closed'))
        resolve()
      })
    })
  }

  static connect(port: number): Promise<RawClient> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1' }, () => {
        socket.off('error', reject)
        resolve(new RawClient(socket))
      })
      socket.once('error', reject)
    })
  }

  #onData(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk])
    while (this.#received.length >= 4) {
      const size = this.#received.readInt32BE(0)
      if (this.#received.length < 4 + size) return
      const frame = this.#received.subarray(4, 4 + size)
      this.#received = this.#received.subarray(4 + size)
      this.#waiters.shift()?.resolve(frame)
    }
  }

  /** Sends a request and reads its answer; rejects when the connection closes before. */
  async ask<Request, Response>(
    api: Api<Request, Response>,
    version: number,
    request: Request,
  ): Promise<Response> {
    this.send(api, version, request)
    return this.#answer(api, version, version)
  }

  /** Reads an answer that is in another version than the request (ApiVersions, KIP-511). */
  async #answer<Request, Response>(
    api: Api<Request, Response>,
    requestVersion: number,
    version: number,
  ): Promise<Response> {
    const reader = new ByteReader(await this.nextFrame())
    readResponseHeader(reader, responseHeaderVersion(api.apiKey, requestVersion))
    return api.decode(reader, version)
  }

  async readAnswer<Request, Response>(
    api: Api<Request, Response>,
    version: number,
  ): Promise<Response> {
    return this.#answer(api, version, version)
  }

  send<Request, Response>(api: Api<Request, Response>, version: number, request: Request): void {
    const writer = new ByteWriter()
    writeRequestHeader(writer, {
      apiKey: api.apiKey,
      apiVersion: version,
      correlationId: ++this.#correlationId,
      clientId: this.clientId,
    })
    api.encode(writer, request, version)
    this.sendFrame(writer.finishJoined())
  }

  sendFrame(frame: Buffer): void {
    const size = Buffer.alloc(4)
    size.writeInt32BE(frame.length)
    this.sendBytes(Buffer.concat([size, frame]))
  }

  sendBytes(bytes: Buffer): void {
    this.#socket.write(bytes)
  }

  nextFrame(): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#waiters.push({ resolve, reject })
    })
  }

  close(): void {
    this.#socket.destroy()
  }
}
