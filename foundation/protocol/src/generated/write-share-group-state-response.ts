/**
 * WriteShareGroupState (API key 85), versions 0 to 1.
 *
 * Generated from definitions/85-write-share-group-state.api; do not edit.
 */
import { type ByteReader, type ByteWriter, type Uuid } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface WriteShareGroupStateResponse {
  results: WriteShareGroupStateResponseWriteStateResult[]
}

export interface WriteShareGroupStateResponseWriteStateResult {
  topicId: Uuid
  partitions: WriteShareGroupStateResponsePartitionResult[]
}

export interface WriteShareGroupStateResponsePartitionResult {
  partition: number
  errorCode: number
  errorMessage: string | null
}

export function decodeWriteShareGroupStateResponse(
  reader: ByteReader,
  version: number,
): WriteShareGroupStateResponse {
  const flexible = true
  const results: WriteShareGroupStateResponseWriteStateResult[] = notNull(
    reader,
    decodeWriteShareGroupStateResponseWriteStateResultArray(reader, version),
    'Results',
  )
  if (flexible) skipTaggedFields(reader)
  return { results }
}

export function encodeWriteShareGroupStateResponse(
  writer: ByteWriter,
  message: WriteShareGroupStateResponse,
  version: number,
): void {
  const flexible = true
  encodeWriteShareGroupStateResponseWriteStateResultArray(writer, message.results, version)
  if (flexible) writer.writeUint8(0)
}

function decodeWriteShareGroupStateResponseWriteStateResult(
  reader: ByteReader,
  version: number,
): WriteShareGroupStateResponseWriteStateResult {
  const flexible = true
  const topicId: Uuid = reader.readUuid()
  const partitions: WriteShareGroupStateResponsePartitionResult[] = notNull(
    reader,
    decodeWriteShareGroupStateResponsePartitionResultArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { topicId, partitions }
}

function encodeWriteShareGroupStateResponseWriteStateResult(
  writer: ByteWriter,
  message: WriteShareGroupStateResponseWriteStateResult,
  version: number,
): void {
  const flexible = true
  writer.writeUuid(message.topicId)
  encodeWriteShareGroupStateResponsePartitionResultArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeWriteShareGroupStateResponsePartitionResult(
  reader: ByteReader,
  _version: number,
): WriteShareGroupStateResponsePartitionResult {
  const flexible = true
  const partition: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { partition, errorCode, errorMessage }
}

function encodeWriteShareGroupStateResponsePartitionResult(
  writer: ByteWriter,
  message: WriteShareGroupStateResponsePartitionResult,
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

function decodeWriteShareGroupStateResponseWriteStateResultArray(
  reader: ByteReader,
  version: number,
): WriteShareGroupStateResponseWriteStateResult[] | null {
  const count = readCount(reader, true, 18)
  if (count < 0) return null
  const elements: WriteShareGroupStateResponseWriteStateResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeWriteShareGroupStateResponseWriteStateResult(reader, version))
  return elements
}

function encodeWriteShareGroupStateResponseWriteStateResultArray(
  writer: ByteWriter,
  elements: WriteShareGroupStateResponseWriteStateResult[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeWriteShareGroupStateResponseWriteStateResult(writer, element, version)
}

function decodeWriteShareGroupStateResponsePartitionResultArray(
  reader: ByteReader,
  version: number,
): WriteShareGroupStateResponsePartitionResult[] | null {
  const count = readCount(reader, true, 8)
  if (count < 0) return null
  const elements: WriteShareGroupStateResponsePartitionResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeWriteShareGroupStateResponsePartitionResult(reader, version))
  return elements
}

function encodeWriteShareGroupStateResponsePartitionResultArray(
  writer: ByteWriter,
  elements: WriteShareGroupStateResponsePartitionResult[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeWriteShareGroupStateResponsePartitionResult(writer, element, version)
}
