/**
 * ReadShareGroupState (API key 84), versions 0 to 0.
 *
 * Generated from definitions/84-read-share-group-state.api; do not edit.
 */
import { type ByteReader, type ByteWriter, type Uuid } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface ReadShareGroupStateRequest {
  groupId: string
  topics: ReadShareGroupStateRequestReadStateData[]
}

export interface ReadShareGroupStateRequestReadStateData {
  topicId: Uuid
  partitions: ReadShareGroupStateRequestPartitionData[]
}

export interface ReadShareGroupStateRequestPartitionData {
  partition: number
  leaderEpoch: number
}

export function decodeReadShareGroupStateRequest(
  reader: ByteReader,
  version: number,
): ReadShareGroupStateRequest {
  const flexible = true
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const topics: ReadShareGroupStateRequestReadStateData[] = notNull(
    reader,
    decodeReadShareGroupStateRequestReadStateDataArray(reader, version),
    'Topics',
  )
  if (flexible) skipTaggedFields(reader)
  return { groupId, topics }
}

export function encodeReadShareGroupStateRequest(
  writer: ByteWriter,
  message: ReadShareGroupStateRequest,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.groupId)
  encodeReadShareGroupStateRequestReadStateDataArray(writer, message.topics, version)
  if (flexible) writer.writeUint8(0)
}

function decodeReadShareGroupStateRequestReadStateData(
  reader: ByteReader,
  version: number,
): ReadShareGroupStateRequestReadStateData {
  const flexible = true
  const topicId: Uuid = reader.readUuid()
  const partitions: ReadShareGroupStateRequestPartitionData[] = notNull(
    reader,
    decodeReadShareGroupStateRequestPartitionDataArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { topicId, partitions }
}

function encodeReadShareGroupStateRequestReadStateData(
  writer: ByteWriter,
  message: ReadShareGroupStateRequestReadStateData,
  version: number,
): void {
  const flexible = true
  writer.writeUuid(message.topicId)
  encodeReadShareGroupStateRequestPartitionDataArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeReadShareGroupStateRequestPartitionData(
  reader: ByteReader,
  _version: number,
): ReadShareGroupStateRequestPartitionData {
  const flexible = true
  const partition: number = reader.readInt32()
  const leaderEpoch: number = reader.readInt32()
  if (flexible) skipTaggedFields(reader)
  return { partition, leaderEpoch }
}

function encodeReadShareGroupStateRequestPartitionData(
  writer: ByteWriter,
  message: ReadShareGroupStateRequestPartitionData,
  _version: number,
): void {
  const flexible = true
  writer.writeInt32(message.partition)
  writer.writeInt32(message.leaderEpoch)
  if (flexible) writer.writeUint8(0)
}

function decodeReadShareGroupStateRequestReadStateDataArray(
  reader: ByteReader,
  version: number,
): ReadShareGroupStateRequestReadStateData[] | null {
  const count = readCount(reader, true, 18)
  if (count < 0) return null
  const elements: ReadShareGroupStateRequestReadStateData[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeReadShareGroupStateRequestReadStateData(reader, version))
  return elements
}

function encodeReadShareGroupStateRequestReadStateDataArray(
  writer: ByteWriter,
  elements: ReadShareGroupStateRequestReadStateData[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeReadShareGroupStateRequestReadStateData(writer, element, version)
}

function decodeReadShareGroupStateRequestPartitionDataArray(
  reader: ByteReader,
  version: number,
): ReadShareGroupStateRequestPartitionData[] | null {
  const count = readCount(reader, true, 9)
  if (count < 0) return null
  const elements: ReadShareGroupStateRequestPartitionData[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeReadShareGroupStateRequestPartitionData(reader, version))
  return elements
}

function encodeReadShareGroupStateRequestPartitionDataArray(
  writer: ByteWriter,
  elements: ReadShareGroupStateRequestPartitionData[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeReadShareGroupStateRequestPartitionData(writer, element, version)
}
