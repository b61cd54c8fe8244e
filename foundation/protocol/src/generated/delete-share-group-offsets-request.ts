/**
 * DeleteShareGroupOffsets (API key 92), versions 0 to 0.
 *
 * Generated from definitions/92-delete-share-group-offsets.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface DeleteShareGroupOffsetsRequest {
  groupId: string
  topics: DeleteShareGroupOffsetsRequestTopic[]
}

export interface DeleteShareGroupOffsetsRequestTopic {
  topicName: string
}

export function decodeDeleteShareGroupOffsetsRequest(
  reader: ByteReader,
  version: number,
): DeleteShareGroupOffsetsRequest {
  const flexible = true
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const topics: DeleteShareGroupOffsetsRequestTopic[] = notNull(
    reader,
    decodeDeleteShareGroupOffsetsRequestTopicArray(reader, version),
    'Topics',
  )
  if (flexible) skipTaggedFields(reader)
  return { groupId, topics }
}

export function encodeDeleteShareGroupOffsetsRequest(
  writer: ByteWriter,
  message: DeleteShareGroupOffsetsRequest,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.groupId)
  encodeDeleteShareGroupOffsetsRequestTopicArray(writer, message.topics, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDeleteShareGroupOffsetsRequestTopic(
  reader: ByteReader,
  _version: number,
): DeleteShareGroupOffsetsRequestTopic {
  const flexible = true
  const topicName: string = notNull(reader, readString(reader, flexible), 'TopicName')
  if (flexible) skipTaggedFields(reader)
  return { topicName }
}

function encodeDeleteShareGroupOffsetsRequestTopic(
  writer: ByteWriter,
  message: DeleteShareGroupOffsetsRequestTopic,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.topicName)
  if (flexible) writer.writeUint8(0)
}

function decodeDeleteShareGroupOffsetsRequestTopicArray(
  reader: ByteReader,
  version: number,
): DeleteShareGroupOffsetsRequestTopic[] | null {
  const count = readCount(reader, true, 2)
  if (count < 0) return null
  const elements: DeleteShareGroupOffsetsRequestTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDeleteShareGroupOffsetsRequestTopic(reader, version))
  return elements
}

function encodeDeleteShareGroupOffsetsRequestTopicArray(
  writer: ByteWriter,
  elements: DeleteShareGroupOffsetsRequestTopic[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeDeleteShareGroupOffsetsRequestTopic(writer, element, version)
}
