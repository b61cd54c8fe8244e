/**
 * TxnOffsetCommit (API key 28), versions 0 to 6.
 *
 * Generated from definitions/28-txn-offset-commit.api; do not edit.
 */
import { type ByteReader, type ByteWriter, ZERO_UUID, type Uuid } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface TxnOffsetCommitResponse {
  throttleTimeMs: number
  topics: TxnOffsetCommitResponseTopic[]
}

export interface TxnOffsetCommitResponseTopic {
  /** Where version <= 5. */
  name: string
  /** Where version >= 6. */
  topicId: Uuid
  partitions: TxnOffsetCommitResponsePartition[]
}

export interface TxnOffsetCommitResponsePartition {
  partitionIndex: number
  errorCode: number
}

export function decodeTxnOffsetCommitResponse(
  reader: ByteReader,
  version: number,
): TxnOffsetCommitResponse {
  const flexible = version >= 3
  const throttleTimeMs: number = reader.readInt32()
  const topics: TxnOffsetCommitResponseTopic[] = notNull(
    reader,
    decodeTxnOffsetCommitResponseTopicArray(reader, version),
    'Topics',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, topics }
}

export function encodeTxnOffsetCommitResponse(
  writer: ByteWriter,
  message: TxnOffsetCommitResponse,
  version: number,
): void {
  const flexible = version >= 3
  writer.writeInt32(message.throttleTimeMs)
  encodeTxnOffsetCommitResponseTopicArray(writer, message.topics, version)
  if (flexible) writer.writeUint8(0)
}

function decodeTxnOffsetCommitResponseTopic(
  reader: ByteReader,
  version: number,
): TxnOffsetCommitResponseTopic {
  const flexible = version >= 3
  const name: string = version <= 5 ? notNull(reader, readString(reader, flexible), 'Name') : ''
  const topicId: Uuid = version >= 6 ? reader.readUuid() : ZERO_UUID
  const partitions: TxnOffsetCommitResponsePartition[] = notNull(
    reader,
    decodeTxnOffsetCommitResponsePartitionArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { name, topicId, partitions }
}

function encodeTxnOffsetCommitResponseTopic(
  writer: ByteWriter,
  message: TxnOffsetCommitResponseTopic,
  version: number,
): void {
  const flexible = version >= 3
  if (version <= 5) {
    writeString(writer, flexible, message.name)
  }
  if (version >= 6) {
    writer.writeUuid(message.topicId)
  }
  encodeTxnOffsetCommitResponsePartitionArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeTxnOffsetCommitResponsePartition(
  reader: ByteReader,
  version: number,
): TxnOffsetCommitResponsePartition {
  const flexible = version >= 3
  const partitionIndex: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  if (flexible) skipTaggedFields(reader)
  return { partitionIndex, errorCode }
}

function encodeTxnOffsetCommitResponsePartition(
  writer: ByteWriter,
  message: TxnOffsetCommitResponsePartition,
  version: number,
): void {
  const flexible = version >= 3
  writer.writeInt32(message.partitionIndex)
  writer.writeInt16(message.errorCode)
  if (flexible) writer.writeUint8(0)
}

function decodeTxnOffsetCommitResponseTopicArray(
  reader: ByteReader,
  version: number,
): TxnOffsetCommitResponseTopic[] | null {
  const count = readCount(reader, version >= 3, 3)
  if (count < 0) return null
  const elements: TxnOffsetCommitResponseTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeTxnOffsetCommitResponseTopic(reader, version))
  return elements
}

function encodeTxnOffsetCommitResponseTopicArray(
  writer: ByteWriter,
  elements: TxnOffsetCommitResponseTopic[],
  version: number,
): void {
  writeCount(writer, version >= 3, elements.length)
  for (const element of elements) encodeTxnOffsetCommitResponseTopic(writer, element, version)
}

function decodeTxnOffsetCommitResponsePartitionArray(
  reader: ByteReader,
  version: number,
): TxnOffsetCommitResponsePartition[] | null {
  const count = readCount(reader, version >= 3, 6)
  if (count < 0) return null
  const elements: TxnOffsetCommitResponsePartition[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeTxnOffsetCommitResponsePartition(reader, version))
  return elements
}

function encodeTxnOffsetCommitResponsePartitionArray(
  writer: ByteWriter,
  elements: TxnOffsetCommitResponsePartition[],
  version: number,
): void {
  writeCount(writer, version >= 3, elements.length)
  for (const element of elements) encodeTxnOffsetCommitResponsePartition(writer, element, version)
}
