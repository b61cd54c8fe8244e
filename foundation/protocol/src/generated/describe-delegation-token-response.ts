/**
 * DescribeDelegationToken (API key 41), versions 1 to 3.
 *
 * Generated from definitions/41-describe-delegation-token.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { readBytes, writeBytes } from '../wire/byte-fields.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface DescribeDelegationTokenResponse {
  errorCode: number
  tokens: DescribeDelegationTokenResponseDescribedDelegationToken[]
  throttleTimeMs: number
}

export interface DescribeDelegationTokenResponseDescribedDelegationToken {
  principalType: string
  principalName: string
  /** Where version >= 3. */
  tokenRequesterPrincipalType: string
  /** Where version >= 3. */
  tokenRequesterPrincipalName: string
  issueTimestamp: number
  expiryTimestamp: number
  maxTimestamp: number
  tokenId: string
  hmac: Buffer
  renewers: DescribeDelegationTokenResponseDescribedDelegationTokenRenewer[]
}

export interface DescribeDelegationTokenResponseDescribedDelegationTokenRenewer {
  principalType: string
  principalName: string
}

export function decodeDescribeDelegationTokenResponse(
  reader: ByteReader,
  version: number,
): DescribeDelegationTokenResponse {
  const flexible = version >= 2
  const errorCode: number = reader.readInt16()
  const tokens: DescribeDelegationTokenResponseDescribedDelegationToken[] = notNull(
    reader,
    decodeDescribeDelegationTokenResponseDescribedDelegationTokenArray(reader, version),
    'Tokens',
  )
  const throttleTimeMs: number = reader.readInt32()
  if (flexible) skipTaggedFields(reader)
  return { errorCode, tokens, throttleTimeMs }
}

export function encodeDescribeDelegationTokenResponse(
  writer: ByteWriter,
  message: DescribeDelegationTokenResponse,
  version: number,
): void {
  const flexible = version >= 2
  writer.writeInt16(message.errorCode)
  encodeDescribeDelegationTokenResponseDescribedDelegationTokenArray(
    writer,
    message.tokens,
    version,
  )
  writer.writeInt32(message.throttleTimeMs)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeDelegationTokenResponseDescribedDelegationToken(
  reader: ByteReader,
  version: number,
): DescribeDelegationTokenResponseDescribedDelegationToken {
  const flexible = version >= 2
  const principalType: string = notNull(reader, readString(reader, flexible), 'PrincipalType')
  const principalName: string = notNull(reader, readString(reader, flexible), 'PrincipalName')
  const tokenRequesterPrincipalType: string =
    version >= 3 ? notNull(reader, readString(reader, flexible), 'TokenRequesterPrincipalType') : ''
  const tokenRequesterPrincipalName: string =
    version >= 3 ? notNull(reader, readString(reader, flexible), 'TokenRequesterPrincipalName') : ''
  const issueTimestamp: number = reader.readInt64()
  const expiryTimestamp: number = reader.readInt64()
  const maxTimestamp: number = reader.readInt64()
  const tokenId: string = notNull(reader, readString(reader, flexible), 'TokenId')
  const hmac: Buffer = notNull(reader, readBytes(reader, flexible), 'Hmac')
  const renewers: DescribeDelegationTokenResponseDescribedDelegationTokenRenewer[] = notNull(
    reader,
    decodeDescribeDelegationTokenResponseDescribedDelegationTokenRenewerArray(reader, version),
    'Renewers',
  )
  if (flexible) skipTaggedFields(reader)
  return {
    principalType,
    principalName,
    tokenRequesterPrincipalType,
    tokenRequesterPrincipalName,
    issueTimestamp,
    expiryTimestamp,
    maxTimestamp,
    tokenId,
    hmac,
    renewers,
  }
}

function encodeDescribeDelegationTokenResponseDescribedDelegationToken(
  writer: ByteWriter,
  message: DescribeDelegationTokenResponseDescribedDelegationToken,
  version: number,
): void {
  const flexible = version >= 2
  writeString(writer, flexible, message.principalType)
  writeString(writer, flexible, message.principalName)
  if (version >= 3) {
    writeString(writer, flexible, message.tokenRequesterPrincipalType)
  }
  if (version >= 3) {
    writeString(writer, flexible, message.tokenRequesterPrincipalName)
  }
  writer.writeInt64(message.issueTimestamp)
  writer.writeInt64(message.expiryTimestamp)
  writer.writeInt64(message.maxTimestamp)
  writeString(writer, flexible, message.tokenId)
  writeBytes(writer, flexible, message.hmac)
  encodeDescribeDelegationTokenResponseDescribedDelegationTokenRenewerArray(
    writer,
    message.renewers,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(
  reader: ByteReader,
  version: number,
): DescribeDelegationTokenResponseDescribedDelegationTokenRenewer {
  const flexible = version >= 2
  const principalType: string = notNull(reader, readString(reader, flexible), 'PrincipalType')
  const principalName: string = notNull(reader, readString(reader, flexible), 'PrincipalName')
  if (flexible) skipTaggedFields(reader)
  return { principalType, principalName }
}

function encodeDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(
  writer: ByteWriter,
  message: DescribeDelegationTokenResponseDescribedDelegationTokenRenewer,
  version: number,
): void {
  const flexible = version >= 2
  writeString(writer, flexible, message.principalType)
  writeString(writer, flexible, message.principalName)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeDelegationTokenResponseDescribedDelegationTokenArray(
  reader: ByteReader,
  version: number,
): DescribeDelegationTokenResponseDescribedDelegationToken[] | null {
  const count = readCount(reader, version >= 2, 30)
  if (count < 0) return null
  const elements: DescribeDelegationTokenResponseDescribedDelegationToken[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeDelegationTokenResponseDescribedDelegationToken(reader, version))
  return elements
}

function encodeDescribeDelegationTokenResponseDescribedDelegationTokenArray(
  writer: ByteWriter,
  elements: DescribeDelegationTokenResponseDescribedDelegationToken[],
  version: number,
): void {
  writeCount(writer, version >= 2, elements.length)
  for (const element of elements)
    encodeDescribeDelegationTokenResponseDescribedDelegationToken(writer, element, version)
}

function decodeDescribeDelegationTokenResponseDescribedDelegationTokenRenewerArray(
  reader: ByteReader,
  version: number,
): DescribeDelegationTokenResponseDescribedDelegationTokenRenewer[] | null {
  const count = readCount(reader, version >= 2, 3)
  if (count < 0) return null
  const elements: DescribeDelegationTokenResponseDescribedDelegationTokenRenewer[] = []
  for (let index = 0; index < count; index++)
    elements.push(
      decodeDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(reader, version),
    )
  return elements
}

function encodeDescribeDelegationTokenResponseDescribedDelegationTokenRenewerArray(
  writer: ByteWriter,
  elements: DescribeDelegationTokenResponseDescribedDelegationTokenRenewer[],
  version: number,
): void {
  writeCount(writer, version >= 2, elements.length)
  for (const element of elements)
    encodeDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(writer, element, version)
}
