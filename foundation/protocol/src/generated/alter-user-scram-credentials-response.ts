/**
 * AlterUserScramCredentials (API key 51), versions 0 to 0.
 *
 * Generated from definitions/51-alter-user-scram-credentials.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface AlterUserScramCredentialsResponse {
  throttleTimeMs: number
  results: AlterUserScramCredentialsResponseAlterUserScramCredentialsResult[]
}

export interface AlterUserScramCredentialsResponseAlterUserScramCredentialsResult {
  user: string
  errorCode: number
  errorMessage: string | null
}

export function decodeAlterUserScramCredentialsResponse(
  reader: ByteReader,
  version: number,
): AlterUserScramCredentialsResponse {
  const flexible = true
  const throttleTimeMs: number = reader.readInt32()
  const results: AlterUserScramCredentialsResponseAlterUserScramCredentialsResult[] = notNull(
    reader,
    decodeAlterUserScramCredentialsResponseAlterUserScramCredentialsResultArray(reader, version),
    'Results',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, results }
}

export function encodeAlterUserScramCredentialsResponse(
  writer: ByteWriter,
  message: AlterUserScramCredentialsResponse,
  version: number,
): void {
  const flexible = true
  writer.writeInt32(message.throttleTimeMs)
  encodeAlterUserScramCredentialsResponseAlterUserScramCredentialsResultArray(
    writer,
    message.results,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(
  reader: ByteReader,
  _version: number,
): AlterUserScramCredentialsResponseAlterUserScramCredentialsResult {
  const flexible = true
  const user: string = notNull(reader, readString(reader, flexible), 'User')
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { user, errorCode, errorMessage }
}

function encodeAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(
  writer: ByteWriter,
  message: AlterUserScramCredentialsResponseAlterUserScramCredentialsResult,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.user)
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeAlterUserScramCredentialsResponseAlterUserScramCredentialsResultArray(
  reader: ByteReader,
  version: number,
): AlterUserScramCredentialsResponseAlterUserScramCredentialsResult[] | null {
  const count = readCount(reader, true, 5)
  if (count < 0) return null
  const elements: AlterUserScramCredentialsResponseAlterUserScramCredentialsResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(
      decodeAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(reader, version),
    )
  return elements
}

function encodeAlterUserScramCredentialsResponseAlterUserScramCredentialsResultArray(
  writer: ByteWriter,
  elements: AlterUserScramCredentialsResponseAlterUserScramCredentialsResult[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeAlterUserScramCredentialsResponseAlterUserScramCredentialsResult(writer, element, version)
}
