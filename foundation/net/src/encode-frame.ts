/** From an answered exchange to the frame that the client gets. */
import type { ByteWriter } from '@ottla/base'
import { responseHeaderVersion, writeResponseHeader } from '@ottla/protocol'
import type { Exchange, MessageEncoder } from './exchange.ts'

export function encodeFrame(writer: ByteWriter, exchange: Exchange): void {
  const size = writer.reserveInt32()
  const before = writer.length
  const { apiKey, responseVersion, correlationId } = exchange
  writeResponseHeader(writer, correlationId, responseHeaderVersion(apiKey, responseVersion))
  const encode = exchange.encoder as MessageEncoder<unknown>
  encode(writer, exchange.message, responseVersion)
  writer.patchInt32(size, writer.length - before)
  // The exchange may be kept by its handler; the records in its answer need not be.
  exchange.message = undefined
}
