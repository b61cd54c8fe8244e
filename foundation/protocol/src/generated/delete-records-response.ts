/**
 * DeleteRecords (API key 21), versions 0 to 2.
 *
 * Generated from definitions/21-delete-records.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface DeleteRecordsResponse {
  throttleTimeMs: number
  topics: DeleteRecordsResponseDeleteRecordsTopicResult[]
}

export interface DeleteRecordsResponseDeleteRecordsTopicResult {
  name: string
  partitions: DeleteRecordsResponseDeleteRecordsPartitionResult[]
}

export interface DeleteRecordsResponseDeleteRecordsPartitionResult {
  partitionIndex: number
  lowWatermark: number
  errorCode: number
}

export function decodeDeleteRecordsResponse(
  reader: ByteReader,
  version: number,
): DeleteRecordsResponse {
  const flexible = version >= 2
  const throttleTimeMs: number = reader.readInt32()
  const topics: DeleteRecordsResponseDeleteRecordsTopicResult[] = notNull(
    reader,
    decodeDeleteRecordsResponseDeleteRecordsTopicResultArray(reader, version),
    'Topics',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, topics }
}

export function encodeDeleteRecordsResponse(
  writer: ByteWriter,
  message: DeleteRecordsResponse,
  version: number,
): void {
  const flexible = version >= 2
  writer.writeInt32(message.throttleTimeMs)
  encodeDeleteRecordsResponseDeleteRecordsTopicResultArray(writer, message.topics, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDeleteRecordsResponseDeleteRecordsTopicResult(
  reader: ByteReader,
  version: number,
): DeleteRecordsResponseDeleteRecordsTopicResult {
  const flexible = version >= 2
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const partitions: DeleteRecordsResponseDeleteRecordsPartitionResult[] = notNull(
    reader,
    decodeDeleteRecordsResponseDeleteRecordsPartitionResultArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { name, partitions }
}

function encodeDeleteRecordsResponseDeleteRecordsTopicResult(
  writer: ByteWriter,
  message: DeleteRecordsResponseDeleteRecordsTopicResult,
  version: number,
): void {
  const flexible = version >= 2
  writeString(writer, flexible, message.name)
  encodeDeleteRecordsResponseDeleteRecordsPartitionResultArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDeleteRecordsResponseDeleteRecordsPartitionResult(
  reader: ByteReader,
  version: number,
): DeleteRecordsResponseDeleteRecordsPartitionResult {
  const flexible = version >= 2
  const partitionIndex: number = reader.readInt32()
  const lowWatermark: number = reader.readInt64()
  const errorCode: number = reader.readInt16()
  if (flexible) skipTaggedFields(reader)
  return { partitionIndex, lowWatermark, errorCode }
}

function encodeDeleteRecordsResponseDeleteRecordsPartitionResult(
  writer: ByteWriter,
  message: DeleteRecordsResponseDeleteRecordsPartitionResult,
  version: number,
): void {
  const flexible = version >= 2
  writer.writeInt32(message.partitionIndex)
  writer.writeInt64(message.lowWatermark)
  writer.writeInt16(message.errorCode)
  if (flexible) writer.writeUint8(0)
}

function decodeDeleteRecordsResponseDeleteRecordsTopicResultArray(
  reader: ByteReader,
  version: number,
): DeleteRecordsResponseDeleteRecordsTopicResult[] | null {
  const count = readCount(reader, version >= 2, 3)
  if (count < 0) return null
  const elements: DeleteRecordsResponseDeleteRecordsTopicResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDeleteRecordsResponseDeleteRecordsTopicResult(reader, version))
  return elements
}

function encodeDeleteRecordsResponseDeleteRecordsTopicResultArray(
  writer: ByteWriter,
  elements: DeleteRecordsResponseDeleteRecordsTopicResult[],
  version: number,
): void {
  writeCount(writer, version >= 2, elements.length)
  for (const element of elements)
    encodeDeleteRecordsResponseDeleteRecordsTopicResult(writer, element, version)
}

function decodeDeleteRecordsResponseDeleteRecordsPartitionResultArray(
  reader: ByteReader,
  version: number,
): DeleteRecordsResponseDeleteRecordsPartitionResult[] | null {
  const count = readCount(reader, version >= 2, 14)
  if (count < 0) return null
  const elements: DeleteRecordsResponseDeleteRecordsPartitionResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDeleteRecordsResponseDeleteRecordsPartitionResult(reader, version))
  return elements
}

function encodeDeleteRecordsResponseDeleteRecordsPartitionResultArray(
  writer: ByteWriter,
  elements: DeleteRecordsResponseDeleteRecordsPartitionResult[],
  version: number,
): void {
  writeCount(writer, version >= 2, elements.length)
  for (const element of elements)
    encodeDeleteRecordsResponseDeleteRecordsPartitionResult(writer, element, version)
}
