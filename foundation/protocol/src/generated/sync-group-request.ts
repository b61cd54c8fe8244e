/**
 * SyncGroup (API key 14), versions 0 to 5.
 *
 * Generated from definitions/14-sync-group.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { readBytes, writeBytes } from '../wire/byte-fields.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface SyncGroupRequest {
  groupId: string
  generationId: number
  memberId: string
  /** Where version >= 3. */
  groupInstanceId: string | null
  /** Where version >= 5. */
  protocolType: string | null
  /** Where version >= 5. */
  protocolName: string | null
  assignments: SyncGroupRequestAssignment[]
}

export interface SyncGroupRequestAssignment {
  memberId: string
  assignment: Buffer
}

export function decodeSyncGroupRequest(reader: ByteReader, version: number): SyncGroupRequest {
  const flexible = version >= 4
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const generationId: number = reader.readInt32()
  const memberId: string = notNull(reader, readString(reader, flexible), 'MemberId')
  const groupInstanceId: string | null = version >= 3 ? readString(reader, flexible) : null
  const protocolType: string | null = version >= 5 ? readString(reader, flexible) : null
  const protocolName: string | null = version >= 5 ? readString(reader, flexible) : null
  const assignments: SyncGroupRequestAssignment[] = notNull(
    reader,
    decodeSyncGroupRequestAssignmentArray(reader, version),
    'Assignments',
  )
  if (flexible) skipTaggedFields(reader)
  return {
    groupId,
    generationId,
    memberId,
    groupInstanceId,
    protocolType,
    protocolName,
    assignments,
  }
}

export function encodeSyncGroupRequest(
  writer: ByteWriter,
  message: SyncGroupRequest,
  version: number,
): void {
  const flexible = version >= 4
  writeString(writer, flexible, message.groupId)
  writer.writeInt32(message.generationId)
  writeString(writer, flexible, message.memberId)
  if (version >= 3) {
    if (message.groupInstanceId === null) {
      writeNullString(writer, flexible)
    } else {
      writeString(writer, flexible, message.groupInstanceId)
    }
  } else if (message.groupInstanceId !== null) {
    throw new UnsupportedFieldError('SyncGroupRequest', 'GroupInstanceId', version)
  }
  if (version >= 5) {
    if (message.protocolType === null) {
      writeNullString(writer, flexible)
    } else {
      writeString(writer, flexible, message.protocolType)
    }
  }
  if (version >= 5) {
    if (message.protocolName === null) {
      writeNullString(writer, flexible)
    } else {
      writeString(writer, flexible, message.protocolName)
    }
  }
  encodeSyncGroupRequestAssignmentArray(writer, message.assignments, version)
  if (flexible) writer.writeUint8(0)
}

function decodeSyncGroupRequestAssignment(
  reader: ByteReader,
  version: number,
): SyncGroupRequestAssignment {
  const flexible = version >= 4
  const memberId: string = notNull(reader, readString(reader, flexible), 'MemberId')
  const assignment: Buffer = notNull(reader, readBytes(reader, flexible), 'Assignment')
  if (flexible) skipTaggedFields(reader)
  return { memberId, assignment }
}

function encodeSyncGroupRequestAssignment(
  writer: ByteWriter,
  message: SyncGroupRequestAssignment,
  version: number,
): void {
  const flexible = version >= 4
  writeString(writer, flexible, message.memberId)
  writeBytes(writer, flexible, message.assignment)
  if (flexible) writer.writeUint8(0)
}

function decodeSyncGroupRequestAssignmentArray(
  reader: ByteReader,
  version: number,
): SyncGroupRequestAssignment[] | null {
  const count = readCount(reader, version >= 4, 3)
  if (count < 0) return null
  const elements: SyncGroupRequestAssignment[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeSyncGroupRequestAssignment(reader, version))
  return elements
}

function encodeSyncGroupRequestAssignmentArray(
  writer: ByteWriter,
  elements: SyncGroupRequestAssignment[],
  version: number,
): void {
  writeCount(writer, version >= 4, elements.length)
  for (const element of elements) encodeSyncGroupRequestAssignment(writer, element, version)
}
