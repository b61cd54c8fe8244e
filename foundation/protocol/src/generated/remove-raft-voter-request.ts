/**
 * RemoveRaftVoter (API key 81), versions 0 to 0.
 *
 * Generated from definitions/81-remove-raft-voter.api; do not edit.
 */
import { type ByteReader, type ByteWriter, type Uuid } from '@ottla/base'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface RemoveRaftVoterRequest {
  clusterId: string | null
  voterId: number
  voterDirectoryId: Uuid
}

export function decodeRemoveRaftVoterRequest(
  reader: ByteReader,
  _version: number,
): RemoveRaftVoterRequest {
  const flexible = true
  const clusterId: string | null = readString(reader, flexible)
  const voterId: number = reader.readInt32()
  const voterDirectoryId: Uuid = reader.readUuid()
  if (flexible) skipTaggedFields(reader)
  return { clusterId, voterId, voterDirectoryId }
}

export function encodeRemoveRaftVoterRequest(
  writer: ByteWriter,
  message: RemoveRaftVoterRequest,
  _version: number,
): void {
  const flexible = true
  if (message.clusterId === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.clusterId)
  }
  writer.writeInt32(message.voterId)
  writer.writeUuid(message.voterDirectoryId)
  if (flexible) writer.writeUint8(0)
}
