/**
 * ShareGroupHeartbeat (API key 76), versions 1 to 1.
 *
 * Generated from definitions/76-share-group-heartbeat.api; do not edit.
 */
import { type ByteReader, type ByteWriter, type Uuid } from '@ottla/base'
import { readCount, writeCount, readInt32Array, writeInt32Array } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface ShareGroupHeartbeatResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  memberId: string | null
  memberEpoch: number
  heartbeatIntervalMs: number
  assignment: ShareGroupHeartbeatResponseAssignment | null
}

export interface ShareGroupHeartbeatResponseAssignment {
  topicPartitions: ShareGroupHeartbeatResponseTopicPartitions[]
}

export interface ShareGroupHeartbeatResponseTopicPartitions {
  topicId: Uuid
  partitions: number[]
}

export function decodeShareGroupHeartbeatResponse(
  reader: ByteReader,
  version: number,
): ShareGroupHeartbeatResponse {
  const flexible = true
  const throttleTimeMs: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  const memberId: string | null = readString(reader, flexible)
  const memberEpoch: number = reader.readInt32()
  const heartbeatIntervalMs: number = reader.readInt32()
  const assignment: ShareGroupHeartbeatResponseAssignment | null =
    reader.readInt8() < 0 ? null : decodeShareGroupHeartbeatResponseAssignment(reader, version)
  if (flexible) skipTaggedFields(reader)
  return {
    throttleTimeMs,
    errorCode,
    errorMessage,
    memberId,
    memberEpoch,
    heartbeatIntervalMs,
    assignment,
  }
}

export function encodeShareGroupHeartbeatResponse(
  writer: ByteWriter,
  message: ShareGroupHeartbeatResponse,
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
  if (message.memberId === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.memberId)
  }
  writer.writeInt32(message.memberEpoch)
  writer.writeInt32(message.heartbeatIntervalMs)
  if (message.assignment === null) {
    writer.writeInt8(-1)
  } else {
    writer.writeInt8(1)
    encodeShareGroupHeartbeatResponseAssignment(writer, message.assignment, version)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeShareGroupHeartbeatResponseAssignment(
  reader: ByteReader,
  version: number,
): ShareGroupHeartbeatResponseAssignment {
  const flexible = true
  const topicPartitions: ShareGroupHeartbeatResponseTopicPartitions[] = notNull(
    reader,
    decodeShareGroupHeartbeatResponseTopicPartitionsArray(reader, version),
    'TopicPartitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { topicPartitions }
}

function encodeShareGroupHeartbeatResponseAssignment(
  writer: ByteWriter,
  message: ShareGroupHeartbeatResponseAssignment,
  version: number,
): void {
  const flexible = true
  encodeShareGroupHeartbeatResponseTopicPartitionsArray(writer, message.topicPartitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeShareGroupHeartbeatResponseTopicPartitions(
  reader: ByteReader,
  _version: number,
): ShareGroupHeartbeatResponseTopicPartitions {
  const flexible = true
  const topicId: Uuid = reader.readUuid()
  const partitions: number[] = notNull(reader, readInt32Array(reader, flexible), 'Partitions')
  if (flexible) skipTaggedFields(reader)
  return { topicId, partitions }
}

function encodeShareGroupHeartbeatResponseTopicPartitions(
  writer: ByteWriter,
  message: ShareGroupHeartbeatResponseTopicPartitions,
  _version: number,
): void {
  const flexible = true
  writer.writeUuid(message.topicId)
  writeInt32Array(writer, flexible, message.partitions)
  if (flexible) writer.writeUint8(0)
}

function decodeShareGroupHeartbeatResponseTopicPartitionsArray(
  reader: ByteReader,
  version: number,
): ShareGroupHeartbeatResponseTopicPartitions[] | null {
  const count = readCount(reader, true, 18)
  if (count < 0) return null
  const elements: ShareGroupHeartbeatResponseTopicPartitions[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeShareGroupHeartbeatResponseTopicPartitions(reader, version))
  return elements
}

function encodeShareGroupHeartbeatResponseTopicPartitionsArray(
  writer: ByteWriter,
  elements: ShareGroupHeartbeatResponseTopicPartitions[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeShareGroupHeartbeatResponseTopicPartitions(writer, element, version)
}
