/**
 * DescribeProducers (API key 61), versions 0 to 0.
 *
 * Generated from definitions/61-describe-producers.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface DescribeProducersResponse {
  throttleTimeMs: number
  topics: DescribeProducersResponseTopicResponse[]
}

export interface DescribeProducersResponseTopicResponse {
  name: string
  partitions: DescribeProducersResponsePartitionResponse[]
}

export interface DescribeProducersResponsePartitionResponse {
  partitionIndex: number
  errorCode: number
  errorMessage: string | null
  activeProducers: DescribeProducersResponseProducerState[]
}

export interface DescribeProducersResponseProducerState {
  producerId: number
  producerEpoch: number
  lastSequence: number
  lastTimestamp: number
  coordinatorEpoch: number
  currentTxnStartOffset: number
}

export function decodeDescribeProducersResponse(
  reader: ByteReader,
  version: number,
): DescribeProducersResponse {
  const flexible = true
  const throttleTimeMs: number = reader.readInt32()
  const topics: DescribeProducersResponseTopicResponse[] = notNull(
    reader,
    decodeDescribeProducersResponseTopicResponseArray(reader, version),
    'Topics',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, topics }
}

export function encodeDescribeProducersResponse(
  writer: ByteWriter,
  message: DescribeProducersResponse,
  version: number,
): void {
  const flexible = true
  writer.writeInt32(message.throttleTimeMs)
  encodeDescribeProducersResponseTopicResponseArray(writer, message.topics, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeProducersResponseTopicResponse(
  reader: ByteReader,
  version: number,
): DescribeProducersResponseTopicResponse {
  const flexible = true
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const partitions: DescribeProducersResponsePartitionResponse[] = notNull(
    reader,
    decodeDescribeProducersResponsePartitionResponseArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { name, partitions }
}

function encodeDescribeProducersResponseTopicResponse(
  writer: ByteWriter,
  message: DescribeProducersResponseTopicResponse,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.name)
  encodeDescribeProducersResponsePartitionResponseArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeProducersResponsePartitionResponse(
  reader: ByteReader,
  version: number,
): DescribeProducersResponsePartitionResponse {
  const flexible = true
  const partitionIndex: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  const activeProducers: DescribeProducersResponseProducerState[] = notNull(
    reader,
    decodeDescribeProducersResponseProducerStateArray(reader, version),
    'ActiveProducers',
  )
  if (flexible) skipTaggedFields(reader)
  return { partitionIndex, errorCode, errorMessage, activeProducers }
}

function encodeDescribeProducersResponsePartitionResponse(
  writer: ByteWriter,
  message: DescribeProducersResponsePartitionResponse,
  version: number,
): void {
  const flexible = true
  writer.writeInt32(message.partitionIndex)
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  encodeDescribeProducersResponseProducerStateArray(writer, message.activeProducers, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeProducersResponseProducerState(
  reader: ByteReader,
  _version: number,
): DescribeProducersResponseProducerState {
  const flexible = true
  const producerId: number = reader.readInt64()
  const producerEpoch: number = reader.readInt32()
  const lastSequence: number = reader.readInt32()
  const lastTimestamp: number = reader.readInt64()
  const coordinatorEpoch: number = reader.readInt32()
  const currentTxnStartOffset: number = reader.readInt64()
  if (flexible) skipTaggedFields(reader)
  return {
    producerId,
    producerEpoch,
    lastSequence,
    lastTimestamp,
    coordinatorEpoch,
    currentTxnStartOffset,
  }
}

function encodeDescribeProducersResponseProducerState(
  writer: ByteWriter,
  message: DescribeProducersResponseProducerState,
  _version: number,
): void {
  const flexible = true
  writer.writeInt64(message.producerId)
  writer.writeInt32(message.producerEpoch)
  writer.writeInt32(message.lastSequence)
  writer.writeInt64(message.lastTimestamp)
  writer.writeInt32(message.coordinatorEpoch)
  writer.writeInt64(message.currentTxnStartOffset)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeProducersResponseTopicResponseArray(
  reader: ByteReader,
  version: number,
): DescribeProducersResponseTopicResponse[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: DescribeProducersResponseTopicResponse[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeProducersResponseTopicResponse(reader, version))
  return elements
}

function encodeDescribeProducersResponseTopicResponseArray(
  writer: ByteWriter,
  elements: DescribeProducersResponseTopicResponse[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeDescribeProducersResponseTopicResponse(writer, element, version)
}

function decodeDescribeProducersResponsePartitionResponseArray(
  reader: ByteReader,
  version: number,
): DescribeProducersResponsePartitionResponse[] | null {
  const count = readCount(reader, true, 9)
  if (count < 0) return null
  const elements: DescribeProducersResponsePartitionResponse[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeProducersResponsePartitionResponse(reader, version))
  return elements
}

function encodeDescribeProducersResponsePartitionResponseArray(
  writer: ByteWriter,
  elements: DescribeProducersResponsePartitionResponse[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeDescribeProducersResponsePartitionResponse(writer, element, version)
}

function decodeDescribeProducersResponseProducerStateArray(
  reader: ByteReader,
  version: number,
): DescribeProducersResponseProducerState[] | null {
  const count = readCount(reader, true, 37)
  if (count < 0) return null
  const elements: DescribeProducersResponseProducerState[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeProducersResponseProducerState(reader, version))
  return elements
}

function encodeDescribeProducersResponseProducerStateArray(
  writer: ByteWriter,
  elements: DescribeProducersResponseProducerState[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeDescribeProducersResponseProducerState(writer, element, version)
}
