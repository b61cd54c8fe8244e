/**
 * DescribeUserScramCredentials (API key 50), versions 0 to 0.
 *
 * Generated from definitions/50-describe-user-scram-credentials.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface DescribeUserScramCredentialsResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  results: DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult[]
}

export interface DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult {
  user: string
  errorCode: number
  errorMessage: string | null
  credentialInfos: DescribeUserScramCredentialsResponseCredentialInfo[]
}

export interface DescribeUserScramCredentialsResponseCredentialInfo {
  mechanism: number
  iterations: number
}

export function decodeDescribeUserScramCredentialsResponse(
  reader: ByteReader,
  version: number,
): DescribeUserScramCredentialsResponse {
  const flexible = true
  const throttleTimeMs: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  const results: DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult[] = notNull(
    reader,
    decodeDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResultArray(
      reader,
      version,
    ),
    'Results',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, errorCode, errorMessage, results }
}

export function encodeDescribeUserScramCredentialsResponse(
  writer: ByteWriter,
  message: DescribeUserScramCredentialsResponse,
  version: number,
): void {
  const flexible = true
  writer.writeInt32(message.throttleTimeMs)
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  encodeDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResultArray(
    writer,
    message.results,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(
  reader: ByteReader,
  version: number,
): DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult {
  const flexible = true
  const user: string = notNull(reader, readString(reader, flexible), 'User')
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  const credentialInfos: DescribeUserScramCredentialsResponseCredentialInfo[] = notNull(
    reader,
    decodeDescribeUserScramCredentialsResponseCredentialInfoArray(reader, version),
    'CredentialInfos',
  )
  if (flexible) skipTaggedFields(reader)
  return { user, errorCode, errorMessage, credentialInfos }
}

function encodeDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(
  writer: ByteWriter,
  message: DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.user)
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  encodeDescribeUserScramCredentialsResponseCredentialInfoArray(
    writer,
    message.credentialInfos,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeUserScramCredentialsResponseCredentialInfo(
  reader: ByteReader,
  _version: number,
): DescribeUserScramCredentialsResponseCredentialInfo {
  const flexible = true
  const mechanism: number = reader.readInt8()
  const iterations: number = reader.readInt32()
  if (flexible) skipTaggedFields(reader)
  return { mechanism, iterations }
}

function encodeDescribeUserScramCredentialsResponseCredentialInfo(
  writer: ByteWriter,
  message: DescribeUserScramCredentialsResponseCredentialInfo,
  _version: number,
): void {
  const flexible = true
  writer.writeInt8(message.mechanism)
  writer.writeInt32(message.iterations)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResultArray(
  reader: ByteReader,
  version: number,
): DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult[] | null {
  const count = readCount(reader, true, 6)
  if (count < 0) return null
  const elements: DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(
      decodeDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(reader, version),
    )
  return elements
}

function encodeDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResultArray(
  writer: ByteWriter,
  elements: DescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeDescribeUserScramCredentialsResponseDescribeUserScramCredentialsResult(
      writer,
      element,
      version,
    )
}

function decodeDescribeUserScramCredentialsResponseCredentialInfoArray(
  reader: ByteReader,
  version: number,
): DescribeUserScramCredentialsResponseCredentialInfo[] | null {
  const count = readCount(reader, true, 6)
  if (count < 0) return null
  const elements: DescribeUserScramCredentialsResponseCredentialInfo[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeUserScramCredentialsResponseCredentialInfo(reader, version))
  return elements
}

function encodeDescribeUserScramCredentialsResponseCredentialInfoArray(
  writer: ByteWriter,
  elements: DescribeUserScramCredentialsResponseCredentialInfo[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeDescribeUserScramCredentialsResponseCredentialInfo(writer, element, version)
}
