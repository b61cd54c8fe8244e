/**
 * SyncGroup (API key 14), versions 0 to 5.
 *
 * Generated from definitions/14-sync-group.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { readBytes, writeBytes } from '../wire/byte-fields.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface SyncGroupResponse {
  /** Where version >= 1. */
  throttleTimeMs: number
  errorCode: number
  /** Where version >= 5. */
  protocolType: string | null
  /** Where version >= 5. */
  protocolName: string | null
  assignment: Buffer
}

export function decodeSyncGroupResponse(reader: ByteReader, version: number): SyncGroupResponse {
  const flexible = version >= 4
  const throttleTimeMs: number = version >= 1 ? reader.readInt32() : 0
  const errorCode: number = reader.readInt16()
  const protocolType: string | null = version >= 5 ? readString(reader, flexible) : null
  const protocolName: string | null = version >= 5 ? readString(reader, flexible) : null
  const assignment: Buffer = notNull(reader, readBytes(reader, flexible), 'Assignment')
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, errorCode, protocolType, protocolName, assignment }
}

export function encodeSyncGroupResponse(
  writer: ByteWriter,
  message: SyncGroupResponse,
  version: number,
): void {
  const flexible = version >= 4
  if (version >= 1) {
    writer.writeInt32(message.throttleTimeMs)
  }
  writer.writeInt16(message.errorCode)
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
  writeBytes(writer, flexible, message.assignment)
  if (flexible) writer.writeUint8(0)
}
