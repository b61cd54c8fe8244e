/**
 * AddRaftVoter (API key 80), versions 0 to 1.
 *
 * Generated from definitions/80-add-raft-voter.api; do not edit.
 */
import { type ByteReader, type ByteWriter, type Uuid } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface AddRaftVoterRequest {
  clusterId: string | null
  timeoutMs: number
  voterId: number
  voterDirectoryId: Uuid
  listeners: AddRaftVoterRequestListener[]
  /** Where version >= 1. */
  ackWhenCommitted: boolean
}

export interface AddRaftVoterRequestListener {
  name: string
  host: string
  port: number
}

export function decodeAddRaftVoterRequest(
  reader: ByteReader,
  version: number,
): AddRaftVoterRequest {
  const flexible = true
  const clusterId: string | null = readString(reader, flexible)
  const timeoutMs: number = reader.readInt32()
  const voterId: number = reader.readInt32()
  const voterDirectoryId: Uuid = reader.readUuid()
  const listeners: AddRaftVoterRequestListener[] = notNull(
    reader,
    decodeAddRaftVoterRequestListenerArray(reader, version),
    'Listeners',
  )
  const ackWhenCommitted: boolean = version >= 1 ? reader.readBoolean() : true
  if (flexible) skipTaggedFields(reader)
  return { clusterId, timeoutMs, voterId, voterDirectoryId, listeners, ackWhenCommitted }
}

export function encodeAddRaftVoterRequest(
  writer: ByteWriter,
  message: AddRaftVoterRequest,
  version: number,
): void {
  const flexible = true
  if (message.clusterId === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.clusterId)
  }
  writer.writeInt32(message.timeoutMs)
  writer.writeInt32(message.voterId)
  writer.writeUuid(message.voterDirectoryId)
  encodeAddRaftVoterRequestListenerArray(writer, message.listeners, version)
  if (version >= 1) {
    writer.writeBoolean(message.ackWhenCommitted)
  } else if (message.ackWhenCommitted !== true) {
    throw new UnsupportedFieldError('AddRaftVoterRequest', 'AckWhenCommitted', version)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeAddRaftVoterRequestListener(
  reader: ByteReader,
  _version: number,
): AddRaftVoterRequestListener {
  const flexible = true
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const host: string = notNull(reader, readString(reader, flexible), 'Host')
  const port: number = reader.readUint16()
  if (flexible) skipTaggedFields(reader)
  return { name, host, port }
}

function encodeAddRaftVoterRequestListener(
  writer: ByteWriter,
  message: AddRaftVoterRequestListener,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.name)
  writeString(writer, flexible, message.host)
  writer.writeUint16(message.port)
  if (flexible) writer.writeUint8(0)
}

function decodeAddRaftVoterRequestListenerArray(
  reader: ByteReader,
  version: number,
): AddRaftVoterRequestListener[] | null {
  const count = readCount(reader, true, 5)
  if (count < 0) return null
  const elements: AddRaftVoterRequestListener[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeAddRaftVoterRequestListener(reader, version))
  return elements
}

function encodeAddRaftVoterRequestListenerArray(
  writer: ByteWriter,
  elements: AddRaftVoterRequestListener[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements) encodeAddRaftVoterRequestListener(writer, element, version)
}
