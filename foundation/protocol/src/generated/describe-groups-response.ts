/**
 * DescribeGroups (API key 15), versions 0 to 6.
 *
 * Generated from definitions/15-describe-groups.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { readBytes, writeBytes } from '../wire/byte-fields.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface DescribeGroupsResponse {
  /** Where version >= 1. */
  throttleTimeMs: number
  groups: DescribeGroupsResponseDescribedGroup[]
}

export interface DescribeGroupsResponseDescribedGroup {
  errorCode: number
  /** Where version >= 6. */
  errorMessage: string | null
  groupId: string
  groupState: string
  protocolType: string
  protocolData: string
  members: DescribeGroupsResponseDescribedGroupMember[]
  /** Where version >= 3. */
  authorizedOperations: number
}

export interface DescribeGroupsResponseDescribedGroupMember {
  memberId: string
  /** Where version >= 4. */
  groupInstanceId: string | null
  clientId: string
  clientHost: string
  memberMetadata: Buffer
  memberAssignment: Buffer
}

export function decodeDescribeGroupsResponse(
  reader: ByteReader,
  version: number,
): DescribeGroupsResponse {
  const flexible = version >= 5
  const throttleTimeMs: number = version >= 1 ? reader.readInt32() : 0
  const groups: DescribeGroupsResponseDescribedGroup[] = notNull(
    reader,
    decodeDescribeGroupsResponseDescribedGroupArray(reader, version),
    'Groups',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, groups }
}

export function encodeDescribeGroupsResponse(
  writer: ByteWriter,
  message: DescribeGroupsResponse,
  version: number,
): void {
  const flexible = version >= 5
  if (version >= 1) {
    writer.writeInt32(message.throttleTimeMs)
  }
  encodeDescribeGroupsResponseDescribedGroupArray(writer, message.groups, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeGroupsResponseDescribedGroup(
  reader: ByteReader,
  version: number,
): DescribeGroupsResponseDescribedGroup {
  const flexible = version >= 5
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = version >= 6 ? readString(reader, flexible) : null
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const groupState: string = notNull(reader, readString(reader, flexible), 'GroupState')
  const protocolType: string = notNull(reader, readString(reader, flexible), 'ProtocolType')
  const protocolData: string = notNull(reader, readString(reader, flexible), 'ProtocolData')
  const members: DescribeGroupsResponseDescribedGroupMember[] = notNull(
    reader,
    decodeDescribeGroupsResponseDescribedGroupMemberArray(reader, version),
    'Members',
  )
  const authorizedOperations: number = version >= 3 ? reader.readInt32() : -2147483648
  if (flexible) skipTaggedFields(reader)
  return {
    errorCode,
    errorMessage,
    groupId,
    groupState,
    protocolType,
    protocolData,
    members,
    authorizedOperations,
  }
}

function encodeDescribeGroupsResponseDescribedGroup(
  writer: ByteWriter,
  message: DescribeGroupsResponseDescribedGroup,
  version: number,
): void {
  const flexible = version >= 5
  writer.writeInt16(message.errorCode)
  if (version >= 6) {
    if (message.errorMessage === null) {
      writeNullString(writer, flexible)
    } else {
      writeString(writer, flexible, message.errorMessage)
    }
  }
  writeString(writer, flexible, message.groupId)
  writeString(writer, flexible, message.groupState)
  writeString(writer, flexible, message.protocolType)
  writeString(writer, flexible, message.protocolData)
  encodeDescribeGroupsResponseDescribedGroupMemberArray(writer, message.members, version)
  if (version >= 3) {
    writer.writeInt32(message.authorizedOperations)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeGroupsResponseDescribedGroupMember(
  reader: ByteReader,
  version: number,
): DescribeGroupsResponseDescribedGroupMember {
  const flexible = version >= 5
  const memberId: string = notNull(reader, readString(reader, flexible), 'MemberId')
  const groupInstanceId: string | null = version >= 4 ? readString(reader, flexible) : null
  const clientId: string = notNull(reader, readString(reader, flexible), 'ClientId')
  const clientHost: string = notNull(reader, readString(reader, flexible), 'ClientHost')
  const memberMetadata: Buffer = notNull(reader, readBytes(reader, flexible), 'MemberMetadata')
  const memberAssignment: Buffer = notNull(reader, readBytes(reader, flexible), 'MemberAssignment')
  if (flexible) skipTaggedFields(reader)
  return { memberId, groupInstanceId, clientId, clientHost, memberMetadata, memberAssignment }
}

function encodeDescribeGroupsResponseDescribedGroupMember(
  writer: ByteWriter,
  message: DescribeGroupsResponseDescribedGroupMember,
  version: number,
): void {
  const flexible = version >= 5
  writeString(writer, flexible, message.memberId)
  if (version >= 4) {
    if (message.groupInstanceId === null) {
      writeNullString(writer, flexible)
    } else {
      writeString(writer, flexible, message.groupInstanceId)
    }
  }
  writeString(writer, flexible, message.clientId)
  writeString(writer, flexible, message.clientHost)
  writeBytes(writer, flexible, message.memberMetadata)
  writeBytes(writer, flexible, message.memberAssignment)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeGroupsResponseDescribedGroupArray(
  reader: ByteReader,
  version: number,
): DescribeGroupsResponseDescribedGroup[] | null {
  const count = readCount(reader, version >= 5, 12)
  if (count < 0) return null
  const elements: DescribeGroupsResponseDescribedGroup[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeGroupsResponseDescribedGroup(reader, version))
  return elements
}

function encodeDescribeGroupsResponseDescribedGroupArray(
  writer: ByteWriter,
  elements: DescribeGroupsResponseDescribedGroup[],
  version: number,
): void {
  writeCount(writer, version >= 5, elements.length)
  for (const element of elements)
    encodeDescribeGroupsResponseDescribedGroup(writer, element, version)
}

function decodeDescribeGroupsResponseDescribedGroupMemberArray(
  reader: ByteReader,
  version: number,
): DescribeGroupsResponseDescribedGroupMember[] | null {
  const count = readCount(reader, version >= 5, 7)
  if (count < 0) return null
  const elements: DescribeGroupsResponseDescribedGroupMember[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeGroupsResponseDescribedGroupMember(reader, version))
  return elements
}

function encodeDescribeGroupsResponseDescribedGroupMemberArray(
  writer: ByteWriter,
  elements: DescribeGroupsResponseDescribedGroupMember[],
  version: number,
): void {
  writeCount(writer, version >= 5, elements.length)
  for (const element of elements)
    encodeDescribeGroupsResponseDescribedGroupMember(writer, element, version)
}
