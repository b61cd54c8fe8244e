/**
 * DeleteTopics (API key 20), versions 1 to 6.
 *
 * Generated from definitions/20-delete-topics.api; do not edit.
 */
import { type ByteReader, type ByteWriter, type Uuid } from '@ottla/base'
import { readCount, writeCount, readStringArray, writeStringArray } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface DeleteTopicsRequest {
  /** Where version >= 6. */
  topics: DeleteTopicsRequestDeleteTopicState[]
  /** Where version <= 5. */
  topicNames: string[]
  timeoutMs: number
}

export interface DeleteTopicsRequestDeleteTopicState {
  name: string | null
  topicId: Uuid
}

export function decodeDeleteTopicsRequest(
  reader: ByteReader,
  version: number,
): DeleteTopicsRequest {
  const flexible = version >= 4
  const topics: DeleteTopicsRequestDeleteTopicState[] =
    version >= 6
      ? notNull(reader, decodeDeleteTopicsRequestDeleteTopicStateArray(reader, version), 'Topics')
      : []
  const topicNames: string[] =
    version <= 5 ? notNull(reader, readStringArray(reader, flexible), 'TopicNames') : []
  const timeoutMs: number = reader.readInt32()
  if (flexible) skipTaggedFields(reader)
  return { topics, topicNames, timeoutMs }
}

export function encodeDeleteTopicsRequest(
  writer: ByteWriter,
  message: DeleteTopicsRequest,
  version: number,
): void {
  const flexible = version >= 4
  if (version >= 6) {
    encodeDeleteTopicsRequestDeleteTopicStateArray(writer, message.topics, version)
  } else if (message.topics.length !== 0) {
    throw new UnsupportedFieldError('DeleteTopicsRequest', 'Topics', version)
  }
  if (version <= 5) {
    writeStringArray(writer, flexible, message.topicNames)
  }
  writer.writeInt32(message.timeoutMs)
  if (flexible) writer.writeUint8(0)
}

function decodeDeleteTopicsRequestDeleteTopicState(
  reader: ByteReader,
  _version: number,
): DeleteTopicsRequestDeleteTopicState {
  const flexible = true
  const name: string | null = readString(reader, flexible)
  const topicId: Uuid = reader.readUuid()
  if (flexible) skipTaggedFields(reader)
  return { name, topicId }
}

function encodeDeleteTopicsRequestDeleteTopicState(
  writer: ByteWriter,
  message: DeleteTopicsRequestDeleteTopicState,
  _version: number,
): void {
  const flexible = true
  if (message.name === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.name)
  }
  writer.writeUuid(message.topicId)
  if (flexible) writer.writeUint8(0)
}

function decodeDeleteTopicsRequestDeleteTopicStateArray(
  reader: ByteReader,
  version: number,
): DeleteTopicsRequestDeleteTopicState[] | null {
  const count = readCount(reader, true, 18)
  if (count < 0) return null
  const elements: DeleteTopicsRequestDeleteTopicState[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDeleteTopicsRequestDeleteTopicState(reader, version))
  return elements
}

function encodeDeleteTopicsRequestDeleteTopicStateArray(
  writer: ByteWriter,
  elements: DeleteTopicsRequestDeleteTopicState[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeDeleteTopicsRequestDeleteTopicState(writer, element, version)
}
