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
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface TxnOffsetCommitResponse {
  throttleTimeMs: number
  topics: TxnOffsetCommitResponseTxnOffsetCommitResponseTopic[]
}

export interface TxnOffsetCommitResponseTxnOffsetCommitResponseTopic {
  /** Where version <= 5. */
  name: string
  /** Where version >= 6. */
  topicId: Uuid
  partitions: TxnOffsetCommitResponseTxnOffsetCommitResponsePartition[]
}

export interface TxnOffsetCommitResponseTxnOffsetCommitResponsePartition {
  partitionIndex: number
  errorCode: number
}

export function decodeTxnOffsetCommitResponse(
  reader: ByteReader,
  version: number,
): TxnOffsetCommitResponse {
  const flexible = version >= 3
  const throttleTimeMs: number = reader.readInt32()
  const topics: TxnOffsetCommitResponseTxnOffsetCommitResponseTopic[] = notNull(
    reader,
    decodeTxnOffsetCommitResponseTxnOffsetCommitResponseTopicArray(reader, version),
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
  encodeTxnOffsetCommitResponseTxnOffsetCommitResponseTopicArray(writer, message.topics, version)
  if (flexible) writer.writeUint8(0)
}

function decodeTxnOffsetCommitResponseTxnOffsetCommitResponseTopic(
  reader: ByteReader,
  version: number,
): TxnOffsetCommitResponseTxnOffsetCommitResponseTopic {
  const flexible = version >= 3
  const name: string = version <= 5 ? notNull(reader, readString(reader, flexible), 'Name') : ''
  const topicId: Uuid = version >= 6 ? reader.readUuid() : ZERO_UUID
  const partitions: TxnOffsetCommitResponseTxnOffsetCommitResponsePartition[] = notNull(
    reader,
    decodeTxnOffsetCommitResponseTxnOffsetCommitResponsePartitionArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { name, topicId, partitions }
}

function encodeTxnOffsetCommitResponseTxnOffsetCommitResponseTopic(
  writer: ByteWriter,
  message: TxnOffsetCommitResponseTxnOffsetCommitResponseTopic,
  version: number,
): void {
  const flexible = version >= 3
  if (version <= 5) {
    writeString(writer, flexible, message.name)
  } else if (message.name !== '') {
    throw new UnsupportedFieldError(
      'TxnOffsetCommitResponseTxnOffsetCommitResponseTopic',
      'Name',
      version,
    )
  }
  if (version >= 6) {
    writer.writeUuid(message.topicId)
  }
  encodeTxnOffsetCommitResponseTxnOffsetCommitResponsePartitionArray(
    writer,
    message.partitions,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeTxnOffsetCommitResponseTxnOffsetCommitResponsePartition(
  reader: ByteReader,
  version: number,
): TxnOffsetCommitResponseTxnOffsetCommitResponsePartition {
  const flexible = version >= 3
  const partitionIndex: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  if (flexible) skipTaggedFields(reader)
  return { partitionIndex, errorCode }
}

function encodeTxnOffsetCommitResponseTxnOffsetCommitResponsePartition(
  writer: ByteWriter,
  message: TxnOffsetCommitResponseTxnOffsetCommitResponsePartition,
  version: number,
): void {
  const flexible = version >= 3
  writer.writeInt32(message.partitionIndex)
  writer.writeInt16(message.errorCode)
  if (flexible) writer.writeUint8(0)
}

function decodeTxnOffsetCommitResponseTxnOffsetCommitResponseTopicArray(
  reader: ByteReader,
  version: number,
): TxnOffsetCommitResponseTxnOffsetCommitResponseTopic[] | null {
  const count = readCount(reader, version >= 3, 3)
  if (count < 0) return null
  const elements: TxnOffsetCommitResponseTxnOffsetCommitResponseTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeTxnOffsetCommitResponseTxnOffsetCommitResponseTopic(reader, version))
  return elements
}

function encodeTxnOffsetCommitResponseTxnOffsetCommitResponseTopicArray(
  writer: ByteWriter,
  elements: TxnOffsetCommitResponseTxnOffsetCommitResponseTopic[],
  version: number,
): void {
  writeCount(writer, version >= 3, elements.length)
  for (const element of elements)
    encodeTxnOffsetCommitResponseTxnOffsetCommitResponseTopic(writer, element, version)
}

function decodeTxnOffsetCommitResponseTxnOffsetCommitResponsePartitionArray(
  reader: ByteReader,
  version: number,
): TxnOffsetCommitResponseTxnOffsetCommitResponsePartition[] | null {
  const count = readCount(reader, version >= 3, 6)
  if (count < 0) return null
  const elements: TxnOffsetCommitResponseTxnOffsetCommitResponsePartition[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeTxnOffsetCommitResponseTxnOffsetCommitResponsePartition(reader, version))
  return elements
}

function encodeTxnOffsetCommitResponseTxnOffsetCommitResponsePartitionArray(
  writer: ByteWriter,
  elements: TxnOffsetCommitResponseTxnOffsetCommitResponsePartition[],
  version: number,
): void {
  writeCount(writer, version >= 3, elements.length)
  for (const element of elements)
    encodeTxnOffsetCommitResponseTxnOffsetCommitResponsePartition(writer, element, version)
}
