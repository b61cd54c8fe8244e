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

export interface OffsetForLeaderEpochResponse {
  throttleTimeMs: number
  topics: OffsetForLeaderEpochResponseOffsetForLeaderTopicResult[]
}

export interface OffsetForLeaderEpochResponseOffsetForLeaderTopicResult {
  topic: string
  partitions: OffsetForLeaderEpochResponseEpochEndOffset[]
}

export interface OffsetForLeaderEpochResponseEpochEndOffset {
  errorCode: number
  partition: number
  leaderEpoch: number
  endOffset: number
}

export function decodeOffsetForLeaderEpochResponse(
  reader: ByteReader,
  version: number,
): OffsetForLeaderEpochResponse {
  const flexible = version >= 4
  const throttleTimeMs: number = reader.readInt32()
  const topics: OffsetForLeaderEpochResponseOffsetForLeaderTopicResult[] = notNull(
    reader,
    decodeOffsetForLeaderEpochResponseOffsetForLeaderTopicResultArray(reader, version),
    'Topics',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, topics }
}

export function encodeOffsetForLeaderEpochResponse(
  writer: ByteWriter,
  message: OffsetForLeaderEpochResponse,
  version: number,
): void {
  const flexible = version >= 4
  writer.writeInt32(message.throttleTimeMs)
  encodeOffsetForLeaderEpochResponseOffsetForLeaderTopicResultArray(writer, message.topics, version)
  if (flexible) writer.writeUint8(0)
}

function decodeOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(
  reader: ByteReader,
  version: number,
): OffsetForLeaderEpochResponseOffsetForLeaderTopicResult {
  const flexible = version >= 4
  const topic: string = notNull(reader, readString(reader, flexible), 'Topic')
  const partitions: OffsetForLeaderEpochResponseEpochEndOffset[] = notNull(
    reader,
    decodeOffsetForLeaderEpochResponseEpochEndOffsetArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { topic, partitions }
}

function encodeOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(
  writer: ByteWriter,
  message: OffsetForLeaderEpochResponseOffsetForLeaderTopicResult,
  version: number,
): void {
  const flexible = version >= 4
  writeString(writer, flexible, message.topic)
  encodeOffsetForLeaderEpochResponseEpochEndOffsetArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeOffsetForLeaderEpochResponseEpochEndOffset(
  reader: ByteReader,
  version: number,
): OffsetForLeaderEpochResponseEpochEndOffset {
  const flexible = version >= 4
  const errorCode: number = reader.readInt16()
  const partition: number = reader.readInt32()
  const leaderEpoch: number = reader.readInt32()
  const endOffset: number = reader.readInt64()
  if (flexible) skipTaggedFields(reader)
  return { errorCode, partition, leaderEpoch, endOffset }
}

function encodeOffsetForLeaderEpochResponseEpochEndOffset(
  writer: ByteWriter,
  message: OffsetForLeaderEpochResponseEpochEndOffset,
  version: number,
): void {
  const flexible = version >= 4
  writer.writeInt16(message.errorCode)
  writer.writeInt32(message.partition)
  writer.writeInt32(message.leaderEpoch)
  writer.writeInt64(message.endOffset)
  if (flexible) writer.writeUint8(0)
}

function decodeOffsetForLeaderEpochResponseOffsetForLeaderTopicResultArray(
  reader: ByteReader,
  version: number,
): OffsetForLeaderEpochResponseOffsetForLeaderTopicResult[] | null {
  const count = readCount(reader, version >= 4, 3)
  if (count < 0) return null
  const elements: OffsetForLeaderEpochResponseOffsetForLeaderTopicResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(reader, version))
  return elements
}

function encodeOffsetForLeaderEpochResponseOffsetForLeaderTopicResultArray(
  writer: ByteWriter,
  elements: OffsetForLeaderEpochResponseOffsetForLeaderTopicResult[],
  version: number,
): void {
  writeCount(writer, version >= 4, elements.length)
  for (const element of elements)
    encodeOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(writer, element, version)
}

function decodeOffsetForLeaderEpochResponseEpochEndOffsetArray(
  reader: ByteReader,
  version: number,
): OffsetForLeaderEpochResponseEpochEndOffset[] | null {
  const count = readCount(reader, version >= 4, 18)
  if (count < 0) return null
  const elements: OffsetForLeaderEpochResponseEpochEndOffset[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeOffsetForLeaderEpochResponseEpochEndOffset(reader, version))
  return elements
}

function encodeOffsetForLeaderEpochResponseEpochEndOffsetArray(
  writer: ByteWriter,
  elements: OffsetForLeaderEpochResponseEpochEndOffset[],
  version: number,
): void {
  writeCount(writer, version >= 4, elements.length)
  for (const element of elements)
    encodeOffsetForLeaderEpochResponseEpochEndOffset(writer, element, version)
}
