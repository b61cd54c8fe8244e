/**
 * Heartbeat (API key 12), versions 0 to 4.
 *
 * Generated from definitions/12-heartbeat.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface HeartbeatResponse {
  /** Where version >= 1. */
  throttleTimeMs: number
  errorCode: number
}

export function decodeHeartbeatResponse(reader: ByteReader, version: number): HeartbeatResponse {
  const flexible = version >= 4
  const throttleTimeMs: number = version >= 1 ? reader.readInt32() : 0
  const errorCode: number = reader.readInt16()
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, errorCode }
}

export function encodeHeartbeatResponse(
  writer: ByteWriter,
  message: HeartbeatResponse,
  version: number,
): void {
  const flexible = version >= 4
  if (version >= 1) {
    writer.writeInt32(message.throttleTimeMs)
  }
  writer.writeInt16(message.errorCode)
  if (flexible) writer.writeUint8(0)
}
