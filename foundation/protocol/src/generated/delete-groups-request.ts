/**
 * DeleteGroups (API key 42), versions 0 to 3.
 *
 * Generated from definitions/42-delete-groups.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readStringArray, writeStringArray } from '../wire/arrays.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface DeleteGroupsRequest {
  groupsNames: string[]
}

export function decodeDeleteGroupsRequest(
  reader: ByteReader,
  version: number,
): DeleteGroupsRequest {
  const flexible = version >= 2
  const groupsNames: string[] = notNull(reader, readStringArray(reader, flexible), 'GroupsNames')
  if (flexible) skipTaggedFields(reader)
  return { groupsNames }
}

export function encodeDeleteGroupsRequest(
  writer: ByteWriter,
  message: DeleteGroupsRequest,
  version: number,
): void {
  const flexible = version >= 2
  writeStringArray(writer, flexible, message.groupsNames)
  if (flexible) writer.writeUint8(0)
}
