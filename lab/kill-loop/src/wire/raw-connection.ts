/**
 * One connection to a broker as the protocol has it: requests are written as they come, answers are taken
 * in the order of the requests.
 *
 * Nothing is retried and nothing is hidden: a connection that ends rejects every request that has no
 * answer, in order, with a ConnectionLostError. Whoever asked decides what that means.
 */
import { connect, type Socket } from 'node:net'
import { ByteReader, ByteWriter } from '@ottla/base'
import {
  apiName,
  readResponseHeader,
  responseHeaderVersion,
  writeRequestHeader,
} from '@ottla/protocol'
import type { ApiCall } from './api-call.ts'
import { ConnectionLostError, type LossKind } from './connection-lost-error.ts'
import { FrameCutter } from './frame-cutter.ts'

const CLIENT_ID = 'ottla-lab'
const SWEEP_INTERVAL_MS = 500

interface Pending {
  readonly apiKey: number
  readonly version: number
  readonly correlationId: number
  readonly sentMs: number
  readonly decode: (reader: ByteReader, version: number) => unknown
  readonly resolve: (response: unknown) => void
  readonly reject: (error: Error) => void
}

export interface RawConnectionOptions {
  readonly port: number
  /** A request without an answer for so long ends the connection. Default: 30,000. */
  readonly answerMsMax?: number
  /** Told once, unless it was closed here. */
  readonly onLost?: (error: ConnectionLostError) => void
}

export class RawConnection {
  readonly #socket: Socket
  readonly #line: Pending[] = []
  readonly #frames = new FrameCutter()
  readonly #writer = new ByteWriter()
  readonly #answerMsMax: number
  readonly #sweep: NodeJS.Timeout
  #correlationId = 0
  #lostBecause: ConnectionLostError | undefined
  readonly #onLost: ((error: ConnectionLostError) => void) | undefined

  private constructor(socket: Socket, options: RawConnectionOptions) {
    this.#socket = socket
    this.#answerMsMax = options.answerMsMax ?? 30_000
    this.#onLost = options.onLost
    socket.on('data', (chunk: Buffer) => this.#onData(chunk))
    socket.on('error', (error) => this.#lose('closed', error.message))
    socket.on('close', () => this.#lose('closed', 'the broker closed it'))
    this.#sweep = setInterval(() => this.#closeWhenSilent(), SWEEP_INTERVAL_MS)
  }

  static open(options: RawConnectionOptions): Promise<RawConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port: options.port, noDelay: true })
      const refuse = (error: Error): void =>
        reject(new ConnectionLostError('closed', error.message))
      socket.once('error', refuse)
      socket.once('connect', () => {
        socket.off('error', refuse)
        resolve(new RawConnection(socket, options))
      })
    })
  }

  get isOpen(): boolean {
    return this.#lostBecause === undefined
  }

  get pendingCount(): number {
    return this.#line.length
  }

  /** `acks=0` has no answer; for that there is `tell()`. */
  call<Request, Response>(api: ApiCall<Request, Response>, request: Request): Promise<Response> {
    return new Promise((resolve, reject) => {
      if (this.#lostBecause !== undefined) {
        reject(this.#lostBecause)
        return
      }
      const correlationId = ++this.#correlationId
      this.#line.push({
        apiKey: api.apiKey,
        version: api.version,
        correlationId,
        sentMs: performance.now(),
        decode: api.decode,
        resolve: resolve as (response: unknown) => void,
        reject,
      })
      this.#send(api, request, correlationId)
    })
  }

  tell<Request>(api: ApiCall<Request, unknown>, request: Request): void {
    if (this.isOpen) this.#send(api, request, ++this.#correlationId)
  }

  #send<Request>(api: ApiCall<Request, unknown>, request: Request, correlationId: number): void {
    const writer = this.#writer
    const size = writer.reserveInt32()
    const before = writer.length
    const { apiKey, version } = api
    writeRequestHeader(writer, {
      apiKey,
      apiVersion: version,
      correlationId,
      clientId: CLIENT_ID,
    })
    api.encode(writer, request, version)
    writer.patchInt32(size, writer.length - before)
    for (const chunk of writer.finish()) this.#socket.write(chunk)
  }

  close(): void {
    this.#lose('closed', 'it was closed here', false)
    this.#socket.destroy()
  }

  #onData(chunk: Buffer): void {
    try {
      this.#frames.push(chunk)
      for (let frame = this.#frames.next(); frame !== undefined; frame = this.#frames.next()) {
        this.#onAnswer(frame)
      }
    } catch (error) {
      this.#lose('unreadable', `an answer cannot be read: ${(error as Error).message}`)
      this.#socket.destroy()
    }
  }

  #onAnswer(frame: Buffer): void {
    const pending = this.#line[0]
    if (pending === undefined) throw new Error('it belongs to no request')
    const { apiKey, version } = pending
    const reader = new ByteReader(frame)
    const correlationId = readResponseHeader(reader, responseHeaderVersion(apiKey, version))
    if (correlationId !== pending.correlationId) {
      throw new Error(
        `correlation id ${pending.correlationId} expected next, ${correlationId} came`,
      )
    }
    const response = pending.decode(reader, version)
    if (reader.remaining > 0) {
      throw new Error(`${reader.remaining} bytes follow the answer to ${apiName(apiKey)}`)
    }
    this.#line.shift()
    pending.resolve(response)
  }

  #closeWhenSilent(): void {
    const oldest = this.#line[0]
    if (oldest === undefined) return
    const waitedMs = Math.round(performance.now() - oldest.sentMs)
    if (waitedMs < this.#answerMsMax) return
    this.#lose('silent', `${apiName(oldest.apiKey)} has had no answer for ${waitedMs} ms`)
    this.#socket.destroy()
  }

  #lose(kind: LossKind, reason: string, isTold = true): void {
    if (this.#lostBecause !== undefined) return
    clearInterval(this.#sweep)
    const error = new ConnectionLostError(kind, reason)
    this.#lostBecause = error
    for (const pending of this.#line.splice(0)) pending.reject(error)
    if (isTold) this.#onLost?.(error)
  }
}
