/**
 * Fetch (API key 1), versions 4 to 18.
 *
 * Generated from definitions/01-fetch.api; do not edit.
 */
import { type ByteReader, ByteWriter, ZERO_UUID, type Uuid } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { readBytes, writeBytes } from '../wire/byte-fields.ts'
import { notNull } from '../wire/not-null.ts'
import {
  TAGGED_FIELD_BYTES,
  endTaggedField,
  readTaggedSize,
  skipTaggedFields,
  writeTaggedField,
} from '../wire/tagged-fields.ts'

export interface FetchResponse {
  throttleTimeMs: number
  /** Where version >= 7. */
  errorCode: number
  /** Where version >= 7. */
  sessionId: number
  responses: FetchResponseFetchableTopicResponse[]
  /** Where version >= 16. */
  nodeEndpoints: FetchResponseNodeEndpoint[]
}

export interface FetchResponseFetchableTopicResponse {
  /** Where version <= 12. */
  topic: string
  /** Where version >= 13. */
  topicId: Uuid
  partitions: FetchResponsePartitionData[]
}

export interface FetchResponsePartitionData {
  partitionIndex: number
  errorCode: number
  highWatermark: number
  lastStableOffset: number
  /** Where version >= 5. */
  logStartOffset: number
  /** Where version >= 12. */
  divergingEpoch: FetchResponseEpochEndOffset
  /** Where version >= 12. */
  currentLeader: FetchResponseLeaderIdAndEpoch
  /** Where version >= 12. */
  snapshotId: FetchResponseSnapshotId
  abortedTransactions: FetchResponseAbortedTransaction[] | null
  /** Where version >= 11. */
  preferredReadReplica: number
  records: Buffer | null
}

export interface FetchResponseEpochEndOffset {
  epoch: number
  endOffset: number
}

export interface FetchResponseLeaderIdAndEpoch {
  leaderId: number
  leaderEpoch: number
}

export interface FetchResponseSnapshotId {
  endOffset: number
  epoch: number
}

export interface FetchResponseAbortedTransaction {
  producerId: number
  firstOffset: number
}

export interface FetchResponseNodeEndpoint {
  nodeId: number
  host: string
  port: number
  rack: string | null
}

export function decodeFetchResponse(reader: ByteReader, version: number): FetchResponse {
  const flexible = version >= 12
  const throttleTimeMs: number = reader.readInt32()
  const errorCode: number = version >= 7 ? reader.readInt16() : 0
  const sessionId: number = version >= 7 ? reader.readInt32() : 0
  const responses: FetchResponseFetchableTopicResponse[] = notNull(
    reader,
    decodeFetchResponseFetchableTopicResponseArray(reader, version),
    'Responses',
  )
  let nodeEndpoints: FetchResponseNodeEndpoint[] = []
  if (flexible) {
    for (let left = reader.readUnsignedVarint(); left > 0; left--) {
      const tag = reader.readUnsignedVarint()
      const size = readTaggedSize(reader)
      const end = reader.position + size
      switch (tag) {
        case 0:
          if (version >= 16)
            nodeEndpoints = notNull(
              reader,
              decodeFetchResponseNodeEndpointArray(reader, version),
              'NodeEndpoints',
            )
          else reader.skip(size)
          break
        default:
          reader.skip(size)
      }
      endTaggedField(reader, end)
    }
  }
  return { throttleTimeMs, errorCode, sessionId, responses, nodeEndpoints }
}

export function encodeFetchResponse(
  writer: ByteWriter,
  message: FetchResponse,
  version: number,
): void {
  const flexible = version >= 12
  writer.writeInt32(message.throttleTimeMs)
  if (version >= 7) {
    writer.writeInt16(message.errorCode)
  }
  if (version >= 7) {
    writer.writeInt32(message.sessionId)
  }
  encodeFetchResponseFetchableTopicResponseArray(writer, message.responses, version)
  if (flexible) {
    writer.writeUnsignedVarint(version >= 16 && message.nodeEndpoints.length !== 0 ? 1 : 0)
    if (version >= 16 && message.nodeEndpoints.length !== 0) {
      const field = new ByteWriter(TAGGED_FIELD_BYTES)
      encodeFetchResponseNodeEndpointArray(field, message.nodeEndpoints, version)
      writeTaggedField(writer, 0, field)
    }
  }
}

function decodeFetchResponseFetchableTopicResponse(
  reader: ByteReader,
  version: number,
): FetchResponseFetchableTopicResponse {
  const flexible = version >= 12
  const topic: string = version <= 12 ? notNull(reader, readString(reader, flexible), 'Topic') : ''
  const topicId: Uuid = version >= 13 ? reader.readUuid() : ZERO_UUID
  const partitions: FetchResponsePartitionData[] = notNull(
    reader,
    decodeFetchResponsePartitionDataArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { topic, topicId, partitions }
}

function encodeFetchResponseFetchableTopicResponse(
  writer: ByteWriter,
  message: FetchResponseFetchableTopicResponse,
  version: number,
): void {
  const flexible = version >= 12
  if (version <= 12) {
    writeString(writer, flexible, message.topic)
  }
  if (version >= 13) {
    writer.writeUuid(message.topicId)
  }
  encodeFetchResponsePartitionDataArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeFetchResponsePartitionData(
  reader: ByteReader,
  version: number,
): FetchResponsePartitionData {
  const flexible = version >= 12
  const partitionIndex: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const highWatermark: number = reader.readInt64()
  const lastStableOffset: number = reader.readInt64()
  const logStartOffset: number = version >= 5 ? reader.readInt64() : -1
  const abortedTransactions: FetchResponseAbortedTransaction[] | null =
    decodeFetchResponseAbortedTransactionArray(reader, version)
  const preferredReadReplica: number = version >= 11 ? reader.readInt32() : -1
  const records: Buffer | null = readBytes(reader, flexible)
  let divergingEpoch: FetchResponseEpochEndOffset = defaultFetchResponseEpochEndOffset()
  let currentLeader: FetchResponseLeaderIdAndEpoch = defaultFetchResponseLeaderIdAndEpoch()
  let snapshotId: FetchResponseSnapshotId = defaultFetchResponseSnapshotId()
  if (flexible) {
    for (let left = reader.readUnsignedVarint(); left > 0; left--) {
      const tag = reader.readUnsignedVarint()
      const size = readTaggedSize(reader)
      const end = reader.position + size
      switch (tag) {
        case 0:
          if (version >= 12) divergingEpoch = decodeFetchResponseEpochEndOffset(reader, version)
          else reader.skip(size)
          break
        case 1:
          if (version >= 12) currentLeader = decodeFetchResponseLeaderIdAndEpoch(reader, version)
          else reader.skip(size)
          break
        case 2:
          if (version >= 12) snapshotId = decodeFetchResponseSnapshotId(reader, version)
          else reader.skip(size)
          break
        default:
          reader.skip(size)
      }
      endTaggedField(reader, end)
    }
  }
  return {
    partitionIndex,
    errorCode,
    highWatermark,
    lastStableOffset,
    logStartOffset,
    divergingEpoch,
    currentLeader,
    snapshotId,
    abortedTransactions,
    preferredReadReplica,
    records,
  }
}

function encodeFetchResponsePartitionData(
  writer: ByteWriter,
  message: FetchResponsePartitionData,
  version: number,
): void {
  const flexible = version >= 12
  writer.writeInt32(message.partitionIndex)
  writer.writeInt16(message.errorCode)
  writer.writeInt64(message.highWatermark)
  writer.writeInt64(message.lastStableOffset)
  if (version >= 5) {
    writer.writeInt64(message.logStartOffset)
  }
  if (message.abortedTransactions === null) {
    writeCount(writer, flexible, -1)
  } else {
    encodeFetchResponseAbortedTransactionArray(writer, message.abortedTransactions, version)
  }
  if (version >= 11) {
    writer.writeInt32(message.preferredReadReplica)
  }
  if (message.records === null) {
    writeCount(writer, flexible, -1)
  } else {
    writeBytes(writer, flexible, message.records)
  }
  if (flexible) {
    writer.writeUnsignedVarint(
      (version >= 12 && !isDefaultFetchResponseEpochEndOffset(message.divergingEpoch) ? 1 : 0) +
        (version >= 12 && !isDefaultFetchResponseLeaderIdAndEpoch(message.currentLeader) ? 1 : 0) +
        (version >= 12 && !isDefaultFetchResponseSnapshotId(message.snapshotId) ? 1 : 0),
    )
    if (version >= 12 && !isDefaultFetchResponseEpochEndOffset(message.divergingEpoch)) {
      const field = new ByteWriter(TAGGED_FIELD_BYTES)
      encodeFetchResponseEpochEndOffset(field, message.divergingEpoch, version)
      writeTaggedField(writer, 0, field)
    }
    if (version >= 12 && !isDefaultFetchResponseLeaderIdAndEpoch(message.currentLeader)) {
      const field = new ByteWriter(TAGGED_FIELD_BYTES)
      encodeFetchResponseLeaderIdAndEpoch(field, message.currentLeader, version)
      writeTaggedField(writer, 1, field)
    }
    if (version >= 12 && !isDefaultFetchResponseSnapshotId(message.snapshotId)) {
      const field = new ByteWriter(TAGGED_FIELD_BYTES)
      encodeFetchResponseSnapshotId(field, message.snapshotId, version)
      writeTaggedField(writer, 2, field)
    }
  }
}

function decodeFetchResponseEpochEndOffset(
  reader: ByteReader,
  _version: number,
): FetchResponseEpochEndOffset {
  const flexible = true
  const epoch: number = reader.readInt32()
  const endOffset: number = reader.readInt64()
  if (flexible) skipTaggedFields(reader)
  return { epoch, endOffset }
}

function encodeFetchResponseEpochEndOffset(
  writer: ByteWriter,
  message: FetchResponseEpochEndOffset,
  _version: number,
): void {
  const flexible = true
  writer.writeInt32(message.epoch)
  writer.writeInt64(message.endOffset)
  if (flexible) writer.writeUint8(0)
}

function decodeFetchResponseLeaderIdAndEpoch(
  reader: ByteReader,
  _version: number,
): FetchResponseLeaderIdAndEpoch {
  const flexible = true
  const leaderId: number = reader.readInt32()
  const leaderEpoch: number = reader.readInt32()
  if (flexible) skipTaggedFields(reader)
  return { leaderId, leaderEpoch }
}

function encodeFetchResponseLeaderIdAndEpoch(
  writer: ByteWriter,
  message: FetchResponseLeaderIdAndEpoch,
  _version: number,
): void {
  const flexible = true
  writer.writeInt32(message.leaderId)
  writer.writeInt32(message.leaderEpoch)
  if (flexible) writer.writeUint8(0)
}

function decodeFetchResponseSnapshotId(
  reader: ByteReader,
  _version: number,
): FetchResponseSnapshotId {
  const flexible = true
  const endOffset: number = reader.readInt64()
  const epoch: number = reader.readInt32()
  if (flexible) skipTaggedFields(reader)
  return { endOffset, epoch }
}

function encodeFetchResponseSnapshotId(
  writer: ByteWriter,
  message: FetchResponseSnapshotId,
  _version: number,
): void {
  const flexible = true
  writer.writeInt64(message.endOffset)
  writer.writeInt32(message.epoch)
  if (flexible) writer.writeUint8(0)
}

function decodeFetchResponseAbortedTransaction(
  reader: ByteReader,
  version: number,
): FetchResponseAbortedTransaction {
  const flexible = version >= 12
  const producerId: number = reader.readInt64()
  const firstOffset: number = reader.readInt64()
  if (flexible) skipTaggedFields(reader)
  return { producerId, firstOffset }
}

function encodeFetchResponseAbortedTransaction(
  writer: ByteWriter,
  message: FetchResponseAbortedTransaction,
  version: number,
): void {
  const flexible = version >= 12
  writer.writeInt64(message.producerId)
  writer.writeInt64(message.firstOffset)
  if (flexible) writer.writeUint8(0)
}

function decodeFetchResponseNodeEndpoint(
  reader: ByteReader,
  _version: number,
): FetchResponseNodeEndpoint {
  const flexible = true
  const nodeId: number = reader.readInt32()
  const host: string = notNull(reader, readString(reader, flexible), 'Host')
  const port: number = reader.readInt32()
  const rack: string | null = readString(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { nodeId, host, port, rack }
}

function encodeFetchResponseNodeEndpoint(
  writer: ByteWriter,
  message: FetchResponseNodeEndpoint,
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

function decodeFetchResponseFetchableTopicResponseArray(
  reader: ByteReader,
  version: number,
): FetchResponseFetchableTopicResponse[] | null {
  const count = readCount(reader, version >= 12, 3)
  if (count < 0) return null
  const elements: FetchResponseFetchableTopicResponse[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeFetchResponseFetchableTopicResponse(reader, version))
  return elements
}

function encodeFetchResponseFetchableTopicResponseArray(
  writer: ByteWriter,
  elements: FetchResponseFetchableTopicResponse[],
  version: number,
): void {
  writeCount(writer, version >= 12, elements.length)
  for (const element of elements)
    encodeFetchResponseFetchableTopicResponse(writer, element, version)
}

function decodeFetchResponseNodeEndpointArray(
  reader: ByteReader,
  version: number,
): FetchResponseNodeEndpoint[] | null {
  const count = readCount(reader, true, 11)
  if (count < 0) return null
  const elements: FetchResponseNodeEndpoint[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeFetchResponseNodeEndpoint(reader, version))
  return elements
}

function encodeFetchResponseNodeEndpointArray(
  writer: ByteWriter,
  elements: FetchResponseNodeEndpoint[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements) encodeFetchResponseNodeEndpoint(writer, element, version)
}

function decodeFetchResponsePartitionDataArray(
  reader: ByteReader,
  version: number,
): FetchResponsePartitionData[] | null {
  const count = readCount(reader, version >= 12, 30)
  if (count < 0) return null
  const elements: FetchResponsePartitionData[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeFetchResponsePartitionData(reader, version))
  return elements
}

function encodeFetchResponsePartitionDataArray(
  writer: ByteWriter,
  elements: FetchResponsePartitionData[],
  version: number,
): void {
  writeCount(writer, version >= 12, elements.length)
  for (const element of elements) encodeFetchResponsePartitionData(writer, element, version)
}

function decodeFetchResponseAbortedTransactionArray(
  reader: ByteReader,
  version: number,
): FetchResponseAbortedTransaction[] | null {
  const count = readCount(reader, version >= 12, 16)
  if (count < 0) return null
  const elements: FetchResponseAbortedTransaction[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeFetchResponseAbortedTransaction(reader, version))
  return elements
}

function encodeFetchResponseAbortedTransactionArray(
  writer: ByteWriter,
  elements: FetchResponseAbortedTransaction[],
  version: number,
): void {
  writeCount(writer, version >= 12, elements.length)
  for (const element of elements) encodeFetchResponseAbortedTransaction(writer, element, version)
}

function defaultFetchResponseEpochEndOffset(): FetchResponseEpochEndOffset {
  return { epoch: -1, endOffset: -1 }
}

function isDefaultFetchResponseEpochEndOffset(message: FetchResponseEpochEndOffset): boolean {
  return !(message.epoch !== -1 || message.endOffset !== -1)
}

function defaultFetchResponseLeaderIdAndEpoch(): FetchResponseLeaderIdAndEpoch {
  return { leaderId: -1, leaderEpoch: -1 }
}

function isDefaultFetchResponseLeaderIdAndEpoch(message: FetchResponseLeaderIdAndEpoch): boolean {
  return !(message.leaderId !== -1 || message.leaderEpoch !== -1)
}

function defaultFetchResponseSnapshotId(): FetchResponseSnapshotId {
  return { endOffset: -1, epoch: -1 }
}

function isDefaultFetchResponseSnapshotId(message: FetchResponseSnapshotId): boolean {
  return !(message.endOffset !== -1 || message.epoch !== -1)
}
