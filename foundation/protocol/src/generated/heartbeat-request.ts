/**
 * Heartbeat (API key 12), versions 0 to 4.
 *
 * Generated from definitions/12-heartbeat.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface HeartbeatRequest {
  groupId: string
  generationId: number
  memberId: string
  /** Where version >= 3. */
  groupInstanceId: string | null
}

export function decodeHeartbeatRequest(reader: ByteReader, version: number): HeartbeatRequest {
  const flexible = version >= 4
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const generationId: number = reader.readInt32()
  const memberId: string = notNull(reader, readString(reader, flexible), 'MemberId')
  const groupInstanceId: string | null = version >= 3 ? readString(reader, flexible) : null
  if (flexible) skipTaggedFields(reader)
  return { groupId, generationId, memberId, groupInstanceId }
}

export function encodeHeartbeatRequest(
  writer: ByteWriter,
  message: HeartbeatRequest,
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
    throw new UnsupportedFieldError('HeartbeatRequest', 'GroupInstanceId', version)
  }
  if (flexible) writer.writeUint8(0)
}
