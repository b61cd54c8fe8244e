/**
 * WriteShareGroupState (API key 85), versions 0 to 1.
 *
 * Generated from definitions/85-write-share-group-state.api; do not edit.
 */
import { type ByteReader, type ByteWriter, type Uuid } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface WriteShareGroupStateRequest {
  groupId: string
  topics: WriteShareGroupStateRequestWriteStateData[]
}

export interface WriteShareGroupStateRequestWriteStateData {
  topicId: Uuid
  partitions: WriteShareGroupStateRequestPartitionData[]
}

export interface WriteShareGroupStateRequestPartitionData {
  partition: number
  stateEpoch: number
  leaderEpoch: number
  startOffset: number
  /** Where version >= 1. */
  deliveryCompleteCount: number
  stateBatches: WriteShareGroupStateRequestStateBatch[]
}

export interface WriteShareGroupStateRequestStateBatch {
  firstOffset: number
  lastOffset: number
  deliveryState: number
  deliveryCount: number
}

export function decodeWriteShareGroupStateRequest(
  reader: ByteReader,
  version: number,
): WriteShareGroupStateRequest {
  const flexible = true
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const topics: WriteShareGroupStateRequestWriteStateData[] = notNull(
    reader,
    decodeWriteShareGroupStateRequestWriteStateDataArray(reader, version),
    'Topics',
  )
  if (flexible) skipTaggedFields(reader)
  return { groupId, topics }
}

export function encodeWriteShareGroupStateRequest(
  writer: ByteWriter,
  message: WriteShareGroupStateRequest,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.groupId)
  encodeWriteShareGroupStateRequestWriteStateDataArray(writer, message.topics, version)
  if (flexible) writer.writeUint8(0)
}

function decodeWriteShareGroupStateRequestWriteStateData(
  reader: ByteReader,
  version: number,
): WriteShareGroupStateRequestWriteStateData {
  const flexible = true
  const topicId: Uuid = reader.readUuid()
  const partitions: WriteShareGroupStateRequestPartitionData[] = notNull(
    reader,
    decodeWriteShareGroupStateRequestPartitionDataArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { topicId, partitions }
}

function encodeWriteShareGroupStateRequestWriteStateData(
  writer: ByteWriter,
  message: WriteShareGroupStateRequestWriteStateData,
  version: number,
): void {
  const flexible = true
  writer.writeUuid(message.topicId)
  encodeWriteShareGroupStateRequestPartitionDataArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeWriteShareGroupStateRequestPartitionData(
  reader: ByteReader,
  version: number,
): WriteShareGroupStateRequestPartitionData {
  const flexible = true
  const partition: number = reader.readInt32()
  const stateEpoch: number = reader.readInt32()
  const leaderEpoch: number = reader.readInt32()
  const startOffset: number = reader.readInt64()
  const deliveryCompleteCount: number = version >= 1 ? reader.readInt32() : -1
  const stateBatches: WriteShareGroupStateRequestStateBatch[] = notNull(
    reader,
    decodeWriteShareGroupStateRequestStateBatchArray(reader, version),
    'StateBatches',
  )
  if (flexible) skipTaggedFields(reader)
  return { partition, stateEpoch, leaderEpoch, startOffset, deliveryCompleteCount, stateBatches }
}

function encodeWriteShareGroupStateRequestPartitionData(
  writer: ByteWriter,
  message: WriteShareGroupStateRequestPartitionData,
  version: number,
): void {
  const flexible = true
  writer.writeInt32(message.partition)
  writer.writeInt32(message.stateEpoch)
  writer.writeInt32(message.leaderEpoch)
  writer.writeInt64(message.startOffset)
  if (version >= 1) {
    writer.writeInt32(message.deliveryCompleteCount)
  }
  encodeWriteShareGroupStateRequestStateBatchArray(writer, message.stateBatches, version)
  if (flexible) writer.writeUint8(0)
}

function decodeWriteShareGroupStateRequestStateBatch(
  reader: ByteReader,
  _version: number,
): WriteShareGroupStateRequestStateBatch {
  const flexible = true
  const firstOffset: number = reader.readInt64()
  const lastOffset: number = reader.readInt64()
  const deliveryState: number = reader.readInt8()
  const deliveryCount: number = reader.readInt16()
  if (flexible) skipTaggedFields(reader)
  return { firstOffset, lastOffset, deliveryState, deliveryCount }
}

function encodeWriteShareGroupStateRequestStateBatch(
  writer: ByteWriter,
  message: WriteShareGroupStateRequestStateBatch,
  _version: number,
): void {
  const flexible = true
  writer.writeInt64(message.firstOffset)
  writer.writeInt64(message.lastOffset)
  writer.writeInt8(message.deliveryState)
  writer.writeInt16(message.deliveryCount)
  if (flexible) writer.writeUint8(0)
}

function decodeWriteShareGroupStateRequestWriteStateDataArray(
  reader: ByteReader,
  version: number,
): WriteShareGroupStateRequestWriteStateData[] | null {
  const count = readCount(reader, true, 18)
  if (count < 0) return null
  const elements: WriteShareGroupStateRequestWriteStateData[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeWriteShareGroupStateRequestWriteStateData(reader, version))
  return elements
}

function encodeWriteShareGroupStateRequestWriteStateDataArray(
  writer: ByteWriter,
  elements: WriteShareGroupStateRequestWriteStateData[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeWriteShareGroupStateRequestWriteStateData(writer, element, version)
}

function decodeWriteShareGroupStateRequestPartitionDataArray(
  reader: ByteReader,
  version: number,
): WriteShareGroupStateRequestPartitionData[] | null {
  const count = readCount(reader, true, 22)
  if (count < 0) return null
  const elements: WriteShareGroupStateRequestPartitionData[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeWriteShareGroupStateRequestPartitionData(reader, version))
  return elements
}

function encodeWriteShareGroupStateRequestPartitionDataArray(
  writer: ByteWriter,
  elements: WriteShareGroupStateRequestPartitionData[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeWriteShareGroupStateRequestPartitionData(writer, element, version)
}

function decodeWriteShareGroupStateRequestStateBatchArray(
  reader: ByteReader,
  version: number,
): WriteShareGroupStateRequestStateBatch[] | null {
  const count = readCount(reader, true, 20)
  if (count < 0) return null
  const elements: WriteShareGroupStateRequestStateBatch[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeWriteShareGroupStateRequestStateBatch(reader, version))
  return elements
}

function encodeWriteShareGroupStateRequestStateBatchArray(
  writer: ByteWriter,
  elements: WriteShareGroupStateRequestStateBatch[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeWriteShareGroupStateRequestStateBatch(writer, element, version)
}
