/**
 * ListGroups (API key 16), versions 0 to 5.
 *
 * Generated from definitions/16-list-groups.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface ListGroupsResponse {
  /** Where version >= 1. */
  throttleTimeMs: number
  errorCode: number
  groups: ListGroupsResponseListedGroup[]
}

export interface ListGroupsResponseListedGroup {
  groupId: string
  protocolType: string
  /** Where version >= 4. */
  groupState: string
  /** Where version >= 5. */
  groupType: string
}

export function decodeListGroupsResponse(reader: ByteReader, version: number): ListGroupsResponse {
  const flexible = version >= 3
  const throttleTimeMs: number = version >= 1 ? reader.readInt32() : 0
  const errorCode: number = reader.readInt16()
  const groups: ListGroupsResponseListedGroup[] = notNull(
    reader,
    decodeListGroupsResponseListedGroupArray(reader, version),
    'Groups',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, errorCode, groups }
}

export function encodeListGroupsResponse(
  writer: ByteWriter,
  message: ListGroupsResponse,
  version: number,
): void {
  const flexible = version >= 3
  if (version >= 1) {
    writer.writeInt32(message.throttleTimeMs)
  }
  writer.writeInt16(message.errorCode)
  encodeListGroupsResponseListedGroupArray(writer, message.groups, version)
  if (flexible) writer.writeUint8(0)
}

function decodeListGroupsResponseListedGroup(
  reader: ByteReader,
  version: number,
): ListGroupsResponseListedGroup {
  const flexible = version >= 3
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const protocolType: string = notNull(reader, readString(reader, flexible), 'ProtocolType')
  const groupState: string =
    version >= 4 ? notNull(reader, readString(reader, flexible), 'GroupState') : ''
  const groupType: string =
    version >= 5 ? notNull(reader, readString(reader, flexible), 'GroupType') : ''
  if (flexible) skipTaggedFields(reader)
  return { groupId, protocolType, groupState, groupType }
}

function encodeListGroupsResponseListedGroup(
  writer: ByteWriter,
  message: ListGroupsResponseListedGroup,
  version: number,
): void {
  const flexible = version >= 3
  writeString(writer, flexible, message.groupId)
  writeString(writer, flexible, message.protocolType)
  if (version >= 4) {
    writeString(writer, flexible, message.groupState)
  }
  if (version >= 5) {
    writeString(writer, flexible, message.groupType)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeListGroupsResponseListedGroupArray(
  reader: ByteReader,
  version: number,
): ListGroupsResponseListedGroup[] | null {
  const count = readCount(reader, version >= 3, 3)
  if (count < 0) return null
  const elements: ListGroupsResponseListedGroup[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeListGroupsResponseListedGroup(reader, version))
  return elements
}

function encodeListGroupsResponseListedGroupArray(
  writer: ByteWriter,
  elements: ListGroupsResponseListedGroup[],
  version: number,
): void {
  writeCount(writer, version >= 3, elements.length)
  for (const element of elements) encodeListGroupsResponseListedGroup(writer, element, version)
}
