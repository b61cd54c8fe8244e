/**
 * ListGroups (API key 16), versions 0 to 5.
 *
 * Generated from definitions/16-list-groups.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readStringArray, writeStringArray } from '../wire/arrays.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface ListGroupsRequest {
  /** Where version >= 4. */
  statesFilter: string[]
  /** Where version >= 5. */
  typesFilter: string[]
}

export function decodeListGroupsRequest(reader: ByteReader, version: number): ListGroupsRequest {
  const flexible = version >= 3
  const statesFilter: string[] =
    version >= 4 ? notNull(reader, readStringArray(reader, flexible), 'StatesFilter') : []
  const typesFilter: string[] =
    version >= 5 ? notNull(reader, readStringArray(reader, flexible), 'TypesFilter') : []
  if (flexible) skipTaggedFields(reader)
  return { statesFilter, typesFilter }
}

export function encodeListGroupsRequest(
  writer: ByteWriter,
  message: ListGroupsRequest,
  version: number,
): void {
  const flexible = version >= 3
  if (version >= 4) {
    writeStringArray(writer, flexible, message.statesFilter)
  } else if (message.statesFilter.length !== 0) {
    throw new UnsupportedFieldError('ListGroupsRequest', 'StatesFilter', version)
  }
  if (version >= 5) {
    writeStringArray(writer, flexible, message.typesFilter)
  } else if (message.typesFilter.length !== 0) {
    throw new UnsupportedFieldError('ListGroupsRequest', 'TypesFilter', version)
  }
  if (flexible) writer.writeUint8(0)
}
