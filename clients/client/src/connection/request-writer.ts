/**
 * Requests of one connection as frames, numbered in the order in which they are written.
 *
 *   [ size int32 ][ header with the correlation id ][ body ]
 */
import { ByteWriter } from '@ottla/base'
import { writeRequestHeader } from '@ottla/protocol'
import type { Api } from './api.ts'

const INT32_MAX = 0x7fffffff

export class RequestWriter {
  readonly #clientId: string
  readonly #writer = new ByteWriter()
  #nextCorrelationId = 0
  /** Of the frame that `write` has left, and `finish` gives out. */
  correlationId = 0

  constructor(clientId: string) {
    this.#clientId = clientId
  }

  /** Bytes of the frame that `finish` gives out. */
  get frameBytes(): number {
    return this.#writer.length
  }

  /** Throws what the encoder throws, and leaves nothing then. */
  write<Request>(
    api: Api<Request, unknown>,
    apiVersion: number,
    message: Request | ((version: number) => Request),
  ): void {
    const writer = this.#writer
    const correlationId = this.#nextCorrelationId
    this.#nextCorrelationId = correlationId === INT32_MAX ? 0 : correlationId + 1
    const size = writer.reserveInt32()
    const before = writer.length
    const header = { apiKey: api.key, apiVersion, correlationId, clientId: this.#clientId }
    try {
      writeRequestHeader(writer, header)
      api.encode(writer, messageFor(apiVersion, message), apiVersion)
    } catch (error) {
      // Half a frame must not stand in front of the next one.
      writer.finish()
      throw error
    }
    writer.patchInt32(size, writer.length - before)
    this.correlationId = correlationId
  }

  finish(): Buffer[] {
    return this.#writer.finish()
  }
}

function messageFor<Request>(
  version: number,
  message: Request | ((version: number) => Request),
): Request {
  if (typeof message !== 'function') return message
  return (message as (version: number) => Request)(version)
}
