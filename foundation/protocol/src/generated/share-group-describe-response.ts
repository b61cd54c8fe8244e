/**
 * ShareGroupDescribe (API key 77), versions 1 to 1.
 *
 * Generated from definitions/77-share-group-describe.api; do not edit.
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

export interface ShareGroupDescribeResponse {
  throttleTimeMs: number
  groups: ShareGroupDescribeResponseDescribedGroup[]
}

export interface ShareGroupDescribeResponseDescribedGroup {
  errorCode: number
  errorMessage: string | null
  groupId: string
  groupState: string
  groupEpoch: number
  assignmentEpoch: number
  assignorName: string
  members: ShareGroupDescribeResponseMember[]
  authorizedOperations: number
}

export interface ShareGroupDescribeResponseMember {
  memberId: string
  rackId: string | null
  memberEpoch: number
  clientId: string
  clientHost: string
  subscribedTopicNames: string[]
  assignment: ShareGroupDescribeResponseAssignment
}

export interface ShareGroupDescribeResponseAssignment {
  topicPartitions: ShareGroupDescribeResponseTopicPartitions[]
}

export interface ShareGroupDescribeResponseTopicPartitions {
  topicId: Uuid
  topicName: string
  partitions: number[]
}

export function decodeShareGroupDescribeResponse(
  reader: ByteReader,
  version: number,
): ShareGroupDescribeResponse {
  const flexible = true
  const throttleTimeMs: number = reader.readInt32()
  const groups: ShareGroupDescribeResponseDescribedGroup[] = notNull(
    reader,
    decodeShareGroupDescribeResponseDescribedGroupArray(reader, version),
    'Groups',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, groups }
}

export function encodeShareGroupDescribeResponse(
  writer: ByteWriter,
  message: ShareGroupDescribeResponse,
  version: number,
): void {
  const flexible = true
  writer.writeInt32(message.throttleTimeMs)
  encodeShareGroupDescribeResponseDescribedGroupArray(writer, message.groups, version)
  if (flexible) writer.writeUint8(0)
}

function decodeShareGroupDescribeResponseDescribedGroup(
  reader: ByteReader,
  version: number,
): ShareGroupDescribeResponseDescribedGroup {
  const flexible = true
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const groupState: string = notNull(reader, readString(reader, flexible), 'GroupState')
  const groupEpoch: number = reader.readInt32()
  const assignmentEpoch: number = reader.readInt32()
  const assignorName: string = notNull(reader, readString(reader, flexible), 'AssignorName')
  const members: ShareGroupDescribeResponseMember[] = notNull(
    reader,
    decodeShareGroupDescribeResponseMemberArray(reader, version),
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

function encodeShareGroupDescribeResponseDescribedGroup(
  writer: ByteWriter,
  message: ShareGroupDescribeResponseDescribedGroup,
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
  encodeShareGroupDescribeResponseMemberArray(writer, message.members, version)
  writer.writeInt32(message.authorizedOperations)
  if (flexible) writer.writeUint8(0)
}

function decodeShareGroupDescribeResponseMember(
  reader: ByteReader,
  version: number,
): ShareGroupDescribeResponseMember {
  const flexible = true
  const memberId: string = notNull(reader, readString(reader, flexible), 'MemberId')
  const rackId: string | null = readString(reader, flexible)
  const memberEpoch: number = reader.readInt32()
  const clientId: string = notNull(reader, readString(reader, flexible), 'ClientId')
  const clientHost: string = notNull(reader, readString(reader, flexible), 'ClientHost')
  const subscribedTopicNames: string[] = notNull(
    reader,
    readStringArray(reader, flexible),
    'SubscribedTopicNames',
  )
  const assignment: ShareGroupDescribeResponseAssignment =
    decodeShareGroupDescribeResponseAssignment(reader, version)
  if (flexible) skipTaggedFields(reader)
  return { memberId, rackId, memberEpoch, clientId, clientHost, subscribedTopicNames, assignment }
}

function encodeShareGroupDescribeResponseMember(
  writer: ByteWriter,
  message: ShareGroupDescribeResponseMember,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.memberId)
  if (message.rackId === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.rackId)
  }
  writer.writeInt32(message.memberEpoch)
  writeString(writer, flexible, message.clientId)
  writeString(writer, flexible, message.clientHost)
  writeStringArray(writer, flexible, message.subscribedTopicNames)
  encodeShareGroupDescribeResponseAssignment(writer, message.assignment, version)
  if (flexible) writer.writeUint8(0)
}

function decodeShareGroupDescribeResponseAssignment(
  reader: ByteReader,
  version: number,
): ShareGroupDescribeResponseAssignment {
  const flexible = true
  const topicPartitions: ShareGroupDescribeResponseTopicPartitions[] = notNull(
    reader,
    decodeShareGroupDescribeResponseTopicPartitionsArray(reader, version),
    'TopicPartitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { topicPartitions }
}

function encodeShareGroupDescribeResponseAssignment(
  writer: ByteWriter,
  message: ShareGroupDescribeResponseAssignment,
  version: number,
): void {
  const flexible = true
  encodeShareGroupDescribeResponseTopicPartitionsArray(writer, message.topicPartitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeShareGroupDescribeResponseTopicPartitions(
  reader: ByteReader,
  _version: number,
): ShareGroupDescribeResponseTopicPartitions {
  const flexible = true
  const topicId: Uuid = reader.readUuid()
  const topicName: string = notNull(reader, readString(reader, flexible), 'TopicName')
  const partitions: number[] = notNull(reader, readInt32Array(reader, flexible), 'Partitions')
  if (flexible) skipTaggedFields(reader)
  return { topicId, topicName, partitions }
}

function encodeShareGroupDescribeResponseTopicPartitions(
  writer: ByteWriter,
  message: ShareGroupDescribeResponseTopicPartitions,
  _version: number,
): void {
  const flexible = true
  writer.writeUuid(message.topicId)
  writeString(writer, flexible, message.topicName)
  writeInt32Array(writer, flexible, message.partitions)
  if (flexible) writer.writeUint8(0)
}

function decodeShareGroupDescribeResponseDescribedGroupArray(
  reader: ByteReader,
  version: number,
): ShareGroupDescribeResponseDescribedGroup[] | null {
  const count = readCount(reader, true, 20)
  if (count < 0) return null
  const elements: ShareGroupDescribeResponseDescribedGroup[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeShareGroupDescribeResponseDescribedGroup(reader, version))
  return elements
}

function encodeShareGroupDescribeResponseDescribedGroupArray(
  writer: ByteWriter,
  elements: ShareGroupDescribeResponseDescribedGroup[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeShareGroupDescribeResponseDescribedGroup(writer, element, version)
}

function decodeShareGroupDescribeResponseMemberArray(
  reader: ByteReader,
  version: number,
): ShareGroupDescribeResponseMember[] | null {
  const count = readCount(reader, true, 12)
  if (count < 0) return null
  const elements: ShareGroupDescribeResponseMember[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeShareGroupDescribeResponseMember(reader, version))
  return elements
}

function encodeShareGroupDescribeResponseMemberArray(
  writer: ByteWriter,
  elements: ShareGroupDescribeResponseMember[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements) encodeShareGroupDescribeResponseMember(writer, element, version)
}

function decodeShareGroupDescribeResponseTopicPartitionsArray(
  reader: ByteReader,
  version: number,
): ShareGroupDescribeResponseTopicPartitions[] | null {
  const count = readCount(reader, true, 19)
  if (count < 0) return null
  const elements: ShareGroupDescribeResponseTopicPartitions[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeShareGroupDescribeResponseTopicPartitions(reader, version))
  return elements
}

function encodeShareGroupDescribeResponseTopicPartitionsArray(
  writer: ByteWriter,
  elements: ShareGroupDescribeResponseTopicPartitions[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeShareGroupDescribeResponseTopicPartitions(writer, element, version)
}
