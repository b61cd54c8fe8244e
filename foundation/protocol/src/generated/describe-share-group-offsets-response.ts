/**
 * DescribeShareGroupOffsets (API key 90), versions 0 to 1.
 *
 * Generated from definitions/90-describe-share-group-offsets.api; do not edit.
 */
import { type ByteReader, type ByteWriter, type Uuid } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface DescribeShareGroupOffsetsResponse {
  throttleTimeMs: number
  groups: DescribeShareGroupOffsetsResponseGroup[]
}

export interface DescribeShareGroupOffsetsResponseGroup {
  groupId: string
  topics: DescribeShareGroupOffsetsResponseTopic[]
  errorCode: number
  errorMessage: string | null
}

export interface DescribeShareGroupOffsetsResponseTopic {
  topicName: string
  topicId: Uuid
  partitions: DescribeShareGroupOffsetsResponsePartition[]
}

export interface DescribeShareGroupOffsetsResponsePartition {
  partitionIndex: number
  startOffset: number
  leaderEpoch: number
  /** Where version >= 1. */
  lag: number
  errorCode: number
  errorMessage: string | null
}

export function decodeDescribeShareGroupOffsetsResponse(
  reader: ByteReader,
  version: number,
): DescribeShareGroupOffsetsResponse {
  const flexible = true
  const throttleTimeMs: number = reader.readInt32()
  const groups: DescribeShareGroupOffsetsResponseGroup[] = notNull(
    reader,
    decodeDescribeShareGroupOffsetsResponseGroupArray(reader, version),
    'Groups',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, groups }
}

export function encodeDescribeShareGroupOffsetsResponse(
  writer: ByteWriter,
  message: DescribeShareGroupOffsetsResponse,
  version: number,
): void {
  const flexible = true
  writer.writeInt32(message.throttleTimeMs)
  encodeDescribeShareGroupOffsetsResponseGroupArray(writer, message.groups, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeShareGroupOffsetsResponseGroup(
  reader: ByteReader,
  version: number,
): DescribeShareGroupOffsetsResponseGroup {
  const flexible = true
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const topics: DescribeShareGroupOffsetsResponseTopic[] = notNull(
    reader,
    decodeDescribeShareGroupOffsetsResponseTopicArray(reader, version),
    'Topics',
  )
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { groupId, topics, errorCode, errorMessage }
}

function encodeDescribeShareGroupOffsetsResponseGroup(
  writer: ByteWriter,
  message: DescribeShareGroupOffsetsResponseGroup,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.groupId)
  encodeDescribeShareGroupOffsetsResponseTopicArray(writer, message.topics, version)
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeShareGroupOffsetsResponseTopic(
  reader: ByteReader,
  version: number,
): DescribeShareGroupOffsetsResponseTopic {
  const flexible = true
  const topicName: string = notNull(reader, readString(reader, flexible), 'TopicName')
  const topicId: Uuid = reader.readUuid()
  const partitions: DescribeShareGroupOffsetsResponsePartition[] = notNull(
    reader,
    decodeDescribeShareGroupOffsetsResponsePartitionArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { topicName, topicId, partitions }
}

function encodeDescribeShareGroupOffsetsResponseTopic(
  writer: ByteWriter,
  message: DescribeShareGroupOffsetsResponseTopic,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.topicName)
  writer.writeUuid(message.topicId)
  encodeDescribeShareGroupOffsetsResponsePartitionArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeShareGroupOffsetsResponsePartition(
  reader: ByteReader,
  version: number,
): DescribeShareGroupOffsetsResponsePartition {
  const flexible = true
  const partitionIndex: number = reader.readInt32()
  const startOffset: number = reader.readInt64()
  const leaderEpoch: number = reader.readInt32()
  const lag: number = version >= 1 ? reader.readInt64() : -1
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { partitionIndex, startOffset, leaderEpoch, lag, errorCode, errorMessage }
}

function encodeDescribeShareGroupOffsetsResponsePartition(
  writer: ByteWriter,
  message: DescribeShareGroupOffsetsResponsePartition,
  version: number,
): void {
  const flexible = true
  writer.writeInt32(message.partitionIndex)
  writer.writeInt64(message.startOffset)
  writer.writeInt32(message.leaderEpoch)
  if (version >= 1) {
    writer.writeInt64(message.lag)
  }
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeShareGroupOffsetsResponseGroupArray(
  reader: ByteReader,
  version: number,
): DescribeShareGroupOffsetsResponseGroup[] | null {
  const count = readCount(reader, true, 6)
  if (count < 0) return null
  const elements: DescribeShareGroupOffsetsResponseGroup[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeShareGroupOffsetsResponseGroup(reader, version))
  return elements
}

function encodeDescribeShareGroupOffsetsResponseGroupArray(
  writer: ByteWriter,
  elements: DescribeShareGroupOffsetsResponseGroup[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeDescribeShareGroupOffsetsResponseGroup(writer, element, version)
}

function decodeDescribeShareGroupOffsetsResponseTopicArray(
  reader: ByteReader,
  version: number,
): DescribeShareGroupOffsetsResponseTopic[] | null {
  const count = readCount(reader, true, 19)
  if (count < 0) return null
  const elements: DescribeShareGroupOffsetsResponseTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeShareGroupOffsetsResponseTopic(reader, version))
  return elements
}

function encodeDescribeShareGroupOffsetsResponseTopicArray(
  writer: ByteWriter,
  elements: DescribeShareGroupOffsetsResponseTopic[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeDescribeShareGroupOffsetsResponseTopic(writer, element, version)
}

function decodeDescribeShareGroupOffsetsResponsePartitionArray(
  reader: ByteReader,
  version: number,
): DescribeShareGroupOffsetsResponsePartition[] | null {
  const count = readCount(reader, true, 20)
  if (count < 0) return null
  const elements: DescribeShareGroupOffsetsResponsePartition[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeShareGroupOffsetsResponsePartition(reader, version))
  return elements
}

function encodeDescribeShareGroupOffsetsResponsePartitionArray(
  writer: ByteWriter,
  elements: DescribeShareGroupOffsetsResponsePartition[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeDescribeShareGroupOffsetsResponsePartition(writer, element, version)
}
