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
  topics: OffsetFetchRequestTopic[] | null
  /** Where version >= 8. */
  groups: OffsetFetchRequestGroup[]
  /** Where version >= 7. */
  requireStable: boolean
}

export interface OffsetFetchRequestTopic {
  name: string
  partitionIndexes: number[]
}

export interface OffsetFetchRequestGroup {
  groupId: string
  /** Where version >= 9. */
  memberId: string | null
  /** Where version >= 9. */
  memberEpoch: number
  topics: OffsetFetchRequestTopics[] | null
}

export interface OffsetFetchRequestTopics {
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
  const topics: OffsetFetchRequestTopic[] | null =
    version <= 7
      ? version >= 2 && version <= 7
        ? decodeOffsetFetchRequestTopicArray(reader, version)
        : notNull(reader, decodeOffsetFetchRequestTopicArray(reader, version), 'Topics')
      : []
  const groups: OffsetFetchRequestGroup[] =
    version >= 8
      ? notNull(reader, decodeOffsetFetchRequestGroupArray(reader, version), 'Groups')
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
      encodeOffsetFetchRequestTopicArray(writer, message.topics, version)
    }
  } else if (message.topics === null || message.topics.length !== 0) {
    throw new UnsupportedFieldError('OffsetFetchRequest', 'Topics', version)
  }
  if (version >= 8) {
    encodeOffsetFetchRequestGroupArray(writer, message.groups, version)
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

function decodeOffsetFetchRequestTopic(
  reader: ByteReader,
  version: number,
): OffsetFetchRequestTopic {
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

function encodeOffsetFetchRequestTopic(
  writer: ByteWriter,
  message: OffsetFetchRequestTopic,
  version: number,
): void {
  const flexible = version >= 6
  writeString(writer, flexible, message.name)
  writeInt32Array(writer, flexible, message.partitionIndexes)
  if (flexible) writer.writeUint8(0)
}

function decodeOffsetFetchRequestGroup(
  reader: ByteReader,
  version: number,
): OffsetFetchRequestGroup {
  const flexible = true
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const memberId: string | null = version >= 9 ? readString(reader, flexible) : null
  const memberEpoch: number = version >= 9 ? reader.readInt32() : -1
  const topics: OffsetFetchRequestTopics[] | null = decodeOffsetFetchRequestTopicsArray(
    reader,
    version,
  )
  if (flexible) skipTaggedFields(reader)
  return { groupId, memberId, memberEpoch, topics }
}

function encodeOffsetFetchRequestGroup(
  writer: ByteWriter,
  message: OffsetFetchRequestGroup,
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
    encodeOffsetFetchRequestTopicsArray(writer, message.topics, version)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeOffsetFetchRequestTopics(
  reader: ByteReader,
  version: number,
): OffsetFetchRequestTopics {
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

function encodeOffsetFetchRequestTopics(
  writer: ByteWriter,
  message: OffsetFetchRequestTopics,
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

function decodeOffsetFetchRequestTopicArray(
  reader: ByteReader,
  version: number,
): OffsetFetchRequestTopic[] | null {
  const count = readCount(reader, version >= 6, 3)
  if (count < 0) return null
  const elements: OffsetFetchRequestTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetFetchRequestTopic(reader, version))
  return elements
}

function encodeOffsetFetchRequestTopicArray(
  writer: ByteWriter,
  elements: OffsetFetchRequestTopic[],
  version: number,
): void {
  writeCount(writer, version >= 6, elements.length)
  for (const element of elements) encodeOffsetFetchRequestTopic(writer, element, version)
}

function decodeOffsetFetchRequestGroupArray(
  reader: ByteReader,
  version: number,
): OffsetFetchRequestGroup[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: OffsetFetchRequestGroup[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetFetchRequestGroup(reader, version))
  return elements
}

function encodeOffsetFetchRequestGroupArray(
  writer: ByteWriter,
  elements: OffsetFetchRequestGroup[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements) encodeOffsetFetchRequestGroup(writer, element, version)
}

function decodeOffsetFetchRequestTopicsArray(
  reader: ByteReader,
  version: number,
): OffsetFetchRequestTopics[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: OffsetFetchRequestTopics[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetFetchRequestTopics(reader, version))
  return elements
}

function encodeOffsetFetchRequestTopicsArray(
  writer: ByteWriter,
  elements: OffsetFetchRequestTopics[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements) encodeOffsetFetchRequestTopics(writer, element, version)
}
