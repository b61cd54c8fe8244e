/**
 * ReadShareGroupState (API key 84), versions 0 to 0.
 *
 * Generated from definitions/84-read-share-group-state.api; do not edit.
 */
import { type ByteReader, type ByteWriter, type Uuid } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface ReadShareGroupStateResponse {
  results: ReadShareGroupStateResponseReadStateResult[]
}

export interface ReadShareGroupStateResponseReadStateResult {
  topicId: Uuid
  partitions: ReadShareGroupStateResponsePartitionResult[]
}

export interface ReadShareGroupStateResponsePartitionResult {
  partition: number
  errorCode: number
  errorMessage: string | null
  stateEpoch: number
  startOffset: number
  stateBatches: ReadShareGroupStateResponseStateBatch[]
}

export interface ReadShareGroupStateResponseStateBatch {
  firstOffset: number
  lastOffset: number
  deliveryState: number
  deliveryCount: number
}

export function decodeReadShareGroupStateResponse(
  reader: ByteReader,
  version: number,
): ReadShareGroupStateResponse {
  const flexible = true
  const results: ReadShareGroupStateResponseReadStateResult[] = notNull(
    reader,
    decodeReadShareGroupStateResponseReadStateResultArray(reader, version),
    'Results',
  )
  if (flexible) skipTaggedFields(reader)
  return { results }
}

export function encodeReadShareGroupStateResponse(
  writer: ByteWriter,
  message: ReadShareGroupStateResponse,
  version: number,
): void {
  const flexible = true
  encodeReadShareGroupStateResponseReadStateResultArray(writer, message.results, version)
  if (flexible) writer.writeUint8(0)
}

function decodeReadShareGroupStateResponseReadStateResult(
  reader: ByteReader,
  version: number,
): ReadShareGroupStateResponseReadStateResult {
  const flexible = true
  const topicId: Uuid = reader.readUuid()
  const partitions: ReadShareGroupStateResponsePartitionResult[] = notNull(
    reader,
    decodeReadShareGroupStateResponsePartitionResultArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { topicId, partitions }
}

function encodeReadShareGroupStateResponseReadStateResult(
  writer: ByteWriter,
  message: ReadShareGroupStateResponseReadStateResult,
  version: number,
): void {
  const flexible = true
  writer.writeUuid(message.topicId)
  encodeReadShareGroupStateResponsePartitionResultArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeReadShareGroupStateResponsePartitionResult(
  reader: ByteReader,
  version: number,
): ReadShareGroupStateResponsePartitionResult {
  const flexible = true
  const partition: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  const stateEpoch: number = reader.readInt32()
  const startOffset: number = reader.readInt64()
  const stateBatches: ReadShareGroupStateResponseStateBatch[] = notNull(
    reader,
    decodeReadShareGroupStateResponseStateBatchArray(reader, version),
    'StateBatches',
  )
  if (flexible) skipTaggedFields(reader)
  return { partition, errorCode, errorMessage, stateEpoch, startOffset, stateBatches }
}

function encodeReadShareGroupStateResponsePartitionResult(
  writer: ByteWriter,
  message: ReadShareGroupStateResponsePartitionResult,
  version: number,
): void {
  const flexible = true
  writer.writeInt32(message.partition)
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  writer.writeInt32(message.stateEpoch)
  writer.writeInt64(message.startOffset)
  encodeReadShareGroupStateResponseStateBatchArray(writer, message.stateBatches, version)
  if (flexible) writer.writeUint8(0)
}

function decodeReadShareGroupStateResponseStateBatch(
  reader: ByteReader,
  _version: number,
): ReadShareGroupStateResponseStateBatch {
  const flexible = true
  const firstOffset: number = reader.readInt64()
  const lastOffset: number = reader.readInt64()
  const deliveryState: number = reader.readInt8()
  const deliveryCount: number = reader.readInt16()
  if (flexible) skipTaggedFields(reader)
  return { firstOffset, lastOffset, deliveryState, deliveryCount }
}

function encodeReadShareGroupStateResponseStateBatch(
  writer: ByteWriter,
  message: ReadShareGroupStateResponseStateBatch,
  _version: number,
): void {
  const flexible = true
  writer.writeInt64(message.firstOffset)
  writer.writeInt64(message.lastOffset)
  writer.writeInt8(message.deliveryState)
  writer.writeInt16(message.deliveryCount)
  if (flexible) writer.writeUint8(0)
}

function decodeReadShareGroupStateResponseReadStateResultArray(
  reader: ByteReader,
  version: number,
): ReadShareGroupStateResponseReadStateResult[] | null {
  const count = readCount(reader, true, 18)
  if (count < 0) return null
  const elements: ReadShareGroupStateResponseReadStateResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeReadShareGroupStateResponseReadStateResult(reader, version))
  return elements
}

function encodeReadShareGroupStateResponseReadStateResultArray(
  writer: ByteWriter,
  elements: ReadShareGroupStateResponseReadStateResult[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeReadShareGroupStateResponseReadStateResult(writer, element, version)
}

function decodeReadShareGroupStateResponsePartitionResultArray(
  reader: ByteReader,
  version: number,
): ReadShareGroupStateResponsePartitionResult[] | null {
  const count = readCount(reader, true, 21)
  if (count < 0) return null
  const elements: ReadShareGroupStateResponsePartitionResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeReadShareGroupStateResponsePartitionResult(reader, version))
  return elements
}

function encodeReadShareGroupStateResponsePartitionResultArray(
  writer: ByteWriter,
  elements: ReadShareGroupStateResponsePartitionResult[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeReadShareGroupStateResponsePartitionResult(writer, element, version)
}

function decodeReadShareGroupStateResponseStateBatchArray(
  reader: ByteReader,
  version: number,
): ReadShareGroupStateResponseStateBatch[] | null {
  const count = readCount(reader, true, 20)
  if (count < 0) return null
  const elements: ReadShareGroupStateResponseStateBatch[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeReadShareGroupStateResponseStateBatch(reader, version))
  return elements
}

function encodeReadShareGroupStateResponseStateBatchArray(
  writer: ByteWriter,
  elements: ReadShareGroupStateResponseStateBatch[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeReadShareGroupStateResponseStateBatch(writer, element, version)
}
