/**
 * ConsumerGroupHeartbeat (API key 68), versions 0 to 1.
 *
 * Generated from definitions/68-consumer-group-heartbeat.api; do not edit.
 */
import { type ByteReader, type ByteWriter, type Uuid } from '@ottla/base'
import { readCount, writeCount, readInt32Array, writeInt32Array } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface ConsumerGroupHeartbeatResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  memberId: string | null
  memberEpoch: number
  heartbeatIntervalMs: number
  assignment: ConsumerGroupHeartbeatResponseAssignment | null
}

export interface ConsumerGroupHeartbeatResponseAssignment {
  topicPartitions: ConsumerGroupHeartbeatResponseTopicPartitions[]
}

export interface ConsumerGroupHeartbeatResponseTopicPartitions {
  topicId: Uuid
  partitions: number[]
}

export function decodeConsumerGroupHeartbeatResponse(
  reader: ByteReader,
  version: number,
): ConsumerGroupHeartbeatResponse {
  const flexible = true
  const throttleTimeMs: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  const memberId: string | null = readString(reader, flexible)
  const memberEpoch: number = reader.readInt32()
  const heartbeatIntervalMs: number = reader.readInt32()
  const assignment: ConsumerGroupHeartbeatResponseAssignment | null =
    reader.readInt8() < 0 ? null : decodeConsumerGroupHeartbeatResponseAssignment(reader, version)
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

export function encodeConsumerGroupHeartbeatResponse(
  writer: ByteWriter,
  message: ConsumerGroupHeartbeatResponse,
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
    encodeConsumerGroupHeartbeatResponseAssignment(writer, message.assignment, version)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeConsumerGroupHeartbeatResponseAssignment(
  reader: ByteReader,
  version: number,
): ConsumerGroupHeartbeatResponseAssignment {
  const flexible = true
  const topicPartitions: ConsumerGroupHeartbeatResponseTopicPartitions[] = notNull(
    reader,
    decodeConsumerGroupHeartbeatResponseTopicPartitionsArray(reader, version),
    'TopicPartitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { topicPartitions }
}

function encodeConsumerGroupHeartbeatResponseAssignment(
  writer: ByteWriter,
  message: ConsumerGroupHeartbeatResponseAssignment,
  version: number,
): void {
  const flexible = true
  encodeConsumerGroupHeartbeatResponseTopicPartitionsArray(writer, message.topicPartitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeConsumerGroupHeartbeatResponseTopicPartitions(
  reader: ByteReader,
  _version: number,
): ConsumerGroupHeartbeatResponseTopicPartitions {
  const flexible = true
  const topicId: Uuid = reader.readUuid()
  const partitions: number[] = notNull(reader, readInt32Array(reader, flexible), 'Partitions')
  if (flexible) skipTaggedFields(reader)
  return { topicId, partitions }
}

function encodeConsumerGroupHeartbeatResponseTopicPartitions(
  writer: ByteWriter,
  message: ConsumerGroupHeartbeatResponseTopicPartitions,
  _version: number,
): void {
  const flexible = true
  writer.writeUuid(message.topicId)
  writeInt32Array(writer, flexible, message.partitions)
  if (flexible) writer.writeUint8(0)
}

function decodeConsumerGroupHeartbeatResponseTopicPartitionsArray(
  reader: ByteReader,
  version: number,
): ConsumerGroupHeartbeatResponseTopicPartitions[] | null {
  const count = readCount(reader, true, 18)
  if (count < 0) return null
  const elements: ConsumerGroupHeartbeatResponseTopicPartitions[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeConsumerGroupHeartbeatResponseTopicPartitions(reader, version))
  return elements
}

function encodeConsumerGroupHeartbeatResponseTopicPartitionsArray(
  writer: ByteWriter,
  elements: ConsumerGroupHeartbeatResponseTopicPartitions[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeConsumerGroupHeartbeatResponseTopicPartitions(writer, element, version)
}
