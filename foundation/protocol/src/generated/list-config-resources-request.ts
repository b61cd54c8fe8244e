/**
 * ListConfigResources (API key 74), versions 0 to 1.
 *
 * Generated from definitions/74-list-config-resources.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readInt8Array, writeInt8Array } from '../wire/arrays.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface ListConfigResourcesRequest {
  /** Where version >= 1. */
  resourceTypes: number[]
}

export function decodeListConfigResourcesRequest(
  reader: ByteReader,
  version: number,
): ListConfigResourcesRequest {
  const flexible = true
  const resourceTypes: number[] =
    version >= 1 ? notNull(reader, readInt8Array(reader, flexible), 'ResourceTypes') : []
  if (flexible) skipTaggedFields(reader)
  return { resourceTypes }
}

export function encodeListConfigResourcesRequest(
  writer: ByteWriter,
  message: ListConfigResourcesRequest,
  version: number,
): void {
  const flexible = true
  if (version >= 1) {
    writeInt8Array(writer, flexible, message.resourceTypes)
  } else if (message.resourceTypes.length !== 0) {
    throw new UnsupportedFieldError('ListConfigResourcesRequest', 'ResourceTypes', version)
  }
  if (flexible) writer.writeUint8(0)
}
