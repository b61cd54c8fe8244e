/**
 * TxnOffsetCommit (API key 28), versions 0 to 6.
 *
 * Generated from definitions/28-txn-offset-commit.api; do not edit.
 */
import { type ByteReader, type ByteWriter, ZERO_UUID, type Uuid } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface TxnOffsetCommitRequest {
  transactionalId: string
  groupId: string
  producerId: number
  producerEpoch: number
  /** Where version >= 3. */
  generationIdOrMemberEpoch: number
  /** Where version >= 3. */
  memberId: string
  /** Where version >= 3. */
  groupInstanceId: string | null
  topics: TxnOffsetCommitRequestTopic[]
}

export interface TxnOffsetCommitRequestTopic {
  /** Where version <= 5. */
  name: string
  /** Where version >= 6. */
  topicId: Uuid
  partitions: TxnOffsetCommitRequestPartition[]
}

export interface TxnOffsetCommitRequestPartition {
  partitionIndex: number
  committedOffset: number
  /** Where version >= 2. */
  committedLeaderEpoch: number
  committedMetadata: string | null
}

export function decodeTxnOffsetCommitRequest(
  reader: ByteReader,
  version: number,
): TxnOffsetCommitRequest {
  const flexible = version >= 3
  const transactionalId: string = notNull(reader, readString(reader, flexible), 'TransactionalId')
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const producerId: number = reader.readInt64()
  const producerEpoch: number = reader.readInt16()
  const generationIdOrMemberEpoch: number = version >= 3 ? reader.readInt32() : -1
  const memberId: string =
    version >= 3 ? notNull(reader, readString(reader, flexible), 'MemberId') : ''
  const groupInstanceId: string | null = version >= 3 ? readString(reader, flexible) : null
  const topics: TxnOffsetCommitRequestTopic[] = notNull(
    reader,
    decodeTxnOffsetCommitRequestTopicArray(reader, version),
    'Topics',
  )
  if (flexible) skipTaggedFields(reader)
  return {
    transactionalId,
    groupId,
    producerId,
    producerEpoch,
    generationIdOrMemberEpoch,
    memberId,
    groupInstanceId,
    topics,
  }
}

export function encodeTxnOffsetCommitRequest(
  writer: ByteWriter,
  message: TxnOffsetCommitRequest,
  version: number,
): void {
  const flexible = version >= 3
  writeString(writer, flexible, message.transactionalId)
  writeString(writer, flexible, message.groupId)
  writer.writeInt64(message.producerId)
  writer.writeInt16(message.producerEpoch)
  if (version >= 3) {
    writer.writeInt32(message.generationIdOrMemberEpoch)
  } else if (message.generationIdOrMemberEpoch !== -1) {
    throw new UnsupportedFieldError('TxnOffsetCommitRequest', 'GenerationIdOrMemberEpoch', version)
  }
  if (version >= 3) {
    writeString(writer, flexible, message.memberId)
  } else if (message.memberId !== '') {
    throw new UnsupportedFieldError('TxnOffsetCommitRequest', 'MemberId', version)
  }
  if (version >= 3) {
    if (message.groupInstanceId === null) {
      writeNullString(writer, flexible)
    } else {
      writeString(writer, flexible, message.groupInstanceId)
    }
  } else if (message.groupInstanceId !== null) {
    throw new UnsupportedFieldError('TxnOffsetCommitRequest', 'GroupInstanceId', version)
  }
  encodeTxnOffsetCommitRequestTopicArray(writer, message.topics, version)
  if (flexible) writer.writeUint8(0)
}

function decodeTxnOffsetCommitRequestTopic(
  reader: ByteReader,
  version: number,
): TxnOffsetCommitRequestTopic {
  const flexible = version >= 3
  const name: string = version <= 5 ? notNull(reader, readString(reader, flexible), 'Name') : ''
  const topicId: Uuid = version >= 6 ? reader.readUuid() : ZERO_UUID
  const partitions: TxnOffsetCommitRequestPartition[] = notNull(
    reader,
    decodeTxnOffsetCommitRequestPartitionArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { name, topicId, partitions }
}

function encodeTxnOffsetCommitRequestTopic(
  writer: ByteWriter,
  message: TxnOffsetCommitRequestTopic,
  version: number,
): void {
  const flexible = version >= 3
  if (version <= 5) {
    writeString(writer, flexible, message.name)
  } else if (message.name !== '') {
    throw new UnsupportedFieldError('TxnOffsetCommitRequestTopic', 'Name', version)
  }
  if (version >= 6) {
    writer.writeUuid(message.topicId)
  }
  encodeTxnOffsetCommitRequestPartitionArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeTxnOffsetCommitRequestPartition(
  reader: ByteReader,
  version: number,
): TxnOffsetCommitRequestPartition {
  const flexible = version >= 3
  const partitionIndex: number = reader.readInt32()
  const committedOffset: number = reader.readInt64()
  const committedLeaderEpoch: number = version >= 2 ? reader.readInt32() : -1
  const committedMetadata: string | null = readString(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { partitionIndex, committedOffset, committedLeaderEpoch, committedMetadata }
}

function encodeTxnOffsetCommitRequestPartition(
  writer: ByteWriter,
  message: TxnOffsetCommitRequestPartition,
  version: number,
): void {
  const flexible = version >= 3
  writer.writeInt32(message.partitionIndex)
  writer.writeInt64(message.committedOffset)
  if (version >= 2) {
    writer.writeInt32(message.committedLeaderEpoch)
  }
  if (message.committedMetadata === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.committedMetadata)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeTxnOffsetCommitRequestTopicArray(
  reader: ByteReader,
  version: number,
): TxnOffsetCommitRequestTopic[] | null {
  const count = readCount(reader, version >= 3, 3)
  if (count < 0) return null
  const elements: TxnOffsetCommitRequestTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeTxnOffsetCommitRequestTopic(reader, version))
  return elements
}

function encodeTxnOffsetCommitRequestTopicArray(
  writer: ByteWriter,
  elements: TxnOffsetCommitRequestTopic[],
  version: number,
): void {
  writeCount(writer, version >= 3, elements.length)
  for (const element of elements) encodeTxnOffsetCommitRequestTopic(writer, element, version)
}

function decodeTxnOffsetCommitRequestPartitionArray(
  reader: ByteReader,
  version: number,
): TxnOffsetCommitRequestPartition[] | null {
  const count = readCount(reader, version >= 3, 14)
  if (count < 0) return null
  const elements: TxnOffsetCommitRequestPartition[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeTxnOffsetCommitRequestPartition(reader, version))
  return elements
}

function encodeTxnOffsetCommitRequestPartitionArray(
  writer: ByteWriter,
  elements: TxnOffsetCommitRequestPartition[],
  version: number,
): void {
  writeCount(writer, version >= 3, elements.length)
  for (const element of elements) encodeTxnOffsetCommitRequestPartition(writer, element, version)
}
