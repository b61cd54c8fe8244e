/**
 * DescribeDelegationToken (API key 41), versions 1 to 3.
 *
 * Generated from definitions/41-describe-delegation-token.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface DescribeDelegationTokenRequest {
  owners: DescribeDelegationTokenRequestDescribeDelegationTokenOwner[] | null
}

export interface DescribeDelegationTokenRequestDescribeDelegationTokenOwner {
  principalType: string
  principalName: string
}

export function decodeDescribeDelegationTokenRequest(
  reader: ByteReader,
  version: number,
): DescribeDelegationTokenRequest {
  const flexible = version >= 2
  const owners: DescribeDelegationTokenRequestDescribeDelegationTokenOwner[] | null =
    decodeDescribeDelegationTokenRequestDescribeDelegationTokenOwnerArray(reader, version)
  if (flexible) skipTaggedFields(reader)
  return { owners }
}

export function encodeDescribeDelegationTokenRequest(
  writer: ByteWriter,
  message: DescribeDelegationTokenRequest,
  version: number,
): void {
  const flexible = version >= 2
  if (message.owners === null) {
    writeCount(writer, flexible, -1)
  } else {
    encodeDescribeDelegationTokenRequestDescribeDelegationTokenOwnerArray(
      writer,
      message.owners,
      version,
    )
  }
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeDelegationTokenRequestDescribeDelegationTokenOwner(
  reader: ByteReader,
  version: number,
): DescribeDelegationTokenRequestDescribeDelegationTokenOwner {
  const flexible = version >= 2
  const principalType: string = notNull(reader, readString(reader, flexible), 'PrincipalType')
  const principalName: string = notNull(reader, readString(reader, flexible), 'PrincipalName')
  if (flexible) skipTaggedFields(reader)
  return { principalType, principalName }
}

function encodeDescribeDelegationTokenRequestDescribeDelegationTokenOwner(
  writer: ByteWriter,
  message: DescribeDelegationTokenRequestDescribeDelegationTokenOwner,
  version: number,
): void {
  const flexible = version >= 2
  writeString(writer, flexible, message.principalType)
  writeString(writer, flexible, message.principalName)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeDelegationTokenRequestDescribeDelegationTokenOwnerArray(
  reader: ByteReader,
  version: number,
): DescribeDelegationTokenRequestDescribeDelegationTokenOwner[] | null {
  const count = readCount(reader, version >= 2, 3)
  if (count < 0) return null
  const elements: DescribeDelegationTokenRequestDescribeDelegationTokenOwner[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeDelegationTokenRequestDescribeDelegationTokenOwner(reader, version))
  return elements
}

function encodeDescribeDelegationTokenRequestDescribeDelegationTokenOwnerArray(
  writer: ByteWriter,
  elements: DescribeDelegationTokenRequestDescribeDelegationTokenOwner[],
  version: number,
): void {
  writeCount(writer, version >= 2, elements.length)
  for (const element of elements)
    encodeDescribeDelegationTokenRequestDescribeDelegationTokenOwner(writer, element, version)
}
