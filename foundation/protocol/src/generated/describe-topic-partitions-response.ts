/**
 * DescribeTopicPartitions (API key 75), versions 0 to 0.
 *
 * Generated from definitions/75-describe-topic-partitions.api; do not edit.
 */
import { type ByteReader, type ByteWriter, type Uuid } from '@ottla/base'
import { readCount, writeCount, readInt32Array, writeInt32Array } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface DescribeTopicPartitionsResponse {
  throttleTimeMs: number
  topics: DescribeTopicPartitionsResponseTopic[]
  nextCursor: DescribeTopicPartitionsResponseCursor | null
}

export interface DescribeTopicPartitionsResponseTopic {
  errorCode: number
  name: string | null
  topicId: Uuid
  isInternal: boolean
  partitions: DescribeTopicPartitionsResponsePartition[]
  topicAuthorizedOperations: number
}

export interface DescribeTopicPartitionsResponsePartition {
  errorCode: number
  partitionIndex: number
  leaderId: number
  leaderEpoch: number
  replicaNodes: number[]
  isrNodes: number[]
  eligibleLeaderReplicas: number[] | null
  lastKnownElr: number[] | null
  offlineReplicas: number[]
}

export interface DescribeTopicPartitionsResponseCursor {
  topicName: string
  partitionIndex: number
}

export function decodeDescribeTopicPartitionsResponse(
  reader: ByteReader,
  version: number,
): DescribeTopicPartitionsResponse {
  const flexible = true
  const throttleTimeMs: number = reader.readInt32()
  const topics: DescribeTopicPartitionsResponseTopic[] = notNull(
    reader,
    decodeDescribeTopicPartitionsResponseTopicArray(reader, version),
    'Topics',
  )
  const nextCursor: DescribeTopicPartitionsResponseCursor | null =
    reader.readInt8() < 0 ? null : decodeDescribeTopicPartitionsResponseCursor(reader, version)
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, topics, nextCursor }
}

export function encodeDescribeTopicPartitionsResponse(
  writer: ByteWriter,
  message: DescribeTopicPartitionsResponse,
  version: number,
): void {
  const flexible = true
  writer.writeInt32(message.throttleTimeMs)
  encodeDescribeTopicPartitionsResponseTopicArray(writer, message.topics, version)
  if (message.nextCursor === null) {
    writer.writeInt8(-1)
  } else {
    writer.writeInt8(1)
    encodeDescribeTopicPartitionsResponseCursor(writer, message.nextCursor, version)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeTopicPartitionsResponseTopic(
  reader: ByteReader,
  version: number,
): DescribeTopicPartitionsResponseTopic {
  const flexible = true
  const errorCode: number = reader.readInt16()
  const name: string | null = readString(reader, flexible)
  const topicId: Uuid = reader.readUuid()
  const isInternal: boolean = reader.readBoolean()
  const partitions: DescribeTopicPartitionsResponsePartition[] = notNull(
    reader,
    decodeDescribeTopicPartitionsResponsePartitionArray(reader, version),
    'Partitions',
  )
  const topicAuthorizedOperations: number = reader.readInt32()
  if (flexible) skipTaggedFields(reader)
  return { errorCode, name, topicId, isInternal, partitions, topicAuthorizedOperations }
}

function encodeDescribeTopicPartitionsResponseTopic(
  writer: ByteWriter,
  message: DescribeTopicPartitionsResponseTopic,
  version: number,
): void {
  const flexible = true
  writer.writeInt16(message.errorCode)
  if (message.name === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.name)
  }
  writer.writeUuid(message.topicId)
  writer.writeBoolean(message.isInternal)
  encodeDescribeTopicPartitionsResponsePartitionArray(writer, message.partitions, version)
  writer.writeInt32(message.topicAuthorizedOperations)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeTopicPartitionsResponsePartition(
  reader: ByteReader,
  _version: number,
): DescribeTopicPartitionsResponsePartition {
  const flexible = true
  const errorCode: number = reader.readInt16()
  const partitionIndex: number = reader.readInt32()
  const leaderId: number = reader.readInt32()
  const leaderEpoch: number = reader.readInt32()
  const replicaNodes: number[] = notNull(reader, readInt32Array(reader, flexible), 'ReplicaNodes')
  const isrNodes: number[] = notNull(reader, readInt32Array(reader, flexible), 'IsrNodes')
  const eligibleLeaderReplicas: number[] | null = readInt32Array(reader, flexible)
  const lastKnownElr: number[] | null = readInt32Array(reader, flexible)
  const offlineReplicas: number[] = notNull(
    reader,
    readInt32Array(reader, flexible),
    'OfflineReplicas',
  )
  if (flexible) skipTaggedFields(reader)
  return {
    errorCode,
    partitionIndex,
    leaderId,
    leaderEpoch,
    replicaNodes,
    isrNodes,
    eligibleLeaderReplicas,
    lastKnownElr,
    offlineReplicas,
  }
}

function encodeDescribeTopicPartitionsResponsePartition(
  writer: ByteWriter,
  message: DescribeTopicPartitionsResponsePartition,
  _version: number,
): void {
  const flexible = true
  writer.writeInt16(message.errorCode)
  writer.writeInt32(message.partitionIndex)
  writer.writeInt32(message.leaderId)
  writer.writeInt32(message.leaderEpoch)
  writeInt32Array(writer, flexible, message.replicaNodes)
  writeInt32Array(writer, flexible, message.isrNodes)
  if (message.eligibleLeaderReplicas === null) {
    writeCount(writer, flexible, -1)
  } else {
    writeInt32Array(writer, flexible, message.eligibleLeaderReplicas)
  }
  if (message.lastKnownElr === null) {
    writeCount(writer, flexible, -1)
  } else {
    writeInt32Array(writer, flexible, message.lastKnownElr)
  }
  writeInt32Array(writer, flexible, message.offlineReplicas)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeTopicPartitionsResponseCursor(
  reader: ByteReader,
  _version: number,
): DescribeTopicPartitionsResponseCursor {
  const flexible = true
  const topicName: string = notNull(reader, readString(reader, flexible), 'TopicName')
  const partitionIndex: number = reader.readInt32()
  if (flexible) skipTaggedFields(reader)
  return { topicName, partitionIndex }
}

function encodeDescribeTopicPartitionsResponseCursor(
  writer: ByteWriter,
  message: DescribeTopicPartitionsResponseCursor,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.topicName)
  writer.writeInt32(message.partitionIndex)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeTopicPartitionsResponseTopicArray(
  reader: ByteReader,
  version: number,
): DescribeTopicPartitionsResponseTopic[] | null {
  const count = readCount(reader, true, 26)
  if (count < 0) return null
  const elements: DescribeTopicPartitionsResponseTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeTopicPartitionsResponseTopic(reader, version))
  return elements
}

function encodeDescribeTopicPartitionsResponseTopicArray(
  writer: ByteWriter,
  elements: DescribeTopicPartitionsResponseTopic[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeDescribeTopicPartitionsResponseTopic(writer, element, version)
}

function decodeDescribeTopicPartitionsResponsePartitionArray(
  reader: ByteReader,
  version: number,
): DescribeTopicPartitionsResponsePartition[] | null {
  const count = readCount(reader, true, 20)
  if (count < 0) return null
  const elements: DescribeTopicPartitionsResponsePartition[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeTopicPartitionsResponsePartition(reader, version))
  return elements
}

function encodeDescribeTopicPartitionsResponsePartitionArray(
  writer: ByteWriter,
  elements: DescribeTopicPartitionsResponsePartition[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeDescribeTopicPartitionsResponsePartition(writer, element, version)
}
