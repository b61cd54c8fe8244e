/**
 * ShareFetch (API key 78), versions 1 to 2.
 *
 * Generated from definitions/78-share-fetch.api; do not edit.
 */
import { type ByteReader, type ByteWriter, type Uuid } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { readBytes, writeBytes } from '../wire/byte-fields.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface ShareFetchResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  acquisitionLockTimeoutMs: number
  responses: ShareFetchResponseShareFetchableTopicResponse[]
  nodeEndpoints: ShareFetchResponseNodeEndpoint[]
}

export interface ShareFetchResponseShareFetchableTopicResponse {
  topicId: Uuid
  partitions: ShareFetchResponsePartitionData[]
}

export interface ShareFetchResponsePartitionData {
  partitionIndex: number
  errorCode: number
  errorMessage: string | null
  acknowledgeErrorCode: number
  acknowledgeErrorMessage: string | null
  currentLeader: ShareFetchResponseLeaderIdAndEpoch
  records: Buffer
  acquiredRecords: ShareFetchResponseAcquiredRecords[]
}

export interface ShareFetchResponseLeaderIdAndEpoch {
  leaderId: number
  leaderEpoch: number
}

export interface ShareFetchResponseAcquiredRecords {
  firstOffset: number
  lastOffset: number
  deliveryCount: number
}

export interface ShareFetchResponseNodeEndpoint {
  nodeId: number
  host: string
  port: number
  rack: string | null
}

export function decodeShareFetchResponse(reader: ByteReader, version: number): ShareFetchResponse {
  const flexible = true
  const throttleTimeMs: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  const acquisitionLockTimeoutMs: number = reader.readInt32()
  const responses: ShareFetchResponseShareFetchableTopicResponse[] = notNull(
    reader,
    decodeShareFetchResponseShareFetchableTopicResponseArray(reader, version),
    'Responses',
  )
  const nodeEndpoints: ShareFetchResponseNodeEndpoint[] = notNull(
    reader,
    decodeShareFetchResponseNodeEndpointArray(reader, version),
    'NodeEndpoints',
  )
  if (flexible) skipTaggedFields(reader)
  return {
    throttleTimeMs,
    errorCode,
    errorMessage,
    acquisitionLockTimeoutMs,
    responses,
    nodeEndpoints,
  }
}

export function encodeShareFetchResponse(
  writer: ByteWriter,
  message: ShareFetchResponse,
  version: number,
): void {
  const flexible = true
  writer.writeInt32(message.throttleTimeMs)
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  writer.writeInt32(message.acquisitionLockTimeoutMs)
  encodeShareFetchResponseShareFetchableTopicResponseArray(writer, message.responses, version)
  encodeShareFetchResponseNodeEndpointArray(writer, message.nodeEndpoints, version)
  if (flexible) writer.writeUint8(0)
}

function decodeShareFetchResponseShareFetchableTopicResponse(
  reader: ByteReader,
  version: number,
): ShareFetchResponseShareFetchableTopicResponse {
  const flexible = true
  const topicId: Uuid = reader.readUuid()
  const partitions: ShareFetchResponsePartitionData[] = notNull(
    reader,
    decodeShareFetchResponsePartitionDataArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { topicId, partitions }
}

function encodeShareFetchResponseShareFetchableTopicResponse(
  writer: ByteWriter,
  message: ShareFetchResponseShareFetchableTopicResponse,
  version: number,
): void {
  const flexible = true
  writer.writeUuid(message.topicId)
  encodeShareFetchResponsePartitionDataArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeShareFetchResponsePartitionData(
  reader: ByteReader,
  version: number,
): ShareFetchResponsePartitionData {
  const flexible = true
  const partitionIndex: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  const acknowledgeErrorCode: number = reader.readInt16()
  const acknowledgeErrorMessage: string | null = readString(reader, flexible)
  const currentLeader: ShareFetchResponseLeaderIdAndEpoch =
    decodeShareFetchResponseLeaderIdAndEpoch(reader, version)
  const records: Buffer = notNull(reader, readBytes(reader, flexible), 'Records')
  const acquiredRecords: ShareFetchResponseAcquiredRecords[] = notNull(
    reader,
    decodeShareFetchResponseAcquiredRecordsArray(reader, version),
    'AcquiredRecords',
  )
  if (flexible) skipTaggedFields(reader)
  return {
    partitionIndex,
    errorCode,
    errorMessage,
    acknowledgeErrorCode,
    acknowledgeErrorMessage,
    currentLeader,
    records,
    acquiredRecords,
  }
}

function encodeShareFetchResponsePartitionData(
  writer: ByteWriter,
  message: ShareFetchResponsePartitionData,
  version: number,
): void {
  const flexible = true
  writer.writeInt32(message.partitionIndex)
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  writer.writeInt16(message.acknowledgeErrorCode)
  if (message.acknowledgeErrorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.acknowledgeErrorMessage)
  }
  encodeShareFetchResponseLeaderIdAndEpoch(writer, message.currentLeader, version)
  writeBytes(writer, flexible, message.records)
  encodeShareFetchResponseAcquiredRecordsArray(writer, message.acquiredRecords, version)
  if (flexible) writer.writeUint8(0)
}

function decodeShareFetchResponseLeaderIdAndEpoch(
  reader: ByteReader,
  _version: number,
): ShareFetchResponseLeaderIdAndEpoch {
  const flexible = true
  const leaderId: number = reader.readInt32()
  const leaderEpoch: number = reader.readInt32()
  if (flexible) skipTaggedFields(reader)
  return { leaderId, leaderEpoch }
}

function encodeShareFetchResponseLeaderIdAndEpoch(
  writer: ByteWriter,
  message: ShareFetchResponseLeaderIdAndEpoch,
  _version: number,
): void {
  const flexible = true
  writer.writeInt32(message.leaderId)
  writer.writeInt32(message.leaderEpoch)
  if (flexible) writer.writeUint8(0)
}

function decodeShareFetchResponseAcquiredRecords(
  reader: ByteReader,
  _version: number,
): ShareFetchResponseAcquiredRecords {
  const flexible = true
  const firstOffset: number = reader.readInt64()
  const lastOffset: number = reader.readInt64()
  const deliveryCount: number = reader.readInt16()
  if (flexible) skipTaggedFields(reader)
  return { firstOffset, lastOffset, deliveryCount }
}

function encodeShareFetchResponseAcquiredRecords(
  writer: ByteWriter,
  message: ShareFetchResponseAcquiredRecords,
  _version: number,
): void {
  const flexible = true
  writer.writeInt64(message.firstOffset)
  writer.writeInt64(message.lastOffset)
  writer.writeInt16(message.deliveryCount)
  if (flexible) writer.writeUint8(0)
}

function decodeShareFetchResponseNodeEndpoint(
  reader: ByteReader,
  _version: number,
): ShareFetchResponseNodeEndpoint {
  const flexible = true
  const nodeId: number = reader.readInt32()
  const host: string = notNull(reader, readString(reader, flexible), 'Host')
  const port: number = reader.readInt32()
  const rack: string | null = readString(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { nodeId, host, port, rack }
}

function encodeShareFetchResponseNodeEndpoint(
  writer: ByteWriter,
  message: ShareFetchResponseNodeEndpoint,
  _version: number,
): void {
  const flexible = true
  writer.writeInt32(message.nodeId)
  writeString(writer, flexible, message.host)
  writer.writeInt32(message.port)
  if (message.rack === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.rack)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeShareFetchResponseShareFetchableTopicResponseArray(
  reader: ByteReader,
  version: number,
): ShareFetchResponseShareFetchableTopicResponse[] | null {
  const count = readCount(reader, true, 18)
  if (count < 0) return null
  const elements: ShareFetchResponseShareFetchableTopicResponse[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeShareFetchResponseShareFetchableTopicResponse(reader, version))
  return elements
}

function encodeShareFetchResponseShareFetchableTopicResponseArray(
  writer: ByteWriter,
  elements: ShareFetchResponseShareFetchableTopicResponse[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeShareFetchResponseShareFetchableTopicResponse(writer, element, version)
}

function decodeShareFetchResponseNodeEndpointArray(
  reader: ByteReader,
  version: number,
): ShareFetchResponseNodeEndpoint[] | null {
  const count = readCount(reader, true, 11)
  if (count < 0) return null
  const elements: ShareFetchResponseNodeEndpoint[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeShareFetchResponseNodeEndpoint(reader, version))
  return elements
}

function encodeShareFetchResponseNodeEndpointArray(
  writer: ByteWriter,
  elements: ShareFetchResponseNodeEndpoint[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements) encodeShareFetchResponseNodeEndpoint(writer, element, version)
}

function decodeShareFetchResponsePartitionDataArray(
  reader: ByteReader,
  version: number,
): ShareFetchResponsePartitionData[] | null {
  const count = readCount(reader, true, 22)
  if (count < 0) return null
  const elements: ShareFetchResponsePartitionData[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeShareFetchResponsePartitionData(reader, version))
  return elements
}

function encodeShareFetchResponsePartitionDataArray(
  writer: ByteWriter,
  elements: ShareFetchResponsePartitionData[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements) encodeShareFetchResponsePartitionData(writer, element, version)
}

function decodeShareFetchResponseAcquiredRecordsArray(
  reader: ByteReader,
  version: number,
): ShareFetchResponseAcquiredRecords[] | null {
  const count = readCount(reader, true, 19)
  if (count < 0) return null
  const elements: ShareFetchResponseAcquiredRecords[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeShareFetchResponseAcquiredRecords(reader, version))
  return elements
}

function encodeShareFetchResponseAcquiredRecordsArray(
  writer: ByteWriter,
  elements: ShareFetchResponseAcquiredRecords[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements) encodeShareFetchResponseAcquiredRecords(writer, element, version)
}
