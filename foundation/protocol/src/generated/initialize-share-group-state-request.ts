/**
 * InitializeShareGroupState (API key 83), versions 0 to 0.
 *
 * Generated from definitions/83-initialize-share-group-state.api; do not edit.
 */
import { type ByteReader, type ByteWriter, type Uuid } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface InitializeShareGroupStateRequest {
  groupId: string
  topics: InitializeShareGroupStateRequestInitializeStateData[]
}

export interface InitializeShareGroupStateRequestInitializeStateData {
  topicId: Uuid
  partitions: InitializeShareGroupStateRequestPartitionData[]
}

export interface InitializeShareGroupStateRequestPartitionData {
  partition: number
  stateEpoch: number
  startOffset: number
}

export function decodeInitializeShareGroupStateRequest(
  reader: ByteReader,
  version: number,
): InitializeShareGroupStateRequest {
  const flexible = true
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const topics: InitializeShareGroupStateRequestInitializeStateData[] = notNull(
    reader,
    decodeInitializeShareGroupStateRequestInitializeStateDataArray(reader, version),
    'Topics',
  )
  if (flexible) skipTaggedFields(reader)
  return { groupId, topics }
}

export function encodeInitializeShareGroupStateRequest(
  writer: ByteWriter,
  message: InitializeShareGroupStateRequest,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.groupId)
  encodeInitializeShareGroupStateRequestInitializeStateDataArray(writer, message.topics, version)
  if (flexible) writer.writeUint8(0)
}

function decodeInitializeShareGroupStateRequestInitializeStateData(
  reader: ByteReader,
  version: number,
): InitializeShareGroupStateRequestInitializeStateData {
  const flexible = true
  const topicId: Uuid = reader.readUuid()
  const partitions: InitializeShareGroupStateRequestPartitionData[] = notNull(
    reader,
    decodeInitializeShareGroupStateRequestPartitionDataArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { topicId, partitions }
}

function encodeInitializeShareGroupStateRequestInitializeStateData(
  writer: ByteWriter,
  message: InitializeShareGroupStateRequestInitializeStateData,
  version: number,
): void {
  const flexible = true
  writer.writeUuid(message.topicId)
  encodeInitializeShareGroupStateRequestPartitionDataArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeInitializeShareGroupStateRequestPartitionData(
  reader: ByteReader,
  _version: number,
): InitializeShareGroupStateRequestPartitionData {
  const flexible = true
  const partition: number = reader.readInt32()
  const stateEpoch: number = reader.readInt32()
  const startOffset: number = reader.readInt64()
  if (flexible) skipTaggedFields(reader)
  return { partition, stateEpoch, startOffset }
}

function encodeInitializeShareGroupStateRequestPartitionData(
  writer: ByteWriter,
  message: InitializeShareGroupStateRequestPartitionData,
  _version: number,
): void {
  const flexible = true
  writer.writeInt32(message.partition)
  writer.writeInt32(message.stateEpoch)
  writer.writeInt64(message.startOffset)
  if (flexible) writer.writeUint8(0)
}

function decodeInitializeShareGroupStateRequestInitializeStateDataArray(
  reader: ByteReader,
  version: number,
): InitializeShareGroupStateRequestInitializeStateData[] | null {
  const count = readCount(reader, true, 18)
  if (count < 0) return null
  const elements: InitializeShareGroupStateRequestInitializeStateData[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeInitializeShareGroupStateRequestInitializeStateData(reader, version))
  return elements
}

function encodeInitializeShareGroupStateRequestInitializeStateDataArray(
  writer: ByteWriter,
  elements: InitializeShareGroupStateRequestInitializeStateData[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeInitializeShareGroupStateRequestInitializeStateData(writer, element, version)
}

function decodeInitializeShareGroupStateRequestPartitionDataArray(
  reader: ByteReader,
  version: number,
): InitializeShareGroupStateRequestPartitionData[] | null {
  const count = readCount(reader, true, 17)
  if (count < 0) return null
  const elements: InitializeShareGroupStateRequestPartitionData[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeInitializeShareGroupStateRequestPartitionData(reader, version))
  return elements
}

function encodeInitializeShareGroupStateRequestPartitionDataArray(
  writer: ByteWriter,
  elements: InitializeShareGroupStateRequestPartitionData[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeInitializeShareGroupStateRequestPartitionData(writer, element, version)
}
