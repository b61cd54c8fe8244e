/**
 * LeaveGroup (API key 13), versions 0 to 5.
 *
 * Generated from definitions/13-leave-group.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface LeaveGroupResponse {
  /** Where version >= 1. */
  throttleTimeMs: number
  errorCode: number
  /** Where version >= 3. */
  members: LeaveGroupResponseMemberResponse[]
}

export interface LeaveGroupResponseMemberResponse {
  memberId: string
  groupInstanceId: string | null
  errorCode: number
}

export function decodeLeaveGroupResponse(reader: ByteReader, version: number): LeaveGroupResponse {
  const flexible = version >= 4
  const throttleTimeMs: number = version >= 1 ? reader.readInt32() : 0
  const errorCode: number = reader.readInt16()
  const members: LeaveGroupResponseMemberResponse[] =
    version >= 3
      ? notNull(reader, decodeLeaveGroupResponseMemberResponseArray(reader, version), 'Members')
      : []
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, errorCode, members }
}

export function encodeLeaveGroupResponse(
  writer: ByteWriter,
  message: LeaveGroupResponse,
  version: number,
): void {
  const flexible = version >= 4
  if (version >= 1) {
    writer.writeInt32(message.throttleTimeMs)
  }
  writer.writeInt16(message.errorCode)
  if (version >= 3) {
    encodeLeaveGroupResponseMemberResponseArray(writer, message.members, version)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeLeaveGroupResponseMemberResponse(
  reader: ByteReader,
  version: number,
): LeaveGroupResponseMemberResponse {
  const flexible = version >= 4
  const memberId: string = notNull(reader, readString(reader, flexible), 'MemberId')
  const groupInstanceId: string | null = readString(reader, flexible)
  const errorCode: number = reader.readInt16()
  if (flexible) skipTaggedFields(reader)
  return { memberId, groupInstanceId, errorCode }
}

function encodeLeaveGroupResponseMemberResponse(
  writer: ByteWriter,
  message: LeaveGroupResponseMemberResponse,
  version: number,
): void {
  const flexible = version >= 4
  writeString(writer, flexible, message.memberId)
  if (message.groupInstanceId === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.groupInstanceId)
  }
  writer.writeInt16(message.errorCode)
  if (flexible) writer.writeUint8(0)
}

function decodeLeaveGroupResponseMemberResponseArray(
  reader: ByteReader,
  version: number,
): LeaveGroupResponseMemberResponse[] | null {
  const count = readCount(reader, version >= 4, 5)
  if (count < 0) return null
  const elements: LeaveGroupResponseMemberResponse[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeLeaveGroupResponseMemberResponse(reader, version))
  return elements
}

function encodeLeaveGroupResponseMemberResponseArray(
  writer: ByteWriter,
  elements: LeaveGroupResponseMemberResponse[],
  version: number,
): void {
  writeCount(writer, version >= 4, elements.length)
  for (const element of elements) encodeLeaveGroupResponseMemberResponse(writer, element, version)
}
