/**
 * ExpireDelegationToken (API key 40), versions 1 to 2.
 *
 * Generated from definitions/40-expire-delegation-token.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface ExpireDelegationTokenResponse {
  errorCode: number
  expiryTimestampMs: number
  throttleTimeMs: number
}

export function decodeExpireDelegationTokenResponse(
  reader: ByteReader,
  version: number,
): ExpireDelegationTokenResponse {
  const flexible = version >= 2
  const errorCode: number = reader.readInt16()
  const expiryTimestampMs: number = reader.readInt64()
  const throttleTimeMs: number = reader.readInt32()
  if (flexible) skipTaggedFields(reader)
  return { errorCode, expiryTimestampMs, throttleTimeMs }
}

export function encodeExpireDelegationTokenResponse(
  writer: ByteWriter,
  message: ExpireDelegationTokenResponse,
  version: number,
): void {
  const flexible = version >= 2
  writer.writeInt16(message.errorCode)
  writer.writeInt64(message.expiryTimestampMs)
  writer.writeInt32(message.throttleTimeMs)
  if (flexible) writer.writeUint8(0)
}
