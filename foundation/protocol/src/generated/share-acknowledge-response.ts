/**
 * ShareAcknowledge (API key 79), versions 1 to 2.
 *
 * Generated from definitions/79-share-acknowledge.api; do not edit.
 */
import { type ByteReader, type ByteWriter, type Uuid } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface ShareAcknowledgeResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  /** Where version >= 2. */
  acquisitionLockTimeoutMs: number
  responses: ShareAcknowledgeResponseShareAcknowledgeTopicResponse[]
  nodeEndpoints: ShareAcknowledgeResponseNodeEndpoint[]
}

export interface ShareAcknowledgeResponseShareAcknowledgeTopicResponse {
  topicId: Uuid
  partitions: ShareAcknowledgeResponsePartitionData[]
}

export interface ShareAcknowledgeResponsePartitionData {
  partitionIndex: number
  errorCode: number
  errorMessage: string | null
  currentLeader: ShareAcknowledgeResponseLeaderIdAndEpoch
}

export interface ShareAcknowledgeResponseLeaderIdAndEpoch {
  leaderId: number
  leaderEpoch: number
}

export interface ShareAcknowledgeResponseNodeEndpoint {
  nodeId: number
  host: string
  port: number
  rack: string | null
}

export function decodeShareAcknowledgeResponse(
  reader: ByteReader,
  version: number,
): ShareAcknowledgeResponse {
  const flexible = true
  const throttleTimeMs: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  const acquisitionLockTimeoutMs: number = version >= 2 ? reader.readInt32() : 0
  const responses: ShareAcknowledgeResponseShareAcknowledgeTopicResponse[] = notNull(
    reader,
    decodeShareAcknowledgeResponseShareAcknowledgeTopicResponseArray(reader, version),
    'Responses',
  )
  const nodeEndpoints: ShareAcknowledgeResponseNodeEndpoint[] = notNull(
    reader,
    decodeShareAcknowledgeResponseNodeEndpointArray(reader, version),
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

export function encodeShareAcknowledgeResponse(
  writer: ByteWriter,
  message: ShareAcknowledgeResponse,
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
  if (version >= 2) {
    writer.writeInt32(message.acquisitionLockTimeoutMs)
  }
  encodeShareAcknowledgeResponseShareAcknowledgeTopicResponseArray(
    writer,
    message.responses,
    version,
  )
  encodeShareAcknowledgeResponseNodeEndpointArray(writer, message.nodeEndpoints, version)
  if (flexible) writer.writeUint8(0)
}

function decodeShareAcknowledgeResponseShareAcknowledgeTopicResponse(
  reader: ByteReader,
  version: number,
): ShareAcknowledgeResponseShareAcknowledgeTopicResponse {
  const flexible = true
  const topicId: Uuid = reader.readUuid()
  const partitions: ShareAcknowledgeResponsePartitionData[] = notNull(
    reader,
    decodeShareAcknowledgeResponsePartitionDataArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { topicId, partitions }
}

function encodeShareAcknowledgeResponseShareAcknowledgeTopicResponse(
  writer: ByteWriter,
  message: ShareAcknowledgeResponseShareAcknowledgeTopicResponse,
  version: number,
): void {
  const flexible = true
  writer.writeUuid(message.topicId)
  encodeShareAcknowledgeResponsePartitionDataArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeShareAcknowledgeResponsePartitionData(
  reader: ByteReader,
  version: number,
): ShareAcknowledgeResponsePartitionData {
  const flexible = true
  const partitionIndex: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  const currentLeader: ShareAcknowledgeResponseLeaderIdAndEpoch =
    decodeShareAcknowledgeResponseLeaderIdAndEpoch(reader, version)
  if (flexible) skipTaggedFields(reader)
  return { partitionIndex, errorCode, errorMessage, currentLeader }
}

function encodeShareAcknowledgeResponsePartitionData(
  writer: ByteWriter,
  message: ShareAcknowledgeResponsePartitionData,
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
  encodeShareAcknowledgeResponseLeaderIdAndEpoch(writer, message.currentLeader, version)
  if (flexible) writer.writeUint8(0)
}

function decodeShareAcknowledgeResponseLeaderIdAndEpoch(
  reader: ByteReader,
  _version: number,
): ShareAcknowledgeResponseLeaderIdAndEpoch {
  const flexible = true
  const leaderId: number = reader.readInt32()
  const leaderEpoch: number = reader.readInt32()
  if (flexible) skipTaggedFields(reader)
  return { leaderId, leaderEpoch }
}

function encodeShareAcknowledgeResponseLeaderIdAndEpoch(
  writer: ByteWriter,
  message: ShareAcknowledgeResponseLeaderIdAndEpoch,
  _version: number,
): void {
  const flexible = true
  writer.writeInt32(message.leaderId)
  writer.writeInt32(message.leaderEpoch)
  if (flexible) writer.writeUint8(0)
}

function decodeShareAcknowledgeResponseNodeEndpoint(
  reader: ByteReader,
  _version: number,
): ShareAcknowledgeResponseNodeEndpoint {
  const flexible = true
  const nodeId: number = reader.readInt32()
  const host: string = notNull(reader, readString(reader, flexible), 'Host')
  const port: number = reader.readInt32()
  const rack: string | null = readString(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { nodeId, host, port, rack }
}

function encodeShareAcknowledgeResponseNodeEndpoint(
  writer: ByteWriter,
  message: ShareAcknowledgeResponseNodeEndpoint,
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

function decodeShareAcknowledgeResponseShareAcknowledgeTopicResponseArray(
  reader: ByteReader,
  version: number,
): ShareAcknowledgeResponseShareAcknowledgeTopicResponse[] | null {
  const count = readCount(reader, true, 18)
  if (count < 0) return null
  const elements: ShareAcknowledgeResponseShareAcknowledgeTopicResponse[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeShareAcknowledgeResponseShareAcknowledgeTopicResponse(reader, version))
  return elements
}

function encodeShareAcknowledgeResponseShareAcknowledgeTopicResponseArray(
  writer: ByteWriter,
  elements: ShareAcknowledgeResponseShareAcknowledgeTopicResponse[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeShareAcknowledgeResponseShareAcknowledgeTopicResponse(writer, element, version)
}

function decodeShareAcknowledgeResponseNodeEndpointArray(
  reader: ByteReader,
  version: number,
): ShareAcknowledgeResponseNodeEndpoint[] | null {
  const count = readCount(reader, true, 11)
  if (count < 0) return null
  const elements: ShareAcknowledgeResponseNodeEndpoint[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeShareAcknowledgeResponseNodeEndpoint(reader, version))
  return elements
}

function encodeShareAcknowledgeResponseNodeEndpointArray(
  writer: ByteWriter,
  elements: ShareAcknowledgeResponseNodeEndpoint[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeShareAcknowledgeResponseNodeEndpoint(writer, element, version)
}

function decodeShareAcknowledgeResponsePartitionDataArray(
  reader: ByteReader,
  version: number,
): ShareAcknowledgeResponsePartitionData[] | null {
  const count = readCount(reader, true, 17)
  if (count < 0) return null
  const elements: ShareAcknowledgeResponsePartitionData[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeShareAcknowledgeResponsePartitionData(reader, version))
  return elements
}

function encodeShareAcknowledgeResponsePartitionDataArray(
  writer: ByteWriter,
  elements: ShareAcknowledgeResponsePartitionData[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeShareAcknowledgeResponsePartitionData(writer, element, version)
}
