/**
 * RenewDelegationToken (API key 39), versions 1 to 2.
 *
 * Generated from definitions/39-renew-delegation-token.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface RenewDelegationTokenResponse {
  errorCode: number
  expiryTimestampMs: number
  throttleTimeMs: number
}

export function decodeRenewDelegationTokenResponse(
  reader: ByteReader,
  version: number,
): RenewDelegationTokenResponse {
  const flexible = version >= 2
  const errorCode: number = reader.readInt16()
  const expiryTimestampMs: number = reader.readInt64()
  const throttleTimeMs: number = reader.readInt32()
  if (flexible) skipTaggedFields(reader)
  return { errorCode, expiryTimestampMs, throttleTimeMs }
}

export function encodeRenewDelegationTokenResponse(
  writer: ByteWriter,
  message: RenewDelegationTokenResponse,
  version: number,
): void {
  const flexible = version >= 2
  writer.writeInt16(message.errorCode)
  writer.writeInt64(message.expiryTimestampMs)
  writer.writeInt32(message.throttleTimeMs)
  if (flexible) writer.writeUint8(0)
}
