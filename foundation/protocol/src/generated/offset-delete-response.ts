/**
 * OffsetDelete (API key 47), versions 0 to 0.
 *
 * Generated from definitions/47-offset-delete.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'

export interface OffsetDeleteResponse {
  errorCode: number
  throttleTimeMs: number
  topics: OffsetDeleteResponseTopic[]
}

export interface OffsetDeleteResponseTopic {
  name: string
  partitions: OffsetDeleteResponsePartition[]
}

export interface OffsetDeleteResponsePartition {
  partitionIndex: number
  errorCode: number
}

export function decodeOffsetDeleteResponse(
  reader: ByteReader,
  version: number,
): OffsetDeleteResponse {
  const errorCode: number = reader.readInt16()
  const throttleTimeMs: number = reader.readInt32()
  const topics: OffsetDeleteResponseTopic[] = notNull(
    reader,
    decodeOffsetDeleteResponseTopicArray(reader, version),
    'Topics',
  )
  return { errorCode, throttleTimeMs, topics }
}

export function encodeOffsetDeleteResponse(
  writer: ByteWriter,
  message: OffsetDeleteResponse,
  version: number,
): void {
  writer.writeInt16(message.errorCode)
  writer.writeInt32(message.throttleTimeMs)
  encodeOffsetDeleteResponseTopicArray(writer, message.topics, version)
}

function decodeOffsetDeleteResponseTopic(
  reader: ByteReader,
  version: number,
): OffsetDeleteResponseTopic {
  const flexible = false
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const partitions: OffsetDeleteResponsePartition[] = notNull(
    reader,
    decodeOffsetDeleteResponsePartitionArray(reader, version),
    'Partitions',
  )
  return { name, partitions }
}

function encodeOffsetDeleteResponseTopic(
  writer: ByteWriter,
  message: OffsetDeleteResponseTopic,
  version: number,
): void {
  const flexible = false
  writeString(writer, flexible, message.name)
  encodeOffsetDeleteResponsePartitionArray(writer, message.partitions, version)
}

function decodeOffsetDeleteResponsePartition(
  reader: ByteReader,
  _version: number,
): OffsetDeleteResponsePartition {
  const partitionIndex: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  return { partitionIndex, errorCode }
}

function encodeOffsetDeleteResponsePartition(
  writer: ByteWriter,
  message: OffsetDeleteResponsePartition,
  _version: number,
): void {
  writer.writeInt32(message.partitionIndex)
  writer.writeInt16(message.errorCode)
}

function decodeOffsetDeleteResponseTopicArray(
  reader: ByteReader,
  version: number,
): OffsetDeleteResponseTopic[] | null {
  const count = readCount(reader, false, 6)
  if (count < 0) return null
  const elements: OffsetDeleteResponseTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetDeleteResponseTopic(reader, version))
  return elements
}

function encodeOffsetDeleteResponseTopicArray(
  writer: ByteWriter,
  elements: OffsetDeleteResponseTopic[],
  version: number,
): void {
  writeCount(writer, false, elements.length)
  for (const element of elements) encodeOffsetDeleteResponseTopic(writer, element, version)
}

function decodeOffsetDeleteResponsePartitionArray(
  reader: ByteReader,
  version: number,
): OffsetDeleteResponsePartition[] | null {
  const count = readCount(reader, false, 6)
  if (count < 0) return null
  const elements: OffsetDeleteResponsePartition[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetDeleteResponsePartition(reader, version))
  return elements
}

function encodeOffsetDeleteResponsePartitionArray(
  writer: ByteWriter,
  elements: OffsetDeleteResponsePartition[],
  version: number,
): void {
  writeCount(writer, false, elements.length)
  for (const element of elements) encodeOffsetDeleteResponsePartition(writer, element, version)
}
