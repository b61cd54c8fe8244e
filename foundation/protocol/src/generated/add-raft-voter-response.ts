/**
 * AddRaftVoter (API key 80), versions 0 to 1.
 *
 * Generated from definitions/80-add-raft-voter.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface AddRaftVoterResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
}

export function decodeAddRaftVoterResponse(
  reader: ByteReader,
  _version: number,
): AddRaftVoterResponse {
  const flexible = true
  const throttleTimeMs: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, errorCode, errorMessage }
}

export function encodeAddRaftVoterResponse(
  writer: ByteWriter,
  message: AddRaftVoterResponse,
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
