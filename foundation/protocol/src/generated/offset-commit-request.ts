/**
 * OffsetCommit (API key 8), versions 2 to 10.
 *
 * Generated from definitions/08-offset-commit.api; do not edit.
 */
import { type ByteReader, type ByteWriter, ZERO_UUID, type Uuid } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface OffsetCommitRequest {
  groupId: string
  generationIdOrMemberEpoch: number
  memberId: string
  /** Where version >= 7. */
  groupInstanceId: string | null
  /** Where version <= 4. */
  retentionTimeMs: number
  topics: OffsetCommitRequestTopic[]
}

export interface OffsetCommitRequestTopic {
  /** Where version <= 9. */
  name: string
  /** Where version >= 10. */
  topicId: Uuid
  partitions: OffsetCommitRequestPartition[]
}

export interface OffsetCommitRequestPartition {
  partitionIndex: number
  committedOffset: number
  /** Where version >= 6. */
  committedLeaderEpoch: number
  committedMetadata: string | null
}

export function decodeOffsetCommitRequest(
  reader: ByteReader,
  version: number,
): OffsetCommitRequest {
  const flexible = version >= 8
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const generationIdOrMemberEpoch: number = reader.readInt32()
  const memberId: string = notNull(reader, readString(reader, flexible), 'MemberId')
  const groupInstanceId: string | null = version >= 7 ? readString(reader, flexible) : null
  const retentionTimeMs: number = version <= 4 ? reader.readInt64() : -1
  const topics: OffsetCommitRequestTopic[] = notNull(
    reader,
    decodeOffsetCommitRequestTopicArray(reader, version),
    'Topics',
  )
  if (flexible) skipTaggedFields(reader)
  return { groupId, generationIdOrMemberEpoch, memberId, groupInstanceId, retentionTimeMs, topics }
}

export function encodeOffsetCommitRequest(
  writer: ByteWriter,
  message: OffsetCommitRequest,
  version: number,
): void {
  const flexible = version >= 8
  writeString(writer, flexible, message.groupId)
  writer.writeInt32(message.generationIdOrMemberEpoch)
  writeString(writer, flexible, message.memberId)
  if (version >= 7) {
    if (message.groupInstanceId === null) {
      writeNullString(writer, flexible)
    } else {
      writeString(writer, flexible, message.groupInstanceId)
    }
  } else if (message.groupInstanceId !== null) {
    throw new UnsupportedFieldError('OffsetCommitRequest', 'GroupInstanceId', version)
  }
  if (version <= 4) {
    writer.writeInt64(message.retentionTimeMs)
  }
  encodeOffsetCommitRequestTopicArray(writer, message.topics, version)
  if (flexible) writer.writeUint8(0)
}

function decodeOffsetCommitRequestTopic(
  reader: ByteReader,
  version: number,
): OffsetCommitRequestTopic {
  const flexible = version >= 8
  const name: string = version <= 9 ? notNull(reader, readString(reader, flexible), 'Name') : ''
  const topicId: Uuid = version >= 10 ? reader.readUuid() : ZERO_UUID
  const partitions: OffsetCommitRequestPartition[] = notNull(
    reader,
    decodeOffsetCommitRequestPartitionArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { name, topicId, partitions }
}

function encodeOffsetCommitRequestTopic(
  writer: ByteWriter,
  message: OffsetCommitRequestTopic,
  version: number,
): void {
  const flexible = version >= 8
  if (version <= 9) {
    writeString(writer, flexible, message.name)
  }
  if (version >= 10) {
    writer.writeUuid(message.topicId)
  }
  encodeOffsetCommitRequestPartitionArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeOffsetCommitRequestPartition(
  reader: ByteReader,
  version: number,
): OffsetCommitRequestPartition {
  const flexible = version >= 8
  const partitionIndex: number = reader.readInt32()
  const committedOffset: number = reader.readInt64()
  const committedLeaderEpoch: number = version >= 6 ? reader.readInt32() : -1
  const committedMetadata: string | null = readString(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { partitionIndex, committedOffset, committedLeaderEpoch, committedMetadata }
}

function encodeOffsetCommitRequestPartition(
  writer: ByteWriter,
  message: OffsetCommitRequestPartition,
  version: number,
): void {
  const flexible = version >= 8
  writer.writeInt32(message.partitionIndex)
  writer.writeInt64(message.committedOffset)
  if (version >= 6) {
    writer.writeInt32(message.committedLeaderEpoch)
  }
  if (message.committedMetadata === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.committedMetadata)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeOffsetCommitRequestTopicArray(
  reader: ByteReader,
  version: number,
): OffsetCommitRequestTopic[] | null {
  const count = readCount(reader, version >= 8, 3)
  if (count < 0) return null
  const elements: OffsetCommitRequestTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetCommitRequestTopic(reader, version))
  return elements
}

function encodeOffsetCommitRequestTopicArray(
  writer: ByteWriter,
  elements: OffsetCommitRequestTopic[],
  version: number,
): void {
  writeCount(writer, version >= 8, elements.length)
  for (const element of elements) encodeOffsetCommitRequestTopic(writer, element, version)
}

function decodeOffsetCommitRequestPartitionArray(
  reader: ByteReader,
  version: number,
): OffsetCommitRequestPartition[] | null {
  const count = readCount(reader, version >= 8, 14)
  if (count < 0) return null
  const elements: OffsetCommitRequestPartition[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetCommitRequestPartition(reader, version))
  return elements
}

function encodeOffsetCommitRequestPartitionArray(
  writer: ByteWriter,
  elements: OffsetCommitRequestPartition[],
  version: number,
): void {
  writeCount(writer, version >= 8, elements.length)
  for (const element of elements) encodeOffsetCommitRequestPartition(writer, element, version)
}
