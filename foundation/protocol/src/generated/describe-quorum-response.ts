/**
 * DescribeQuorum (API key 55), versions 0 to 2.
 *
 * Generated from definitions/55-describe-quorum.api; do not edit.
 */
import { type ByteReader, type ByteWriter, ZERO_UUID, type Uuid } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface DescribeQuorumResponse {
  errorCode: number
  /** Where version >= 2. */
  errorMessage: string | null
  topics: DescribeQuorumResponseTopicData[]
  /** Where version >= 2. */
  nodes: DescribeQuorumResponseNode[]
}

export interface DescribeQuorumResponseTopicData {
  topicName: string
  partitions: DescribeQuorumResponsePartitionData[]
}

export interface DescribeQuorumResponsePartitionData {
  partitionIndex: number
  errorCode: number
  /** Where version >= 2. */
  errorMessage: string | null
  leaderId: number
  leaderEpoch: number
  highWatermark: number
  currentVoters: DescribeQuorumResponseReplicaState[]
  observers: DescribeQuorumResponseReplicaState[]
}

export interface DescribeQuorumResponseReplicaState {
  replicaId: number
  /** Where version >= 2. */
  replicaDirectoryId: Uuid
  logEndOffset: number
  /** Where version >= 1. */
  lastFetchTimestamp: number
  /** Where version >= 1. */
  lastCaughtUpTimestamp: number
}

export interface DescribeQuorumResponseNode {
  nodeId: number
  listeners: DescribeQuorumResponseListener[]
}

export interface DescribeQuorumResponseListener {
  name: string
  host: string
  port: number
}

export function decodeDescribeQuorumResponse(
  reader: ByteReader,
  version: number,
): DescribeQuorumResponse {
  const flexible = true
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = version >= 2 ? readString(reader, flexible) : ''
  const topics: DescribeQuorumResponseTopicData[] = notNull(
    reader,
    decodeDescribeQuorumResponseTopicDataArray(reader, version),
    'Topics',
  )
  const nodes: DescribeQuorumResponseNode[] =
    version >= 2
      ? notNull(reader, decodeDescribeQuorumResponseNodeArray(reader, version), 'Nodes')
      : []
  if (flexible) skipTaggedFields(reader)
  return { errorCode, errorMessage, topics, nodes }
}

export function encodeDescribeQuorumResponse(
  writer: ByteWriter,
  message: DescribeQuorumResponse,
  version: number,
): void {
  const flexible = true
  writer.writeInt16(message.errorCode)
  if (version >= 2) {
    if (message.errorMessage === null) {
      writeNullString(writer, flexible)
    } else {
      writeString(writer, flexible, message.errorMessage)
    }
  }
  encodeDescribeQuorumResponseTopicDataArray(writer, message.topics, version)
  if (version >= 2) {
    encodeDescribeQuorumResponseNodeArray(writer, message.nodes, version)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeQuorumResponseTopicData(
  reader: ByteReader,
  version: number,
): DescribeQuorumResponseTopicData {
  const flexible = true
  const topicName: string = notNull(reader, readString(reader, flexible), 'TopicName')
  const partitions: DescribeQuorumResponsePartitionData[] = notNull(
    reader,
    decodeDescribeQuorumResponsePartitionDataArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { topicName, partitions }
}

function encodeDescribeQuorumResponseTopicData(
  writer: ByteWriter,
  message: DescribeQuorumResponseTopicData,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.topicName)
  encodeDescribeQuorumResponsePartitionDataArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeQuorumResponsePartitionData(
  reader: ByteReader,
  version: number,
): DescribeQuorumResponsePartitionData {
  const flexible = true
  const partitionIndex: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = version >= 2 ? readString(reader, flexible) : ''
  const leaderId: number = reader.readInt32()
  const leaderEpoch: number = reader.readInt32()
  const highWatermark: number = reader.readInt64()
  const currentVoters: DescribeQuorumResponseReplicaState[] = notNull(
    reader,
    decodeDescribeQuorumResponseReplicaStateArray(reader, version),
    'CurrentVoters',
  )
  const observers: DescribeQuorumResponseReplicaState[] = notNull(
    reader,
    decodeDescribeQuorumResponseReplicaStateArray(reader, version),
    'Observers',
  )
  if (flexible) skipTaggedFields(reader)
  return {
    partitionIndex,
    errorCode,
    errorMessage,
    leaderId,
    leaderEpoch,
    highWatermark,
    currentVoters,
    observers,
  }
}

function encodeDescribeQuorumResponsePartitionData(
  writer: ByteWriter,
  message: DescribeQuorumResponsePartitionData,
  version: number,
): void {
  const flexible = true
  writer.writeInt32(message.partitionIndex)
  writer.writeInt16(message.errorCode)
  if (version >= 2) {
    if (message.errorMessage === null) {
      writeNullString(writer, flexible)
    } else {
      writeString(writer, flexible, message.errorMessage)
    }
  }
  writer.writeInt32(message.leaderId)
  writer.writeInt32(message.leaderEpoch)
  writer.writeInt64(message.highWatermark)
  encodeDescribeQuorumResponseReplicaStateArray(writer, message.currentVoters, version)
  encodeDescribeQuorumResponseReplicaStateArray(writer, message.observers, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeQuorumResponseReplicaState(
  reader: ByteReader,
  version: number,
): DescribeQuorumResponseReplicaState {
  const flexible = true
  const replicaId: number = reader.readInt32()
  const replicaDirectoryId: Uuid = version >= 2 ? reader.readUuid() : ZERO_UUID
  const logEndOffset: number = reader.readInt64()
  const lastFetchTimestamp: number = version >= 1 ? reader.readInt64() : -1
  const lastCaughtUpTimestamp: number = version >= 1 ? reader.readInt64() : -1
  if (flexible) skipTaggedFields(reader)
  return { replicaId, replicaDirectoryId, logEndOffset, lastFetchTimestamp, lastCaughtUpTimestamp }
}

function encodeDescribeQuorumResponseReplicaState(
  writer: ByteWriter,
  message: DescribeQuorumResponseReplicaState,
  version: number,
): void {
  const flexible = true
  writer.writeInt32(message.replicaId)
  if (version >= 2) {
    writer.writeUuid(message.replicaDirectoryId)
  }
  writer.writeInt64(message.logEndOffset)
  if (version >= 1) {
    writer.writeInt64(message.lastFetchTimestamp)
  }
  if (version >= 1) {
    writer.writeInt64(message.lastCaughtUpTimestamp)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeQuorumResponseNode(
  reader: ByteReader,
  version: number,
): DescribeQuorumResponseNode {
  const flexible = true
  const nodeId: number = reader.readInt32()
  const listeners: DescribeQuorumResponseListener[] = notNull(
    reader,
    decodeDescribeQuorumResponseListenerArray(reader, version),
    'Listeners',
  )
  if (flexible) skipTaggedFields(reader)
  return { nodeId, listeners }
}

function encodeDescribeQuorumResponseNode(
  writer: ByteWriter,
  message: DescribeQuorumResponseNode,
  version: number,
): void {
  const flexible = true
  writer.writeInt32(message.nodeId)
  encodeDescribeQuorumResponseListenerArray(writer, message.listeners, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeQuorumResponseListener(
  reader: ByteReader,
  _version: number,
): DescribeQuorumResponseListener {
  const flexible = true
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const host: string = notNull(reader, readString(reader, flexible), 'Host')
  const port: number = reader.readUint16()
  if (flexible) skipTaggedFields(reader)
  return { name, host, port }
}

function encodeDescribeQuorumResponseListener(
  writer: ByteWriter,
  message: DescribeQuorumResponseListener,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.name)
  writeString(writer, flexible, message.host)
  writer.writeUint16(message.port)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeQuorumResponseTopicDataArray(
  reader: ByteReader,
  version: number,
): DescribeQuorumResponseTopicData[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: DescribeQuorumResponseTopicData[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeQuorumResponseTopicData(reader, version))
  return elements
}

function encodeDescribeQuorumResponseTopicDataArray(
  writer: ByteWriter,
  elements: DescribeQuorumResponseTopicData[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements) encodeDescribeQuorumResponseTopicData(writer, element, version)
}

function decodeDescribeQuorumResponseNodeArray(
  reader: ByteReader,
  version: number,
): DescribeQuorumResponseNode[] | null {
  const count = readCount(reader, true, 6)
  if (count < 0) return null
  const elements: DescribeQuorumResponseNode[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeQuorumResponseNode(reader, version))
  return elements
}

function encodeDescribeQuorumResponseNodeArray(
  writer: ByteWriter,
  elements: DescribeQuorumResponseNode[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements) encodeDescribeQuorumResponseNode(writer, element, version)
}

function decodeDescribeQuorumResponsePartitionDataArray(
  reader: ByteReader,
  version: number,
): DescribeQuorumResponsePartitionData[] | null {
  const count = readCount(reader, true, 25)
  if (count < 0) return null
  const elements: DescribeQuorumResponsePartitionData[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeQuorumResponsePartitionData(reader, version))
  return elements
}

function encodeDescribeQuorumResponsePartitionDataArray(
  writer: ByteWriter,
  elements: DescribeQuorumResponsePartitionData[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeDescribeQuorumResponsePartitionData(writer, element, version)
}

function decodeDescribeQuorumResponseReplicaStateArray(
  reader: ByteReader,
  version: number,
): DescribeQuorumResponseReplicaState[] | null {
  const count = readCount(reader, true, 13)
  if (count < 0) return null
  const elements: DescribeQuorumResponseReplicaState[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeQuorumResponseReplicaState(reader, version))
  return elements
}

function encodeDescribeQuorumResponseReplicaStateArray(
  writer: ByteWriter,
  elements: DescribeQuorumResponseReplicaState[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements) encodeDescribeQuorumResponseReplicaState(writer, element, version)
}

function decodeDescribeQuorumResponseListenerArray(
  reader: ByteReader,
  version: number,
): DescribeQuorumResponseListener[] | null {
  const count = readCount(reader, true, 5)
  if (count < 0) return null
  const elements: DescribeQuorumResponseListener[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeQuorumResponseListener(reader, version))
  return elements
}

function encodeDescribeQuorumResponseListenerArray(
  writer: ByteWriter,
  elements: DescribeQuorumResponseListener[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements) encodeDescribeQuorumResponseListener(writer, element, version)
}
