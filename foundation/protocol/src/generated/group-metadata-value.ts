/**
 * GroupMetadataValue, versions 0 to 4.
 *
 * Generated from definitions/internal/group-metadata-value.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { readBytes, writeBytes } from '../wire/byte-fields.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface GroupMetadataValue {
  protocolType: string
  generation: number
  protocol: string | null
  leader: string | null
  /** Where version >= 2. */
  currentStateTimestamp: number
  members: GroupMetadataValueMemberMetadata[]
}

export interface GroupMetadataValueMemberMetadata {
  memberId: string
  /** Where version >= 3. */
  groupInstanceId: string | null
  clientId: string
  clientHost: string
  /** Where version >= 1. */
  rebalanceTimeout: number
  sessionTimeout: number
  subscription: Buffer
  assignment: Buffer
}

export function decodeGroupMetadataValue(reader: ByteReader, version: number): GroupMetadataValue {
  const flexible = version >= 4
  const protocolType: string = notNull(reader, readString(reader, flexible), 'protocolType')
  const generation: number = reader.readInt32()
  const protocol: string | null = readString(reader, flexible)
  const leader: string | null = readString(reader, flexible)
  const currentStateTimestamp: number = version >= 2 ? reader.readInt64() : -1
  const members: GroupMetadataValueMemberMetadata[] = notNull(
    reader,
    decodeGroupMetadataValueMemberMetadataArray(reader, version),
    'members',
  )
  if (flexible) skipTaggedFields(reader)
  return { protocolType, generation, protocol, leader, currentStateTimestamp, members }
}

export function encodeGroupMetadataValue(
  writer: ByteWriter,
  message: GroupMetadataValue,
  version: number,
): void {
  const flexible = version >= 4
  writeString(writer, flexible, message.protocolType)
  writer.writeInt32(message.generation)
  if (message.protocol === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.protocol)
  }
  if (message.leader === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.leader)
  }
  if (version >= 2) {
    writer.writeInt64(message.currentStateTimestamp)
  }
  encodeGroupMetadataValueMemberMetadataArray(writer, message.members, version)
  if (flexible) writer.writeUint8(0)
}

function decodeGroupMetadataValueMemberMetadata(
  reader: ByteReader,
  version: number,
): GroupMetadataValueMemberMetadata {
  const flexible = version >= 4
  const memberId: string = notNull(reader, readString(reader, flexible), 'memberId')
  const groupInstanceId: string | null = version >= 3 ? readString(reader, flexible) : null
  const clientId: string = notNull(reader, readString(reader, flexible), 'clientId')
  const clientHost: string = notNull(reader, readString(reader, flexible), 'clientHost')
  const rebalanceTimeout: number = version >= 1 ? reader.readInt32() : -1
  const sessionTimeout: number = reader.readInt32()
  const subscription: Buffer = notNull(reader, readBytes(reader, flexible), 'subscription')
  const assignment: Buffer = notNull(reader, readBytes(reader, flexible), 'assignment')
  if (flexible) skipTaggedFields(reader)
  return {
    memberId,
    groupInstanceId,
    clientId,
    clientHost,
    rebalanceTimeout,
    sessionTimeout,
    subscription,
    assignment,
  }
}

function encodeGroupMetadataValueMemberMetadata(
  writer: ByteWriter,
  message: GroupMetadataValueMemberMetadata,
  version: number,
): void {
  const flexible = version >= 4
  writeString(writer, flexible, message.memberId)
  if (version >= 3) {
    if (message.groupInstanceId === null) {
      writeNullString(writer, flexible)
    } else {
      writeString(writer, flexible, message.groupInstanceId)
    }
  }
  writeString(writer, flexible, message.clientId)
  writeString(writer, flexible, message.clientHost)
  if (version >= 1) {
    writer.writeInt32(message.rebalanceTimeout)
  }
  writer.writeInt32(message.sessionTimeout)
  writeBytes(writer, flexible, message.subscription)
  writeBytes(writer, flexible, message.assignment)
  if (flexible) writer.writeUint8(0)
}

function decodeGroupMetadataValueMemberMetadataArray(
  reader: ByteReader,
  version: number,
): GroupMetadataValueMemberMetadata[] | null {
  const count = readCount(reader, version >= 4, 15)
  if (count < 0) return null
  const elements: GroupMetadataValueMemberMetadata[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeGroupMetadataValueMemberMetadata(reader, version))
  return elements
}

function encodeGroupMetadataValueMemberMetadataArray(
  writer: ByteWriter,
  elements: GroupMetadataValueMemberMetadata[],
  version: number,
): void {
  writeCount(writer, version >= 4, elements.length)
  for (const element of elements) encodeGroupMetadataValueMemberMetadata(writer, element, version)
}
