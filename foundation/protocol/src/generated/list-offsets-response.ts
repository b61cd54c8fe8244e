/**
 * ListOffsets (API key 2), versions 1 to 11.
 *
 * Generated from definitions/02-list-offsets.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface ListOffsetsResponse {
  /** Where version >= 2. */
  throttleTimeMs: number
  topics: ListOffsetsResponseListOffsetsTopicResponse[]
}

export interface ListOffsetsResponseListOffsetsTopicResponse {
  name: string
  partitions: ListOffsetsResponseListOffsetsPartitionResponse[]
}

export interface ListOffsetsResponseListOffsetsPartitionResponse {
  partitionIndex: number
  errorCode: number
  timestamp: number
  offset: number
  /** Where version >= 4. */
  leaderEpoch: number
}

export function decodeListOffsetsResponse(
  reader: ByteReader,
  version: number,
): ListOffsetsResponse {
  const flexible = version >= 6
  const throttleTimeMs: number = version >= 2 ? reader.readInt32() : 0
  const topics: ListOffsetsResponseListOffsetsTopicResponse[] = notNull(
    reader,
    decodeListOffsetsResponseListOffsetsTopicResponseArray(reader, version),
    'Topics',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, topics }
}

export function encodeListOffsetsResponse(
  writer: ByteWriter,
  message: ListOffsetsResponse,
  version: number,
): void {
  const flexible = version >= 6
  if (version >= 2) {
    writer.writeInt32(message.throttleTimeMs)
  }
  encodeListOffsetsResponseListOffsetsTopicResponseArray(writer, message.topics, version)
  if (flexible) writer.writeUint8(0)
}

function decodeListOffsetsResponseListOffsetsTopicResponse(
  reader: ByteReader,
  version: number,
): ListOffsetsResponseListOffsetsTopicResponse {
  const flexible = version >= 6
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const partitions: ListOffsetsResponseListOffsetsPartitionResponse[] = notNull(
    reader,
    decodeListOffsetsResponseListOffsetsPartitionResponseArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { name, partitions }
}

function encodeListOffsetsResponseListOffsetsTopicResponse(
  writer: ByteWriter,
  message: ListOffsetsResponseListOffsetsTopicResponse,
  version: number,
): void {
  const flexible = version >= 6
  writeString(writer, flexible, message.name)
  encodeListOffsetsResponseListOffsetsPartitionResponseArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeListOffsetsResponseListOffsetsPartitionResponse(
  reader: ByteReader,
  version: number,
): ListOffsetsResponseListOffsetsPartitionResponse {
  const flexible = version >= 6
  const partitionIndex: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const timestamp: number = reader.readInt64()
  const offset: number = reader.readInt64()
  const leaderEpoch: number = version >= 4 ? reader.readInt32() : -1
  if (flexible) skipTaggedFields(reader)
  return { partitionIndex, errorCode, timestamp, offset, leaderEpoch }
}

function encodeListOffsetsResponseListOffsetsPartitionResponse(
  writer: ByteWriter,
  message: ListOffsetsResponseListOffsetsPartitionResponse,
  version: number,
): void {
  const flexible = version >= 6
  writer.writeInt32(message.partitionIndex)
  writer.writeInt16(message.errorCode)
  writer.writeInt64(message.timestamp)
  writer.writeInt64(message.offset)
  if (version >= 4) {
    writer.writeInt32(message.leaderEpoch)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeListOffsetsResponseListOffsetsTopicResponseArray(
  reader: ByteReader,
  version: number,
): ListOffsetsResponseListOffsetsTopicResponse[] | null {
  const count = readCount(reader, version >= 6, 3)
  if (count < 0) return null
  const elements: ListOffsetsResponseListOffsetsTopicResponse[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeListOffsetsResponseListOffsetsTopicResponse(reader, version))
  return elements
}

function encodeListOffsetsResponseListOffsetsTopicResponseArray(
  writer: ByteWriter,
  elements: ListOffsetsResponseListOffsetsTopicResponse[],
  version: number,
): void {
  writeCount(writer, version >= 6, elements.length)
  for (const element of elements)
    encodeListOffsetsResponseListOffsetsTopicResponse(writer, element, version)
}

function decodeListOffsetsResponseListOffsetsPartitionResponseArray(
  reader: ByteReader,
  version: number,
): ListOffsetsResponseListOffsetsPartitionResponse[] | null {
  const count = readCount(reader, version >= 6, 22)
  if (count < 0) return null
  const elements: ListOffsetsResponseListOffsetsPartitionResponse[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeListOffsetsResponseListOffsetsPartitionResponse(reader, version))
  return elements
}

function encodeListOffsetsResponseListOffsetsPartitionResponseArray(
  writer: ByteWriter,
  elements: ListOffsetsResponseListOffsetsPartitionResponse[],
  version: number,
): void {
  writeCount(writer, version >= 6, elements.length)
  for (const element of elements)
    encodeListOffsetsResponseListOffsetsPartitionResponse(writer, element, version)
}
