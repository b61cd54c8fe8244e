/**
 * InitializeShareGroupState (API key 83), versions 0 to 0.
 *
 * Generated from definitions/83-initialize-share-group-state.api; do not edit.
 */
import { type ByteReader, type ByteWriter, type Uuid } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface InitializeShareGroupStateResponse {
  results: InitializeShareGroupStateResponseInitializeStateResult[]
}

export interface InitializeShareGroupStateResponseInitializeStateResult {
  topicId: Uuid
  partitions: InitializeShareGroupStateResponsePartitionResult[]
}

export interface InitializeShareGroupStateResponsePartitionResult {
  partition: number
  errorCode: number
  errorMessage: string | null
}

export function decodeInitializeShareGroupStateResponse(
  reader: ByteReader,
  version: number,
): InitializeShareGroupStateResponse {
  const flexible = true
  const results: InitializeShareGroupStateResponseInitializeStateResult[] = notNull(
    reader,
    decodeInitializeShareGroupStateResponseInitializeStateResultArray(reader, version),
    'Results',
  )
  if (flexible) skipTaggedFields(reader)
  return { results }
}

export function encodeInitializeShareGroupStateResponse(
  writer: ByteWriter,
  message: InitializeShareGroupStateResponse,
  version: number,
): void {
  const flexible = true
  encodeInitializeShareGroupStateResponseInitializeStateResultArray(
    writer,
    message.results,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeInitializeShareGroupStateResponseInitializeStateResult(
  reader: ByteReader,
  version: number,
): InitializeShareGroupStateResponseInitializeStateResult {
  const flexible = true
  const topicId: Uuid = reader.readUuid()
  const partitions: InitializeShareGroupStateResponsePartitionResult[] = notNull(
    reader,
    decodeInitializeShareGroupStateResponsePartitionResultArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { topicId, partitions }
}

function encodeInitializeShareGroupStateResponseInitializeStateResult(
  writer: ByteWriter,
  message: InitializeShareGroupStateResponseInitializeStateResult,
  version: number,
): void {
  const flexible = true
  writer.writeUuid(message.topicId)
  encodeInitializeShareGroupStateResponsePartitionResultArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeInitializeShareGroupStateResponsePartitionResult(
  reader: ByteReader,
  _version: number,
): InitializeShareGroupStateResponsePartitionResult {
  const flexible = true
  const partition: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { partition, errorCode, errorMessage }
}

function encodeInitializeShareGroupStateResponsePartitionResult(
  writer: ByteWriter,
  message: InitializeShareGroupStateResponsePartitionResult,
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

function decodeInitializeShareGroupStateResponseInitializeStateResultArray(
  reader: ByteReader,
  version: number,
): InitializeShareGroupStateResponseInitializeStateResult[] | null {
  const count = readCount(reader, true, 18)
  if (count < 0) return null
  const elements: InitializeShareGroupStateResponseInitializeStateResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeInitializeShareGroupStateResponseInitializeStateResult(reader, version))
  return elements
}

function encodeInitializeShareGroupStateResponseInitializeStateResultArray(
  writer: ByteWriter,
  elements: InitializeShareGroupStateResponseInitializeStateResult[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeInitializeShareGroupStateResponseInitializeStateResult(writer, element, version)
}

function decodeInitializeShareGroupStateResponsePartitionResultArray(
  reader: ByteReader,
  version: number,
): InitializeShareGroupStateResponsePartitionResult[] | null {
  const count = readCount(reader, true, 8)
  if (count < 0) return null
  const elements: InitializeShareGroupStateResponsePartitionResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeInitializeShareGroupStateResponsePartitionResult(reader, version))
  return elements
}

function encodeInitializeShareGroupStateResponsePartitionResultArray(
  writer: ByteWriter,
  elements: InitializeShareGroupStateResponsePartitionResult[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeInitializeShareGroupStateResponsePartitionResult(writer, element, version)
}
