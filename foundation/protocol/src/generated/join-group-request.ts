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

export interface JoinGroupRequest {
  groupId: string
  sessionTimeoutMs: number
  /** Where version >= 1. */
  rebalanceTimeoutMs: number
  memberId: string
  /** Where version >= 5. */
  groupInstanceId: string | null
  protocolType: string
  protocols: JoinGroupRequestProtocol[]
  /** Where version >= 8. */
  reason: string | null
}

export interface JoinGroupRequestProtocol {
  name: string
  metadata: Buffer
}

export function decodeJoinGroupRequest(reader: ByteReader, version: number): JoinGroupRequest {
  const flexible = version >= 6
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const sessionTimeoutMs: number = reader.readInt32()
  const rebalanceTimeoutMs: number = version >= 1 ? reader.readInt32() : -1
  const memberId: string = notNull(reader, readString(reader, flexible), 'MemberId')
  const groupInstanceId: string | null = version >= 5 ? readString(reader, flexible) : null
  const protocolType: string = notNull(reader, readString(reader, flexible), 'ProtocolType')
  const protocols: JoinGroupRequestProtocol[] = notNull(
    reader,
    decodeJoinGroupRequestProtocolArray(reader, version),
    'Protocols',
  )
  const reason: string | null = version >= 8 ? readString(reader, flexible) : null
  if (flexible) skipTaggedFields(reader)
  return {
    groupId,
    sessionTimeoutMs,
    rebalanceTimeoutMs,
    memberId,
    groupInstanceId,
    protocolType,
    protocols,
    reason,
  }
}

export function encodeJoinGroupRequest(
  writer: ByteWriter,
  message: JoinGroupRequest,
  version: number,
): void {
  const flexible = version >= 6
  writeString(writer, flexible, message.groupId)
  writer.writeInt32(message.sessionTimeoutMs)
  if (version >= 1) {
    writer.writeInt32(message.rebalanceTimeoutMs)
  }
  writeString(writer, flexible, message.memberId)
  if (version >= 5) {
    if (message.groupInstanceId === null) {
      writeNullString(writer, flexible)
    } else {
      writeString(writer, flexible, message.groupInstanceId)
    }
  } else if (message.groupInstanceId !== null) {
    throw new UnsupportedFieldError('JoinGroupRequest', 'GroupInstanceId', version)
  }
  writeString(writer, flexible, message.protocolType)
  encodeJoinGroupRequestProtocolArray(writer, message.protocols, version)
  if (version >= 8) {
    if (message.reason === null) {
      writeNullString(writer, flexible)
    } else {
      writeString(writer, flexible, message.reason)
    }
  }
  if (flexible) writer.writeUint8(0)
}

function decodeJoinGroupRequestProtocol(
  reader: ByteReader,
  version: number,
): JoinGroupRequestProtocol {
  const flexible = version >= 6
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const metadata: Buffer = notNull(reader, readBytes(reader, flexible), 'Metadata')
  if (flexible) skipTaggedFields(reader)
  return { name, metadata }
}

function encodeJoinGroupRequestProtocol(
  writer: ByteWriter,
  message: JoinGroupRequestProtocol,
  version: number,
): void {
  const flexible = version >= 6
  writeString(writer, flexible, message.name)
  writeBytes(writer, flexible, message.metadata)
  if (flexible) writer.writeUint8(0)
}

function decodeJoinGroupRequestProtocolArray(
  reader: ByteReader,
  version: number,
): JoinGroupRequestProtocol[] | null {
  const count = readCount(reader, version >= 6, 3)
  if (count < 0) return null
  const elements: JoinGroupRequestProtocol[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeJoinGroupRequestProtocol(reader, version))
  return elements
}

function encodeJoinGroupRequestProtocolArray(
  writer: ByteWriter,
  elements: JoinGroupRequestProtocol[],
  version: number,
): void {
  writeCount(writer, version >= 6, elements.length)
  for (const element of elements) encodeJoinGroupRequestProtocol(writer, element, version)
}
