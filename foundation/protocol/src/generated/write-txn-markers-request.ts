/**
 * WriteTxnMarkers (API key 27), versions 1 to 2.
 *
 * Generated from definitions/27-write-txn-markers.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount, readInt32Array, writeInt32Array } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface WriteTxnMarkersRequest {
  markers: WriteTxnMarkersRequestWritableTxnMarker[]
}

export interface WriteTxnMarkersRequestWritableTxnMarker {
  producerId: number
  producerEpoch: number
  transactionResult: boolean
  topics: WriteTxnMarkersRequestWritableTxnMarkerTopic[]
  coordinatorEpoch: number
  /** Where version >= 2. */
  transactionVersion: number
}

export interface WriteTxnMarkersRequestWritableTxnMarkerTopic {
  name: string
  partitionIndexes: number[]
}

export function decodeWriteTxnMarkersRequest(
  reader: ByteReader,
  version: number,
): WriteTxnMarkersRequest {
  const flexible = true
  const markers: WriteTxnMarkersRequestWritableTxnMarker[] = notNull(
    reader,
    decodeWriteTxnMarkersRequestWritableTxnMarkerArray(reader, version),
    'Markers',
  )
  if (flexible) skipTaggedFields(reader)
  return { markers }
}

export function encodeWriteTxnMarkersRequest(
  writer: ByteWriter,
  message: WriteTxnMarkersRequest,
  version: number,
): void {
  const flexible = true
  encodeWriteTxnMarkersRequestWritableTxnMarkerArray(writer, message.markers, version)
  if (flexible) writer.writeUint8(0)
}

function decodeWriteTxnMarkersRequestWritableTxnMarker(
  reader: ByteReader,
  version: number,
): WriteTxnMarkersRequestWritableTxnMarker {
  const flexible = true
  const producerId: number = reader.readInt64()
  const producerEpoch: number = reader.readInt16()
  const transactionResult: boolean = reader.readBoolean()
  const topics: WriteTxnMarkersRequestWritableTxnMarkerTopic[] = notNull(
    reader,
    decodeWriteTxnMarkersRequestWritableTxnMarkerTopicArray(reader, version),
    'Topics',
  )
  const coordinatorEpoch: number = reader.readInt32()
  const transactionVersion: number = version >= 2 ? reader.readInt8() : 0
  if (flexible) skipTaggedFields(reader)
  return {
    producerId,
    producerEpoch,
    transactionResult,
    topics,
    coordinatorEpoch,
    transactionVersion,
  }
}

function encodeWriteTxnMarkersRequestWritableTxnMarker(
  writer: ByteWriter,
  message: WriteTxnMarkersRequestWritableTxnMarker,
  version: number,
): void {
  const flexible = true
  writer.writeInt64(message.producerId)
  writer.writeInt16(message.producerEpoch)
  writer.writeBoolean(message.transactionResult)
  encodeWriteTxnMarkersRequestWritableTxnMarkerTopicArray(writer, message.topics, version)
  writer.writeInt32(message.coordinatorEpoch)
  if (version >= 2) {
    writer.writeInt8(message.transactionVersion)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeWriteTxnMarkersRequestWritableTxnMarkerTopic(
  reader: ByteReader,
  _version: number,
): WriteTxnMarkersRequestWritableTxnMarkerTopic {
  const flexible = true
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const partitionIndexes: number[] = notNull(
    reader,
    readInt32Array(reader, flexible),
    'PartitionIndexes',
  )
  if (flexible) skipTaggedFields(reader)
  return { name, partitionIndexes }
}

function encodeWriteTxnMarkersRequestWritableTxnMarkerTopic(
  writer: ByteWriter,
  message: WriteTxnMarkersRequestWritableTxnMarkerTopic,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.name)
  writeInt32Array(writer, flexible, message.partitionIndexes)
  if (flexible) writer.writeUint8(0)
}

function decodeWriteTxnMarkersRequestWritableTxnMarkerArray(
  reader: ByteReader,
  version: number,
): WriteTxnMarkersRequestWritableTxnMarker[] | null {
  const count = readCount(reader, true, 17)
  if (count < 0) return null
  const elements: WriteTxnMarkersRequestWritableTxnMarker[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeWriteTxnMarkersRequestWritableTxnMarker(reader, version))
  return elements
}

function encodeWriteTxnMarkersRequestWritableTxnMarkerArray(
  writer: ByteWriter,
  elements: WriteTxnMarkersRequestWritableTxnMarker[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeWriteTxnMarkersRequestWritableTxnMarker(writer, element, version)
}

function decodeWriteTxnMarkersRequestWritableTxnMarkerTopicArray(
  reader: ByteReader,
  version: number,
): WriteTxnMarkersRequestWritableTxnMarkerTopic[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: WriteTxnMarkersRequestWritableTxnMarkerTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeWriteTxnMarkersRequestWritableTxnMarkerTopic(reader, version))
  return elements
}

function encodeWriteTxnMarkersRequestWritableTxnMarkerTopicArray(
  writer: ByteWriter,
  elements: WriteTxnMarkersRequestWritableTxnMarkerTopic[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeWriteTxnMarkersRequestWritableTxnMarkerTopic(writer, element, version)
}
