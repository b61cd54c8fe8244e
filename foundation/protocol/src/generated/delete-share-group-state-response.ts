/**
 * DeleteShareGroupState (API key 86), versions 0 to 0.
 *
 * Generated from definitions/86-delete-share-group-state.api; do not edit.
 */
import { type ByteReader, type ByteWriter, type Uuid } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface DeleteShareGroupStateResponse {
  results: DeleteShareGroupStateResponseDeleteStateResult[]
}

export interface DeleteShareGroupStateResponseDeleteStateResult {
  topicId: Uuid
  partitions: DeleteShareGroupStateResponsePartitionResult[]
}

export interface DeleteShareGroupStateResponsePartitionResult {
  partition: number
  errorCode: number
  errorMessage: string | null
}

export function decodeDeleteShareGroupStateResponse(
  reader: ByteReader,
  version: number,
): DeleteShareGroupStateResponse {
  const flexible = true
  const results: DeleteShareGroupStateResponseDeleteStateResult[] = notNull(
    reader,
    decodeDeleteShareGroupStateResponseDeleteStateResultArray(reader, version),
    'Results',
  )
  if (flexible) skipTaggedFields(reader)
  return { results }
}

export function encodeDeleteShareGroupStateResponse(
  writer: ByteWriter,
  message: DeleteShareGroupStateResponse,
  version: number,
): void {
  const flexible = true
  encodeDeleteShareGroupStateResponseDeleteStateResultArray(writer, message.results, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDeleteShareGroupStateResponseDeleteStateResult(
  reader: ByteReader,
  version: number,
): DeleteShareGroupStateResponseDeleteStateResult {
  const flexible = true
  const topicId: Uuid = reader.readUuid()
  const partitions: DeleteShareGroupStateResponsePartitionResult[] = notNull(
    reader,
    decodeDeleteShareGroupStateResponsePartitionResultArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { topicId, partitions }
}

function encodeDeleteShareGroupStateResponseDeleteStateResult(
  writer: ByteWriter,
  message: DeleteShareGroupStateResponseDeleteStateResult,
  version: number,
): void {
  const flexible = true
  writer.writeUuid(message.topicId)
  encodeDeleteShareGroupStateResponsePartitionResultArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDeleteShareGroupStateResponsePartitionResult(
  reader: ByteReader,
  _version: number,
): DeleteShareGroupStateResponsePartitionResult {
  const flexible = true
  const partition: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { partition, errorCode, errorMessage }
}

function encodeDeleteShareGroupStateResponsePartitionResult(
  writer: ByteWriter,
  message: DeleteShareGroupStateResponsePartitionResult,
  _version: number,
): void {
  const flexible = true
  writer.writeInt32(message.partition)
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeDeleteShareGroupStateResponseDeleteStateResultArray(
  reader: ByteReader,
  version: number,
): DeleteShareGroupStateResponseDeleteStateResult[] | null {
  const count = readCount(reader, true, 18)
  if (count < 0) return null
  const elements: DeleteShareGroupStateResponseDeleteStateResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDeleteShareGroupStateResponseDeleteStateResult(reader, version))
  return elements
}

function encodeDeleteShareGroupStateResponseDeleteStateResultArray(
  writer: ByteWriter,
  elements: DeleteShareGroupStateResponseDeleteStateResult[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeDeleteShareGroupStateResponseDeleteStateResult(writer, element, version)
}

function decodeDeleteShareGroupStateResponsePartitionResultArray(
  reader: ByteReader,
  version: number,
): DeleteShareGroupStateResponsePartitionResult[] | null {
  const count = readCount(reader, true, 8)
  if (count < 0) return null
  const elements: DeleteShareGroupStateResponsePartitionResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDeleteShareGroupStateResponsePartitionResult(reader, version))
  return elements
}

function encodeDeleteShareGroupStateResponsePartitionResultArray(
  writer: ByteWriter,
  elements: DeleteShareGroupStateResponsePartitionResult[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeDeleteShareGroupStateResponsePartitionResult(writer, element, version)
}
