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
  groups: DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroup[]
}

export interface DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroup {
  groupId: string
  topics: DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopic[]
  errorCode: number
  errorMessage: string | null
}

export interface DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopic {
  topicName: string
  topicId: Uuid
  partitions: DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartition[]
}

export interface DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartition {
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
  const groups: DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroup[] = notNull(
    reader,
    decodeDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroupArray(
      reader,
      version,
    ),
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
  encodeDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroupArray(
    writer,
    message.groups,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroup(
  reader: ByteReader,
  version: number,
): DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroup {
  const flexible = true
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const topics: DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopic[] = notNull(
    reader,
    decodeDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopicArray(
      reader,
      version,
    ),
    'Topics',
  )
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { groupId, topics, errorCode, errorMessage }
}

function encodeDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroup(
  writer: ByteWriter,
  message: DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroup,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.groupId)
  encodeDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopicArray(
    writer,
    message.topics,
    version,
  )
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopic(
  reader: ByteReader,
  version: number,
): DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopic {
  const flexible = true
  const topicName: string = notNull(reader, readString(reader, flexible), 'TopicName')
  const topicId: Uuid = reader.readUuid()
  const partitions: DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartition[] =
    notNull(
      reader,
      decodeDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartitionArray(
        reader,
        version,
      ),
      'Partitions',
    )
  if (flexible) skipTaggedFields(reader)
  return { topicName, topicId, partitions }
}

function encodeDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopic(
  writer: ByteWriter,
  message: DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopic,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.topicName)
  writer.writeUuid(message.topicId)
  encodeDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartitionArray(
    writer,
    message.partitions,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartition(
  reader: ByteReader,
  version: number,
): DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartition {
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

function encodeDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartition(
  writer: ByteWriter,
  message: DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartition,
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

function decodeDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroupArray(
  reader: ByteReader,
  version: number,
): DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroup[] | null {
  const count = readCount(reader, true, 6)
  if (count < 0) return null
  const elements: DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroup[] = []
  for (let index = 0; index < count; index++)
    elements.push(
      decodeDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroup(
        reader,
        version,
      ),
    )
  return elements
}

function encodeDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroupArray(
  writer: ByteWriter,
  elements: DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroup[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseGroup(
      writer,
      element,
      version,
    )
}

function decodeDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopicArray(
  reader: ByteReader,
  version: number,
): DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopic[] | null {
  const count = readCount(reader, true, 19)
  if (count < 0) return null
  const elements: DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(
      decodeDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopic(
        reader,
        version,
      ),
    )
  return elements
}

function encodeDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopicArray(
  writer: ByteWriter,
  elements: DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopic[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponseTopic(
      writer,
      element,
      version,
    )
}

function decodeDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartitionArray(
  reader: ByteReader,
  version: number,
): DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartition[] | null {
  const count = readCount(reader, true, 20)
  if (count < 0) return null
  const elements: DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartition[] = []
  for (let index = 0; index < count; index++)
    elements.push(
      decodeDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartition(
        reader,
        version,
      ),
    )
  return elements
}

function encodeDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartitionArray(
  writer: ByteWriter,
  elements: DescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartition[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeDescribeShareGroupOffsetsResponseDescribeShareGroupOffsetsResponsePartition(
      writer,
      element,
      version,
    )
}
