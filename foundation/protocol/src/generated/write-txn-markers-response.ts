/**
 * WriteTxnMarkers (API key 27), versions 1 to 2.
 *
 * Generated from definitions/27-write-txn-markers.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface WriteTxnMarkersResponse {
  markers: WriteTxnMarkersResponseWritableTxnMarkerResult[]
}

export interface WriteTxnMarkersResponseWritableTxnMarkerResult {
  producerId: number
  topics: WriteTxnMarkersResponseWritableTxnMarkerTopicResult[]
}

export interface WriteTxnMarkersResponseWritableTxnMarkerTopicResult {
  name: string
  partitions: WriteTxnMarkersResponseWritableTxnMarkerPartitionResult[]
}

export interface WriteTxnMarkersResponseWritableTxnMarkerPartitionResult {
  partitionIndex: number
  errorCode: number
}

export function decodeWriteTxnMarkersResponse(
  reader: ByteReader,
  version: number,
): WriteTxnMarkersResponse {
  const flexible = true
  const markers: WriteTxnMarkersResponseWritableTxnMarkerResult[] = notNull(
    reader,
    decodeWriteTxnMarkersResponseWritableTxnMarkerResultArray(reader, version),
    'Markers',
  )
  if (flexible) skipTaggedFields(reader)
  return { markers }
}

export function encodeWriteTxnMarkersResponse(
  writer: ByteWriter,
  message: WriteTxnMarkersResponse,
  version: number,
): void {
  const flexible = true
  encodeWriteTxnMarkersResponseWritableTxnMarkerResultArray(writer, message.markers, version)
  if (flexible) writer.writeUint8(0)
}

function decodeWriteTxnMarkersResponseWritableTxnMarkerResult(
  reader: ByteReader,
  version: number,
): WriteTxnMarkersResponseWritableTxnMarkerResult {
  const flexible = true
  const producerId: number = reader.readInt64()
  const topics: WriteTxnMarkersResponseWritableTxnMarkerTopicResult[] = notNull(
    reader,
    decodeWriteTxnMarkersResponseWritableTxnMarkerTopicResultArray(reader, version),
    'Topics',
  )
  if (flexible) skipTaggedFields(reader)
  return { producerId, topics }
}

function encodeWriteTxnMarkersResponseWritableTxnMarkerResult(
  writer: ByteWriter,
  message: WriteTxnMarkersResponseWritableTxnMarkerResult,
  version: number,
): void {
  const flexible = true
  writer.writeInt64(message.producerId)
  encodeWriteTxnMarkersResponseWritableTxnMarkerTopicResultArray(writer, message.topics, version)
  if (flexible) writer.writeUint8(0)
}

function decodeWriteTxnMarkersResponseWritableTxnMarkerTopicResult(
  reader: ByteReader,
  version: number,
): WriteTxnMarkersResponseWritableTxnMarkerTopicResult {
  const flexible = true
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const partitions: WriteTxnMarkersResponseWritableTxnMarkerPartitionResult[] = notNull(
    reader,
    decodeWriteTxnMarkersResponseWritableTxnMarkerPartitionResultArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { name, partitions }
}

function encodeWriteTxnMarkersResponseWritableTxnMarkerTopicResult(
  writer: ByteWriter,
  message: WriteTxnMarkersResponseWritableTxnMarkerTopicResult,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.name)
  encodeWriteTxnMarkersResponseWritableTxnMarkerPartitionResultArray(
    writer,
    message.partitions,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(
  reader: ByteReader,
  _version: number,
): WriteTxnMarkersResponseWritableTxnMarkerPartitionResult {
  const flexible = true
  const partitionIndex: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  if (flexible) skipTaggedFields(reader)
  return { partitionIndex, errorCode }
}

function encodeWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(
  writer: ByteWriter,
  message: WriteTxnMarkersResponseWritableTxnMarkerPartitionResult,
  _version: number,
): void {
  const flexible = true
  writer.writeInt32(message.partitionIndex)
  writer.writeInt16(message.errorCode)
  if (flexible) writer.writeUint8(0)
}

function decodeWriteTxnMarkersResponseWritableTxnMarkerResultArray(
  reader: ByteReader,
  version: number,
): WriteTxnMarkersResponseWritableTxnMarkerResult[] | null {
  const count = readCount(reader, true, 10)
  if (count < 0) return null
  const elements: WriteTxnMarkersResponseWritableTxnMarkerResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeWriteTxnMarkersResponseWritableTxnMarkerResult(reader, version))
  return elements
}

function encodeWriteTxnMarkersResponseWritableTxnMarkerResultArray(
  writer: ByteWriter,
  elements: WriteTxnMarkersResponseWritableTxnMarkerResult[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeWriteTxnMarkersResponseWritableTxnMarkerResult(writer, element, version)
}

function decodeWriteTxnMarkersResponseWritableTxnMarkerTopicResultArray(
  reader: ByteReader,
  version: number,
): WriteTxnMarkersResponseWritableTxnMarkerTopicResult[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: WriteTxnMarkersResponseWritableTxnMarkerTopicResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeWriteTxnMarkersResponseWritableTxnMarkerTopicResult(reader, version))
  return elements
}

function encodeWriteTxnMarkersResponseWritableTxnMarkerTopicResultArray(
  writer: ByteWriter,
  elements: WriteTxnMarkersResponseWritableTxnMarkerTopicResult[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeWriteTxnMarkersResponseWritableTxnMarkerTopicResult(writer, element, version)
}

function decodeWriteTxnMarkersResponseWritableTxnMarkerPartitionResultArray(
  reader: ByteReader,
  version: number,
): WriteTxnMarkersResponseWritableTxnMarkerPartitionResult[] | null {
  const count = readCount(reader, true, 7)
  if (count < 0) return null
  const elements: WriteTxnMarkersResponseWritableTxnMarkerPartitionResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(reader, version))
  return elements
}

function encodeWriteTxnMarkersResponseWritableTxnMarkerPartitionResultArray(
  writer: ByteWriter,
  elements: WriteTxnMarkersResponseWritableTxnMarkerPartitionResult[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(writer, element, version)
}
