/**
 * DescribeGroups (API key 15), versions 0 to 6.
 *
 * Generated from definitions/15-describe-groups.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readStringArray, writeStringArray } from '../wire/arrays.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface DescribeGroupsRequest {
  groups: string[]
  /** Where version >= 3. */
  includeAuthorizedOperations: boolean
}

export function decodeDescribeGroupsRequest(
  reader: ByteReader,
  version: number,
): DescribeGroupsRequest {
  const flexible = version >= 5
  const groups: string[] = notNull(reader, readStringArray(reader, flexible), 'Groups')
  const includeAuthorizedOperations: boolean = version >= 3 ? reader.readBoolean() : false
  if (flexible) skipTaggedFields(reader)
  return { groups, includeAuthorizedOperations }
}

export function encodeDescribeGroupsRequest(
  writer: ByteWriter,
  message: DescribeGroupsRequest,
  version: number,
): void {
  const flexible = version >= 5
  writeStringArray(writer, flexible, message.groups)
  if (version >= 3) {
    writer.writeBoolean(message.includeAuthorizedOperations)
  } else if (message.includeAuthorizedOperations !== false) {
    throw new UnsupportedFieldError('DescribeGroupsRequest', 'IncludeAuthorizedOperations', version)
  }
  if (flexible) writer.writeUint8(0)
}
