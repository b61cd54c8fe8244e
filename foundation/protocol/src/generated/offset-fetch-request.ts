/**
 * OffsetFetch (API key 9), versions 1 to 10.
 *
 * Generated from definitions/09-offset-fetch.api; do not edit.
 */
import { type ByteReader, type ByteWriter, ZERO_UUID, type Uuid } from '@ottla/base'
import { readCount, writeCount, readInt32Array, writeInt32Array } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface OffsetFetchRequest {
  /** Where version <= 7. */
  groupId: string
  /** Where version <= 7. */
  topics: OffsetFetchRequestOffsetFetchRequestTopic[] | null
  /** Where version >= 8. */
  groups: OffsetFetchRequestOffsetFetchRequestGroup[]
  /** Where version >= 7. */
  requireStable: boolean
}

export interface OffsetFetchRequestOffsetFetchRequestTopic {
  name: string
  partitionIndexes: number[]
}

export interface OffsetFetchRequestOffsetFetchRequestGroup {
  groupId: string
  /** Where version >= 9. */
  memberId: string | null
  /** Where version >= 9. */
  memberEpoch: number
  topics: OffsetFetchRequestOffsetFetchRequestTopics[] | null
}

export interface OffsetFetchRequestOffsetFetchRequestTopics {
  /** Where version <= 9. */
  name: string
  /** Where version >= 10. */
  topicId: Uuid
  partitionIndexes: number[]
}

export function decodeOffsetFetchRequest(reader: ByteReader, version: number): OffsetFetchRequest {
  const flexible = version >= 6
  const groupId: string =
    version <= 7 ? notNull(reader, readString(reader, flexible), 'GroupId') : ''
  const topics: OffsetFetchRequestOffsetFetchRequestTopic[] | null =
    version <= 7
      ? version >= 2 && version <= 7
        ? decodeOffsetFetchRequestOffsetFetchRequestTopicArray(reader, version)
        : notNull(
            reader,
            decodeOffsetFetchRequestOffsetFetchRequestTopicArray(reader, version),
            'Topics',
          )
      : []
  const groups: OffsetFetchRequestOffsetFetchRequestGroup[] =
    version >= 8
      ? notNull(
          reader,
          decodeOffsetFetchRequestOffsetFetchRequestGroupArray(reader, version),
          'Groups',
        )
      : []
  const requireStable: boolean = version >= 7 ? reader.readBoolean() : false
  if (flexible) skipTaggedFields(reader)
  return { groupId, topics, groups, requireStable }
}

export function encodeOffsetFetchRequest(
  writer: ByteWriter,
  message: OffsetFetchRequest,
  version: number,
): void {
  const flexible = version >= 6
  if (version <= 7) {
    writeString(writer, flexible, message.groupId)
  } else if (message.groupId !== '') {
    throw new UnsupportedFieldError('OffsetFetchRequest', 'GroupId', version)
  }
  if (version <= 7) {
    if (message.topics === null) {
      if (!(version >= 2 && version <= 7))
        throw new UnsupportedFieldError('OffsetFetchRequest', 'Topics', version)
      writeCount(writer, flexible, -1)
    } else {
      encodeOffsetFetchRequestOffsetFetchRequestTopicArray(writer, message.topics, version)
    }
  } else if (message.topics === null || message.topics.length !== 0) {
    throw new UnsupportedFieldError('OffsetFetchRequest', 'Topics', version)
  }
  if (version >= 8) {
    encodeOffsetFetchRequestOffsetFetchRequestGroupArray(writer, message.groups, version)
  } else if (message.groups.length !== 0) {
    throw new UnsupportedFieldError('OffsetFetchRequest', 'Groups', version)
  }
  if (version >= 7) {
    writer.writeBoolean(message.requireStable)
  } else if (message.requireStable !== false) {
    throw new UnsupportedFieldError('OffsetFetchRequest', 'RequireStable', version)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeOffsetFetchRequestOffsetFetchRequestTopic(
  reader: ByteReader,
  version: number,
): OffsetFetchRequestOffsetFetchRequestTopic {
  const flexible = version >= 6
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const partitionIndexes: number[] = notNull(
    reader,
    readInt32Array(reader, flexible),
    'PartitionIndexes',
  )
  if (flexible) skipTaggedFields(reader)
  return { name, partitionIndexes }
}

function encodeOffsetFetchRequestOffsetFetchRequestTopic(
  writer: ByteWriter,
  message: OffsetFetchRequestOffsetFetchRequestTopic,
  version: number,
): void {
  const flexible = version >= 6
  writeString(writer, flexible, message.name)
  writeInt32Array(writer, flexible, message.partitionIndexes)
  if (flexible) writer.writeUint8(0)
}

function decodeOffsetFetchRequestOffsetFetchRequestGroup(
  reader: ByteReader,
  version: number,
): OffsetFetchRequestOffsetFetchRequestGroup {
  const flexible = true
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const memberId: string | null = version >= 9 ? readString(reader, flexible) : null
  const memberEpoch: number = version >= 9 ? reader.readInt32() : -1
  const topics: OffsetFetchRequestOffsetFetchRequestTopics[] | null =
    decodeOffsetFetchRequestOffsetFetchRequestTopicsArray(reader, version)
  if (flexible) skipTaggedFields(reader)
  return { groupId, memberId, memberEpoch, topics }
}

function encodeOffsetFetchRequestOffsetFetchRequestGroup(
  writer: ByteWriter,
  message: OffsetFetchRequestOffsetFetchRequestGroup,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.groupId)
  if (version >= 9) {
    if (message.memberId === null) {
      writeNullString(writer, flexible)
    } else {
      writeString(writer, flexible, message.memberId)
    }
  }
  if (version >= 9) {
    writer.writeInt32(message.memberEpoch)
  }
  if (message.topics === null) {
    writeCount(writer, flexible, -1)
  } else {
    encodeOffsetFetchRequestOffsetFetchRequestTopicsArray(writer, message.topics, version)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeOffsetFetchRequestOffsetFetchRequestTopics(
  reader: ByteReader,
  version: number,
): OffsetFetchRequestOffsetFetchRequestTopics {
  const flexible = true
  const name: string = version <= 9 ? notNull(reader, readString(reader, flexible), 'Name') : ''
  const topicId: Uuid = version >= 10 ? reader.readUuid() : ZERO_UUID
  const partitionIndexes: number[] = notNull(
    reader,
    readInt32Array(reader, flexible),
    'PartitionIndexes',
  )
  if (flexible) skipTaggedFields(reader)
  return { name, topicId, partitionIndexes }
}

function encodeOffsetFetchRequestOffsetFetchRequestTopics(
  writer: ByteWriter,
  message: OffsetFetchRequestOffsetFetchRequestTopics,
  version: number,
): void {
  const flexible = true
  if (version <= 9) {
    writeString(writer, flexible, message.name)
  }
  if (version >= 10) {
    writer.writeUuid(message.topicId)
  }
  writeInt32Array(writer, flexible, message.partitionIndexes)
  if (flexible) writer.writeUint8(0)
}

function decodeOffsetFetchRequestOffsetFetchRequestTopicArray(
  reader: ByteReader,
  version: number,
): OffsetFetchRequestOffsetFetchRequestTopic[] | null {
  const count = readCount(reader, version >= 6, 3)
  if (count < 0) return null
  const elements: OffsetFetchRequestOffsetFetchRequestTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetFetchRequestOffsetFetchRequestTopic(reader, version))
  return elements
}

function encodeOffsetFetchRequestOffsetFetchRequestTopicArray(
  writer: ByteWriter,
  elements: OffsetFetchRequestOffsetFetchRequestTopic[],
  version: number,
): void {
  writeCount(writer, version >= 6, elements.length)
  for (const element of elements)
    encodeOffsetFetchRequestOffsetFetchRequestTopic(writer, element, version)
}

function decodeOffsetFetchRequestOffsetFetchRequestGroupArray(
  reader: ByteReader,
  version: number,
): OffsetFetchRequestOffsetFetchRequestGroup[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: OffsetFetchRequestOffsetFetchRequestGroup[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetFetchRequestOffsetFetchRequestGroup(reader, version))
  return elements
}

function encodeOffsetFetchRequestOffsetFetchRequestGroupArray(
  writer: ByteWriter,
  elements: OffsetFetchRequestOffsetFetchRequestGroup[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeOffsetFetchRequestOffsetFetchRequestGroup(writer, element, version)
}

function decodeOffsetFetchRequestOffsetFetchRequestTopicsArray(
  reader: ByteReader,
  version: number,
): OffsetFetchRequestOffsetFetchRequestTopics[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: OffsetFetchRequestOffsetFetchRequestTopics[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetFetchRequestOffsetFetchRequestTopics(reader, version))
  return elements
}

function encodeOffsetFetchRequestOffsetFetchRequestTopicsArray(
  writer: ByteWriter,
  elements: OffsetFetchRequestOffsetFetchRequestTopics[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeOffsetFetchRequestOffsetFetchRequestTopics(writer, element, version)
}
