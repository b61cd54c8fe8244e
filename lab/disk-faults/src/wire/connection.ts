/**
 * One connection to a broker: requests leave as they come, answers are taken in their order. Nothing is
 * retried; an answer that does not come in time, or a connection that ends, is an error.
 */
import { connect, type Socket } from 'node:net'
import { ByteReader, ByteWriter } from '@ottla/base'
import {
  apiName,
  readResponseHeader,
  responseHeaderVersion,
  writeRequestHeader,
} from '@ottla/protocol'

export interface Api<Request, Response> {
  readonly apiKey: number
  readonly version: number
  readonly encode: (writer: ByteWriter, message: Request, version: number) => void
  readonly decode: (reader: ByteReader, version: number) => Response
}

interface Waiter {
  readonly resolve: (frame: Buffer) => void
  readonly reject: (error: Error) => void
}

const ANSWER_MS_MAX = 15_000
const CLIENT_ID = 'disk-faults'

export class Connection {
  readonly #socket: Socket
  #received: Buffer = Buffer.alloc(0)
  readonly #waiters: Waiter[] = []
  #correlationId = 0
  #isClosed = false

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (chunk: Buffer) => this.#onData(chunk))
    socket.on('error', () => {})
    socket.on('close', () => this.#onClose())
  }

  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => {
        socket.off('error', reject)
        resolve(new Connection(socket))
      })
      socket.once('error', reject)
    })
  }

  async ask<Request, Response>(api: Api<Request, Response>, request: Request): Promise<Response> {
    const { apiKey, version } = api
    const writer = new ByteWriter()
    const correlationId = ++this.#correlationId
    writeRequestHeader(writer, {
      apiKey,
      apiVersion: version,
      correlationId,
      clientId: CLIENT_ID,
    })
    api.encode(writer, request, version)
    const frame = writer.finishJoined()
    const size = Buffer.alloc(4)
    size.writeInt32BE(frame.length)
    const answer = this.#nextFrame(apiName(apiKey))
    this.#socket.write(Buffer.concat([size, frame]))
    const reader = new ByteReader(await answer)
    readResponseHeader(reader, responseHeaderVersion(apiKey, version))
    return api.decode(reader, version)
  }

  #nextFrame(name: string): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) {
        reject(new Error(`The broker closed the connection before ${name}`))
        return
      }
      const timer = setTimeout(() => {
        reject(new Error(`No answer to ${name} within ${ANSWER_MS_MAX} ms`))
        this.close()
      }, ANSWER_MS_MAX)
      this.#waiters.push({
        resolve: (frame) => {
          clearTimeout(timer)
          resolve(frame)
        },
        reject: (error) => {
          clearTimeout(timer)
          reject(new Error(`${error.message} in place of an answer to ${name}`))
        },
      })
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

  #onClose(): void {
    this.#isClosed = true
    for (const waiter of this.#waiters.splice(0)) {
      waiter.reject(new Error('The broker closed the connection'))
    }
  }

  close(): void {
    this.#socket.destroy()
  }
}
