/**
 * OffsetCommit (API key 8), versions 2 to 10.
 *
 * Generated from definitions/08-offset-commit.api; do not edit.
 */
import { type ByteReader, type ByteWriter, ZERO_UUID, type Uuid } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface OffsetCommitResponse {
  /** Where version >= 3. */
  throttleTimeMs: number
  topics: OffsetCommitResponseOffsetCommitResponseTopic[]
}

export interface OffsetCommitResponseOffsetCommitResponseTopic {
  /** Where version <= 9. */
  name: string
  /** Where version >= 10. */
  topicId: Uuid
  partitions: OffsetCommitResponseOffsetCommitResponsePartition[]
}

export interface OffsetCommitResponseOffsetCommitResponsePartition {
  partitionIndex: number
  errorCode: number
}

export function decodeOffsetCommitResponse(
  reader: ByteReader,
  version: number,
): OffsetCommitResponse {
  const flexible = version >= 8
  const throttleTimeMs: number = version >= 3 ? reader.readInt32() : 0
  const topics: OffsetCommitResponseOffsetCommitResponseTopic[] = notNull(
    reader,
    decodeOffsetCommitResponseOffsetCommitResponseTopicArray(reader, version),
    'Topics',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, topics }
}

export function encodeOffsetCommitResponse(
  writer: ByteWriter,
  message: OffsetCommitResponse,
  version: number,
): void {
  const flexible = version >= 8
  if (version >= 3) {
    writer.writeInt32(message.throttleTimeMs)
  }
  encodeOffsetCommitResponseOffsetCommitResponseTopicArray(writer, message.topics, version)
  if (flexible) writer.writeUint8(0)
}

function decodeOffsetCommitResponseOffsetCommitResponseTopic(
  reader: ByteReader,
  version: number,
): OffsetCommitResponseOffsetCommitResponseTopic {
  const flexible = version >= 8
  const name: string = version <= 9 ? notNull(reader, readString(reader, flexible), 'Name') : ''
  const topicId: Uuid = version >= 10 ? reader.readUuid() : ZERO_UUID
  const partitions: OffsetCommitResponseOffsetCommitResponsePartition[] = notNull(
    reader,
    decodeOffsetCommitResponseOffsetCommitResponsePartitionArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { name, topicId, partitions }
}

function encodeOffsetCommitResponseOffsetCommitResponseTopic(
  writer: ByteWriter,
  message: OffsetCommitResponseOffsetCommitResponseTopic,
  version: number,
): void {
  const flexible = version >= 8
  if (version <= 9) {
    writeString(writer, flexible, message.name)
  }
  if (version >= 10) {
    writer.writeUuid(message.topicId)
  }
  encodeOffsetCommitResponseOffsetCommitResponsePartitionArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeOffsetCommitResponseOffsetCommitResponsePartition(
  reader: ByteReader,
  version: number,
): OffsetCommitResponseOffsetCommitResponsePartition {
  const flexible = version >= 8
  const partitionIndex: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  if (flexible) skipTaggedFields(reader)
  return { partitionIndex, errorCode }
}

function encodeOffsetCommitResponseOffsetCommitResponsePartition(
  writer: ByteWriter,
  message: OffsetCommitResponseOffsetCommitResponsePartition,
  version: number,
): void {
  const flexible = version >= 8
  writer.writeInt32(message.partitionIndex)
  writer.writeInt16(message.errorCode)
  if (flexible) writer.writeUint8(0)
}

function decodeOffsetCommitResponseOffsetCommitResponseTopicArray(
  reader: ByteReader,
  version: number,
): OffsetCommitResponseOffsetCommitResponseTopic[] | null {
  const count = readCount(reader, version >= 8, 3)
  if (count < 0) return null
  const elements: OffsetCommitResponseOffsetCommitResponseTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetCommitResponseOffsetCommitResponseTopic(reader, version))
  return elements
}

function encodeOffsetCommitResponseOffsetCommitResponseTopicArray(
  writer: ByteWriter,
  elements: OffsetCommitResponseOffsetCommitResponseTopic[],
  version: number,
): void {
  writeCount(writer, version >= 8, elements.length)
  for (const element of elements)
    encodeOffsetCommitResponseOffsetCommitResponseTopic(writer, element, version)
}

function decodeOffsetCommitResponseOffsetCommitResponsePartitionArray(
  reader: ByteReader,
  version: number,
): OffsetCommitResponseOffsetCommitResponsePartition[] | null {
  const count = readCount(reader, version >= 8, 6)
  if (count < 0) return null
  const elements: OffsetCommitResponseOffsetCommitResponsePartition[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetCommitResponseOffsetCommitResponsePartition(reader, version))
  return elements
}

function encodeOffsetCommitResponseOffsetCommitResponsePartitionArray(
  writer: ByteWriter,
  elements: OffsetCommitResponseOffsetCommitResponsePartition[],
  version: number,
): void {
  writeCount(writer, version >= 8, elements.length)
  for (const element of elements)
    encodeOffsetCommitResponseOffsetCommitResponsePartition(writer, element, version)
}
