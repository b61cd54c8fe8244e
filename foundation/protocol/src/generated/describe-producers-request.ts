/**
 * DescribeProducers (API key 61), versions 0 to 0.
 *
 * Generated from definitions/61-describe-producers.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount, readInt32Array, writeInt32Array } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface DescribeProducersRequest {
  topics: DescribeProducersRequestTopicRequest[]
}

export interface DescribeProducersRequestTopicRequest {
  name: string
  partitionIndexes: number[]
}

export function decodeDescribeProducersRequest(
  reader: ByteReader,
  version: number,
): DescribeProducersRequest {
  const flexible = true
  const topics: DescribeProducersRequestTopicRequest[] = notNull(
    reader,
    decodeDescribeProducersRequestTopicRequestArray(reader, version),
    'Topics',
  )
  if (flexible) skipTaggedFields(reader)
  return { topics }
}

export function encodeDescribeProducersRequest(
  writer: ByteWriter,
  message: DescribeProducersRequest,
  version: number,
): void {
  const flexible = true
  encodeDescribeProducersRequestTopicRequestArray(writer, message.topics, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeProducersRequestTopicRequest(
  reader: ByteReader,
  _version: number,
): DescribeProducersRequestTopicRequest {
  const flexible = true
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const partitionIndexes: number[] = notNull(
    reader,
    readInt32Array(reader, flexible),
    'PartitionIndexes',
  )
  if (flexible) skipTaggedFields(reader)
  return { name, partitionIndexes }
}

function encodeDescribeProducersRequestTopicRequest(
  writer: ByteWriter,
  message: DescribeProducersRequestTopicRequest,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.name)
  writeInt32Array(writer, flexible, message.partitionIndexes)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeProducersRequestTopicRequestArray(
  reader: ByteReader,
  version: number,
): DescribeProducersRequestTopicRequest[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: DescribeProducersRequestTopicRequest[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeProducersRequestTopicRequest(reader, version))
  return elements
}

function encodeDescribeProducersRequestTopicRequestArray(
  writer: ByteWriter,
  elements: DescribeProducersRequestTopicRequest[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeDescribeProducersRequestTopicRequest(writer, element, version)
}
