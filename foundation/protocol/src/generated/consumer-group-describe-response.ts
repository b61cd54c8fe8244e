/**
 * ConsumerGroupDescribe (API key 69), versions 0 to 1.
 *
 * Generated from definitions/69-consumer-group-describe.api; do not edit.
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

export interface ConsumerGroupDescribeResponse {
  throttleTimeMs: number
  groups: ConsumerGroupDescribeResponseDescribedGroup[]
}

export interface ConsumerGroupDescribeResponseDescribedGroup {
  errorCode: number
  errorMessage: string | null
  groupId: string
  groupState: string
  groupEpoch: number
  assignmentEpoch: number
  assignorName: string
  members: ConsumerGroupDescribeResponseMember[]
  authorizedOperations: number
}

export interface ConsumerGroupDescribeResponseMember {
  memberId: string
  instanceId: string | null
  rackId: string | null
  memberEpoch: number
  clientId: string
  clientHost: string
  subscribedTopicNames: string[]
  subscribedTopicRegex: string | null
  assignment: ConsumerGroupDescribeResponseAssignment
  targetAssignment: ConsumerGroupDescribeResponseAssignment
  /** Where version >= 1. */
  memberType: number
}

export interface ConsumerGroupDescribeResponseAssignment {
  topicPartitions: ConsumerGroupDescribeResponseTopicPartitions[]
}

export interface ConsumerGroupDescribeResponseTopicPartitions {
  topicId: Uuid
  topicName: string
  partitions: number[]
}

export function decodeConsumerGroupDescribeResponse(
  reader: ByteReader,
  version: number,
): ConsumerGroupDescribeResponse {
  const flexible = true
  const throttleTimeMs: number = reader.readInt32()
  const groups: ConsumerGroupDescribeResponseDescribedGroup[] = notNull(
    reader,
    decodeConsumerGroupDescribeResponseDescribedGroupArray(reader, version),
    'Groups',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, groups }
}

export function encodeConsumerGroupDescribeResponse(
  writer: ByteWriter,
  message: ConsumerGroupDescribeResponse,
  version: number,
): void {
  const flexible = true
  writer.writeInt32(message.throttleTimeMs)
  encodeConsumerGroupDescribeResponseDescribedGroupArray(writer, message.groups, version)
  if (flexible) writer.writeUint8(0)
}

function decodeConsumerGroupDescribeResponseDescribedGroup(
  reader: ByteReader,
  version: number,
): ConsumerGroupDescribeResponseDescribedGroup {
  const flexible = true
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const groupState: string = notNull(reader, readString(reader, flexible), 'GroupState')
  const groupEpoch: number = reader.readInt32()
  const assignmentEpoch: number = reader.readInt32()
  const assignorName: string = notNull(reader, readString(reader, flexible), 'AssignorName')
  const members: ConsumerGroupDescribeResponseMember[] = notNull(
    reader,
    decodeConsumerGroupDescribeResponseMemberArray(reader, version),
    'Members',
  )
  const authorizedOperations: number = reader.readInt32()
  if (flexible) skipTaggedFields(reader)
  return {
    errorCode,
    errorMessage,
    groupId,
    groupState,
    groupEpoch,
    assignmentEpoch,
    assignorName,
    members,
    authorizedOperations,
  }
}

function encodeConsumerGroupDescribeResponseDescribedGroup(
  writer: ByteWriter,
  message: ConsumerGroupDescribeResponseDescribedGroup,
  version: number,
): void {
  const flexible = true
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  writeString(writer, flexible, message.groupId)
  writeString(writer, flexible, message.groupState)
  writer.writeInt32(message.groupEpoch)
  writer.writeInt32(message.assignmentEpoch)
  writeString(writer, flexible, message.assignorName)
  encodeConsumerGroupDescribeResponseMemberArray(writer, message.members, version)
  writer.writeInt32(message.authorizedOperations)
  if (flexible) writer.writeUint8(0)
}

function decodeConsumerGroupDescribeResponseMember(
  reader: ByteReader,
  version: number,
): ConsumerGroupDescribeResponseMember {
  const flexible = true
  const memberId: string = notNull(reader, readString(reader, flexible), 'MemberId')
  const instanceId: string | null = readString(reader, flexible)
  const rackId: string | null = readString(reader, flexible)
  const memberEpoch: number = reader.readInt32()
  const clientId: string = notNull(reader, readString(reader, flexible), 'ClientId')
  const clientHost: string = notNull(reader, readString(reader, flexible), 'ClientHost')
  const subscribedTopicNames: string[] = notNull(
    reader,
    readStringArray(reader, flexible),
    'SubscribedTopicNames',
  )
  const subscribedTopicRegex: string | null = readString(reader, flexible)
  const assignment: ConsumerGroupDescribeResponseAssignment =
    decodeConsumerGroupDescribeResponseAssignment(reader, version)
  const targetAssignment: ConsumerGroupDescribeResponseAssignment =
    decodeConsumerGroupDescribeResponseAssignment(reader, version)
  const memberType: number = version >= 1 ? reader.readInt8() : -1
  if (flexible) skipTaggedFields(reader)
  return {
    memberId,
    instanceId,
    rackId,
    memberEpoch,
    clientId,
    clientHost,
    subscribedTopicNames,
    subscribedTopicRegex,
    assignment,
    targetAssignment,
    memberType,
  }
}

function encodeConsumerGroupDescribeResponseMember(
  writer: ByteWriter,
  message: ConsumerGroupDescribeResponseMember,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.memberId)
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
  writer.writeInt32(message.memberEpoch)
  writeString(writer, flexible, message.clientId)
  writeString(writer, flexible, message.clientHost)
  writeStringArray(writer, flexible, message.subscribedTopicNames)
  if (message.subscribedTopicRegex === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.subscribedTopicRegex)
  }
  encodeConsumerGroupDescribeResponseAssignment(writer, message.assignment, version)
  encodeConsumerGroupDescribeResponseAssignment(writer, message.targetAssignment, version)
  if (version >= 1) {
    writer.writeInt8(message.memberType)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeConsumerGroupDescribeResponseAssignment(
  reader: ByteReader,
  version: number,
): ConsumerGroupDescribeResponseAssignment {
  const flexible = true
  const topicPartitions: ConsumerGroupDescribeResponseTopicPartitions[] = notNull(
    reader,
    decodeConsumerGroupDescribeResponseTopicPartitionsArray(reader, version),
    'TopicPartitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { topicPartitions }
}

function encodeConsumerGroupDescribeResponseAssignment(
  writer: ByteWriter,
  message: ConsumerGroupDescribeResponseAssignment,
  version: number,
): void {
  const flexible = true
  encodeConsumerGroupDescribeResponseTopicPartitionsArray(writer, message.topicPartitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeConsumerGroupDescribeResponseTopicPartitions(
  reader: ByteReader,
  _version: number,
): ConsumerGroupDescribeResponseTopicPartitions {
  const flexible = true
  const topicId: Uuid = reader.readUuid()
  const topicName: string = notNull(reader, readString(reader, flexible), 'TopicName')
  const partitions: number[] = notNull(reader, readInt32Array(reader, flexible), 'Partitions')
  if (flexible) skipTaggedFields(reader)
  return { topicId, topicName, partitions }
}

function encodeConsumerGroupDescribeResponseTopicPartitions(
  writer: ByteWriter,
  message: ConsumerGroupDescribeResponseTopicPartitions,
  _version: number,
): void {
  const flexible = true
  writer.writeUuid(message.topicId)
  writeString(writer, flexible, message.topicName)
  writeInt32Array(writer, flexible, message.partitions)
  if (flexible) writer.writeUint8(0)
}

function decodeConsumerGroupDescribeResponseDescribedGroupArray(
  reader: ByteReader,
  version: number,
): ConsumerGroupDescribeResponseDescribedGroup[] | null {
  const count = readCount(reader, true, 20)
  if (count < 0) return null
  const elements: ConsumerGroupDescribeResponseDescribedGroup[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeConsumerGroupDescribeResponseDescribedGroup(reader, version))
  return elements
}

function encodeConsumerGroupDescribeResponseDescribedGroupArray(
  writer: ByteWriter,
  elements: ConsumerGroupDescribeResponseDescribedGroup[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeConsumerGroupDescribeResponseDescribedGroup(writer, element, version)
}

function decodeConsumerGroupDescribeResponseMemberArray(
  reader: ByteReader,
  version: number,
): ConsumerGroupDescribeResponseMember[] | null {
  const count = readCount(reader, true, 16)
  if (count < 0) return null
  const elements: ConsumerGroupDescribeResponseMember[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeConsumerGroupDescribeResponseMember(reader, version))
  return elements
}

function encodeConsumerGroupDescribeResponseMemberArray(
  writer: ByteWriter,
  elements: ConsumerGroupDescribeResponseMember[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeConsumerGroupDescribeResponseMember(writer, element, version)
}

function decodeConsumerGroupDescribeResponseTopicPartitionsArray(
  reader: ByteReader,
  version: number,
): ConsumerGroupDescribeResponseTopicPartitions[] | null {
  const count = readCount(reader, true, 19)
  if (count < 0) return null
  const elements: ConsumerGroupDescribeResponseTopicPartitions[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeConsumerGroupDescribeResponseTopicPartitions(reader, version))
  return elements
}

function encodeConsumerGroupDescribeResponseTopicPartitionsArray(
  writer: ByteWriter,
  elements: ConsumerGroupDescribeResponseTopicPartitions[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeConsumerGroupDescribeResponseTopicPartitions(writer, element, version)
}
