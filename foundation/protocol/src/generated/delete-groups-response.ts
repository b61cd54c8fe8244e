/**
 * DeleteGroups (API key 42), versions 0 to 3.
 *
 * Generated from definitions/42-delete-groups.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface DeleteGroupsResponse {
  throttleTimeMs: number
  results: DeleteGroupsResponseDeletableGroupResult[]
}

export interface DeleteGroupsResponseDeletableGroupResult {
  groupId: string
  errorCode: number
  /** Where version >= 3. */
  errorMessage: string | null
}

export function decodeDeleteGroupsResponse(
  reader: ByteReader,
  version: number,
): DeleteGroupsResponse {
  const flexible = version >= 2
  const throttleTimeMs: number = reader.readInt32()
  const results: DeleteGroupsResponseDeletableGroupResult[] = notNull(
    reader,
    decodeDeleteGroupsResponseDeletableGroupResultArray(reader, version),
    'Results',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, results }
}

export function encodeDeleteGroupsResponse(
  writer: ByteWriter,
  message: DeleteGroupsResponse,
  version: number,
): void {
  const flexible = version >= 2
  writer.writeInt32(message.throttleTimeMs)
  encodeDeleteGroupsResponseDeletableGroupResultArray(writer, message.results, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDeleteGroupsResponseDeletableGroupResult(
  reader: ByteReader,
  version: number,
): DeleteGroupsResponseDeletableGroupResult {
  const flexible = version >= 2
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = version >= 3 ? readString(reader, flexible) : null
  if (flexible) skipTaggedFields(reader)
  return { groupId, errorCode, errorMessage }
}

function encodeDeleteGroupsResponseDeletableGroupResult(
  writer: ByteWriter,
  message: DeleteGroupsResponseDeletableGroupResult,
  version: number,
): void {
  const flexible = version >= 2
  writeString(writer, flexible, message.groupId)
  writer.writeInt16(message.errorCode)
  if (version >= 3) {
    if (message.errorMessage === null) {
      writeNullString(writer, flexible)
    } else {
      writeString(writer, flexible, message.errorMessage)
    }
  }
  if (flexible) writer.writeUint8(0)
}

function decodeDeleteGroupsResponseDeletableGroupResultArray(
  reader: ByteReader,
  version: number,
): DeleteGroupsResponseDeletableGroupResult[] | null {
  const count = readCount(reader, version >= 2, 4)
  if (count < 0) return null
  const elements: DeleteGroupsResponseDeletableGroupResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDeleteGroupsResponseDeletableGroupResult(reader, version))
  return elements
}

function encodeDeleteGroupsResponseDeletableGroupResultArray(
  writer: ByteWriter,
  elements: DeleteGroupsResponseDeletableGroupResult[],
  version: number,
): void {
  writeCount(writer, version >= 2, elements.length)
  for (const element of elements)
    encodeDeleteGroupsResponseDeletableGroupResult(writer, element, version)
}
