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

export interface DeleteRecordsRequest {
  topics: DeleteRecordsRequestDeleteRecordsTopic[]
  timeoutMs: number
}

export interface DeleteRecordsRequestDeleteRecordsTopic {
  name: string
  partitions: DeleteRecordsRequestDeleteRecordsPartition[]
}

export interface DeleteRecordsRequestDeleteRecordsPartition {
  partitionIndex: number
  offset: number
}

export function decodeDeleteRecordsRequest(
  reader: ByteReader,
  version: number,
): DeleteRecordsRequest {
  const flexible = version >= 2
  const topics: DeleteRecordsRequestDeleteRecordsTopic[] = notNull(
    reader,
    decodeDeleteRecordsRequestDeleteRecordsTopicArray(reader, version),
    'Topics',
  )
  const timeoutMs: number = reader.readInt32()
  if (flexible) skipTaggedFields(reader)
  return { topics, timeoutMs }
}

export function encodeDeleteRecordsRequest(
  writer: ByteWriter,
  message: DeleteRecordsRequest,
  version: number,
): void {
  const flexible = version >= 2
  encodeDeleteRecordsRequestDeleteRecordsTopicArray(writer, message.topics, version)
  writer.writeInt32(message.timeoutMs)
  if (flexible) writer.writeUint8(0)
}

function decodeDeleteRecordsRequestDeleteRecordsTopic(
  reader: ByteReader,
  version: number,
): DeleteRecordsRequestDeleteRecordsTopic {
  const flexible = version >= 2
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const partitions: DeleteRecordsRequestDeleteRecordsPartition[] = notNull(
    reader,
    decodeDeleteRecordsRequestDeleteRecordsPartitionArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { name, partitions }
}

function encodeDeleteRecordsRequestDeleteRecordsTopic(
  writer: ByteWriter,
  message: DeleteRecordsRequestDeleteRecordsTopic,
  version: number,
): void {
  const flexible = version >= 2
  writeString(writer, flexible, message.name)
  encodeDeleteRecordsRequestDeleteRecordsPartitionArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDeleteRecordsRequestDeleteRecordsPartition(
  reader: ByteReader,
  version: number,
): DeleteRecordsRequestDeleteRecordsPartition {
  const flexible = version >= 2
  const partitionIndex: number = reader.readInt32()
  const offset: number = reader.readInt64()
  if (flexible) skipTaggedFields(reader)
  return { partitionIndex, offset }
}

function encodeDeleteRecordsRequestDeleteRecordsPartition(
  writer: ByteWriter,
  message: DeleteRecordsRequestDeleteRecordsPartition,
  version: number,
): void {
  const flexible = version >= 2
  writer.writeInt32(message.partitionIndex)
  writer.writeInt64(message.offset)
  if (flexible) writer.writeUint8(0)
}

function decodeDeleteRecordsRequestDeleteRecordsTopicArray(
  reader: ByteReader,
  version: number,
): DeleteRecordsRequestDeleteRecordsTopic[] | null {
  const count = readCount(reader, version >= 2, 3)
  if (count < 0) return null
  const elements: DeleteRecordsRequestDeleteRecordsTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDeleteRecordsRequestDeleteRecordsTopic(reader, version))
  return elements
}

function encodeDeleteRecordsRequestDeleteRecordsTopicArray(
  writer: ByteWriter,
  elements: DeleteRecordsRequestDeleteRecordsTopic[],
  version: number,
): void {
  writeCount(writer, version >= 2, elements.length)
  for (const element of elements)
    encodeDeleteRecordsRequestDeleteRecordsTopic(writer, element, version)
}

function decodeDeleteRecordsRequestDeleteRecordsPartitionArray(
  reader: ByteReader,
  version: number,
): DeleteRecordsRequestDeleteRecordsPartition[] | null {
  const count = readCount(reader, version >= 2, 12)
  if (count < 0) return null
  const elements: DeleteRecordsRequestDeleteRecordsPartition[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDeleteRecordsRequestDeleteRecordsPartition(reader, version))
  return elements
}

function encodeDeleteRecordsRequestDeleteRecordsPartitionArray(
  writer: ByteWriter,
  elements: DeleteRecordsRequestDeleteRecordsPartition[],
  version: number,
): void {
  writeCount(writer, version >= 2, elements.length)
  for (const element of elements)
    encodeDeleteRecordsRequestDeleteRecordsPartition(writer, element, version)
}
