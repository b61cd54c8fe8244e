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
  topics: OffsetCommitResponseTopic[]
}

export interface OffsetCommitResponseTopic {
  /** Where version <= 9. */
  name: string
  /** Where version >= 10. */
  topicId: Uuid
  partitions: OffsetCommitResponsePartition[]
}

export interface OffsetCommitResponsePartition {
  partitionIndex: number
  errorCode: number
}

export function decodeOffsetCommitResponse(
  reader: ByteReader,
  version: number,
): OffsetCommitResponse {
  const flexible = version >= 8
  const throttleTimeMs: number = version >= 3 ? reader.readInt32() : 0
  const topics: OffsetCommitResponseTopic[] = notNull(
    reader,
    decodeOffsetCommitResponseTopicArray(reader, version),
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
  encodeOffsetCommitResponseTopicArray(writer, message.topics, version)
  if (flexible) writer.writeUint8(0)
}

function decodeOffsetCommitResponseTopic(
  reader: ByteReader,
  version: number,
): OffsetCommitResponseTopic {
  const flexible = version >= 8
  const name: string = version <= 9 ? notNull(reader, readString(reader, flexible), 'Name') : ''
  const topicId: Uuid = version >= 10 ? reader.readUuid() : ZERO_UUID
  const partitions: OffsetCommitResponsePartition[] = notNull(
    reader,
    decodeOffsetCommitResponsePartitionArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { name, topicId, partitions }
}

function encodeOffsetCommitResponseTopic(
  writer: ByteWriter,
  message: OffsetCommitResponseTopic,
  version: number,
): void {
  const flexible = version >= 8
  if (version <= 9) {
    writeString(writer, flexible, message.name)
  }
  if (version >= 10) {
    writer.writeUuid(message.topicId)
  }
  encodeOffsetCommitResponsePartitionArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeOffsetCommitResponsePartition(
  reader: ByteReader,
  version: number,
): OffsetCommitResponsePartition {
  const flexible = version >= 8
  const partitionIndex: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  if (flexible) skipTaggedFields(reader)
  return { partitionIndex, errorCode }
}

function encodeOffsetCommitResponsePartition(
  writer: ByteWriter,
  message: OffsetCommitResponsePartition,
  version: number,
): void {
  const flexible = version >= 8
  writer.writeInt32(message.partitionIndex)
  writer.writeInt16(message.errorCode)
  if (flexible) writer.writeUint8(0)
}

function decodeOffsetCommitResponseTopicArray(
  reader: ByteReader,
  version: number,
): OffsetCommitResponseTopic[] | null {
  const count = readCount(reader, version >= 8, 3)
  if (count < 0) return null
  const elements: OffsetCommitResponseTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetCommitResponseTopic(reader, version))
  return elements
}

function encodeOffsetCommitResponseTopicArray(
  writer: ByteWriter,
  elements: OffsetCommitResponseTopic[],
  version: number,
): void {
  writeCount(writer, version >= 8, elements.length)
  for (const element of elements) encodeOffsetCommitResponseTopic(writer, element, version)
}

function decodeOffsetCommitResponsePartitionArray(
  reader: ByteReader,
  version: number,
): OffsetCommitResponsePartition[] | null {
  const count = readCount(reader, version >= 8, 6)
  if (count < 0) return null
  const elements: OffsetCommitResponsePartition[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetCommitResponsePartition(reader, version))
  return elements
}

function encodeOffsetCommitResponsePartitionArray(
  writer: ByteWriter,
  elements: OffsetCommitResponsePartition[],
  version: number,
): void {
  writeCount(writer, version >= 8, elements.length)
  for (const element of elements) encodeOffsetCommitResponsePartition(writer, element, version)
}
