/**
 * AlterShareGroupOffsets (API key 91), versions 0 to 0.
 *
 * Generated from definitions/91-alter-share-group-offsets.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface AlterShareGroupOffsetsRequest {
  groupId: string
  topics: AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic[]
}

export interface AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic {
  topicName: string
  partitions: AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition[]
}

export interface AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition {
  partitionIndex: number
  startOffset: number
}

export function decodeAlterShareGroupOffsetsRequest(
  reader: ByteReader,
  version: number,
): AlterShareGroupOffsetsRequest {
  const flexible = true
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const topics: AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic[] = notNull(
    reader,
    decodeAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopicArray(reader, version),
    'Topics',
  )
  if (flexible) skipTaggedFields(reader)
  return { groupId, topics }
}

export function encodeAlterShareGroupOffsetsRequest(
  writer: ByteWriter,
  message: AlterShareGroupOffsetsRequest,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.groupId)
  encodeAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopicArray(
    writer,
    message.topics,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic(
  reader: ByteReader,
  version: number,
): AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic {
  const flexible = true
  const topicName: string = notNull(reader, readString(reader, flexible), 'TopicName')
  const partitions: AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition[] = notNull(
    reader,
    decodeAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartitionArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { topicName, partitions }
}

function encodeAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic(
  writer: ByteWriter,
  message: AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.topicName)
  encodeAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartitionArray(
    writer,
    message.partitions,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition(
  reader: ByteReader,
  _version: number,
): AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition {
  const flexible = true
  const partitionIndex: number = reader.readInt32()
  const startOffset: number = reader.readInt64()
  if (flexible) skipTaggedFields(reader)
  return { partitionIndex, startOffset }
}

function encodeAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition(
  writer: ByteWriter,
  message: AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition,
  _version: number,
): void {
  const flexible = true
  writer.writeInt32(message.partitionIndex)
  writer.writeInt64(message.startOffset)
  if (flexible) writer.writeUint8(0)
}

function decodeAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopicArray(
  reader: ByteReader,
  version: number,
): AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(
      decodeAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic(reader, version),
    )
  return elements
}

function encodeAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopicArray(
  writer: ByteWriter,
  elements: AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestTopic(writer, element, version)
}

function decodeAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartitionArray(
  reader: ByteReader,
  version: number,
): AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition[] | null {
  const count = readCount(reader, true, 13)
  if (count < 0) return null
  const elements: AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition[] = []
  for (let index = 0; index < count; index++)
    elements.push(
      decodeAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition(reader, version),
    )
  return elements
}

function encodeAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartitionArray(
  writer: ByteWriter,
  elements: AlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeAlterShareGroupOffsetsRequestAlterShareGroupOffsetsRequestPartition(
      writer,
      element,
      version,
    )
}
