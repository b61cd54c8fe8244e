/**
 * DescribeQuorum (API key 55), versions 0 to 2.
 *
 * Generated from definitions/55-describe-quorum.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface DescribeQuorumRequest {
  topics: DescribeQuorumRequestTopicData[]
}

export interface DescribeQuorumRequestTopicData {
  topicName: string
  partitions: DescribeQuorumRequestPartitionData[]
}

export interface DescribeQuorumRequestPartitionData {
  partitionIndex: number
}

export function decodeDescribeQuorumRequest(
  reader: ByteReader,
  version: number,
): DescribeQuorumRequest {
  const flexible = true
  const topics: DescribeQuorumRequestTopicData[] = notNull(
    reader,
    decodeDescribeQuorumRequestTopicDataArray(reader, version),
    'Topics',
  )
  if (flexible) skipTaggedFields(reader)
  return { topics }
}

export function encodeDescribeQuorumRequest(
  writer: ByteWriter,
  message: DescribeQuorumRequest,
  version: number,
): void {
  const flexible = true
  encodeDescribeQuorumRequestTopicDataArray(writer, message.topics, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeQuorumRequestTopicData(
  reader: ByteReader,
  version: number,
): DescribeQuorumRequestTopicData {
  const flexible = true
  const topicName: string = notNull(reader, readString(reader, flexible), 'TopicName')
  const partitions: DescribeQuorumRequestPartitionData[] = notNull(
    reader,
    decodeDescribeQuorumRequestPartitionDataArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { topicName, partitions }
}

function encodeDescribeQuorumRequestTopicData(
  writer: ByteWriter,
  message: DescribeQuorumRequestTopicData,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.topicName)
  encodeDescribeQuorumRequestPartitionDataArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeQuorumRequestPartitionData(
  reader: ByteReader,
  _version: number,
): DescribeQuorumRequestPartitionData {
  const flexible = true
  const partitionIndex: number = reader.readInt32()
  if (flexible) skipTaggedFields(reader)
  return { partitionIndex }
}

function encodeDescribeQuorumRequestPartitionData(
  writer: ByteWriter,
  message: DescribeQuorumRequestPartitionData,
  _version: number,
): void {
  const flexible = true
  writer.writeInt32(message.partitionIndex)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeQuorumRequestTopicDataArray(
  reader: ByteReader,
  version: number,
): DescribeQuorumRequestTopicData[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: DescribeQuorumRequestTopicData[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeQuorumRequestTopicData(reader, version))
  return elements
}

function encodeDescribeQuorumRequestTopicDataArray(
  writer: ByteWriter,
  elements: DescribeQuorumRequestTopicData[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements) encodeDescribeQuorumRequestTopicData(writer, element, version)
}

function decodeDescribeQuorumRequestPartitionDataArray(
  reader: ByteReader,
  version: number,
): DescribeQuorumRequestPartitionData[] | null {
  const count = readCount(reader, true, 5)
  if (count < 0) return null
  const elements: DescribeQuorumRequestPartitionData[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeQuorumRequestPartitionData(reader, version))
  return elements
}

function encodeDescribeQuorumRequestPartitionDataArray(
  writer: ByteWriter,
  elements: DescribeQuorumRequestPartitionData[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements) encodeDescribeQuorumRequestPartitionData(writer, element, version)
}
