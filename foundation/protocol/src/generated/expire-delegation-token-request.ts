/**
 * ExpireDelegationToken (API key 40), versions 1 to 2.
 *
 * Generated from definitions/40-expire-delegation-token.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readBytes, writeBytes } from '../wire/byte-fields.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface ExpireDelegationTokenRequest {
  hmac: Buffer
  expiryTimePeriodMs: number
}

export function decodeExpireDelegationTokenRequest(
  reader: ByteReader,
  version: number,
): ExpireDelegationTokenRequest {
  const flexible = version >= 2
  const hmac: Buffer = notNull(reader, readBytes(reader, flexible), 'Hmac')
  const expiryTimePeriodMs: number = reader.readInt64()
  if (flexible) skipTaggedFields(reader)
  return { hmac, expiryTimePeriodMs }
}

export function encodeExpireDelegationTokenRequest(
  writer: ByteWriter,
  message: ExpireDelegationTokenRequest,
  version: number,
): void {
  const flexible = version >= 2
  writeBytes(writer, flexible, message.hmac)
  writer.writeInt64(message.expiryTimePeriodMs)
  if (flexible) writer.writeUint8(0)
}
