/**
 * RemoveRaftVoter (API key 81), versions 0 to 0.
 *
 * Generated from definitions/81-remove-raft-voter.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface RemoveRaftVoterResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
}

export function decodeRemoveRaftVoterResponse(
  reader: ByteReader,
  _version: number,
): RemoveRaftVoterResponse {
  const flexible = true
  const throttleTimeMs: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, errorCode, errorMessage }
}

export function encodeRemoveRaftVoterResponse(
  writer: ByteWriter,
  message: RemoveRaftVoterResponse,
  _version: number,
): void {
  const flexible = true
  writer.writeInt32(message.throttleTimeMs)
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  if (flexible) writer.writeUint8(0)
}
