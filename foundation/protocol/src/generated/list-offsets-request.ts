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
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface ListOffsetsRequest {
  replicaId: number
  /** Where version >= 2. */
  isolationLevel: number
  topics: ListOffsetsRequestListOffsetsTopic[]
  /** Where version >= 10. */
  timeoutMs: number
}

export interface ListOffsetsRequestListOffsetsTopic {
  name: string
  partitions: ListOffsetsRequestListOffsetsPartition[]
}

export interface ListOffsetsRequestListOffsetsPartition {
  partitionIndex: number
  /** Where version >= 4. */
  currentLeaderEpoch: number
  timestamp: number
}

export function decodeListOffsetsRequest(reader: ByteReader, version: number): ListOffsetsRequest {
  const flexible = version >= 6
  const replicaId: number = reader.readInt32()
  const isolationLevel: number = version >= 2 ? reader.readInt8() : 0
  const topics: ListOffsetsRequestListOffsetsTopic[] = notNull(
    reader,
    decodeListOffsetsRequestListOffsetsTopicArray(reader, version),
    'Topics',
  )
  const timeoutMs: number = version >= 10 ? reader.readInt32() : 0
  if (flexible) skipTaggedFields(reader)
  return { replicaId, isolationLevel, topics, timeoutMs }
}

export function encodeListOffsetsRequest(
  writer: ByteWriter,
  message: ListOffsetsRequest,
  version: number,
): void {
  const flexible = version >= 6
  writer.writeInt32(message.replicaId)
  if (version >= 2) {
    writer.writeInt8(message.isolationLevel)
  } else if (message.isolationLevel !== 0) {
    throw new UnsupportedFieldError('ListOffsetsRequest', 'IsolationLevel', version)
  }
  encodeListOffsetsRequestListOffsetsTopicArray(writer, message.topics, version)
  if (version >= 10) {
    writer.writeInt32(message.timeoutMs)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeListOffsetsRequestListOffsetsTopic(
  reader: ByteReader,
  version: number,
): ListOffsetsRequestListOffsetsTopic {
  const flexible = version >= 6
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const partitions: ListOffsetsRequestListOffsetsPartition[] = notNull(
    reader,
    decodeListOffsetsRequestListOffsetsPartitionArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { name, partitions }
}

function encodeListOffsetsRequestListOffsetsTopic(
  writer: ByteWriter,
  message: ListOffsetsRequestListOffsetsTopic,
  version: number,
): void {
  const flexible = version >= 6
  writeString(writer, flexible, message.name)
  encodeListOffsetsRequestListOffsetsPartitionArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeListOffsetsRequestListOffsetsPartition(
  reader: ByteReader,
  version: number,
): ListOffsetsRequestListOffsetsPartition {
  const flexible = version >= 6
  const partitionIndex: number = reader.readInt32()
  const currentLeaderEpoch: number = version >= 4 ? reader.readInt32() : -1
  const timestamp: number = reader.readInt64()
  if (flexible) skipTaggedFields(reader)
  return { partitionIndex, currentLeaderEpoch, timestamp }
}

function encodeListOffsetsRequestListOffsetsPartition(
  writer: ByteWriter,
  message: ListOffsetsRequestListOffsetsPartition,
  version: number,
): void {
  const flexible = version >= 6
  writer.writeInt32(message.partitionIndex)
  if (version >= 4) {
    writer.writeInt32(message.currentLeaderEpoch)
  }
  writer.writeInt64(message.timestamp)
  if (flexible) writer.writeUint8(0)
}

function decodeListOffsetsRequestListOffsetsTopicArray(
  reader: ByteReader,
  version: number,
): ListOffsetsRequestListOffsetsTopic[] | null {
  const count = readCount(reader, version >= 6, 3)
  if (count < 0) return null
  const elements: ListOffsetsRequestListOffsetsTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeListOffsetsRequestListOffsetsTopic(reader, version))
  return elements
}

function encodeListOffsetsRequestListOffsetsTopicArray(
  writer: ByteWriter,
  elements: ListOffsetsRequestListOffsetsTopic[],
  version: number,
): void {
  writeCount(writer, version >= 6, elements.length)
  for (const element of elements) encodeListOffsetsRequestListOffsetsTopic(writer, element, version)
}

function decodeListOffsetsRequestListOffsetsPartitionArray(
  reader: ByteReader,
  version: number,
): ListOffsetsRequestListOffsetsPartition[] | null {
  const count = readCount(reader, version >= 6, 12)
  if (count < 0) return null
  const elements: ListOffsetsRequestListOffsetsPartition[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeListOffsetsRequestListOffsetsPartition(reader, version))
  return elements
}

function encodeListOffsetsRequestListOffsetsPartitionArray(
  writer: ByteWriter,
  elements: ListOffsetsRequestListOffsetsPartition[],
  version: number,
): void {
  writeCount(writer, version >= 6, elements.length)
  for (const element of elements)
    encodeListOffsetsRequestListOffsetsPartition(writer, element, version)
}
