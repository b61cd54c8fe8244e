/**
 * OffsetDelete (API key 47), versions 0 to 0.
 *
 * Generated from definitions/47-offset-delete.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'

export interface OffsetDeleteRequest {
  groupId: string
  topics: OffsetDeleteRequestOffsetDeleteRequestTopic[]
}

export interface OffsetDeleteRequestOffsetDeleteRequestTopic {
  name: string
  partitions: OffsetDeleteRequestOffsetDeleteRequestPartition[]
}

export interface OffsetDeleteRequestOffsetDeleteRequestPartition {
  partitionIndex: number
}

export function decodeOffsetDeleteRequest(
  reader: ByteReader,
  version: number,
): OffsetDeleteRequest {
  const flexible = false
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const topics: OffsetDeleteRequestOffsetDeleteRequestTopic[] = notNull(
    reader,
    decodeOffsetDeleteRequestOffsetDeleteRequestTopicArray(reader, version),
    'Topics',
  )
  return { groupId, topics }
}

export function encodeOffsetDeleteRequest(
  writer: ByteWriter,
  message: OffsetDeleteRequest,
  version: number,
): void {
  const flexible = false
  writeString(writer, flexible, message.groupId)
  encodeOffsetDeleteRequestOffsetDeleteRequestTopicArray(writer, message.topics, version)
}

function decodeOffsetDeleteRequestOffsetDeleteRequestTopic(
  reader: ByteReader,
  version: number,
): OffsetDeleteRequestOffsetDeleteRequestTopic {
  const flexible = false
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const partitions: OffsetDeleteRequestOffsetDeleteRequestPartition[] = notNull(
    reader,
    decodeOffsetDeleteRequestOffsetDeleteRequestPartitionArray(reader, version),
    'Partitions',
  )
  return { name, partitions }
}

function encodeOffsetDeleteRequestOffsetDeleteRequestTopic(
  writer: ByteWriter,
  message: OffsetDeleteRequestOffsetDeleteRequestTopic,
  version: number,
): void {
  const flexible = false
  writeString(writer, flexible, message.name)
  encodeOffsetDeleteRequestOffsetDeleteRequestPartitionArray(writer, message.partitions, version)
}

function decodeOffsetDeleteRequestOffsetDeleteRequestPartition(
  reader: ByteReader,
  _version: number,
): OffsetDeleteRequestOffsetDeleteRequestPartition {
  const partitionIndex: number = reader.readInt32()
  return { partitionIndex }
}

function encodeOffsetDeleteRequestOffsetDeleteRequestPartition(
  writer: ByteWriter,
  message: OffsetDeleteRequestOffsetDeleteRequestPartition,
  _version: number,
): void {
  writer.writeInt32(message.partitionIndex)
}

function decodeOffsetDeleteRequestOffsetDeleteRequestTopicArray(
  reader: ByteReader,
  version: number,
): OffsetDeleteRequestOffsetDeleteRequestTopic[] | null {
  const count = readCount(reader, false, 6)
  if (count < 0) return null
  const elements: OffsetDeleteRequestOffsetDeleteRequestTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetDeleteRequestOffsetDeleteRequestTopic(reader, version))
  return elements
}

function encodeOffsetDeleteRequestOffsetDeleteRequestTopicArray(
  writer: ByteWriter,
  elements: OffsetDeleteRequestOffsetDeleteRequestTopic[],
  version: number,
): void {
  writeCount(writer, false, elements.length)
  for (const element of elements)
    encodeOffsetDeleteRequestOffsetDeleteRequestTopic(writer, element, version)
}

function decodeOffsetDeleteRequestOffsetDeleteRequestPartitionArray(
  reader: ByteReader,
  version: number,
): OffsetDeleteRequestOffsetDeleteRequestPartition[] | null {
  const count = readCount(reader, false, 4)
  if (count < 0) return null
  const elements: OffsetDeleteRequestOffsetDeleteRequestPartition[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetDeleteRequestOffsetDeleteRequestPartition(reader, version))
  return elements
}

function encodeOffsetDeleteRequestOffsetDeleteRequestPartitionArray(
  writer: ByteWriter,
  elements: OffsetDeleteRequestOffsetDeleteRequestPartition[],
  version: number,
): void {
  writeCount(writer, false, elements.length)
  for (const element of elements)
    encodeOffsetDeleteRequestOffsetDeleteRequestPartition(writer, element, version)
}
