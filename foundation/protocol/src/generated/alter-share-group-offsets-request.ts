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
  topics: AlterShareGroupOffsetsRequestTopic[]
}

export interface AlterShareGroupOffsetsRequestTopic {
  topicName: string
  partitions: AlterShareGroupOffsetsRequestPartition[]
}

export interface AlterShareGroupOffsetsRequestPartition {
  partitionIndex: number
  startOffset: number
}

export function decodeAlterShareGroupOffsetsRequest(
  reader: ByteReader,
  version: number,
): AlterShareGroupOffsetsRequest {
  const flexible = true
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const topics: AlterShareGroupOffsetsRequestTopic[] = notNull(
    reader,
    decodeAlterShareGroupOffsetsRequestTopicArray(reader, version),
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
  encodeAlterShareGroupOffsetsRequestTopicArray(writer, message.topics, version)
  if (flexible) writer.writeUint8(0)
}

function decodeAlterShareGroupOffsetsRequestTopic(
  reader: ByteReader,
  version: number,
): AlterShareGroupOffsetsRequestTopic {
  const flexible = true
  const topicName: string = notNull(reader, readString(reader, flexible), 'TopicName')
  const partitions: AlterShareGroupOffsetsRequestPartition[] = notNull(
    reader,
    decodeAlterShareGroupOffsetsRequestPartitionArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { topicName, partitions }
}

function encodeAlterShareGroupOffsetsRequestTopic(
  writer: ByteWriter,
  message: AlterShareGroupOffsetsRequestTopic,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.topicName)
  encodeAlterShareGroupOffsetsRequestPartitionArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeAlterShareGroupOffsetsRequestPartition(
  reader: ByteReader,
  _version: number,
): AlterShareGroupOffsetsRequestPartition {
  const flexible = true
  const partitionIndex: number = reader.readInt32()
  const startOffset: number = reader.readInt64()
  if (flexible) skipTaggedFields(reader)
  return { partitionIndex, startOffset }
}

function encodeAlterShareGroupOffsetsRequestPartition(
  writer: ByteWriter,
  message: AlterShareGroupOffsetsRequestPartition,
  _version: number,
): void {
  const flexible = true
  writer.writeInt32(message.partitionIndex)
  writer.writeInt64(message.startOffset)
  if (flexible) writer.writeUint8(0)
}

function decodeAlterShareGroupOffsetsRequestTopicArray(
  reader: ByteReader,
  version: number,
): AlterShareGroupOffsetsRequestTopic[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: AlterShareGroupOffsetsRequestTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeAlterShareGroupOffsetsRequestTopic(reader, version))
  return elements
}

function encodeAlterShareGroupOffsetsRequestTopicArray(
  writer: ByteWriter,
  elements: AlterShareGroupOffsetsRequestTopic[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements) encodeAlterShareGroupOffsetsRequestTopic(writer, element, version)
}

function decodeAlterShareGroupOffsetsRequestPartitionArray(
  reader: ByteReader,
  version: number,
): AlterShareGroupOffsetsRequestPartition[] | null {
  const count = readCount(reader, true, 13)
  if (count < 0) return null
  const elements: AlterShareGroupOffsetsRequestPartition[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeAlterShareGroupOffsetsRequestPartition(reader, version))
  return elements
}

function encodeAlterShareGroupOffsetsRequestPartitionArray(
  writer: ByteWriter,
  elements: AlterShareGroupOffsetsRequestPartition[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeAlterShareGroupOffsetsRequestPartition(writer, element, version)
}
