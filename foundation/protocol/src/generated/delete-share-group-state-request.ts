/**
 * DeleteShareGroupState (API key 86), versions 0 to 0.
 *
 * Generated from definitions/86-delete-share-group-state.api; do not edit.
 */
import { type ByteReader, type ByteWriter, type Uuid } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface DeleteShareGroupStateRequest {
  groupId: string
  topics: DeleteShareGroupStateRequestDeleteStateData[]
}

export interface DeleteShareGroupStateRequestDeleteStateData {
  topicId: Uuid
  partitions: DeleteShareGroupStateRequestPartitionData[]
}

export interface DeleteShareGroupStateRequestPartitionData {
  partition: number
}

export function decodeDeleteShareGroupStateRequest(
  reader: ByteReader,
  version: number,
): DeleteShareGroupStateRequest {
  const flexible = true
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const topics: DeleteShareGroupStateRequestDeleteStateData[] = notNull(
    reader,
    decodeDeleteShareGroupStateRequestDeleteStateDataArray(reader, version),
    'Topics',
  )
  if (flexible) skipTaggedFields(reader)
  return { groupId, topics }
}

export function encodeDeleteShareGroupStateRequest(
  writer: ByteWriter,
  message: DeleteShareGroupStateRequest,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.groupId)
  encodeDeleteShareGroupStateRequestDeleteStateDataArray(writer, message.topics, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDeleteShareGroupStateRequestDeleteStateData(
  reader: ByteReader,
  version: number,
): DeleteShareGroupStateRequestDeleteStateData {
  const flexible = true
  const topicId: Uuid = reader.readUuid()
  const partitions: DeleteShareGroupStateRequestPartitionData[] = notNull(
    reader,
    decodeDeleteShareGroupStateRequestPartitionDataArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { topicId, partitions }
}

function encodeDeleteShareGroupStateRequestDeleteStateData(
  writer: ByteWriter,
  message: DeleteShareGroupStateRequestDeleteStateData,
  version: number,
): void {
  const flexible = true
  writer.writeUuid(message.topicId)
  encodeDeleteShareGroupStateRequestPartitionDataArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDeleteShareGroupStateRequestPartitionData(
  reader: ByteReader,
  _version: number,
): DeleteShareGroupStateRequestPartitionData {
  const flexible = true
  const partition: number = reader.readInt32()
  if (flexible) skipTaggedFields(reader)
  return { partition }
}

function encodeDeleteShareGroupStateRequestPartitionData(
  writer: ByteWriter,
  message: DeleteShareGroupStateRequestPartitionData,
  _version: number,
): void {
  const flexible = true
  writer.writeInt32(message.partition)
  if (flexible) writer.writeUint8(0)
}

function decodeDeleteShareGroupStateRequestDeleteStateDataArray(
  reader: ByteReader,
  version: number,
): DeleteShareGroupStateRequestDeleteStateData[] | null {
  const count = readCount(reader, true, 18)
  if (count < 0) return null
  const elements: DeleteShareGroupStateRequestDeleteStateData[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDeleteShareGroupStateRequestDeleteStateData(reader, version))
  return elements
}

function encodeDeleteShareGroupStateRequestDeleteStateDataArray(
  writer: ByteWriter,
  elements: DeleteShareGroupStateRequestDeleteStateData[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeDeleteShareGroupStateRequestDeleteStateData(writer, element, version)
}

function decodeDeleteShareGroupStateRequestPartitionDataArray(
  reader: ByteReader,
  version: number,
): DeleteShareGroupStateRequestPartitionData[] | null {
  const count = readCount(reader, true, 5)
  if (count < 0) return null
  const elements: DeleteShareGroupStateRequestPartitionData[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDeleteShareGroupStateRequestPartitionData(reader, version))
  return elements
}

function encodeDeleteShareGroupStateRequestPartitionDataArray(
  writer: ByteWriter,
  elements: DeleteShareGroupStateRequestPartitionData[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeDeleteShareGroupStateRequestPartitionData(writer, element, version)
}
