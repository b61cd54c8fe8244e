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
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface LeaveGroupRequest {
  groupId: string
  /** Where version <= 2. */
  memberId: string
  /** Where version >= 3. */
  members: LeaveGroupRequestMemberIdentity[]
}

export interface LeaveGroupRequestMemberIdentity {
  memberId: string
  groupInstanceId: string | null
  /** Where version >= 5. */
  reason: string | null
}

export function decodeLeaveGroupRequest(reader: ByteReader, version: number): LeaveGroupRequest {
  const flexible = version >= 4
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const memberId: string =
    version <= 2 ? notNull(reader, readString(reader, flexible), 'MemberId') : ''
  const members: LeaveGroupRequestMemberIdentity[] =
    version >= 3
      ? notNull(reader, decodeLeaveGroupRequestMemberIdentityArray(reader, version), 'Members')
      : []
  if (flexible) skipTaggedFields(reader)
  return { groupId, memberId, members }
}

export function encodeLeaveGroupRequest(
  writer: ByteWriter,
  message: LeaveGroupRequest,
  version: number,
): void {
  const flexible = version >= 4
  writeString(writer, flexible, message.groupId)
  if (version <= 2) {
    writeString(writer, flexible, message.memberId)
  } else if (message.memberId !== '') {
    throw new UnsupportedFieldError('LeaveGroupRequest', 'MemberId', version)
  }
  if (version >= 3) {
    encodeLeaveGroupRequestMemberIdentityArray(writer, message.members, version)
  } else if (message.members.length !== 0) {
    throw new UnsupportedFieldError('LeaveGroupRequest', 'Members', version)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeLeaveGroupRequestMemberIdentity(
  reader: ByteReader,
  version: number,
): LeaveGroupRequestMemberIdentity {
  const flexible = version >= 4
  const memberId: string = notNull(reader, readString(reader, flexible), 'MemberId')
  const groupInstanceId: string | null = readString(reader, flexible)
  const reason: string | null = version >= 5 ? readString(reader, flexible) : null
  if (flexible) skipTaggedFields(reader)
  return { memberId, groupInstanceId, reason }
}

function encodeLeaveGroupRequestMemberIdentity(
  writer: ByteWriter,
  message: LeaveGroupRequestMemberIdentity,
  version: number,
): void {
  const flexible = version >= 4
  writeString(writer, flexible, message.memberId)
  if (message.groupInstanceId === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.groupInstanceId)
  }
  if (version >= 5) {
    if (message.reason === null) {
      writeNullString(writer, flexible)
    } else {
      writeString(writer, flexible, message.reason)
    }
  }
  if (flexible) writer.writeUint8(0)
}

function decodeLeaveGroupRequestMemberIdentityArray(
  reader: ByteReader,
  version: number,
): LeaveGroupRequestMemberIdentity[] | null {
  const count = readCount(reader, version >= 4, 3)
  if (count < 0) return null
  const elements: LeaveGroupRequestMemberIdentity[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeLeaveGroupRequestMemberIdentity(reader, version))
  return elements
}

function encodeLeaveGroupRequestMemberIdentityArray(
  writer: ByteWriter,
  elements: LeaveGroupRequestMemberIdentity[],
  version: number,
): void {
  writeCount(writer, version >= 4, elements.length)
  for (const element of elements) encodeLeaveGroupRequestMemberIdentity(writer, element, version)
}
