/**
 * DescribeShareGroupOffsets (API key 90), versions 0 to 1.
 *
 * Generated from definitions/90-describe-share-group-offsets.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount, readInt32Array, writeInt32Array } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface DescribeShareGroupOffsetsRequest {
  groups: DescribeShareGroupOffsetsRequestGroup[]
}

export interface DescribeShareGroupOffsetsRequestGroup {
  groupId: string
  topics: DescribeShareGroupOffsetsRequestTopic[] | null
}

export interface DescribeShareGroupOffsetsRequestTopic {
  topicName: string
  partitions: number[]
}

export function decodeDescribeShareGroupOffsetsRequest(
  reader: ByteReader,
  version: number,
): DescribeShareGroupOffsetsRequest {
  const flexible = true
  const groups: DescribeShareGroupOffsetsRequestGroup[] = notNull(
    reader,
    decodeDescribeShareGroupOffsetsRequestGroupArray(reader, version),
    'Groups',
  )
  if (flexible) skipTaggedFields(reader)
  return { groups }
}

export function encodeDescribeShareGroupOffsetsRequest(
  writer: ByteWriter,
  message: DescribeShareGroupOffsetsRequest,
  version: number,
): void {
  const flexible = true
  encodeDescribeShareGroupOffsetsRequestGroupArray(writer, message.groups, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeShareGroupOffsetsRequestGroup(
  reader: ByteReader,
  version: number,
): DescribeShareGroupOffsetsRequestGroup {
  const flexible = true
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const topics: DescribeShareGroupOffsetsRequestTopic[] | null =
    decodeDescribeShareGroupOffsetsRequestTopicArray(reader, version)
  if (flexible) skipTaggedFields(reader)
  return { groupId, topics }
}

function encodeDescribeShareGroupOffsetsRequestGroup(
  writer: ByteWriter,
  message: DescribeShareGroupOffsetsRequestGroup,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.groupId)
  if (message.topics === null) {
    writeCount(writer, flexible, -1)
  } else {
    encodeDescribeShareGroupOffsetsRequestTopicArray(writer, message.topics, version)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeShareGroupOffsetsRequestTopic(
  reader: ByteReader,
  _version: number,
): DescribeShareGroupOffsetsRequestTopic {
  const flexible = true
  const topicName: string = notNull(reader, readString(reader, flexible), 'TopicName')
  const partitions: number[] = notNull(reader, readInt32Array(reader, flexible), 'Partitions')
  if (flexible) skipTaggedFields(reader)
  return { topicName, partitions }
}

function encodeDescribeShareGroupOffsetsRequestTopic(
  writer: ByteWriter,
  message: DescribeShareGroupOffsetsRequestTopic,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.topicName)
  writeInt32Array(writer, flexible, message.partitions)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeShareGroupOffsetsRequestGroupArray(
  reader: ByteReader,
  version: number,
): DescribeShareGroupOffsetsRequestGroup[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: DescribeShareGroupOffsetsRequestGroup[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeShareGroupOffsetsRequestGroup(reader, version))
  return elements
}

function encodeDescribeShareGroupOffsetsRequestGroupArray(
  writer: ByteWriter,
  elements: DescribeShareGroupOffsetsRequestGroup[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeDescribeShareGroupOffsetsRequestGroup(writer, element, version)
}

function decodeDescribeShareGroupOffsetsRequestTopicArray(
  reader: ByteReader,
  version: number,
): DescribeShareGroupOffsetsRequestTopic[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: DescribeShareGroupOffsetsRequestTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeShareGroupOffsetsRequestTopic(reader, version))
  return elements
}

function encodeDescribeShareGroupOffsetsRequestTopicArray(
  writer: ByteWriter,
  elements: DescribeShareGroupOffsetsRequestTopic[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeDescribeShareGroupOffsetsRequestTopic(writer, element, version)
}
