/**
 * DeleteShareGroupOffsets (API key 92), versions 0 to 0.
 *
 * Generated from definitions/92-delete-share-group-offsets.api; do not edit.
 */
import { type ByteReader, type ByteWriter, type Uuid } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface DeleteShareGroupOffsetsResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  responses: DeleteShareGroupOffsetsResponseTopic[]
}

export interface DeleteShareGroupOffsetsResponseTopic {
  topicName: string
  topicId: Uuid
  errorCode: number
  errorMessage: string | null
}

export function decodeDeleteShareGroupOffsetsResponse(
  reader: ByteReader,
  version: number,
): DeleteShareGroupOffsetsResponse {
  const flexible = true
  const throttleTimeMs: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  const responses: DeleteShareGroupOffsetsResponseTopic[] = notNull(
    reader,
    decodeDeleteShareGroupOffsetsResponseTopicArray(reader, version),
    'Responses',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, errorCode, errorMessage, responses }
}

export function encodeDeleteShareGroupOffsetsResponse(
  writer: ByteWriter,
  message: DeleteShareGroupOffsetsResponse,
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
  encodeDeleteShareGroupOffsetsResponseTopicArray(writer, message.responses, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDeleteShareGroupOffsetsResponseTopic(
  reader: ByteReader,
  _version: number,
): DeleteShareGroupOffsetsResponseTopic {
  const flexible = true
  const topicName: string = notNull(reader, readString(reader, flexible), 'TopicName')
  const topicId: Uuid = reader.readUuid()
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { topicName, topicId, errorCode, errorMessage }
}

function encodeDeleteShareGroupOffsetsResponseTopic(
  writer: ByteWriter,
  message: DeleteShareGroupOffsetsResponseTopic,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.topicName)
  writer.writeUuid(message.topicId)
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeDeleteShareGroupOffsetsResponseTopicArray(
  reader: ByteReader,
  version: number,
): DeleteShareGroupOffsetsResponseTopic[] | null {
  const count = readCount(reader, true, 21)
  if (count < 0) return null
  const elements: DeleteShareGroupOffsetsResponseTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDeleteShareGroupOffsetsResponseTopic(reader, version))
  return elements
}

function encodeDeleteShareGroupOffsetsResponseTopicArray(
  writer: ByteWriter,
  elements: DeleteShareGroupOffsetsResponseTopic[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeDeleteShareGroupOffsetsResponseTopic(writer, element, version)
}
