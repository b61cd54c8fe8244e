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
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface OffsetFetchResponse {
  /** Where version >= 3. */
  throttleTimeMs: number
  /** Where version <= 7. */
  topics: OffsetFetchResponseOffsetFetchResponseTopic[]
  /** Where version >= 2 && version <= 7. */
  errorCode: number
  /** Where version >= 8. */
  groups: OffsetFetchResponseOffsetFetchResponseGroup[]
}

export interface OffsetFetchResponseOffsetFetchResponseTopic {
  name: string
  partitions: OffsetFetchResponseOffsetFetchResponsePartition[]
}

export interface OffsetFetchResponseOffsetFetchResponsePartition {
  partitionIndex: number
  committedOffset: number
  /** Where version >= 5. */
  committedLeaderEpoch: number
  metadata: string | null
  errorCode: number
}

export interface OffsetFetchResponseOffsetFetchResponseGroup {
  groupId: string
  topics: OffsetFetchResponseOffsetFetchResponseTopics[]
  errorCode: number
}

export interface OffsetFetchResponseOffsetFetchResponseTopics {
  /** Where version <= 9. */
  name: string
  /** Where version >= 10. */
  topicId: Uuid
  partitions: OffsetFetchResponseOffsetFetchResponsePartitions[]
}

export interface OffsetFetchResponseOffsetFetchResponsePartitions {
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
  const topics: OffsetFetchResponseOffsetFetchResponseTopic[] =
    version <= 7
      ? notNull(
          reader,
          decodeOffsetFetchResponseOffsetFetchResponseTopicArray(reader, version),
          'Topics',
        )
      : []
  const errorCode: number = version >= 2 && version <= 7 ? reader.readInt16() : 0
  const groups: OffsetFetchResponseOffsetFetchResponseGroup[] =
    version >= 8
      ? notNull(
          reader,
          decodeOffsetFetchResponseOffsetFetchResponseGroupArray(reader, version),
          'Groups',
        )
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
    encodeOffsetFetchResponseOffsetFetchResponseTopicArray(writer, message.topics, version)
  } else if (message.topics.length !== 0) {
    throw new UnsupportedFieldError('OffsetFetchResponse', 'Topics', version)
  }
  if (version >= 2 && version <= 7) {
    writer.writeInt16(message.errorCode)
  }
  if (version >= 8) {
    encodeOffsetFetchResponseOffsetFetchResponseGroupArray(writer, message.groups, version)
  } else if (message.groups.length !== 0) {
    throw new UnsupportedFieldError('OffsetFetchResponse', 'Groups', version)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeOffsetFetchResponseOffsetFetchResponseTopic(
  reader: ByteReader,
  version: number,
): OffsetFetchResponseOffsetFetchResponseTopic {
  const flexible = version >= 6
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const partitions: OffsetFetchResponseOffsetFetchResponsePartition[] = notNull(
    reader,
    decodeOffsetFetchResponseOffsetFetchResponsePartitionArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { name, partitions }
}

function encodeOffsetFetchResponseOffsetFetchResponseTopic(
  writer: ByteWriter,
  message: OffsetFetchResponseOffsetFetchResponseTopic,
  version: number,
): void {
  const flexible = version >= 6
  writeString(writer, flexible, message.name)
  encodeOffsetFetchResponseOffsetFetchResponsePartitionArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeOffsetFetchResponseOffsetFetchResponsePartition(
  reader: ByteReader,
  version: number,
): OffsetFetchResponseOffsetFetchResponsePartition {
  const flexible = version >= 6
  const partitionIndex: number = reader.readInt32()
  const committedOffset: number = reader.readInt64()
  const committedLeaderEpoch: number = version >= 5 ? reader.readInt32() : -1
  const metadata: string | null = readString(reader, flexible)
  const errorCode: number = reader.readInt16()
  if (flexible) skipTaggedFields(reader)
  return { partitionIndex, committedOffset, committedLeaderEpoch, metadata, errorCode }
}

function encodeOffsetFetchResponseOffsetFetchResponsePartition(
  writer: ByteWriter,
  message: OffsetFetchResponseOffsetFetchResponsePartition,
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

function decodeOffsetFetchResponseOffsetFetchResponseGroup(
  reader: ByteReader,
  version: number,
): OffsetFetchResponseOffsetFetchResponseGroup {
  const flexible = true
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const topics: OffsetFetchResponseOffsetFetchResponseTopics[] = notNull(
    reader,
    decodeOffsetFetchResponseOffsetFetchResponseTopicsArray(reader, version),
    'Topics',
  )
  const errorCode: number = reader.readInt16()
  if (flexible) skipTaggedFields(reader)
  return { groupId, topics, errorCode }
}

function encodeOffsetFetchResponseOffsetFetchResponseGroup(
  writer: ByteWriter,
  message: OffsetFetchResponseOffsetFetchResponseGroup,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.groupId)
  encodeOffsetFetchResponseOffsetFetchResponseTopicsArray(writer, message.topics, version)
  writer.writeInt16(message.errorCode)
  if (flexible) writer.writeUint8(0)
}

function decodeOffsetFetchResponseOffsetFetchResponseTopics(
  reader: ByteReader,
  version: number,
): OffsetFetchResponseOffsetFetchResponseTopics {
  const flexible = true
  const name: string = version <= 9 ? notNull(reader, readString(reader, flexible), 'Name') : ''
  const topicId: Uuid = version >= 10 ? reader.readUuid() : ZERO_UUID
  const partitions: OffsetFetchResponseOffsetFetchResponsePartitions[] = notNull(
    reader,
    decodeOffsetFetchResponseOffsetFetchResponsePartitionsArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { name, topicId, partitions }
}

function encodeOffsetFetchResponseOffsetFetchResponseTopics(
  writer: ByteWriter,
  message: OffsetFetchResponseOffsetFetchResponseTopics,
  version: number,
): void {
  const flexible = true
  if (version <= 9) {
    writeString(writer, flexible, message.name)
  }
  if (version >= 10) {
    writer.writeUuid(message.topicId)
  }
  encodeOffsetFetchResponseOffsetFetchResponsePartitionsArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeOffsetFetchResponseOffsetFetchResponsePartitions(
  reader: ByteReader,
  _version: number,
): OffsetFetchResponseOffsetFetchResponsePartitions {
  const flexible = true
  const partitionIndex: number = reader.readInt32()
  const committedOffset: number = reader.readInt64()
  const committedLeaderEpoch: number = reader.readInt32()
  const metadata: string | null = readString(reader, flexible)
  const errorCode: number = reader.readInt16()
  if (flexible) skipTaggedFields(reader)
  return { partitionIndex, committedOffset, committedLeaderEpoch, metadata, errorCode }
}

function encodeOffsetFetchResponseOffsetFetchResponsePartitions(
  writer: ByteWriter,
  message: OffsetFetchResponseOffsetFetchResponsePartitions,
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

function decodeOffsetFetchResponseOffsetFetchResponseTopicArray(
  reader: ByteReader,
  version: number,
): OffsetFetchResponseOffsetFetchResponseTopic[] | null {
  const count = readCount(reader, version >= 6, 3)
  if (count < 0) return null
  const elements: OffsetFetchResponseOffsetFetchResponseTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetFetchResponseOffsetFetchResponseTopic(reader, version))
  return elements
}

function encodeOffsetFetchResponseOffsetFetchResponseTopicArray(
  writer: ByteWriter,
  elements: OffsetFetchResponseOffsetFetchResponseTopic[],
  version: number,
): void {
  writeCount(writer, version >= 6, elements.length)
  for (const element of elements)
    encodeOffsetFetchResponseOffsetFetchResponseTopic(writer, element, version)
}

function decodeOffsetFetchResponseOffsetFetchResponseGroupArray(
  reader: ByteReader,
  version: number,
): OffsetFetchResponseOffsetFetchResponseGroup[] | null {
  const count = readCount(reader, true, 5)
  if (count < 0) return null
  const elements: OffsetFetchResponseOffsetFetchResponseGroup[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetFetchResponseOffsetFetchResponseGroup(reader, version))
  return elements
}

function encodeOffsetFetchResponseOffsetFetchResponseGroupArray(
  writer: ByteWriter,
  elements: OffsetFetchResponseOffsetFetchResponseGroup[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeOffsetFetchResponseOffsetFetchResponseGroup(writer, element, version)
}

function decodeOffsetFetchResponseOffsetFetchResponsePartitionArray(
  reader: ByteReader,
  version: number,
): OffsetFetchResponseOffsetFetchResponsePartition[] | null {
  const count = readCount(reader, version >= 6, 16)
  if (count < 0) return null
  const elements: OffsetFetchResponseOffsetFetchResponsePartition[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetFetchResponseOffsetFetchResponsePartition(reader, version))
  return elements
}

function encodeOffsetFetchResponseOffsetFetchResponsePartitionArray(
  writer: ByteWriter,
  elements: OffsetFetchResponseOffsetFetchResponsePartition[],
  version: number,
): void {
  writeCount(writer, version >= 6, elements.length)
  for (const element of elements)
    encodeOffsetFetchResponseOffsetFetchResponsePartition(writer, element, version)
}

function decodeOffsetFetchResponseOffsetFetchResponseTopicsArray(
  reader: ByteReader,
  version: number,
): OffsetFetchResponseOffsetFetchResponseTopics[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: OffsetFetchResponseOffsetFetchResponseTopics[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetFetchResponseOffsetFetchResponseTopics(reader, version))
  return elements
}

function encodeOffsetFetchResponseOffsetFetchResponseTopicsArray(
  writer: ByteWriter,
  elements: OffsetFetchResponseOffsetFetchResponseTopics[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeOffsetFetchResponseOffsetFetchResponseTopics(writer, element, version)
}

function decodeOffsetFetchResponseOffsetFetchResponsePartitionsArray(
  reader: ByteReader,
  version: number,
): OffsetFetchResponseOffsetFetchResponsePartitions[] | null {
  const count = readCount(reader, true, 20)
  if (count < 0) return null
  const elements: OffsetFetchResponseOffsetFetchResponsePartitions[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetFetchResponseOffsetFetchResponsePartitions(reader, version))
  return elements
}

function encodeOffsetFetchResponseOffsetFetchResponsePartitionsArray(
  writer: ByteWriter,
  elements: OffsetFetchResponseOffsetFetchResponsePartitions[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeOffsetFetchResponseOffsetFetchResponsePartitions(writer, element, version)
}
