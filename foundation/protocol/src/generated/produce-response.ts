/**
 * Produce (API key 0), versions 3 to 13.
 *
 * Generated from definitions/00-produce.api; do not edit.
 */
import { type ByteReader, ByteWriter, ZERO_UUID, type Uuid } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import {
  TAGGED_FIELD_BYTES,
  endTaggedField,
  readTaggedSize,
  skipTaggedFields,
  writeTaggedField,
} from '../wire/tagged-fields.ts'

export interface ProduceResponse {
  responses: ProduceResponseTopicProduceResponse[]
  throttleTimeMs: number
  /** Where version >= 10. */
  nodeEndpoints: ProduceResponseNodeEndpoint[]
}

export interface ProduceResponseTopicProduceResponse {
  /** Where version <= 12. */
  name: string
  /** Where version >= 13. */
  topicId: Uuid
  partitionResponses: ProduceResponsePartitionProduceResponse[]
}

export interface ProduceResponsePartitionProduceResponse {
  index: number
  errorCode: number
  baseOffset: number
  logAppendTimeMs: number
  /** Where version >= 5. */
  logStartOffset: number
  /** Where version >= 8. */
  recordErrors: ProduceResponseBatchIndexAndErrorMessage[]
  /** Where version >= 8. */
  errorMessage: string | null
  /** Where version >= 10. */
  currentLeader: ProduceResponseLeaderIdAndEpoch
}

export interface ProduceResponseBatchIndexAndErrorMessage {
  batchIndex: number
  batchIndexErrorMessage: string | null
}

export interface ProduceResponseLeaderIdAndEpoch {
  leaderId: number
  leaderEpoch: number
}

export interface ProduceResponseNodeEndpoint {
  nodeId: number
  host: string
  port: number
  rack: string | null
}

export function decodeProduceResponse(reader: ByteReader, version: number): ProduceResponse {
  const flexible = version >= 9
  const responses: ProduceResponseTopicProduceResponse[] = notNull(
    reader,
    decodeProduceResponseTopicProduceResponseArray(reader, version),
    'Responses',
  )
  const throttleTimeMs: number = reader.readInt32()
  let nodeEndpoints: ProduceResponseNodeEndpoint[] = []
  if (flexible) {
    for (let left = reader.readUnsignedVarint(); left > 0; left--) {
      const tag = reader.readUnsignedVarint()
      const size = readTaggedSize(reader)
      const end = reader.position + size
      switch (tag) {
        case 0:
          if (version >= 10)
            nodeEndpoints = notNull(
              reader,
              decodeProduceResponseNodeEndpointArray(reader, version),
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
  return { responses, throttleTimeMs, nodeEndpoints }
}

export function encodeProduceResponse(
  writer: ByteWriter,
  message: ProduceResponse,
  version: number,
): void {
  const flexible = version >= 9
  encodeProduceResponseTopicProduceResponseArray(writer, message.responses, version)
  writer.writeInt32(message.throttleTimeMs)
  if (flexible) {
    writer.writeUnsignedVarint(version >= 10 && message.nodeEndpoints.length !== 0 ? 1 : 0)
    if (version >= 10 && message.nodeEndpoints.length !== 0) {
      const field = new ByteWriter(TAGGED_FIELD_BYTES)
      encodeProduceResponseNodeEndpointArray(field, message.nodeEndpoints, version)
      writeTaggedField(writer, 0, field)
    }
  }
}

function decodeProduceResponseTopicProduceResponse(
  reader: ByteReader,
  version: number,
): ProduceResponseTopicProduceResponse {
  const flexible = version >= 9
  const name: string = version <= 12 ? notNull(reader, readString(reader, flexible), 'Name') : ''
  const topicId: Uuid = version >= 13 ? reader.readUuid() : ZERO_UUID
  const partitionResponses: ProduceResponsePartitionProduceResponse[] = notNull(
    reader,
    decodeProduceResponsePartitionProduceResponseArray(reader, version),
    'PartitionResponses',
  )
  if (flexible) skipTaggedFields(reader)
  return { name, topicId, partitionResponses }
}

function encodeProduceResponseTopicProduceResponse(
  writer: ByteWriter,
  message: ProduceResponseTopicProduceResponse,
  version: number,
): void {
  const flexible = version >= 9
  if (version <= 12) {
    writeString(writer, flexible, message.name)
  }
  if (version >= 13) {
    writer.writeUuid(message.topicId)
  }
  encodeProduceResponsePartitionProduceResponseArray(writer, message.partitionResponses, version)
  if (flexible) writer.writeUint8(0)
}

function decodeProduceResponsePartitionProduceResponse(
  reader: ByteReader,
  version: number,
): ProduceResponsePartitionProduceResponse {
  const flexible = version >= 9
  const index: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const baseOffset: number = reader.readInt64()
  const logAppendTimeMs: number = reader.readInt64()
  const logStartOffset: number = version >= 5 ? reader.readInt64() : -1
  const recordErrors: ProduceResponseBatchIndexAndErrorMessage[] =
    version >= 8
      ? notNull(
          reader,
          decodeProduceResponseBatchIndexAndErrorMessageArray(reader, version),
          'RecordErrors',
        )
      : []
  const errorMessage: string | null = version >= 8 ? readString(reader, flexible) : null
  let currentLeader: ProduceResponseLeaderIdAndEpoch = defaultProduceResponseLeaderIdAndEpoch()
  if (flexible) {
    for (let left = reader.readUnsignedVarint(); left > 0; left--) {
      const tag = reader.readUnsignedVarint()
      const size = readTaggedSize(reader)
      const end = reader.position + size
      switch (tag) {
        case 0:
          if (version >= 10) currentLeader = decodeProduceResponseLeaderIdAndEpoch(reader, version)
          else reader.skip(size)
          break
        default:
          reader.skip(size)
      }
      endTaggedField(reader, end)
    }
  }
  return {
    index,
    errorCode,
    baseOffset,
    logAppendTimeMs,
    logStartOffset,
    recordErrors,
    errorMessage,
    currentLeader,
  }
}

function encodeProduceResponsePartitionProduceResponse(
  writer: ByteWriter,
  message: ProduceResponsePartitionProduceResponse,
  version: number,
): void {
  const flexible = version >= 9
  writer.writeInt32(message.index)
  writer.writeInt16(message.errorCode)
  writer.writeInt64(message.baseOffset)
  writer.writeInt64(message.logAppendTimeMs)
  if (version >= 5) {
    writer.writeInt64(message.logStartOffset)
  }
  if (version >= 8) {
    encodeProduceResponseBatchIndexAndErrorMessageArray(writer, message.recordErrors, version)
  }
  if (version >= 8) {
    if (message.errorMessage === null) {
      writeNullString(writer, flexible)
    } else {
      writeString(writer, flexible, message.errorMessage)
    }
  }
  if (flexible) {
    writer.writeUnsignedVarint(
      version >= 10 && !isDefaultProduceResponseLeaderIdAndEpoch(message.currentLeader) ? 1 : 0,
    )
    if (version >= 10 && !isDefaultProduceResponseLeaderIdAndEpoch(message.currentLeader)) {
      const field = new ByteWriter(TAGGED_FIELD_BYTES)
      encodeProduceResponseLeaderIdAndEpoch(field, message.currentLeader, version)
      writeTaggedField(writer, 0, field)
    }
  }
}

function decodeProduceResponseBatchIndexAndErrorMessage(
  reader: ByteReader,
  version: number,
): ProduceResponseBatchIndexAndErrorMessage {
  const flexible = version >= 9
  const batchIndex: number = reader.readInt32()
  const batchIndexErrorMessage: string | null = readString(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { batchIndex, batchIndexErrorMessage }
}

function encodeProduceResponseBatchIndexAndErrorMessage(
  writer: ByteWriter,
  message: ProduceResponseBatchIndexAndErrorMessage,
  version: number,
): void {
  const flexible = version >= 9
  writer.writeInt32(message.batchIndex)
  if (message.batchIndexErrorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.batchIndexErrorMessage)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeProduceResponseLeaderIdAndEpoch(
  reader: ByteReader,
  _version: number,
): ProduceResponseLeaderIdAndEpoch {
  const flexible = true
  const leaderId: number = reader.readInt32()
  const leaderEpoch: number = reader.readInt32()
  if (flexible) skipTaggedFields(reader)
  return { leaderId, leaderEpoch }
}

function encodeProduceResponseLeaderIdAndEpoch(
  writer: ByteWriter,
  message: ProduceResponseLeaderIdAndEpoch,
  _version: number,
): void {
  const flexible = true
  writer.writeInt32(message.leaderId)
  writer.writeInt32(message.leaderEpoch)
  if (flexible) writer.writeUint8(0)
}

function decodeProduceResponseNodeEndpoint(
  reader: ByteReader,
  _version: number,
): ProduceResponseNodeEndpoint {
  const flexible = true
  const nodeId: number = reader.readInt32()
  const host: string = notNull(reader, readString(reader, flexible), 'Host')
  const port: number = reader.readInt32()
  const rack: string | null = readString(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { nodeId, host, port, rack }
}

function encodeProduceResponseNodeEndpoint(
  writer: ByteWriter,
  message: ProduceResponseNodeEndpoint,
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

function decodeProduceResponseTopicProduceResponseArray(
  reader: ByteReader,
  version: number,
): ProduceResponseTopicProduceResponse[] | null {
  const count = readCount(reader, version >= 9, 3)
  if (count < 0) return null
  const elements: ProduceResponseTopicProduceResponse[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeProduceResponseTopicProduceResponse(reader, version))
  return elements
}

function encodeProduceResponseTopicProduceResponseArray(
  writer: ByteWriter,
  elements: ProduceResponseTopicProduceResponse[],
  version: number,
): void {
  writeCount(writer, version >= 9, elements.length)
  for (const element of elements)
    encodeProduceResponseTopicProduceResponse(writer, element, version)
}

function decodeProduceResponseNodeEndpointArray(
  reader: ByteReader,
  version: number,
): ProduceResponseNodeEndpoint[] | null {
  const count = readCount(reader, true, 11)
  if (count < 0) return null
  const elements: ProduceResponseNodeEndpoint[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeProduceResponseNodeEndpoint(reader, version))
  return elements
}

function encodeProduceResponseNodeEndpointArray(
  writer: ByteWriter,
  elements: ProduceResponseNodeEndpoint[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements) encodeProduceResponseNodeEndpoint(writer, element, version)
}

function decodeProduceResponsePartitionProduceResponseArray(
  reader: ByteReader,
  version: number,
): ProduceResponsePartitionProduceResponse[] | null {
  const count = readCount(reader, version >= 9, 22)
  if (count < 0) return null
  const elements: ProduceResponsePartitionProduceResponse[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeProduceResponsePartitionProduceResponse(reader, version))
  return elements
}

function encodeProduceResponsePartitionProduceResponseArray(
  writer: ByteWriter,
  elements: ProduceResponsePartitionProduceResponse[],
  version: number,
): void {
  writeCount(writer, version >= 9, elements.length)
  for (const element of elements)
    encodeProduceResponsePartitionProduceResponse(writer, element, version)
}

function decodeProduceResponseBatchIndexAndErrorMessageArray(
  reader: ByteReader,
  version: number,
): ProduceResponseBatchIndexAndErrorMessage[] | null {
  const count = readCount(reader, version >= 9, 6)
  if (count < 0) return null
  const elements: ProduceResponseBatchIndexAndErrorMessage[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeProduceResponseBatchIndexAndErrorMessage(reader, version))
  return elements
}

function encodeProduceResponseBatchIndexAndErrorMessageArray(
  writer: ByteWriter,
  elements: ProduceResponseBatchIndexAndErrorMessage[],
  version: number,
): void {
  writeCount(writer, version >= 9, elements.length)
  for (const element of elements)
    encodeProduceResponseBatchIndexAndErrorMessage(writer, element, version)
}

function defaultProduceResponseLeaderIdAndEpoch(): ProduceResponseLeaderIdAndEpoch {
  return { leaderId: -1, leaderEpoch: -1 }
}

function isDefaultProduceResponseLeaderIdAndEpoch(
  message: ProduceResponseLeaderIdAndEpoch,
): boolean {
  return !(message.leaderId !== -1 || message.leaderEpoch !== -1)
}
