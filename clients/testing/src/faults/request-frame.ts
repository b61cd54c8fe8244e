/** One request on its way to the broker, opened only as far as somebody asks. */
import { ByteReader, MalformedError } from '@ottla/base'
import {
  apiName,
  isVersionSupported,
  readRequestHeader,
  RequestHeader,
  type ApiKey,
} from '@ottla/protocol'
import type { FetchRequest } from '@ottla/protocol/fetch-request'
import type { AnswerOrigin } from './answer-table.ts'
import { errorAnswers } from './error-answer.ts'
import type { ApiName, FaultRequest } from './fault.ts'
import type { FetchSessionTopics } from './fetch-session-topics.ts'
import { topicsOf } from './request-topics.ts'

/** Key, version and correlation id. */
const FIXED_HEADER_BYTES = 8
const PRODUCE_FLEXIBLE_MIN = 9

export class RequestFrame {
  /** Without the size in front. */
  readonly bytes: Buffer
  readonly apiKey: number
  readonly version: number
  readonly correlationId: number
  /** undefined for what the broker will not take as a request. */
  readonly api: ApiName | undefined
  /** False for a produce with acks=0. */
  readonly isAnswered: boolean

  #message: unknown

  constructor(bytes: Buffer, fetchSession: FetchSessionTopics) {
    this.bytes = bytes
    const isWhole = bytes.length >= FIXED_HEADER_BYTES
    this.apiKey = isWhole ? bytes.readInt16BE(0) : -1
    this.version = isWhole ? bytes.readInt16BE(2) : -1
    this.correlationId = isWhole ? bytes.readInt32BE(4) : -1
    const isKnown = isVersionSupported(this.apiKey, this.version)
    this.api = isKnown ? (apiName(this.apiKey) as ApiName) : undefined
    this.isAnswered = this.api !== 'Produce' || this.#acks() !== 0
    const fetch = this.api === 'Fetch' ? (this.message() as FetchRequest | undefined) : undefined
    if (fetch !== undefined) this.#message = fetchSession.whole(fetch)
  }

  #acks(): number | undefined {
    return this.#reading((reader) => {
      const idBytes =
        this.version >= PRODUCE_FLEXIBLE_MIN ? reader.readUnsignedVarint() - 1 : reader.readInt16()
      reader.skip(Math.max(0, idBytes))
      return reader.readInt16()
    })
  }

  get clientId(): string | null {
    const reader = new ByteReader(this.bytes)
    return readRequestHeader(reader, new RequestHeader()).clientId
  }

  /** The decoded message, a Fetch with all that its session asks for; undefined when it cannot be read, which the broker will say. */
  message(): unknown {
    const codec = errorAnswers.get(this.apiKey as ApiKey)
    if (codec === undefined) return undefined
    this.#message ??= this.#reading((reader) => codec.decode(reader, this.version))
    return this.#message
  }

  describe(api: ApiName, origin: AnswerOrigin): FaultRequest | undefined {
    const message = this.message()
    if (message === undefined) return undefined
    const { version, clientId } = this
    return { api, version, clientId, topics: topicsOf(message, origin), message }
  }

  #reading<T>(read: (body: ByteReader) => T): T | undefined {
    const reader = new ByteReader(this.bytes)
    try {
      readRequestHeader(reader, new RequestHeader())
      return read(reader)
    } catch (error) {
      if (error instanceof MalformedError) return undefined
      throw error
    }
  }
}
