/**
 * ShareGroupDescribe (API key 77), versions 1 to 1.
 *
 * Generated from definitions/77-share-group-describe.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readStringArray, writeStringArray } from '../wire/arrays.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface ShareGroupDescribeRequest {
  groupIds: string[]
  includeAuthorizedOperations: boolean
}

export function decodeShareGroupDescribeRequest(
  reader: ByteReader,
  _version: number,
): ShareGroupDescribeRequest {
  const flexible = true
  const groupIds: string[] = notNull(reader, readStringArray(reader, flexible), 'GroupIds')
  const includeAuthorizedOperations: boolean = reader.readBoolean()
  if (flexible) skipTaggedFields(reader)
  return { groupIds, includeAuthorizedOperations }
}

export function encodeShareGroupDescribeRequest(
  writer: ByteWriter,
  message: ShareGroupDescribeRequest,
  _version: number,
): void {
  const flexible = true
  writeStringArray(writer, flexible, message.groupIds)
  writer.writeBoolean(message.includeAuthorizedOperations)
  if (flexible) writer.writeUint8(0)
}
