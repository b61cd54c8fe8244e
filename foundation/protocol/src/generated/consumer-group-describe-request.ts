/**
 * ConsumerGroupDescribe (API key 69), versions 0 to 1.
 *
 * Generated from definitions/69-consumer-group-describe.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readStringArray, writeStringArray } from '../wire/arrays.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface ConsumerGroupDescribeRequest {
  groupIds: string[]
  includeAuthorizedOperations: boolean
}

export function decodeConsumerGroupDescribeRequest(
  reader: ByteReader,
  _version: number,
): ConsumerGroupDescribeRequest {
  const flexible = true
  const groupIds: string[] = notNull(reader, readStringArray(reader, flexible), 'GroupIds')
  const includeAuthorizedOperations: boolean = reader.readBoolean()
  if (flexible) skipTaggedFields(reader)
  return { groupIds, includeAuthorizedOperations }
}

export function encodeConsumerGroupDescribeRequest(
  writer: ByteWriter,
  message: ConsumerGroupDescribeRequest,
  _version: number,
): void {
  const flexible = true
  writeStringArray(writer, flexible, message.groupIds)
  writer.writeBoolean(message.includeAuthorizedOperations)
  if (flexible) writer.writeUint8(0)
}
