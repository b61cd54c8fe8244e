/**
 * Produce (API key 0), versions 3 to 13.
 *
 * Generated from definitions/00-produce.api; do not edit.
 */
import { type ByteReader, type ByteWriter, ZERO_UUID, type Uuid } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { readBytes, writeBytes } from '../wire/byte-fields.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface ProduceRequest {
  transactionalId: string | null
  acks: number
  timeoutMs: number
  topicData: ProduceRequestTopicProduceData[]
}

export interface ProduceRequestTopicProduceData {
  /** Where version <= 12. */
  name: string
  /** Where version >= 13. */
  topicId: Uuid
  partitionData: ProduceRequestPartitionProduceData[]
}

export interface ProduceRequestPartitionProduceData {
  index: number
  records: Buffer | null
}

export function decodeProduceRequest(reader: ByteReader, version: number): ProduceRequest {
  const flexible = version >= 9
  const transactionalId: string | null = readString(reader, flexible)
  const acks: number = reader.readInt16()
  const timeoutMs: number = reader.readInt32()
  const topicData: ProduceRequestTopicProduceData[] = notNull(
    reader,
    decodeProduceRequestTopicProduceDataArray(reader, version),
    'TopicData',
  )
  if (flexible) skipTaggedFields(reader)
  return { transactionalId, acks, timeoutMs, topicData }
}

export function encodeProduceRequest(
  writer: ByteWriter,
  message: ProduceRequest,
  version: number,
): void {
  const flexible = version >= 9
  if (message.transactionalId === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.transactionalId)
  }
  writer.writeInt16(message.acks)
  writer.writeInt32(message.timeoutMs)
  encodeProduceRequestTopicProduceDataArray(writer, message.topicData, version)
  if (flexible) writer.writeUint8(0)
}

function decodeProduceRequestTopicProduceData(
  reader: ByteReader,
  version: number,
): ProduceRequestTopicProduceData {
  const flexible = version >= 9
  const name: string = version <= 12 ? notNull(reader, readString(reader, flexible), 'Name') : ''
  const topicId: Uuid = version >= 13 ? reader.readUuid() : ZERO_UUID
  const partitionData: ProduceRequestPartitionProduceData[] = notNull(
    reader,
    decodeProduceRequestPartitionProduceDataArray(reader, version),
    'PartitionData',
  )
  if (flexible) skipTaggedFields(reader)
  return { name, topicId, partitionData }
}

function encodeProduceRequestTopicProduceData(
  writer: ByteWriter,
  message: ProduceRequestTopicProduceData,
  version: number,
): void {
  const flexible = version >= 9
  if (version <= 12) {
    writeString(writer, flexible, message.name)
  }
  if (version >= 13) {
    writer.writeUuid(message.topicId)
  }
  encodeProduceRequestPartitionProduceDataArray(writer, message.partitionData, version)
  if (flexible) writer.writeUint8(0)
}

function decodeProduceRequestPartitionProduceData(
  reader: ByteReader,
  version: number,
): ProduceRequestPartitionProduceData {
  const flexible = version >= 9
  const index: number = reader.readInt32()
  const records: Buffer | null = readBytes(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { index, records }
}

function encodeProduceRequestPartitionProduceData(
  writer: ByteWriter,
  message: ProduceRequestPartitionProduceData,
  version: number,
): void {
  const flexible = version >= 9
  writer.writeInt32(message.index)
  if (message.records === null) {
    writeCount(writer, flexible, -1)
  } else {
    writeBytes(writer, flexible, message.records)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeProduceRequestTopicProduceDataArray(
  reader: ByteReader,
  version: number,
): ProduceRequestTopicProduceData[] | null {
  const count = readCount(reader, version >= 9, 3)
  if (count < 0) return null
  const elements: ProduceRequestTopicProduceData[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeProduceRequestTopicProduceData(reader, version))
  return elements
}

function encodeProduceRequestTopicProduceDataArray(
  writer: ByteWriter,
  elements: ProduceRequestTopicProduceData[],
  version: number,
): void {
  writeCount(writer, version >= 9, elements.length)
  for (const element of elements) encodeProduceRequestTopicProduceData(writer, element, version)
}

function decodeProduceRequestPartitionProduceDataArray(
  reader: ByteReader,
  version: number,
): ProduceRequestPartitionProduceData[] | null {
  const count = readCount(reader, version >= 9, 6)
  if (count < 0) return null
  const elements: ProduceRequestPartitionProduceData[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeProduceRequestPartitionProduceData(reader, version))
  return elements
}

function encodeProduceRequestPartitionProduceDataArray(
  writer: ByteWriter,
  elements: ProduceRequestPartitionProduceData[],
  version: number,
): void {
  writeCount(writer, version >= 9, elements.length)
  for (const element of elements) encodeProduceRequestPartitionProduceData(writer, element, version)
}
