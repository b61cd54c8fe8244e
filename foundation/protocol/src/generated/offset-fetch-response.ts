/**
 * OffsetFetch (API key 9), versions 1 to 10.
 *
 * Generated from definitions/09-offset-fetch.api; do not edit.
 */
import { type ByteReader, type ByteWriter, ZERO_UUID, type Uuid } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface OffsetFetchResponse {
  /** Where version >= 3. */
  throttleTimeMs: number
  /** Where version <= 7. */
  topics: OffsetFetchResponseTopic[]
  /** Where version >= 2 && version <= 7. */
  errorCode: number
  /** Where version >= 8. */
  groups: OffsetFetchResponseGroup[]
}

export interface OffsetFetchResponseTopic {
  name: string
  partitions: OffsetFetchResponsePartition[]
}

export interface OffsetFetchResponsePartition {
  partitionIndex: number
  committedOffset: number
  /** Where version >= 5. */
  committedLeaderEpoch: number
  metadata: string | null
  errorCode: number
}

export interface OffsetFetchResponseGroup {
  groupId: string
  topics: OffsetFetchResponseTopics[]
  errorCode: number
}

export interface OffsetFetchResponseTopics {
  /** Where version <= 9. */
  name: string
  /** Where version >= 10. */
  topicId: Uuid
  partitions: OffsetFetchResponsePartitions[]
}

export interface OffsetFetchResponsePartitions {
  partitionIndex: number
  committedOffset: number
  committedLeaderEpoch: number
  metadata: string | null
  errorCode: number
}

export function decodeOffsetFetchResponse(
  reader: ByteReader,
  version: number,
): OffsetFetchResponse {
  const flexible = version >= 6
  const throttleTimeMs: number = version >= 3 ? reader.readInt32() : 0
  const topics: OffsetFetchResponseTopic[] =
    version <= 7
      ? notNull(reader, decodeOffsetFetchResponseTopicArray(reader, version), 'Topics')
      : []
  const errorCode: number = version >= 2 && version <= 7 ? reader.readInt16() : 0
  const groups: OffsetFetchResponseGroup[] =
    version >= 8
      ? notNull(reader, decodeOffsetFetchResponseGroupArray(reader, version), 'Groups')
      : []
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, topics, errorCode, groups }
}

export function encodeOffsetFetchResponse(
  writer: ByteWriter,
  message: OffsetFetchResponse,
  version: number,
): void {
  const flexible = version >= 6
  if (version >= 3) {
    writer.writeInt32(message.throttleTimeMs)
  }
  if (version <= 7) {
    encodeOffsetFetchResponseTopicArray(writer, message.topics, version)
  }
  if (version >= 2 && version <= 7) {
    writer.writeInt16(message.errorCode)
  }
  if (version >= 8) {
    encodeOffsetFetchResponseGroupArray(writer, message.groups, version)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeOffsetFetchResponseTopic(
  reader: ByteReader,
  version: number,
): OffsetFetchResponseTopic {
  const flexible = version >= 6
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const partitions: OffsetFetchResponsePartition[] = notNull(
    reader,
    decodeOffsetFetchResponsePartitionArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { name, partitions }
}

function encodeOffsetFetchResponseTopic(
  writer: ByteWriter,
  message: OffsetFetchResponseTopic,
  version: number,
): void {
  const flexible = version >= 6
  writeString(writer, flexible, message.name)
  encodeOffsetFetchResponsePartitionArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeOffsetFetchResponsePartition(
  reader: ByteReader,
  version: number,
): OffsetFetchResponsePartition {
  const flexible = version >= 6
  const partitionIndex: number = reader.readInt32()
  const committedOffset: number = reader.readInt64()
  const committedLeaderEpoch: number = version >= 5 ? reader.readInt32() : -1
  const metadata: string | null = readString(reader, flexible)
  const errorCode: number = reader.readInt16()
  if (flexible) skipTaggedFields(reader)
  return { partitionIndex, committedOffset, committedLeaderEpoch, metadata, errorCode }
}

function encodeOffsetFetchResponsePartition(
  writer: ByteWriter,
  message: OffsetFetchResponsePartition,
  version: number,
): void {
  const flexible = version >= 6
  writer.writeInt32(message.partitionIndex)
  writer.writeInt64(message.committedOffset)
  if (version >= 5) {
    writer.writeInt32(message.committedLeaderEpoch)
  }
  if (message.metadata === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.metadata)
  }
  writer.writeInt16(message.errorCode)
  if (flexible) writer.writeUint8(0)
}

function decodeOffsetFetchResponseGroup(
  reader: ByteReader,
  version: number,
): OffsetFetchResponseGroup {
  const flexible = true
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const topics: OffsetFetchResponseTopics[] = notNull(
    reader,
    decodeOffsetFetchResponseTopicsArray(reader, version),
    'Topics',
  )
  const errorCode: number = reader.readInt16()
  if (flexible) skipTaggedFields(reader)
  return { groupId, topics, errorCode }
}

function encodeOffsetFetchResponseGroup(
  writer: ByteWriter,
  message: OffsetFetchResponseGroup,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.groupId)
  encodeOffsetFetchResponseTopicsArray(writer, message.topics, version)
  writer.writeInt16(message.errorCode)
  if (flexible) writer.writeUint8(0)
}

function decodeOffsetFetchResponseTopics(
  reader: ByteReader,
  version: number,
): OffsetFetchResponseTopics {
  const flexible = true
  const name: string = version <= 9 ? notNull(reader, readString(reader, flexible), 'Name') : ''
  const topicId: Uuid = version >= 10 ? reader.readUuid() : ZERO_UUID
  const partitions: OffsetFetchResponsePartitions[] = notNull(
    reader,
    decodeOffsetFetchResponsePartitionsArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { name, topicId, partitions }
}

function encodeOffsetFetchResponseTopics(
  writer: ByteWriter,
  message: OffsetFetchResponseTopics,
  version: number,
): void {
  const flexible = true
  if (version <= 9) {
    writeString(writer, flexible, message.name)
  }
  if (version >= 10) {
    writer.writeUuid(message.topicId)
  }
  encodeOffsetFetchResponsePartitionsArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeOffsetFetchResponsePartitions(
  reader: ByteReader,
  _version: number,
): OffsetFetchResponsePartitions {
  const flexible = true
  const partitionIndex: number = reader.readInt32()
  const committedOffset: number = reader.readInt64()
  const committedLeaderEpoch: number = reader.readInt32()
  const metadata: string | null = readString(reader, flexible)
  const errorCode: number = reader.readInt16()
  if (flexible) skipTaggedFields(reader)
  return { partitionIndex, committedOffset, committedLeaderEpoch, metadata, errorCode }
}

function encodeOffsetFetchResponsePartitions(
  writer: ByteWriter,
  message: OffsetFetchResponsePartitions,
  _version: number,
): void {
  const flexible = true
  writer.writeInt32(message.partitionIndex)
  writer.writeInt64(message.committedOffset)
  writer.writeInt32(message.committedLeaderEpoch)
  if (message.metadata === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.metadata)
  }
  writer.writeInt16(message.errorCode)
  if (flexible) writer.writeUint8(0)
}

function decodeOffsetFetchResponseTopicArray(
  reader: ByteReader,
  version: number,
): OffsetFetchResponseTopic[] | null {
  const count = readCount(reader, version >= 6, 3)
  if (count < 0) return null
  const elements: OffsetFetchResponseTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetFetchResponseTopic(reader, version))
  return elements
}

function encodeOffsetFetchResponseTopicArray(
  writer: ByteWriter,
  elements: OffsetFetchResponseTopic[],
  version: number,
): void {
  writeCount(writer, version >= 6, elements.length)
  for (const element of elements) encodeOffsetFetchResponseTopic(writer, element, version)
}

function decodeOffsetFetchResponseGroupArray(
  reader: ByteReader,
  version: number,
): OffsetFetchResponseGroup[] | null {
  const count = readCount(reader, true, 5)
  if (count < 0) return null
  const elements: OffsetFetchResponseGroup[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetFetchResponseGroup(reader, version))
  return elements
}

function encodeOffsetFetchResponseGroupArray(
  writer: ByteWriter,
  elements: OffsetFetchResponseGroup[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements) encodeOffsetFetchResponseGroup(writer, element, version)
}

function decodeOffsetFetchResponsePartitionArray(
  reader: ByteReader,
  version: number,
): OffsetFetchResponsePartition[] | null {
  const count = readCount(reader, version >= 6, 16)
  if (count < 0) return null
  const elements: OffsetFetchResponsePartition[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetFetchResponsePartition(reader, version))
  return elements
}

function encodeOffsetFetchResponsePartitionArray(
  writer: ByteWriter,
  elements: OffsetFetchResponsePartition[],
  version: number,
): void {
  writeCount(writer, version >= 6, elements.length)
  for (const element of elements) encodeOffsetFetchResponsePartition(writer, element, version)
}

function decodeOffsetFetchResponseTopicsArray(
  reader: ByteReader,
  version: number,
): OffsetFetchResponseTopics[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: OffsetFetchResponseTopics[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetFetchResponseTopics(reader, version))
  return elements
}

function encodeOffsetFetchResponseTopicsArray(
  writer: ByteWriter,
  elements: OffsetFetchResponseTopics[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements) encodeOffsetFetchResponseTopics(writer, element, version)
}

function decodeOffsetFetchResponsePartitionsArray(
  reader: ByteReader,
  version: number,
): OffsetFetchResponsePartitions[] | null {
  const count = readCount(reader, true, 20)
  if (count < 0) return null
  const elements: OffsetFetchResponsePartitions[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetFetchResponsePartitions(reader, version))
  return elements
}

function encodeOffsetFetchResponsePartitionsArray(
  writer: ByteWriter,
  elements: OffsetFetchResponsePartitions[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements) encodeOffsetFetchResponsePartitions(writer, element, version)
}
