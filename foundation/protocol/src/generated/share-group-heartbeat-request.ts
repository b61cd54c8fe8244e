/**
 * ShareGroupHeartbeat (API key 76), versions 1 to 1.
 *
 * Generated from definitions/76-share-group-heartbeat.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { writeCount, readStringArray, writeStringArray } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface ShareGroupHeartbeatRequest {
  groupId: string
  memberId: string
  memberEpoch: number
  rackId: string | null
  subscribedTopicNames: string[] | null
}

export function decodeShareGroupHeartbeatRequest(
  reader: ByteReader,
  _version: number,
): ShareGroupHeartbeatRequest {
  const flexible = true
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const memberId: string = notNull(reader, readString(reader, flexible), 'MemberId')
  const memberEpoch: number = reader.readInt32()
  const rackId: string | null = readString(reader, flexible)
  const subscribedTopicNames: string[] | null = readStringArray(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { groupId, memberId, memberEpoch, rackId, subscribedTopicNames }
}

export function encodeShareGroupHeartbeatRequest(
  writer: ByteWriter,
  message: ShareGroupHeartbeatRequest,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.groupId)
  writeString(writer, flexible, message.memberId)
  writer.writeInt32(message.memberEpoch)
  if (message.rackId === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.rackId)
  }
  if (message.subscribedTopicNames === null) {
    writeCount(writer, flexible, -1)
  } else {
    writeStringArray(writer, flexible, message.subscribedTopicNames)
  }
  if (flexible) writer.writeUint8(0)
}
