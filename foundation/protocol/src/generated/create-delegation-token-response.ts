/**
 * CreateDelegationToken (API key 38), versions 1 to 3.
 *
 * Generated from definitions/38-create-delegation-token.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readString, writeString } from '../wire/strings.ts'
import { readBytes, writeBytes } from '../wire/byte-fields.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface CreateDelegationTokenResponse {
  errorCode: number
  principalType: string
  principalName: string
  /** Where version >= 3. */
  tokenRequesterPrincipalType: string
  /** Where version >= 3. */
  tokenRequesterPrincipalName: string
  issueTimestampMs: number
  expiryTimestampMs: number
  maxTimestampMs: number
  tokenId: string
  hmac: Buffer
  throttleTimeMs: number
}

export function decodeCreateDelegationTokenResponse(
  reader: ByteReader,
  version: number,
): CreateDelegationTokenResponse {
  const flexible = version >= 2
  const errorCode: number = reader.readInt16()
  const principalType: string = notNull(reader, readString(reader, flexible), 'PrincipalType')
  const principalName: string = notNull(reader, readString(reader, flexible), 'PrincipalName')
  const tokenRequesterPrincipalType: string =
    version >= 3 ? notNull(reader, readString(reader, flexible), 'TokenRequesterPrincipalType') : ''
  const tokenRequesterPrincipalName: string =
    version >= 3 ? notNull(reader, readString(reader, flexible), 'TokenRequesterPrincipalName') : ''
  const issueTimestampMs: number = reader.readInt64()
  const expiryTimestampMs: number = reader.readInt64()
  const maxTimestampMs: number = reader.readInt64()
  const tokenId: string = notNull(reader, readString(reader, flexible), 'TokenId')
  const hmac: Buffer = notNull(reader, readBytes(reader, flexible), 'Hmac')
  const throttleTimeMs: number = reader.readInt32()
  if (flexible) skipTaggedFields(reader)
  return {
    errorCode,
    principalType,
    principalName,
    tokenRequesterPrincipalType,
    tokenRequesterPrincipalName,
    issueTimestampMs,
    expiryTimestampMs,
    maxTimestampMs,
    tokenId,
    hmac,
    throttleTimeMs,
  }
}

export function encodeCreateDelegationTokenResponse(
  writer: ByteWriter,
  message: CreateDelegationTokenResponse,
  version: number,
): void {
  const flexible = version >= 2
  writer.writeInt16(message.errorCode)
  writeString(writer, flexible, message.principalType)
  writeString(writer, flexible, message.principalName)
  if (version >= 3) {
    writeString(writer, flexible, message.tokenRequesterPrincipalType)
  }
  if (version >= 3) {
    writeString(writer, flexible, message.tokenRequesterPrincipalName)
  }
  writer.writeInt64(message.issueTimestampMs)
  writer.writeInt64(message.expiryTimestampMs)
  writer.writeInt64(message.maxTimestampMs)
  writeString(writer, flexible, message.tokenId)
  writeBytes(writer, flexible, message.hmac)
  writer.writeInt32(message.throttleTimeMs)
  if (flexible) writer.writeUint8(0)
}
