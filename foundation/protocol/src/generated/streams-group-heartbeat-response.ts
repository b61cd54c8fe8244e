/**
 * StreamsGroupHeartbeat (API key 88), versions 0 to 1.
 *
 * Generated from definitions/88-streams-group-heartbeat.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount, readInt32Array, writeInt32Array } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface StreamsGroupHeartbeatResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  memberId: string
  memberEpoch: number
  heartbeatIntervalMs: number
  /** Where version <= 0. */
  acceptableRecoveryLagLegacy: number
  taskOffsetIntervalMs: number
  /** Where version >= 1. */
  acceptableRecoveryLag: number
  status: StreamsGroupHeartbeatResponseStatus[] | null
  activeTasks: StreamsGroupHeartbeatResponseTaskIds[] | null
  standbyTasks: StreamsGroupHeartbeatResponseTaskIds[] | null
  warmupTasks: StreamsGroupHeartbeatResponseTaskIds[] | null
  /** Where version >= 1. */
  topologyDescriptionRequired: boolean
  endpointInformationEpoch: number
  partitionsByUserEndpoint: StreamsGroupHeartbeatResponseEndpointToPartitions[] | null
}

export interface StreamsGroupHeartbeatResponseStatus {
  statusCode: number
  statusDetail: string
}

export interface StreamsGroupHeartbeatResponseTaskIds {
  subtopologyId: string
  partitions: number[]
}

export interface StreamsGroupHeartbeatResponseEndpointToPartitions {
  userEndpoint: StreamsGroupHeartbeatResponseEndpoint
  activePartitions: StreamsGroupHeartbeatResponseTopicPartition[]
  standbyPartitions: StreamsGroupHeartbeatResponseTopicPartition[]
}

export interface StreamsGroupHeartbeatResponseEndpoint {
  host: string
  port: number
}

export interface StreamsGroupHeartbeatResponseTopicPartition {
  topic: string
  partitions: number[]
}

export function decodeStreamsGroupHeartbeatResponse(
  reader: ByteReader,
  version: number,
): StreamsGroupHeartbeatResponse {
  const flexible = true
  const throttleTimeMs: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  const memberId: string = notNull(reader, readString(reader, flexible), 'MemberId')
  const memberEpoch: number = reader.readInt32()
  const heartbeatIntervalMs: number = reader.readInt32()
  const acceptableRecoveryLagLegacy: number = version <= 0 ? reader.readInt32() : 0
  const taskOffsetIntervalMs: number = reader.readInt32()
  const acceptableRecoveryLag: number = version >= 1 ? reader.readInt64() : -1
  const status: StreamsGroupHeartbeatResponseStatus[] | null =
    decodeStreamsGroupHeartbeatResponseStatusArray(reader, version)
  const activeTasks: StreamsGroupHeartbeatResponseTaskIds[] | null =
    decodeStreamsGroupHeartbeatResponseTaskIdsArray(reader, version)
  const standbyTasks: StreamsGroupHeartbeatResponseTaskIds[] | null =
    decodeStreamsGroupHeartbeatResponseTaskIdsArray(reader, version)
  const warmupTasks: StreamsGroupHeartbeatResponseTaskIds[] | null =
    decodeStreamsGroupHeartbeatResponseTaskIdsArray(reader, version)
  const topologyDescriptionRequired: boolean = version >= 1 ? reader.readBoolean() : false
  const endpointInformationEpoch: number = reader.readInt32()
  const partitionsByUserEndpoint: StreamsGroupHeartbeatResponseEndpointToPartitions[] | null =
    decodeStreamsGroupHeartbeatResponseEndpointToPartitionsArray(reader, version)
  if (flexible) skipTaggedFields(reader)
  return {
    throttleTimeMs,
    errorCode,
    errorMessage,
    memberId,
    memberEpoch,
    heartbeatIntervalMs,
    acceptableRecoveryLagLegacy,
    taskOffsetIntervalMs,
    acceptableRecoveryLag,
    status,
    activeTasks,
    standbyTasks,
    warmupTasks,
    topologyDescriptionRequired,
    endpointInformationEpoch,
    partitionsByUserEndpoint,
  }
}

export function encodeStreamsGroupHeartbeatResponse(
  writer: ByteWriter,
  message: StreamsGroupHeartbeatResponse,
  version: number,
): void {
  const flexible = true
  writer.writeInt32(message.throttleTimeMs)
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  writeString(writer, flexible, message.memberId)
  writer.writeInt32(message.memberEpoch)
  writer.writeInt32(message.heartbeatIntervalMs)
  if (version <= 0) {
    writer.writeInt32(message.acceptableRecoveryLagLegacy)
  }
  writer.writeInt32(message.taskOffsetIntervalMs)
  if (version >= 1) {
    writer.writeInt64(message.acceptableRecoveryLag)
  }
  if (message.status === null) {
    writeCount(writer, flexible, -1)
  } else {
    encodeStreamsGroupHeartbeatResponseStatusArray(writer, message.status, version)
  }
  if (message.activeTasks === null) {
    writeCount(writer, flexible, -1)
  } else {
    encodeStreamsGroupHeartbeatResponseTaskIdsArray(writer, message.activeTasks, version)
  }
  if (message.standbyTasks === null) {
    writeCount(writer, flexible, -1)
  } else {
    encodeStreamsGroupHeartbeatResponseTaskIdsArray(writer, message.standbyTasks, version)
  }
  if (message.warmupTasks === null) {
    writeCount(writer, flexible, -1)
  } else {
    encodeStreamsGroupHeartbeatResponseTaskIdsArray(writer, message.warmupTasks, version)
  }
  if (version >= 1) {
    writer.writeBoolean(message.topologyDescriptionRequired)
  }
  writer.writeInt32(message.endpointInformationEpoch)
  if (message.partitionsByUserEndpoint === null) {
    writeCount(writer, flexible, -1)
  } else {
    encodeStreamsGroupHeartbeatResponseEndpointToPartitionsArray(
      writer,
      message.partitionsByUserEndpoint,
      version,
    )
  }
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupHeartbeatResponseStatus(
  reader: ByteReader,
  _version: number,
): StreamsGroupHeartbeatResponseStatus {
  const flexible = true
  const statusCode: number = reader.readInt8()
  const statusDetail: string = notNull(reader, readString(reader, flexible), 'StatusDetail')
  if (flexible) skipTaggedFields(reader)
  return { statusCode, statusDetail }
}

function encodeStreamsGroupHeartbeatResponseStatus(
  writer: ByteWriter,
  message: StreamsGroupHeartbeatResponseStatus,
  _version: number,
): void {
  const flexible = true
  writer.writeInt8(message.statusCode)
  writeString(writer, flexible, message.statusDetail)
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupHeartbeatResponseTaskIds(
  reader: ByteReader,
  _version: number,
): StreamsGroupHeartbeatResponseTaskIds {
  const flexible = true
  const subtopologyId: string = notNull(reader, readString(reader, flexible), 'SubtopologyId')
  const partitions: number[] = notNull(reader, readInt32Array(reader, flexible), 'Partitions')
  if (flexible) skipTaggedFields(reader)
  return { subtopologyId, partitions }
}

function encodeStreamsGroupHeartbeatResponseTaskIds(
  writer: ByteWriter,
  message: StreamsGroupHeartbeatResponseTaskIds,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.subtopologyId)
  writeInt32Array(writer, flexible, message.partitions)
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupHeartbeatResponseEndpointToPartitions(
  reader: ByteReader,
  version: number,
): StreamsGroupHeartbeatResponseEndpointToPartitions {
  const flexible = true
  const userEndpoint: StreamsGroupHeartbeatResponseEndpoint =
    decodeStreamsGroupHeartbeatResponseEndpoint(reader, version)
  const activePartitions: StreamsGroupHeartbeatResponseTopicPartition[] = notNull(
    reader,
    decodeStreamsGroupHeartbeatResponseTopicPartitionArray(reader, version),
    'ActivePartitions',
  )
  const standbyPartitions: StreamsGroupHeartbeatResponseTopicPartition[] = notNull(
    reader,
    decodeStreamsGroupHeartbeatResponseTopicPartitionArray(reader, version),
    'StandbyPartitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { userEndpoint, activePartitions, standbyPartitions }
}

function encodeStreamsGroupHeartbeatResponseEndpointToPartitions(
  writer: ByteWriter,
  message: StreamsGroupHeartbeatResponseEndpointToPartitions,
  version: number,
): void {
  const flexible = true
  encodeStreamsGroupHeartbeatResponseEndpoint(writer, message.userEndpoint, version)
  encodeStreamsGroupHeartbeatResponseTopicPartitionArray(writer, message.activePartitions, version)
  encodeStreamsGroupHeartbeatResponseTopicPartitionArray(writer, message.standbyPartitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupHeartbeatResponseEndpoint(
  reader: ByteReader,
  _version: number,
): StreamsGroupHeartbeatResponseEndpoint {
  const flexible = true
  const host: string = notNull(reader, readString(reader, flexible), 'Host')
  const port: number = reader.readUint16()
  if (flexible) skipTaggedFields(reader)
  return { host, port }
}

function encodeStreamsGroupHeartbeatResponseEndpoint(
  writer: ByteWriter,
  message: StreamsGroupHeartbeatResponseEndpoint,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.host)
  writer.writeUint16(message.port)
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupHeartbeatResponseTopicPartition(
  reader: ByteReader,
  _version: number,
): StreamsGroupHeartbeatResponseTopicPartition {
  const flexible = true
  const topic: string = notNull(reader, readString(reader, flexible), 'Topic')
  const partitions: number[] = notNull(reader, readInt32Array(reader, flexible), 'Partitions')
  if (flexible) skipTaggedFields(reader)
  return { topic, partitions }
}

function encodeStreamsGroupHeartbeatResponseTopicPartition(
  writer: ByteWriter,
  message: StreamsGroupHeartbeatResponseTopicPartition,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.topic)
  writeInt32Array(writer, flexible, message.partitions)
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupHeartbeatResponseStatusArray(
  reader: ByteReader,
  version: number,
): StreamsGroupHeartbeatResponseStatus[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: StreamsGroupHeartbeatResponseStatus[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeStreamsGroupHeartbeatResponseStatus(reader, version))
  return elements
}

function encodeStreamsGroupHeartbeatResponseStatusArray(
  writer: ByteWriter,
  elements: StreamsGroupHeartbeatResponseStatus[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeStreamsGroupHeartbeatResponseStatus(writer, element, version)
}

function decodeStreamsGroupHeartbeatResponseTaskIdsArray(
  reader: ByteReader,
  version: number,
): StreamsGroupHeartbeatResponseTaskIds[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: StreamsGroupHeartbeatResponseTaskIds[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeStreamsGroupHeartbeatResponseTaskIds(reader, version))
  return elements
}

function encodeStreamsGroupHeartbeatResponseTaskIdsArray(
  writer: ByteWriter,
  elements: StreamsGroupHeartbeatResponseTaskIds[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeStreamsGroupHeartbeatResponseTaskIds(writer, element, version)
}

function decodeStreamsGroupHeartbeatResponseEndpointToPartitionsArray(
  reader: ByteReader,
  version: number,
): StreamsGroupHeartbeatResponseEndpointToPartitions[] | null {
  const count = readCount(reader, true, 7)
  if (count < 0) return null
  const elements: StreamsGroupHeartbeatResponseEndpointToPartitions[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeStreamsGroupHeartbeatResponseEndpointToPartitions(reader, version))
  return elements
}

function encodeStreamsGroupHeartbeatResponseEndpointToPartitionsArray(
  writer: ByteWriter,
  elements: StreamsGroupHeartbeatResponseEndpointToPartitions[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeStreamsGroupHeartbeatResponseEndpointToPartitions(writer, element, version)
}

function decodeStreamsGroupHeartbeatResponseTopicPartitionArray(
  reader: ByteReader,
  version: number,
): StreamsGroupHeartbeatResponseTopicPartition[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: StreamsGroupHeartbeatResponseTopicPartition[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeStreamsGroupHeartbeatResponseTopicPartition(reader, version))
  return elements
}

function encodeStreamsGroupHeartbeatResponseTopicPartitionArray(
  writer: ByteWriter,
  elements: StreamsGroupHeartbeatResponseTopicPartition[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeStreamsGroupHeartbeatResponseTopicPartition(writer, element, version)
}
