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
  topics: OffsetDeleteResponseOffsetDeleteResponseTopic[]
}

export interface OffsetDeleteResponseOffsetDeleteResponseTopic {
  name: string
  partitions: OffsetDeleteResponseOffsetDeleteResponsePartition[]
}

export interface OffsetDeleteResponseOffsetDeleteResponsePartition {
  partitionIndex: number
  errorCode: number
}

export function decodeOffsetDeleteResponse(
  reader: ByteReader,
  version: number,
): OffsetDeleteResponse {
  const errorCode: number = reader.readInt16()
  const throttleTimeMs: number = reader.readInt32()
  const topics: OffsetDeleteResponseOffsetDeleteResponseTopic[] = notNull(
    reader,
    decodeOffsetDeleteResponseOffsetDeleteResponseTopicArray(reader, version),
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
  encodeOffsetDeleteResponseOffsetDeleteResponseTopicArray(writer, message.topics, version)
}

function decodeOffsetDeleteResponseOffsetDeleteResponseTopic(
  reader: ByteReader,
  version: number,
): OffsetDeleteResponseOffsetDeleteResponseTopic {
  const flexible = false
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const partitions: OffsetDeleteResponseOffsetDeleteResponsePartition[] = notNull(
    reader,
    decodeOffsetDeleteResponseOffsetDeleteResponsePartitionArray(reader, version),
    'Partitions',
  )
  return { name, partitions }
}

function encodeOffsetDeleteResponseOffsetDeleteResponseTopic(
  writer: ByteWriter,
  message: OffsetDeleteResponseOffsetDeleteResponseTopic,
  version: number,
): void {
  const flexible = false
  writeString(writer, flexible, message.name)
  encodeOffsetDeleteResponseOffsetDeleteResponsePartitionArray(writer, message.partitions, version)
}

function decodeOffsetDeleteResponseOffsetDeleteResponsePartition(
  reader: ByteReader,
  _version: number,
): OffsetDeleteResponseOffsetDeleteResponsePartition {
  const partitionIndex: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  return { partitionIndex, errorCode }
}

function encodeOffsetDeleteResponseOffsetDeleteResponsePartition(
  writer: ByteWriter,
  message: OffsetDeleteResponseOffsetDeleteResponsePartition,
  _version: number,
): void {
  writer.writeInt32(message.partitionIndex)
  writer.writeInt16(message.errorCode)
}

function decodeOffsetDeleteResponseOffsetDeleteResponseTopicArray(
  reader: ByteReader,
  version: number,
): OffsetDeleteResponseOffsetDeleteResponseTopic[] | null {
  const count = readCount(reader, false, 6)
  if (count < 0) return null
  const elements: OffsetDeleteResponseOffsetDeleteResponseTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetDeleteResponseOffsetDeleteResponseTopic(reader, version))
  return elements
}

function encodeOffsetDeleteResponseOffsetDeleteResponseTopicArray(
  writer: ByteWriter,
  elements: OffsetDeleteResponseOffsetDeleteResponseTopic[],
  version: number,
): void {
  writeCount(writer, false, elements.length)
  for (const element of elements)
    encodeOffsetDeleteResponseOffsetDeleteResponseTopic(writer, element, version)
}

function decodeOffsetDeleteResponseOffsetDeleteResponsePartitionArray(
  reader: ByteReader,
  version: number,
): OffsetDeleteResponseOffsetDeleteResponsePartition[] | null {
  const count = readCount(reader, false, 6)
  if (count < 0) return null
  const elements: OffsetDeleteResponseOffsetDeleteResponsePartition[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetDeleteResponseOffsetDeleteResponsePartition(reader, version))
  return elements
}

function encodeOffsetDeleteResponseOffsetDeleteResponsePartitionArray(
  writer: ByteWriter,
  elements: OffsetDeleteResponseOffsetDeleteResponsePartition[],
  version: number,
): void {
  writeCount(writer, false, elements.length)
  for (const element of elements)
    encodeOffsetDeleteResponseOffsetDeleteResponsePartition(writer, element, version)
}
