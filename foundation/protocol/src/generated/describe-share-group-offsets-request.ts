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
  groups: DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup[]
}

export interface DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup {
  groupId: string
  topics: DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic[] | null
}

export interface DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic {
  topicName: string
  partitions: number[]
}

export function decodeDescribeShareGroupOffsetsRequest(
  reader: ByteReader,
  version: number,
): DescribeShareGroupOffsetsRequest {
  const flexible = true
  const groups: DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup[] = notNull(
    reader,
    decodeDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroupArray(
      reader,
      version,
    ),
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
  encodeDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroupArray(
    writer,
    message.groups,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup(
  reader: ByteReader,
  version: number,
): DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup {
  const flexible = true
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const topics: DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic[] | null =
    decodeDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopicArray(
      reader,
      version,
    )
  if (flexible) skipTaggedFields(reader)
  return { groupId, topics }
}

function encodeDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup(
  writer: ByteWriter,
  message: DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.groupId)
  if (message.topics === null) {
    writeCount(writer, flexible, -1)
  } else {
    encodeDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopicArray(
      writer,
      message.topics,
      version,
    )
  }
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic(
  reader: ByteReader,
  _version: number,
): DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic {
  const flexible = true
  const topicName: string = notNull(reader, readString(reader, flexible), 'TopicName')
  const partitions: number[] = notNull(reader, readInt32Array(reader, flexible), 'Partitions')
  if (flexible) skipTaggedFields(reader)
  return { topicName, partitions }
}

function encodeDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic(
  writer: ByteWriter,
  message: DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.topicName)
  writeInt32Array(writer, flexible, message.partitions)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroupArray(
  reader: ByteReader,
  version: number,
): DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup[] = []
  for (let index = 0; index < count; index++)
    elements.push(
      decodeDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup(reader, version),
    )
  return elements
}

function encodeDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroupArray(
  writer: ByteWriter,
  elements: DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestGroup(
      writer,
      element,
      version,
    )
}

function decodeDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopicArray(
  reader: ByteReader,
  version: number,
): DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(
      decodeDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic(reader, version),
    )
  return elements
}

function encodeDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopicArray(
  writer: ByteWriter,
  elements: DescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeDescribeShareGroupOffsetsRequestDescribeShareGroupOffsetsRequestTopic(
      writer,
      element,
      version,
    )
}
