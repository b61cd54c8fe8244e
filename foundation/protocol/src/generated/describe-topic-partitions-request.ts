/**
 * DescribeTopicPartitions (API key 75), versions 0 to 0.
 *
 * Generated from definitions/75-describe-topic-partitions.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface DescribeTopicPartitionsRequest {
  topics: DescribeTopicPartitionsRequestTopicRequest[]
  responsePartitionLimit: number
  cursor: DescribeTopicPartitionsRequestCursor | null
}

export interface DescribeTopicPartitionsRequestTopicRequest {
  name: string
}

export interface DescribeTopicPartitionsRequestCursor {
  topicName: string
  partitionIndex: number
}

export function decodeDescribeTopicPartitionsRequest(
  reader: ByteReader,
  version: number,
): DescribeTopicPartitionsRequest {
  const flexible = true
  const topics: DescribeTopicPartitionsRequestTopicRequest[] = notNull(
    reader,
    decodeDescribeTopicPartitionsRequestTopicRequestArray(reader, version),
    'Topics',
  )
  const responsePartitionLimit: number = reader.readInt32()
  const cursor: DescribeTopicPartitionsRequestCursor | null =
    reader.readInt8() < 0 ? null : decodeDescribeTopicPartitionsRequestCursor(reader, version)
  if (flexible) skipTaggedFields(reader)
  return { topics, responsePartitionLimit, cursor }
}

export function encodeDescribeTopicPartitionsRequest(
  writer: ByteWriter,
  message: DescribeTopicPartitionsRequest,
  version: number,
): void {
  const flexible = true
  encodeDescribeTopicPartitionsRequestTopicRequestArray(writer, message.topics, version)
  writer.writeInt32(message.responsePartitionLimit)
  if (message.cursor === null) {
    writer.writeInt8(-1)
  } else {
    writer.writeInt8(1)
    encodeDescribeTopicPartitionsRequestCursor(writer, message.cursor, version)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeTopicPartitionsRequestTopicRequest(
  reader: ByteReader,
  _version: number,
): DescribeTopicPartitionsRequestTopicRequest {
  const flexible = true
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  if (flexible) skipTaggedFields(reader)
  return { name }
}

function encodeDescribeTopicPartitionsRequestTopicRequest(
  writer: ByteWriter,
  message: DescribeTopicPartitionsRequestTopicRequest,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.name)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeTopicPartitionsRequestCursor(
  reader: ByteReader,
  _version: number,
): DescribeTopicPartitionsRequestCursor {
  const flexible = true
  const topicName: string = notNull(reader, readString(reader, flexible), 'TopicName')
  const partitionIndex: number = reader.readInt32()
  if (flexible) skipTaggedFields(reader)
  return { topicName, partitionIndex }
}

function encodeDescribeTopicPartitionsRequestCursor(
  writer: ByteWriter,
  message: DescribeTopicPartitionsRequestCursor,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.topicName)
  writer.writeInt32(message.partitionIndex)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeTopicPartitionsRequestTopicRequestArray(
  reader: ByteReader,
  version: number,
): DescribeTopicPartitionsRequestTopicRequest[] | null {
  const count = readCount(reader, true, 2)
  if (count < 0) return null
  const elements: DescribeTopicPartitionsRequestTopicRequest[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeTopicPartitionsRequestTopicRequest(reader, version))
  return elements
}

function encodeDescribeTopicPartitionsRequestTopicRequestArray(
  writer: ByteWriter,
  elements: DescribeTopicPartitionsRequestTopicRequest[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeDescribeTopicPartitionsRequestTopicRequest(writer, element, version)
}
