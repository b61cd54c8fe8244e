/**
 * ShareFetch (API key 78), versions 1 to 2.
 *
 * Generated from definitions/78-share-fetch.api; do not edit.
 */
import { type ByteReader, type ByteWriter, type Uuid } from '@ottla/base'
import {
  readCount,
  writeCount,
  readInt8Array,
  writeInt8Array,
  readInt32Array,
  writeInt32Array,
} from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface ShareFetchRequest {
  groupId: string | null
  memberId: string | null
  shareSessionEpoch: number
  maxWaitMs: number
  minBytes: number
  maxBytes: number
  maxRecords: number
  batchSize: number
  /** Where version >= 2. */
  shareAcquireMode: number
  /** Where version >= 2. */
  isRenewAck: boolean
  topics: ShareFetchRequestFetchTopic[]
  forgottenTopicsData: ShareFetchRequestForgottenTopic[]
}

export interface ShareFetchRequestFetchTopic {
  topicId: Uuid
  partitions: ShareFetchRequestFetchPartition[]
}

export interface ShareFetchRequestFetchPartition {
  partitionIndex: number
  acknowledgementBatches: ShareFetchRequestAcknowledgementBatch[]
}

export interface ShareFetchRequestAcknowledgementBatch {
  firstOffset: number
  lastOffset: number
  acknowledgeTypes: number[]
}

export interface ShareFetchRequestForgottenTopic {
  topicId: Uuid
  partitions: number[]
}

export function decodeShareFetchRequest(reader: ByteReader, version: number): ShareFetchRequest {
  const flexible = true
  const groupId: string | null = readString(reader, flexible)
  const memberId: string | null = readString(reader, flexible)
  const shareSessionEpoch: number = reader.readInt32()
  const maxWaitMs: number = reader.readInt32()
  const minBytes: number = reader.readInt32()
  const maxBytes: number = reader.readInt32()
  const maxRecords: number = reader.readInt32()
  const batchSize: number = reader.readInt32()
  const shareAcquireMode: number = version >= 2 ? reader.readInt8() : 0
  const isRenewAck: boolean = version >= 2 ? reader.readBoolean() : false
  const topics: ShareFetchRequestFetchTopic[] = notNull(
    reader,
    decodeShareFetchRequestFetchTopicArray(reader, version),
    'Topics',
  )
  const forgottenTopicsData: ShareFetchRequestForgottenTopic[] = notNull(
    reader,
    decodeShareFetchRequestForgottenTopicArray(reader, version),
    'ForgottenTopicsData',
  )
  if (flexible) skipTaggedFields(reader)
  return {
    groupId,
    memberId,
    shareSessionEpoch,
    maxWaitMs,
    minBytes,
    maxBytes,
    maxRecords,
    batchSize,
    shareAcquireMode,
    isRenewAck,
    topics,
    forgottenTopicsData,
  }
}

export function encodeShareFetchRequest(
  writer: ByteWriter,
  message: ShareFetchRequest,
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
  writer.writeInt32(message.maxWaitMs)
  writer.writeInt32(message.minBytes)
  writer.writeInt32(message.maxBytes)
  writer.writeInt32(message.maxRecords)
  writer.writeInt32(message.batchSize)
  if (version >= 2) {
    writer.writeInt8(message.shareAcquireMode)
  }
  if (version >= 2) {
    writer.writeBoolean(message.isRenewAck)
  } else if (message.isRenewAck !== false) {
    throw new UnsupportedFieldError('ShareFetchRequest', 'IsRenewAck', version)
  }
  encodeShareFetchRequestFetchTopicArray(writer, message.topics, version)
  encodeShareFetchRequestForgottenTopicArray(writer, message.forgottenTopicsData, version)
  if (flexible) writer.writeUint8(0)
}

function decodeShareFetchRequestFetchTopic(
  reader: ByteReader,
  version: number,
): ShareFetchRequestFetchTopic {
  const flexible = true
  const topicId: Uuid = reader.readUuid()
  const partitions: ShareFetchRequestFetchPartition[] = notNull(
    reader,
    decodeShareFetchRequestFetchPartitionArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { topicId, partitions }
}

function encodeShareFetchRequestFetchTopic(
  writer: ByteWriter,
  message: ShareFetchRequestFetchTopic,
  version: number,
): void {
  const flexible = true
  writer.writeUuid(message.topicId)
  encodeShareFetchRequestFetchPartitionArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeShareFetchRequestFetchPartition(
  reader: ByteReader,
  version: number,
): ShareFetchRequestFetchPartition {
  const flexible = true
  const partitionIndex: number = reader.readInt32()
  const acknowledgementBatches: ShareFetchRequestAcknowledgementBatch[] = notNull(
    reader,
    decodeShareFetchRequestAcknowledgementBatchArray(reader, version),
    'AcknowledgementBatches',
  )
  if (flexible) skipTaggedFields(reader)
  return { partitionIndex, acknowledgementBatches }
}

function encodeShareFetchRequestFetchPartition(
  writer: ByteWriter,
  message: ShareFetchRequestFetchPartition,
  version: number,
): void {
  const flexible = true
  writer.writeInt32(message.partitionIndex)
  encodeShareFetchRequestAcknowledgementBatchArray(writer, message.acknowledgementBatches, version)
  if (flexible) writer.writeUint8(0)
}

function decodeShareFetchRequestAcknowledgementBatch(
  reader: ByteReader,
  _version: number,
): ShareFetchRequestAcknowledgementBatch {
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

function encodeShareFetchRequestAcknowledgementBatch(
  writer: ByteWriter,
  message: ShareFetchRequestAcknowledgementBatch,
  _version: number,
): void {
  const flexible = true
  writer.writeInt64(message.firstOffset)
  writer.writeInt64(message.lastOffset)
  writeInt8Array(writer, flexible, message.acknowledgeTypes)
  if (flexible) writer.writeUint8(0)
}

function decodeShareFetchRequestForgottenTopic(
  reader: ByteReader,
  _version: number,
): ShareFetchRequestForgottenTopic {
  const flexible = true
  const topicId: Uuid = reader.readUuid()
  const partitions: number[] = notNull(reader, readInt32Array(reader, flexible), 'Partitions')
  if (flexible) skipTaggedFields(reader)
  return { topicId, partitions }
}

function encodeShareFetchRequestForgottenTopic(
  writer: ByteWriter,
  message: ShareFetchRequestForgottenTopic,
  _version: number,
): void {
  const flexible = true
  writer.writeUuid(message.topicId)
  writeInt32Array(writer, flexible, message.partitions)
  if (flexible) writer.writeUint8(0)
}

function decodeShareFetchRequestFetchTopicArray(
  reader: ByteReader,
  version: number,
): ShareFetchRequestFetchTopic[] | null {
  const count = readCount(reader, true, 18)
  if (count < 0) return null
  const elements: ShareFetchRequestFetchTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeShareFetchRequestFetchTopic(reader, version))
  return elements
}

function encodeShareFetchRequestFetchTopicArray(
  writer: ByteWriter,
  elements: ShareFetchRequestFetchTopic[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements) encodeShareFetchRequestFetchTopic(writer, element, version)
}

function decodeShareFetchRequestForgottenTopicArray(
  reader: ByteReader,
  version: number,
): ShareFetchRequestForgottenTopic[] | null {
  const count = readCount(reader, true, 18)
  if (count < 0) return null
  const elements: ShareFetchRequestForgottenTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeShareFetchRequestForgottenTopic(reader, version))
  return elements
}

function encodeShareFetchRequestForgottenTopicArray(
  writer: ByteWriter,
  elements: ShareFetchRequestForgottenTopic[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements) encodeShareFetchRequestForgottenTopic(writer, element, version)
}

function decodeShareFetchRequestFetchPartitionArray(
  reader: ByteReader,
  version: number,
): ShareFetchRequestFetchPartition[] | null {
  const count = readCount(reader, true, 6)
  if (count < 0) return null
  const elements: ShareFetchRequestFetchPartition[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeShareFetchRequestFetchPartition(reader, version))
  return elements
}

function encodeShareFetchRequestFetchPartitionArray(
  writer: ByteWriter,
  elements: ShareFetchRequestFetchPartition[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements) encodeShareFetchRequestFetchPartition(writer, element, version)
}

function decodeShareFetchRequestAcknowledgementBatchArray(
  reader: ByteReader,
  version: number,
): ShareFetchRequestAcknowledgementBatch[] | null {
  const count = readCount(reader, true, 18)
  if (count < 0) return null
  const elements: ShareFetchRequestAcknowledgementBatch[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeShareFetchRequestAcknowledgementBatch(reader, version))
  return elements
}

function encodeShareFetchRequestAcknowledgementBatchArray(
  writer: ByteWriter,
  elements: ShareFetchRequestAcknowledgementBatch[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeShareFetchRequestAcknowledgementBatch(writer, element, version)
}
