/**
 * ShareAcknowledge (API key 79), versions 1 to 2.
 *
 * Generated from definitions/79-share-acknowledge.api; do not edit.
 */
import { type ByteReader, type ByteWriter, type Uuid } from '@ottla/base'
import { readCount, writeCount, readInt8Array, writeInt8Array } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface ShareAcknowledgeRequest {
  groupId: string | null
  memberId: string | null
  shareSessionEpoch: number
  /** Where version >= 2. */
  isRenewAck: boolean
  topics: ShareAcknowledgeRequestAcknowledgeTopic[]
}

export interface ShareAcknowledgeRequestAcknowledgeTopic {
  topicId: Uuid
  partitions: ShareAcknowledgeRequestAcknowledgePartition[]
}

export interface ShareAcknowledgeRequestAcknowledgePartition {
  partitionIndex: number
  acknowledgementBatches: ShareAcknowledgeRequestAcknowledgementBatch[]
}

export interface ShareAcknowledgeRequestAcknowledgementBatch {
  firstOffset: number
  lastOffset: number
  acknowledgeTypes: number[]
}

export function decodeShareAcknowledgeRequest(
  reader: ByteReader,
  version: number,
): ShareAcknowledgeRequest {
  const flexible = true
  const groupId: string | null = readString(reader, flexible)
  const memberId: string | null = readString(reader, flexible)
  const shareSessionEpoch: number = reader.readInt32()
  const isRenewAck: boolean = version >= 2 ? reader.readBoolean() : false
  const topics: ShareAcknowledgeRequestAcknowledgeTopic[] = notNull(
    reader,
    decodeShareAcknowledgeRequestAcknowledgeTopicArray(reader, version),
    'Topics',
  )
  if (flexible) skipTaggedFields(reader)
  return { groupId, memberId, shareSessionEpoch, isRenewAck, topics }
}

export function encodeShareAcknowledgeRequest(
  writer: ByteWriter,
  message: ShareAcknowledgeRequest,
  version: number,
): void {
  const flexible = true
  if (message.groupId === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.groupId)
  }
  if (message.memberId === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.memberId)
  }
  writer.writeInt32(message.shareSessionEpoch)
  if (version >= 2) {
    writer.writeBoolean(message.isRenewAck)
  } else if (message.isRenewAck !== false) {
    throw new UnsupportedFieldError('ShareAcknowledgeRequest', 'IsRenewAck', version)
  }
  encodeShareAcknowledgeRequestAcknowledgeTopicArray(writer, message.topics, version)
  if (flexible) writer.writeUint8(0)
}

function decodeShareAcknowledgeRequestAcknowledgeTopic(
  reader: ByteReader,
  version: number,
): ShareAcknowledgeRequestAcknowledgeTopic {
  const flexible = true
  const topicId: Uuid = reader.readUuid()
  const partitions: ShareAcknowledgeRequestAcknowledgePartition[] = notNull(
    reader,
    decodeShareAcknowledgeRequestAcknowledgePartitionArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { topicId, partitions }
}

function encodeShareAcknowledgeRequestAcknowledgeTopic(
  writer: ByteWriter,
  message: ShareAcknowledgeRequestAcknowledgeTopic,
  version: number,
): void {
  const flexible = true
  writer.writeUuid(message.topicId)
  encodeShareAcknowledgeRequestAcknowledgePartitionArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeShareAcknowledgeRequestAcknowledgePartition(
  reader: ByteReader,
  version: number,
): ShareAcknowledgeRequestAcknowledgePartition {
  const flexible = true
  const partitionIndex: number = reader.readInt32()
  const acknowledgementBatches: ShareAcknowledgeRequestAcknowledgementBatch[] = notNull(
    reader,
    decodeShareAcknowledgeRequestAcknowledgementBatchArray(reader, version),
    'AcknowledgementBatches',
  )
  if (flexible) skipTaggedFields(reader)
  return { partitionIndex, acknowledgementBatches }
}

function encodeShareAcknowledgeRequestAcknowledgePartition(
  writer: ByteWriter,
  message: ShareAcknowledgeRequestAcknowledgePartition,
  version: number,
): void {
  const flexible = true
  writer.writeInt32(message.partitionIndex)
  encodeShareAcknowledgeRequestAcknowledgementBatchArray(
    writer,
    message.acknowledgementBatches,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeShareAcknowledgeRequestAcknowledgementBatch(
  reader: ByteReader,
  _version: number,
): ShareAcknowledgeRequestAcknowledgementBatch {
  const flexible = true
  const firstOffset: number = reader.readInt64()
  const lastOffset: number = reader.readInt64()
  const acknowledgeTypes: number[] = notNull(
    reader,
    readInt8Array(reader, flexible),
    'AcknowledgeTypes',
  )
  if (flexible) skipTaggedFields(reader)
  return { firstOffset, lastOffset, acknowledgeTypes }
}

function encodeShareAcknowledgeRequestAcknowledgementBatch(
  writer: ByteWriter,
  message: ShareAcknowledgeRequestAcknowledgementBatch,
  _version: number,
): void {
  const flexible = true
  writer.writeInt64(message.firstOffset)
  writer.writeInt64(message.lastOffset)
  writeInt8Array(writer, flexible, message.acknowledgeTypes)
  if (flexible) writer.writeUint8(0)
}

function decodeShareAcknowledgeRequestAcknowledgeTopicArray(
  reader: ByteReader,
  version: number,
): ShareAcknowledgeRequestAcknowledgeTopic[] | null {
  const count = readCount(reader, true, 18)
  if (count < 0) return null
  const elements: ShareAcknowledgeRequestAcknowledgeTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeShareAcknowledgeRequestAcknowledgeTopic(reader, version))
  return elements
}

function encodeShareAcknowledgeRequestAcknowledgeTopicArray(
  writer: ByteWriter,
  elements: ShareAcknowledgeRequestAcknowledgeTopic[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeShareAcknowledgeRequestAcknowledgeTopic(writer, element, version)
}

function decodeShareAcknowledgeRequestAcknowledgePartitionArray(
  reader: ByteReader,
  version: number,
): ShareAcknowledgeRequestAcknowledgePartition[] | null {
  const count = readCount(reader, true, 6)
  if (count < 0) return null
  const elements: ShareAcknowledgeRequestAcknowledgePartition[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeShareAcknowledgeRequestAcknowledgePartition(reader, version))
  return elements
}

function encodeShareAcknowledgeRequestAcknowledgePartitionArray(
  writer: ByteWriter,
  elements: ShareAcknowledgeRequestAcknowledgePartition[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeShareAcknowledgeRequestAcknowledgePartition(writer, element, version)
}

function decodeShareAcknowledgeRequestAcknowledgementBatchArray(
  reader: ByteReader,
  version: number,
): ShareAcknowledgeRequestAcknowledgementBatch[] | null {
  const count = readCount(reader, true, 18)
  if (count < 0) return null
  const elements: ShareAcknowledgeRequestAcknowledgementBatch[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeShareAcknowledgeRequestAcknowledgementBatch(reader, version))
  return elements
}

function encodeShareAcknowledgeRequestAcknowledgementBatchArray(
  writer: ByteWriter,
  elements: ShareAcknowledgeRequestAcknowledgementBatch[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeShareAcknowledgeRequestAcknowledgementBatch(writer, element, version)
}
