/**
 * RenewDelegationToken (API key 39), versions 1 to 2.
 *
 * Generated from definitions/39-renew-delegation-token.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readBytes, writeBytes } from '../wire/byte-fields.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface RenewDelegationTokenRequest {
  hmac: Buffer
  renewPeriodMs: number
}

export function decodeRenewDelegationTokenRequest(
  reader: ByteReader,
  version: number,
): RenewDelegationTokenRequest {
  const flexible = version >= 2
  const hmac: Buffer = notNull(reader, readBytes(reader, flexible), 'Hmac')
  const renewPeriodMs: number = reader.readInt64()
  if (flexible) skipTaggedFields(reader)
  return { hmac, renewPeriodMs }
}

export function encodeRenewDelegationTokenRequest(
  writer: ByteWriter,
  message: RenewDelegationTokenRequest,
  version: number,
): void {
  const flexible = version >= 2
  writeBytes(writer, flexible, message.hmac)
  writer.writeInt64(message.renewPeriodMs)
  if (flexible) writer.writeUint8(0)
}
