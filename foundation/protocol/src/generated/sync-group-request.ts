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
  assignments: SyncGroupRequestSyncGroupRequestAssignment[]
}

export interface SyncGroupRequestSyncGroupRequestAssignment {
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
  const assignments: SyncGroupRequestSyncGroupRequestAssignment[] = notNull(
    reader,
    decodeSyncGroupRequestSyncGroupRequestAssignmentArray(reader, version),
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
  encodeSyncGroupRequestSyncGroupRequestAssignmentArray(writer, message.assignments, version)
  if (flexible) writer.writeUint8(0)
}

function decodeSyncGroupRequestSyncGroupRequestAssignment(
  reader: ByteReader,
  version: number,
): SyncGroupRequestSyncGroupRequestAssignment {
  const flexible = version >= 4
  const memberId: string = notNull(reader, readString(reader, flexible), 'MemberId')
  const assignment: Buffer = notNull(reader, readBytes(reader, flexible), 'Assignment')
  if (flexible) skipTaggedFields(reader)
  return { memberId, assignment }
}

function encodeSyncGroupRequestSyncGroupRequestAssignment(
  writer: ByteWriter,
  message: SyncGroupRequestSyncGroupRequestAssignment,
  version: number,
): void {
  const flexible = version >= 4
  writeString(writer, flexible, message.memberId)
  writeBytes(writer, flexible, message.assignment)
  if (flexible) writer.writeUint8(0)
}

function decodeSyncGroupRequestSyncGroupRequestAssignmentArray(
  reader: ByteReader,
  version: number,
): SyncGroupRequestSyncGroupRequestAssignment[] | null {
  const count = readCount(reader, version >= 4, 3)
  if (count < 0) return null
  const elements: SyncGroupRequestSyncGroupRequestAssignment[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeSyncGroupRequestSyncGroupRequestAssignment(reader, version))
  return elements
}

function encodeSyncGroupRequestSyncGroupRequestAssignmentArray(
  writer: ByteWriter,
  elements: SyncGroupRequestSyncGroupRequestAssignment[],
  version: number,
): void {
  writeCount(writer, version >= 4, elements.length)
  for (const element of elements)
    encodeSyncGroupRequestSyncGroupRequestAssignment(writer, element, version)
}
