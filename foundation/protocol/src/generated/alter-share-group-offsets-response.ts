/**
 * AlterShareGroupOffsets (API key 91), versions 0 to 0.
 *
 * Generated from definitions/91-alter-share-group-offsets.api; do not edit.
 */
import { type ByteReader, type ByteWriter, type Uuid } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface AlterShareGroupOffsetsResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  responses: AlterShareGroupOffsetsResponseTopic[]
}

export interface AlterShareGroupOffsetsResponseTopic {
  topicName: string
  topicId: Uuid
  partitions: AlterShareGroupOffsetsResponsePartition[]
}

export interface AlterShareGroupOffsetsResponsePartition {
  partitionIndex: number
  errorCode: number
  errorMessage: string | null
}

export function decodeAlterShareGroupOffsetsResponse(
  reader: ByteReader,
  version: number,
): AlterShareGroupOffsetsResponse {
  const flexible = true
  const throttleTimeMs: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  const responses: AlterShareGroupOffsetsResponseTopic[] = notNull(
    reader,
    decodeAlterShareGroupOffsetsResponseTopicArray(reader, version),
    'Responses',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, errorCode, errorMessage, responses }
}

export function encodeAlterShareGroupOffsetsResponse(
  writer: ByteWriter,
  message: AlterShareGroupOffsetsResponse,
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
  encodeAlterShareGroupOffsetsResponseTopicArray(writer, message.responses, version)
  if (flexible) writer.writeUint8(0)
}

function decodeAlterShareGroupOffsetsResponseTopic(
  reader: ByteReader,
  version: number,
): AlterShareGroupOffsetsResponseTopic {
  const flexible = true
  const topicName: string = notNull(reader, readString(reader, flexible), 'TopicName')
  const topicId: Uuid = reader.readUuid()
  const partitions: AlterShareGroupOffsetsResponsePartition[] = notNull(
    reader,
    decodeAlterShareGroupOffsetsResponsePartitionArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { topicName, topicId, partitions }
}

function encodeAlterShareGroupOffsetsResponseTopic(
  writer: ByteWriter,
  message: AlterShareGroupOffsetsResponseTopic,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.topicName)
  writer.writeUuid(message.topicId)
  encodeAlterShareGroupOffsetsResponsePartitionArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeAlterShareGroupOffsetsResponsePartition(
  reader: ByteReader,
  _version: number,
): AlterShareGroupOffsetsResponsePartition {
  const flexible = true
  const partitionIndex: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { partitionIndex, errorCode, errorMessage }
}

function encodeAlterShareGroupOffsetsResponsePartition(
  writer: ByteWriter,
  message: AlterShareGroupOffsetsResponsePartition,
  _version: number,
): void {
  const flexible = true
  writer.writeInt32(message.partitionIndex)
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeAlterShareGroupOffsetsResponseTopicArray(
  reader: ByteReader,
  version: number,
): AlterShareGroupOffsetsResponseTopic[] | null {
  const count = readCount(reader, true, 19)
  if (count < 0) return null
  const elements: AlterShareGroupOffsetsResponseTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeAlterShareGroupOffsetsResponseTopic(reader, version))
  return elements
}

function encodeAlterShareGroupOffsetsResponseTopicArray(
  writer: ByteWriter,
  elements: AlterShareGroupOffsetsResponseTopic[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeAlterShareGroupOffsetsResponseTopic(writer, element, version)
}

function decodeAlterShareGroupOffsetsResponsePartitionArray(
  reader: ByteReader,
  version: number,
): AlterShareGroupOffsetsResponsePartition[] | null {
  const count = readCount(reader, true, 8)
  if (count < 0) return null
  const elements: AlterShareGroupOffsetsResponsePartition[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeAlterShareGroupOffsetsResponsePartition(reader, version))
  return elements
}

function encodeAlterShareGroupOffsetsResponsePartitionArray(
  writer: ByteWriter,
  elements: AlterShareGroupOffsetsResponsePartition[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeAlterShareGroupOffsetsResponsePartition(writer, element, version)
}
