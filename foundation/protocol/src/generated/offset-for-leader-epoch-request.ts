/**
 * OffsetForLeaderEpoch (API key 23), versions 2 to 4.
 *
 * Generated from definitions/23-offset-for-leader-epoch.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface OffsetForLeaderEpochRequest {
  /** Where version >= 3. */
  replicaId: number
  topics: OffsetForLeaderEpochRequestOffsetForLeaderTopic[]
}

export interface OffsetForLeaderEpochRequestOffsetForLeaderTopic {
  topic: string
  partitions: OffsetForLeaderEpochRequestOffsetForLeaderPartition[]
}

export interface OffsetForLeaderEpochRequestOffsetForLeaderPartition {
  partition: number
  currentLeaderEpoch: number
  leaderEpoch: number
}

export function decodeOffsetForLeaderEpochRequest(
  reader: ByteReader,
  version: number,
): OffsetForLeaderEpochRequest {
  const flexible = version >= 4
  const replicaId: number = version >= 3 ? reader.readInt32() : -2
  const topics: OffsetForLeaderEpochRequestOffsetForLeaderTopic[] = notNull(
    reader,
    decodeOffsetForLeaderEpochRequestOffsetForLeaderTopicArray(reader, version),
    'Topics',
  )
  if (flexible) skipTaggedFields(reader)
  return { replicaId, topics }
}

export function encodeOffsetForLeaderEpochRequest(
  writer: ByteWriter,
  message: OffsetForLeaderEpochRequest,
  version: number,
): void {
  const flexible = version >= 4
  if (version >= 3) {
    writer.writeInt32(message.replicaId)
  }
  encodeOffsetForLeaderEpochRequestOffsetForLeaderTopicArray(writer, message.topics, version)
  if (flexible) writer.writeUint8(0)
}

function decodeOffsetForLeaderEpochRequestOffsetForLeaderTopic(
  reader: ByteReader,
  version: number,
): OffsetForLeaderEpochRequestOffsetForLeaderTopic {
  const flexible = version >= 4
  const topic: string = notNull(reader, readString(reader, flexible), 'Topic')
  const partitions: OffsetForLeaderEpochRequestOffsetForLeaderPartition[] = notNull(
    reader,
    decodeOffsetForLeaderEpochRequestOffsetForLeaderPartitionArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { topic, partitions }
}

function encodeOffsetForLeaderEpochRequestOffsetForLeaderTopic(
  writer: ByteWriter,
  message: OffsetForLeaderEpochRequestOffsetForLeaderTopic,
  version: number,
): void {
  const flexible = version >= 4
  writeString(writer, flexible, message.topic)
  encodeOffsetForLeaderEpochRequestOffsetForLeaderPartitionArray(
    writer,
    message.partitions,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeOffsetForLeaderEpochRequestOffsetForLeaderPartition(
  reader: ByteReader,
  version: number,
): OffsetForLeaderEpochRequestOffsetForLeaderPartition {
  const flexible = version >= 4
  const partition: number = reader.readInt32()
  const currentLeaderEpoch: number = reader.readInt32()
  const leaderEpoch: number = reader.readInt32()
  if (flexible) skipTaggedFields(reader)
  return { partition, currentLeaderEpoch, leaderEpoch }
}

function encodeOffsetForLeaderEpochRequestOffsetForLeaderPartition(
  writer: ByteWriter,
  message: OffsetForLeaderEpochRequestOffsetForLeaderPartition,
  version: number,
): void {
  const flexible = version >= 4
  writer.writeInt32(message.partition)
  writer.writeInt32(message.currentLeaderEpoch)
  writer.writeInt32(message.leaderEpoch)
  if (flexible) writer.writeUint8(0)
}

function decodeOffsetForLeaderEpochRequestOffsetForLeaderTopicArray(
  reader: ByteReader,
  version: number,
): OffsetForLeaderEpochRequestOffsetForLeaderTopic[] | null {
  const count = readCount(reader, version >= 4, 3)
  if (count < 0) return null
  const elements: OffsetForLeaderEpochRequestOffsetForLeaderTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetForLeaderEpochRequestOffsetForLeaderTopic(reader, version))
  return elements
}

function encodeOffsetForLeaderEpochRequestOffsetForLeaderTopicArray(
  writer: ByteWriter,
  elements: OffsetForLeaderEpochRequestOffsetForLeaderTopic[],
  version: number,
): void {
  writeCount(writer, version >= 4, elements.length)
  for (const element of elements)
    encodeOffsetForLeaderEpochRequestOffsetForLeaderTopic(writer, element, version)
}

function decodeOffsetForLeaderEpochRequestOffsetForLeaderPartitionArray(
  reader: ByteReader,
  version: number,
): OffsetForLeaderEpochRequestOffsetForLeaderPartition[] | null {
  const count = readCount(reader, version >= 4, 12)
  if (count < 0) return null
  const elements: OffsetForLeaderEpochRequestOffsetForLeaderPartition[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetForLeaderEpochRequestOffsetForLeaderPartition(reader, version))
  return elements
}

function encodeOffsetForLeaderEpochRequestOffsetForLeaderPartitionArray(
  writer: ByteWriter,
  elements: OffsetForLeaderEpochRequestOffsetForLeaderPartition[],
  version: number,
): void {
  writeCount(writer, version >= 4, elements.length)
  for (const element of elements)
    encodeOffsetForLeaderEpochRequestOffsetForLeaderPartition(writer, element, version)
}
