/**
 * ReadShareGroupStateSummary (API key 87), versions 0 to 1.
 *
 * Generated from definitions/87-read-share-group-state-summary.api; do not edit.
 */
import { type ByteReader, type ByteWriter, type Uuid } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface ReadShareGroupStateSummaryRequest {
  groupId: string
  topics: ReadShareGroupStateSummaryRequestReadStateSummaryData[]
}

export interface ReadShareGroupStateSummaryRequestReadStateSummaryData {
  topicId: Uuid
  partitions: ReadShareGroupStateSummaryRequestPartitionData[]
}

export interface ReadShareGroupStateSummaryRequestPartitionData {
  partition: number
  leaderEpoch: number
}

export function decodeReadShareGroupStateSummaryRequest(
  reader: ByteReader,
  version: number,
): ReadShareGroupStateSummaryRequest {
  const flexible = true
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const topics: ReadShareGroupStateSummaryRequestReadStateSummaryData[] = notNull(
    reader,
    decodeReadShareGroupStateSummaryRequestReadStateSummaryDataArray(reader, version),
    'Topics',
  )
  if (flexible) skipTaggedFields(reader)
  return { groupId, topics }
}

export function encodeReadShareGroupStateSummaryRequest(
  writer: ByteWriter,
  message: ReadShareGroupStateSummaryRequest,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.groupId)
  encodeReadShareGroupStateSummaryRequestReadStateSummaryDataArray(writer, message.topics, version)
  if (flexible) writer.writeUint8(0)
}

function decodeReadShareGroupStateSummaryRequestReadStateSummaryData(
  reader: ByteReader,
  version: number,
): ReadShareGroupStateSummaryRequestReadStateSummaryData {
  const flexible = true
  const topicId: Uuid = reader.readUuid()
  const partitions: ReadShareGroupStateSummaryRequestPartitionData[] = notNull(
    reader,
    decodeReadShareGroupStateSummaryRequestPartitionDataArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { topicId, partitions }
}

function encodeReadShareGroupStateSummaryRequestReadStateSummaryData(
  writer: ByteWriter,
  message: ReadShareGroupStateSummaryRequestReadStateSummaryData,
  version: number,
): void {
  const flexible = true
  writer.writeUuid(message.topicId)
  encodeReadShareGroupStateSummaryRequestPartitionDataArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeReadShareGroupStateSummaryRequestPartitionData(
  reader: ByteReader,
  _version: number,
): ReadShareGroupStateSummaryRequestPartitionData {
  const flexible = true
  const partition: number = reader.readInt32()
  const leaderEpoch: number = reader.readInt32()
  if (flexible) skipTaggedFields(reader)
  return { partition, leaderEpoch }
}

function encodeReadShareGroupStateSummaryRequestPartitionData(
  writer: ByteWriter,
  message: ReadShareGroupStateSummaryRequestPartitionData,
  _version: number,
): void {
  const flexible = true
  writer.writeInt32(message.partition)
  writer.writeInt32(message.leaderEpoch)
  if (flexible) writer.writeUint8(0)
}

function decodeReadShareGroupStateSummaryRequestReadStateSummaryDataArray(
  reader: ByteReader,
  version: number,
): ReadShareGroupStateSummaryRequestReadStateSummaryData[] | null {
  const count = readCount(reader, true, 18)
  if (count < 0) return null
  const elements: ReadShareGroupStateSummaryRequestReadStateSummaryData[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeReadShareGroupStateSummaryRequestReadStateSummaryData(reader, version))
  return elements
}

function encodeReadShareGroupStateSummaryRequestReadStateSummaryDataArray(
  writer: ByteWriter,
  elements: ReadShareGroupStateSummaryRequestReadStateSummaryData[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeReadShareGroupStateSummaryRequestReadStateSummaryData(writer, element, version)
}

function decodeReadShareGroupStateSummaryRequestPartitionDataArray(
  reader: ByteReader,
  version: number,
): ReadShareGroupStateSummaryRequestPartitionData[] | null {
  const count = readCount(reader, true, 9)
  if (count < 0) return null
  const elements: ReadShareGroupStateSummaryRequestPartitionData[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeReadShareGroupStateSummaryRequestPartitionData(reader, version))
  return elements
}

function encodeReadShareGroupStateSummaryRequestPartitionDataArray(
  writer: ByteWriter,
  elements: ReadShareGroupStateSummaryRequestPartitionData[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeReadShareGroupStateSummaryRequestPartitionData(writer, element, version)
}
