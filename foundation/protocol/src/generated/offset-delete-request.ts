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
  topics: OffsetDeleteRequestTopic[]
}

export interface OffsetDeleteRequestTopic {
  name: string
  partitions: OffsetDeleteRequestPartition[]
}

export interface OffsetDeleteRequestPartition {
  partitionIndex: number
}

export function decodeOffsetDeleteRequest(
  reader: ByteReader,
  version: number,
): OffsetDeleteRequest {
  const flexible = false
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const topics: OffsetDeleteRequestTopic[] = notNull(
    reader,
    decodeOffsetDeleteRequestTopicArray(reader, version),
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
  encodeOffsetDeleteRequestTopicArray(writer, message.topics, version)
}

function decodeOffsetDeleteRequestTopic(
  reader: ByteReader,
  version: number,
): OffsetDeleteRequestTopic {
  const flexible = false
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const partitions: OffsetDeleteRequestPartition[] = notNull(
    reader,
    decodeOffsetDeleteRequestPartitionArray(reader, version),
    'Partitions',
  )
  return { name, partitions }
}

function encodeOffsetDeleteRequestTopic(
  writer: ByteWriter,
  message: OffsetDeleteRequestTopic,
  version: number,
): void {
  const flexible = false
  writeString(writer, flexible, message.name)
  encodeOffsetDeleteRequestPartitionArray(writer, message.partitions, version)
}

function decodeOffsetDeleteRequestPartition(
  reader: ByteReader,
  _version: number,
): OffsetDeleteRequestPartition {
  const partitionIndex: number = reader.readInt32()
  return { partitionIndex }
}

function encodeOffsetDeleteRequestPartition(
  writer: ByteWriter,
  message: OffsetDeleteRequestPartition,
  _version: number,
): void {
  writer.writeInt32(message.partitionIndex)
}

function decodeOffsetDeleteRequestTopicArray(
  reader: ByteReader,
  version: number,
): OffsetDeleteRequestTopic[] | null {
  const count = readCount(reader, false, 6)
  if (count < 0) return null
  const elements: OffsetDeleteRequestTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetDeleteRequestTopic(reader, version))
  return elements
}

function encodeOffsetDeleteRequestTopicArray(
  writer: ByteWriter,
  elements: OffsetDeleteRequestTopic[],
  version: number,
): void {
  writeCount(writer, false, elements.length)
  for (const element of elements) encodeOffsetDeleteRequestTopic(writer, element, version)
}

function decodeOffsetDeleteRequestPartitionArray(
  reader: ByteReader,
  version: number,
): OffsetDeleteRequestPartition[] | null {
  const count = readCount(reader, false, 4)
  if (count < 0) return null
  const elements: OffsetDeleteRequestPartition[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetDeleteRequestPartition(reader, version))
  return elements
}

function encodeOffsetDeleteRequestPartitionArray(
  writer: ByteWriter,
  elements: OffsetDeleteRequestPartition[],
  version: number,
): void {
  writeCount(writer, false, elements.length)
  for (const element of elements) encodeOffsetDeleteRequestPartition(writer, element, version)
}
