/**
 * DescribeUserScramCredentials (API key 50), versions 0 to 0.
 *
 * Generated from definitions/50-describe-user-scram-credentials.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface DescribeUserScramCredentialsRequest {
  users: DescribeUserScramCredentialsRequestUserName[] | null
}

export interface DescribeUserScramCredentialsRequestUserName {
  name: string
}

export function decodeDescribeUserScramCredentialsRequest(
  reader: ByteReader,
  version: number,
): DescribeUserScramCredentialsRequest {
  const flexible = true
  const users: DescribeUserScramCredentialsRequestUserName[] | null =
    decodeDescribeUserScramCredentialsRequestUserNameArray(reader, version)
  if (flexible) skipTaggedFields(reader)
  return { users }
}

export function encodeDescribeUserScramCredentialsRequest(
  writer: ByteWriter,
  message: DescribeUserScramCredentialsRequest,
  version: number,
): void {
  const flexible = true
  if (message.users === null) {
    writeCount(writer, flexible, -1)
  } else {
    encodeDescribeUserScramCredentialsRequestUserNameArray(writer, message.users, version)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeUserScramCredentialsRequestUserName(
  reader: ByteReader,
  _version: number,
): DescribeUserScramCredentialsRequestUserName {
  const flexible = true
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  if (flexible) skipTaggedFields(reader)
  return { name }
}

function encodeDescribeUserScramCredentialsRequestUserName(
  writer: ByteWriter,
  message: DescribeUserScramCredentialsRequestUserName,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.name)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeUserScramCredentialsRequestUserNameArray(
  reader: ByteReader,
  version: number,
): DescribeUserScramCredentialsRequestUserName[] | null {
  const count = readCount(reader, true, 2)
  if (count < 0) return null
  const elements: DescribeUserScramCredentialsRequestUserName[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeUserScramCredentialsRequestUserName(reader, version))
  return elements
}

function encodeDescribeUserScramCredentialsRequestUserNameArray(
  writer: ByteWriter,
  elements: DescribeUserScramCredentialsRequestUserName[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeDescribeUserScramCredentialsRequestUserName(writer, element, version)
}
