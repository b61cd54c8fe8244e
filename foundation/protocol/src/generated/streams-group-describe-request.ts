/**
 * StreamsGroupDescribe (API key 89), versions 0 to 1.
 *
 * Generated from definitions/89-streams-group-describe.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readStringArray, writeStringArray } from '../wire/arrays.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface StreamsGroupDescribeRequest {
  groupIds: string[]
  includeAuthorizedOperations: boolean
  /** Where version >= 1. */
  includeTopologyDescription: boolean
}

export function decodeStreamsGroupDescribeRequest(
  reader: ByteReader,
  version: number,
): StreamsGroupDescribeRequest {
  const flexible = true
  const groupIds: string[] = notNull(reader, readStringArray(reader, flexible), 'GroupIds')
  const includeAuthorizedOperations: boolean = reader.readBoolean()
  const includeTopologyDescription: boolean = version >= 1 ? reader.readBoolean() : false
  if (flexible) skipTaggedFields(reader)
  return { groupIds, includeAuthorizedOperations, includeTopologyDescription }
}

export function encodeStreamsGroupDescribeRequest(
  writer: ByteWriter,
  message: StreamsGroupDescribeRequest,
  version: number,
): void {
  const flexible = true
  writeStringArray(writer, flexible, message.groupIds)
  writer.writeBoolean(message.includeAuthorizedOperations)
  if (version >= 1) {
    writer.writeBoolean(message.includeTopologyDescription)
  } else if (message.includeTopologyDescription !== false) {
    throw new UnsupportedFieldError(
      'StreamsGroupDescribeRequest',
      'IncludeTopologyDescription',
      version,
    )
  }
  if (flexible) writer.writeUint8(0)
}
