/**
 * ConsumerGroupHeartbeat (API key 68), versions 0 to 1.
 *
 * Generated from definitions/68-consumer-group-heartbeat.api; do not edit.
 */
import { type ByteReader, type ByteWriter, type Uuid } from '@ottla/base'
import {
  readCount,
  writeCount,
  readInt32Array,
  writeInt32Array,
  readStringArray,
  writeStringArray,
} from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface ConsumerGroupHeartbeatRequest {
  groupId: string
  memberId: string
  memberEpoch: number
  instanceId: string | null
  rackId: string | null
  rebalanceTimeoutMs: number
  subscribedTopicNames: string[] | null
  /** Where version >= 1. */
  subscribedTopicRegex: string | null
  serverAssignor: string | null
  topicPartitions: ConsumerGroupHeartbeatRequestTopicPartitions[] | null
}

export interface ConsumerGroupHeartbeatRequestTopicPartitions {
  topicId: Uuid
  partitions: number[]
}

export function decodeConsumerGroupHeartbeatRequest(
  reader: ByteReader,
  version: number,
): ConsumerGroupHeartbeatRequest {
  const flexible = true
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const memberId: string = notNull(reader, readString(reader, flexible), 'MemberId')
  const memberEpoch: number = reader.readInt32()
  const instanceId: string | null = readString(reader, flexible)
  const rackId: string | null = readString(reader, flexible)
  const rebalanceTimeoutMs: number = reader.readInt32()
  const subscribedTopicNames: string[] | null = readStringArray(reader, flexible)
  const subscribedTopicRegex: string | null = version >= 1 ? readString(reader, flexible) : null
  const serverAssignor: string | null = readString(reader, flexible)
  const topicPartitions: ConsumerGroupHeartbeatRequestTopicPartitions[] | null =
    decodeConsumerGroupHeartbeatRequestTopicPartitionsArray(reader, version)
  if (flexible) skipTaggedFields(reader)
  return {
    groupId,
    memberId,
    memberEpoch,
    instanceId,
    rackId,
    rebalanceTimeoutMs,
    subscribedTopicNames,
    subscribedTopicRegex,
    serverAssignor,
    topicPartitions,
  }
}

export function encodeConsumerGroupHeartbeatRequest(
  writer: ByteWriter,
  message: ConsumerGroupHeartbeatRequest,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.groupId)
  writeString(writer, flexible, message.memberId)
  writer.writeInt32(message.memberEpoch)
  if (message.instanceId === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.instanceId)
  }
  if (message.rackId === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.rackId)
  }
  writer.writeInt32(message.rebalanceTimeoutMs)
  if (message.subscribedTopicNames === null) {
    writeCount(writer, flexible, -1)
  } else {
    writeStringArray(writer, flexible, message.subscribedTopicNames)
  }
  if (version >= 1) {
    if (message.subscribedTopicRegex === null) {
      writeNullString(writer, flexible)
    } else {
      writeString(writer, flexible, message.subscribedTopicRegex)
    }
  } else if (message.subscribedTopicRegex !== null) {
    throw new UnsupportedFieldError(
      'ConsumerGroupHeartbeatRequest',
      'SubscribedTopicRegex',
      version,
    )
  }
  if (message.serverAssignor === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.serverAssignor)
  }
  if (message.topicPartitions === null) {
    writeCount(writer, flexible, -1)
  } else {
    encodeConsumerGroupHeartbeatRequestTopicPartitionsArray(
      writer,
      message.topicPartitions,
      version,
    )
  }
  if (flexible) writer.writeUint8(0)
}

function decodeConsumerGroupHeartbeatRequestTopicPartitions(
  reader: ByteReader,
  _version: number,
): ConsumerGroupHeartbeatRequestTopicPartitions {
  const flexible = true
  const topicId: Uuid = reader.readUuid()
  const partitions: number[] = notNull(reader, readInt32Array(reader, flexible), 'Partitions')
  if (flexible) skipTaggedFields(reader)
  return { topicId, partitions }
}

function encodeConsumerGroupHeartbeatRequestTopicPartitions(
  writer: ByteWriter,
  message: ConsumerGroupHeartbeatRequestTopicPartitions,
  _version: number,
): void {
  const flexible = true
  writer.writeUuid(message.topicId)
  writeInt32Array(writer, flexible, message.partitions)
  if (flexible) writer.writeUint8(0)
}

function decodeConsumerGroupHeartbeatRequestTopicPartitionsArray(
  reader: ByteReader,
  version: number,
): ConsumerGroupHeartbeatRequestTopicPartitions[] | null {
  const count = readCount(reader, true, 18)
  if (count < 0) return null
  const elements: ConsumerGroupHeartbeatRequestTopicPartitions[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeConsumerGroupHeartbeatRequestTopicPartitions(reader, version))
  return elements
}

function encodeConsumerGroupHeartbeatRequestTopicPartitionsArray(
  writer: ByteWriter,
  elements: ConsumerGroupHeartbeatRequestTopicPartitions[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeConsumerGroupHeartbeatRequestTopicPartitions(writer, element, version)
}
