/**
 * DeleteTopics (API key 20), versions 1 to 6.
 *
 * Generated from definitions/20-delete-topics.api; do not edit.
 */
import { type ByteReader, type ByteWriter, ZERO_UUID, type Uuid } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface DeleteTopicsResponse {
  throttleTimeMs: number
  responses: DeleteTopicsResponseDeletableTopicResult[]
}

export interface DeleteTopicsResponseDeletableTopicResult {
  name: string | null
  /** Where version >= 6. */
  topicId: Uuid
  errorCode: number
  /** Where version >= 5. */
  errorMessage: string | null
}

export function decodeDeleteTopicsResponse(
  reader: ByteReader,
  version: number,
): DeleteTopicsResponse {
  const flexible = version >= 4
  const throttleTimeMs: number = reader.readInt32()
  const responses: DeleteTopicsResponseDeletableTopicResult[] = notNull(
    reader,
    decodeDeleteTopicsResponseDeletableTopicResultArray(reader, version),
    'Responses',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, responses }
}

export function encodeDeleteTopicsResponse(
  writer: ByteWriter,
  message: DeleteTopicsResponse,
  version: number,
): void {
  const flexible = version >= 4
  writer.writeInt32(message.throttleTimeMs)
  encodeDeleteTopicsResponseDeletableTopicResultArray(writer, message.responses, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDeleteTopicsResponseDeletableTopicResult(
  reader: ByteReader,
  version: number,
): DeleteTopicsResponseDeletableTopicResult {
  const flexible = version >= 4
  const name: string | null =
    version >= 6
      ? readString(reader, flexible)
      : notNull(reader, readString(reader, flexible), 'Name')
  const topicId: Uuid = version >= 6 ? reader.readUuid() : ZERO_UUID
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = version >= 5 ? readString(reader, flexible) : null
  if (flexible) skipTaggedFields(reader)
  return { name, topicId, errorCode, errorMessage }
}

function encodeDeleteTopicsResponseDeletableTopicResult(
  writer: ByteWriter,
  message: DeleteTopicsResponseDeletableTopicResult,
  version: number,
): void {
  const flexible = version >= 4
  if (message.name === null) {
    if (!(version >= 6))
      throw new UnsupportedFieldError('DeleteTopicsResponseDeletableTopicResult', 'Name', version)
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.name)
  }
  if (version >= 6) {
    writer.writeUuid(message.topicId)
  }
  writer.writeInt16(message.errorCode)
  if (version >= 5) {
    if (message.errorMessage === null) {
      writeNullString(writer, flexible)
    } else {
      writeString(writer, flexible, message.errorMessage)
    }
  }
  if (flexible) writer.writeUint8(0)
}

function decodeDeleteTopicsResponseDeletableTopicResultArray(
  reader: ByteReader,
  version: number,
): DeleteTopicsResponseDeletableTopicResult[] | null {
  const count = readCount(reader, version >= 4, 4)
  if (count < 0) return null
  const elements: DeleteTopicsResponseDeletableTopicResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDeleteTopicsResponseDeletableTopicResult(reader, version))
  return elements
}

function encodeDeleteTopicsResponseDeletableTopicResultArray(
  writer: ByteWriter,
  elements: DeleteTopicsResponseDeletableTopicResult[],
  version: number,
): void {
  writeCount(writer, version >= 4, elements.length)
  for (const element of elements)
    encodeDeleteTopicsResponseDeletableTopicResult(writer, element, version)
}
