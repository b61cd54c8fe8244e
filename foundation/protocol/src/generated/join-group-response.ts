/**
 * JoinGroup (API key 11), versions 0 to 9.
 *
 * Generated from definitions/11-join-group.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { readBytes, writeBytes } from '../wire/byte-fields.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface JoinGroupResponse {
  /** Where version >= 2. */
  throttleTimeMs: number
  errorCode: number
  generationId: number
  /** Where version >= 7. */
  protocolType: string | null
  protocolName: string | null
  leader: string
  /** Where version >= 9. */
  skipAssignment: boolean
  memberId: string
  members: JoinGroupResponseMember[]
}

export interface JoinGroupResponseMember {
  memberId: string
  /** Where version >= 5. */
  groupInstanceId: string | null
  metadata: Buffer
}

export function decodeJoinGroupResponse(reader: ByteReader, version: number): JoinGroupResponse {
  const flexible = version >= 6
  const throttleTimeMs: number = version >= 2 ? reader.readInt32() : 0
  const errorCode: number = reader.readInt16()
  const generationId: number = reader.readInt32()
  const protocolType: string | null = version >= 7 ? readString(reader, flexible) : null
  const protocolName: string | null =
    version >= 7
      ? readString(reader, flexible)
      : notNull(reader, readString(reader, flexible), 'ProtocolName')
  const leader: string = notNull(reader, readString(reader, flexible), 'Leader')
  const skipAssignment: boolean = version >= 9 ? reader.readBoolean() : false
  const memberId: string = notNull(reader, readString(reader, flexible), 'MemberId')
  const members: JoinGroupResponseMember[] = notNull(
    reader,
    decodeJoinGroupResponseMemberArray(reader, version),
    'Members',
  )
  if (flexible) skipTaggedFields(reader)
  return {
    throttleTimeMs,
    errorCode,
    generationId,
    protocolType,
    protocolName,
    leader,
    skipAssignment,
    memberId,
    members,
  }
}

export function encodeJoinGroupResponse(
  writer: ByteWriter,
  message: JoinGroupResponse,
  version: number,
): void {
  const flexible = version >= 6
  if (version >= 2) {
    writer.writeInt32(message.throttleTimeMs)
  }
  writer.writeInt16(message.errorCode)
  writer.writeInt32(message.generationId)
  if (version >= 7) {
    if (message.protocolType === null) {
      writeNullString(writer, flexible)
    } else {
      writeString(writer, flexible, message.protocolType)
    }
  }
  if (message.protocolName === null) {
    if (!(version >= 7))
      throw new UnsupportedFieldError('JoinGroupResponse', 'ProtocolName', version)
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.protocolName)
  }
  writeString(writer, flexible, message.leader)
  if (version >= 9) {
    writer.writeBoolean(message.skipAssignment)
  }
  writeString(writer, flexible, message.memberId)
  encodeJoinGroupResponseMemberArray(writer, message.members, version)
  if (flexible) writer.writeUint8(0)
}

function decodeJoinGroupResponseMember(
  reader: ByteReader,
  version: number,
): JoinGroupResponseMember {
  const flexible = version >= 6
  const memberId: string = notNull(reader, readString(reader, flexible), 'MemberId')
  const groupInstanceId: string | null = version >= 5 ? readString(reader, flexible) : null
  const metadata: Buffer = notNull(reader, readBytes(reader, flexible), 'Metadata')
  if (flexible) skipTaggedFields(reader)
  return { memberId, groupInstanceId, metadata }
}

function encodeJoinGroupResponseMember(
  writer: ByteWriter,
  message: JoinGroupResponseMember,
  version: number,
): void {
  const flexible = version >= 6
  writeString(writer, flexible, message.memberId)
  if (version >= 5) {
    if (message.groupInstanceId === null) {
      writeNullString(writer, flexible)
    } else {
      writeString(writer, flexible, message.groupInstanceId)
    }
  }
  writeBytes(writer, flexible, message.metadata)
  if (flexible) writer.writeUint8(0)
}

function decodeJoinGroupResponseMemberArray(
  reader: ByteReader,
  version: number,
): JoinGroupResponseMember[] | null {
  const count = readCount(reader, version >= 6, 4)
  if (count < 0) return null
  const elements: JoinGroupResponseMember[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeJoinGroupResponseMember(reader, version))
  return elements
}

function encodeJoinGroupResponseMemberArray(
  writer: ByteWriter,
  elements: JoinGroupResponseMember[],
  version: number,
): void {
  writeCount(writer, version >= 6, elements.length)
  for (const element of elements) encodeJoinGroupResponseMember(writer, element, version)
}
