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
  responses: AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic[]
}

export interface AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic {
  topicName: string
  topicId: Uuid
  partitions: AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition[]
}

export interface AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition {
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
  const responses: AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic[] = notNull(
    reader,
    decodeAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopicArray(reader, version),
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
  encodeAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopicArray(
    writer,
    message.responses,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic(
  reader: ByteReader,
  version: number,
): AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic {
  const flexible = true
  const topicName: string = notNull(reader, readString(reader, flexible), 'TopicName')
  const topicId: Uuid = reader.readUuid()
  const partitions: AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition[] =
    notNull(
      reader,
      decodeAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartitionArray(
        reader,
        version,
      ),
      'Partitions',
    )
  if (flexible) skipTaggedFields(reader)
  return { topicName, topicId, partitions }
}

function encodeAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic(
  writer: ByteWriter,
  message: AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.topicName)
  writer.writeUuid(message.topicId)
  encodeAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartitionArray(
    writer,
    message.partitions,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition(
  reader: ByteReader,
  _version: number,
): AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition {
  const flexible = true
  const partitionIndex: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { partitionIndex, errorCode, errorMessage }
}

function encodeAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition(
  writer: ByteWriter,
  message: AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition,
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

function decodeAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopicArray(
  reader: ByteReader,
  version: number,
): AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic[] | null {
  const count = readCount(reader, true, 19)
  if (count < 0) return null
  const elements: AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(
      decodeAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic(reader, version),
    )
  return elements
}

function encodeAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopicArray(
  writer: ByteWriter,
  elements: AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponseTopic(
      writer,
      element,
      version,
    )
}

function decodeAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartitionArray(
  reader: ByteReader,
  version: number,
): AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition[] | null {
  const count = readCount(reader, true, 8)
  if (count < 0) return null
  const elements: AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition[] = []
  for (let index = 0; index < count; index++)
    elements.push(
      decodeAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition(reader, version),
    )
  return elements
}

function encodeAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartitionArray(
  writer: ByteWriter,
  elements: AlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeAlterShareGroupOffsetsResponseAlterShareGroupOffsetsResponsePartition(
      writer,
      element,
      version,
    )
}
