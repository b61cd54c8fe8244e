/**
 * Fetch (API key 1), versions 4 to 18.
 *
 * Generated from definitions/01-fetch.api; do not edit.
 */
import { type ByteReader, ByteWriter, ZERO_UUID, type Uuid } from '@ottla/base'
import { readCount, writeCount, readInt32Array, writeInt32Array } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import {
  TAGGED_FIELD_BYTES,
  endTaggedField,
  readTaggedSize,
  skipTaggedFields,
  writeTaggedField,
} from '../wire/tagged-fields.ts'
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface FetchRequest {
  /** Where version >= 12. */
  clusterId: string | null
  /** Where version <= 14. */
  replicaId: number
  /** Where version >= 15. */
  replicaState: FetchRequestReplicaState
  maxWaitMs: number
  minBytes: number
  maxBytes: number
  isolationLevel: number
  /** Where version >= 7. */
  sessionId: number
  /** Where version >= 7. */
  sessionEpoch: number
  topics: FetchRequestFetchTopic[]
  /** Where version >= 7. */
  forgottenTopicsData: FetchRequestForgottenTopic[]
  /** Where version >= 11. */
  rackId: string
}

export interface FetchRequestReplicaState {
  replicaId: number
  replicaEpoch: number
}

export interface FetchRequestFetchTopic {
  /** Where version <= 12. */
  topic: string
  /** Where version >= 13. */
  topicId: Uuid
  partitions: FetchRequestFetchPartition[]
}

export interface FetchRequestFetchPartition {
  partition: number
  /** Where version >= 9. */
  currentLeaderEpoch: number
  fetchOffset: number
  /** Where version >= 12. */
  lastFetchedEpoch: number
  /** Where version >= 5. */
  logStartOffset: number
  partitionMaxBytes: number
  /** Where version >= 17. */
  replicaDirectoryId: Uuid
  /** Where version >= 18. */
  highWatermark: number
}

export interface FetchRequestForgottenTopic {
  /** Where version <= 12. */
  topic: string
  /** Where version >= 13. */
  topicId: Uuid
  partitions: number[]
}

export function decodeFetchRequest(reader: ByteReader, version: number): FetchRequest {
  const flexible = version >= 12
  const replicaId: number = version <= 14 ? reader.readInt32() : -1
  const maxWaitMs: number = reader.readInt32()
  const minBytes: number = reader.readInt32()
  const maxBytes: number = reader.readInt32()
  const isolationLevel: number = reader.readInt8()
  const sessionId: number = version >= 7 ? reader.readInt32() : 0
  const sessionEpoch: number = version >= 7 ? reader.readInt32() : -1
  const topics: FetchRequestFetchTopic[] = notNull(
    reader,
    decodeFetchRequestFetchTopicArray(reader, version),
    'Topics',
  )
  const forgottenTopicsData: FetchRequestForgottenTopic[] =
    version >= 7
      ? notNull(
          reader,
          decodeFetchRequestForgottenTopicArray(reader, version),
          'ForgottenTopicsData',
        )
      : []
  const rackId: string =
    version >= 11 ? notNull(reader, readString(reader, flexible), 'RackId') : ''
  let clusterId: string | null = null
  let replicaState: FetchRequestReplicaState = defaultFetchRequestReplicaState()
  if (flexible) {
    for (let left = reader.readUnsignedVarint(); left > 0; left--) {
      const tag = reader.readUnsignedVarint()
      const size = readTaggedSize(reader)
      const end = reader.position + size
      switch (tag) {
        case 0:
          if (version >= 12) clusterId = readString(reader, flexible)
          else reader.skip(size)
          break
        case 1:
          if (version >= 15) replicaState = decodeFetchRequestReplicaState(reader, version)
          else reader.skip(size)
          break
        default:
          reader.skip(size)
      }
      endTaggedField(reader, end)
    }
  }
  return {
    clusterId,
    replicaId,
    replicaState,
    maxWaitMs,
    minBytes,
    maxBytes,
    isolationLevel,
    sessionId,
    sessionEpoch,
    topics,
    forgottenTopicsData,
    rackId,
  }
}

export function encodeFetchRequest(
  writer: ByteWriter,
  message: FetchRequest,
  version: number,
): void {
  const flexible = version >= 12
  if (version <= 14) {
    writer.writeInt32(message.replicaId)
  } else if (message.replicaId !== -1) {
    throw new UnsupportedFieldError('FetchRequest', 'ReplicaId', version)
  }
  writer.writeInt32(message.maxWaitMs)
  writer.writeInt32(message.minBytes)
  writer.writeInt32(message.maxBytes)
  writer.writeInt8(message.isolationLevel)
  if (version >= 7) {
    writer.writeInt32(message.sessionId)
  }
  if (version >= 7) {
    writer.writeInt32(message.sessionEpoch)
  }
  encodeFetchRequestFetchTopicArray(writer, message.topics, version)
  if (version >= 7) {
    encodeFetchRequestForgottenTopicArray(writer, message.forgottenTopicsData, version)
  } else if (message.forgottenTopicsData.length !== 0) {
    throw new UnsupportedFieldError('FetchRequest', 'ForgottenTopicsData', version)
  }
  if (version >= 11) {
    writeString(writer, flexible, message.rackId)
  }
  if (!(version >= 15) && !isDefaultFetchRequestReplicaState(message.replicaState))
    throw new UnsupportedFieldError('FetchRequest', 'ReplicaState', version)
  if (flexible) {
    writer.writeUnsignedVarint(
      (version >= 12 && message.clusterId !== null ? 1 : 0) +
        (version >= 15 && !isDefaultFetchRequestReplicaState(message.replicaState) ? 1 : 0),
    )
    if (version >= 12 && message.clusterId !== null) {
      const field = new ByteWriter(TAGGED_FIELD_BYTES)
      if (message.clusterId === null) {
        writeNullString(field, flexible)
      } else {
        writeString(field, flexible, message.clusterId)
      }
      writeTaggedField(writer, 0, field)
    }
    if (version >= 15 && !isDefaultFetchRequestReplicaState(message.replicaState)) {
      const field = new ByteWriter(TAGGED_FIELD_BYTES)
      encodeFetchRequestReplicaState(field, message.replicaState, version)
      writeTaggedField(writer, 1, field)
    }
  }
}

function decodeFetchRequestReplicaState(
  reader: ByteReader,
  _version: number,
): FetchRequestReplicaState {
  const flexible = true
  const replicaId: number = reader.readInt32()
  const replicaEpoch: number = reader.readInt64()
  if (flexible) skipTaggedFields(reader)
  return { replicaId, replicaEpoch }
}

function encodeFetchRequestReplicaState(
  writer: ByteWriter,
  message: FetchRequestReplicaState,
  _version: number,
): void {
  const flexible = true
  writer.writeInt32(message.replicaId)
  writer.writeInt64(message.replicaEpoch)
  if (flexible) writer.writeUint8(0)
}

function decodeFetchRequestFetchTopic(reader: ByteReader, version: number): FetchRequestFetchTopic {
  const flexible = version >= 12
  const topic: string = version <= 12 ? notNull(reader, readString(reader, flexible), 'Topic') : ''
  const topicId: Uuid = version >= 13 ? reader.readUuid() : ZERO_UUID
  const partitions: FetchRequestFetchPartition[] = notNull(
    reader,
    decodeFetchRequestFetchPartitionArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { topic, topicId, partitions }
}

function encodeFetchRequestFetchTopic(
  writer: ByteWriter,
  message: FetchRequestFetchTopic,
  version: number,
): void {
  const flexible = version >= 12
  if (version <= 12) {
    writeString(writer, flexible, message.topic)
  }
  if (version >= 13) {
    writer.writeUuid(message.topicId)
  }
  encodeFetchRequestFetchPartitionArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeFetchRequestFetchPartition(
  reader: ByteReader,
  version: number,
): FetchRequestFetchPartition {
  const flexible = version >= 12
  const partition: number = reader.readInt32()
  const currentLeaderEpoch: number = version >= 9 ? reader.readInt32() : -1
  const fetchOffset: number = reader.readInt64()
  const lastFetchedEpoch: number = version >= 12 ? reader.readInt32() : -1
  const logStartOffset: number = version >= 5 ? reader.readInt64() : -1
  const partitionMaxBytes: number = reader.readInt32()
  let replicaDirectoryId: Uuid = ZERO_UUID
  let highWatermark: number = Number.MAX_SAFE_INTEGER
  if (flexible) {
    for (let left = reader.readUnsignedVarint(); left > 0; left--) {
      const tag = reader.readUnsignedVarint()
      const size = readTaggedSize(reader)
      const end = reader.position + size
      switch (tag) {
        case 0:
          if (version >= 17) replicaDirectoryId = reader.readUuid()
          else reader.skip(size)
          break
        case 1:
          if (version >= 18) highWatermark = reader.readInt64()
          else reader.skip(size)
          break
        default:
          reader.skip(size)
      }
      endTaggedField(reader, end)
    }
  }
  return {
    partition,
    currentLeaderEpoch,
    fetchOffset,
    lastFetchedEpoch,
    logStartOffset,
    partitionMaxBytes,
    replicaDirectoryId,
    highWatermark,
  }
}

function encodeFetchRequestFetchPartition(
  writer: ByteWriter,
  message: FetchRequestFetchPartition,
  version: number,
): void {
  const flexible = version >= 12
  writer.writeInt32(message.partition)
  if (version >= 9) {
    writer.writeInt32(message.currentLeaderEpoch)
  }
  writer.writeInt64(message.fetchOffset)
  if (version >= 12) {
    writer.writeInt32(message.lastFetchedEpoch)
  } else if (message.lastFetchedEpoch !== -1) {
    throw new UnsupportedFieldError('FetchRequestFetchPartition', 'LastFetchedEpoch', version)
  }
  if (version >= 5) {
    writer.writeInt64(message.logStartOffset)
  }
  writer.writeInt32(message.partitionMaxBytes)
  if (flexible) {
    writer.writeUnsignedVarint(
      (version >= 17 && message.replicaDirectoryId !== ZERO_UUID ? 1 : 0) +
        (version >= 18 && message.highWatermark !== Number.MAX_SAFE_INTEGER ? 1 : 0),
    )
    if (version >= 17 && message.replicaDirectoryId !== ZERO_UUID) {
      const field = new ByteWriter(TAGGED_FIELD_BYTES)
      field.writeUuid(message.replicaDirectoryId)
      writeTaggedField(writer, 0, field)
    }
    if (version >= 18 && message.highWatermark !== Number.MAX_SAFE_INTEGER) {
      const field = new ByteWriter(TAGGED_FIELD_BYTES)
      field.writeInt64(message.highWatermark)
      writeTaggedField(writer, 1, field)
    }
  }
}

function decodeFetchRequestForgottenTopic(
  reader: ByteReader,
  version: number,
): FetchRequestForgottenTopic {
  const flexible = version >= 12
  const topic: string = version <= 12 ? notNull(reader, readString(reader, flexible), 'Topic') : ''
  const topicId: Uuid = version >= 13 ? reader.readUuid() : ZERO_UUID
  const partitions: number[] = notNull(reader, readInt32Array(reader, flexible), 'Partitions')
  if (flexible) skipTaggedFields(reader)
  return { topic, topicId, partitions }
}

function encodeFetchRequestForgottenTopic(
  writer: ByteWriter,
  message: FetchRequestForgottenTopic,
  version: number,
): void {
  const flexible = version >= 12
  if (version <= 12) {
    writeString(writer, flexible, message.topic)
  }
  if (version >= 13) {
    writer.writeUuid(message.topicId)
  }
  writeInt32Array(writer, flexible, message.partitions)
  if (flexible) writer.writeUint8(0)
}

function decodeFetchRequestFetchTopicArray(
  reader: ByteReader,
  version: number,
): FetchRequestFetchTopic[] | null {
  const count = readCount(reader, version >= 12, 3)
  if (count < 0) return null
  const elements: FetchRequestFetchTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeFetchRequestFetchTopic(reader, version))
  return elements
}

function encodeFetchRequestFetchTopicArray(
  writer: ByteWriter,
  elements: FetchRequestFetchTopic[],
  version: number,
): void {
  writeCount(writer, version >= 12, elements.length)
  for (const element of elements) encodeFetchRequestFetchTopic(writer, element, version)
}

function decodeFetchRequestForgottenTopicArray(
  reader: ByteReader,
  version: number,
): FetchRequestForgottenTopic[] | null {
  const count = readCount(reader, version >= 12, 3)
  if (count < 0) return null
  const elements: FetchRequestForgottenTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeFetchRequestForgottenTopic(reader, version))
  return elements
}

function encodeFetchRequestForgottenTopicArray(
  writer: ByteWriter,
  elements: FetchRequestForgottenTopic[],
  version: number,
): void {
  writeCount(writer, version >= 12, elements.length)
  for (const element of elements) encodeFetchRequestForgottenTopic(writer, element, version)
}

function decodeFetchRequestFetchPartitionArray(
  reader: ByteReader,
  version: number,
): FetchRequestFetchPartition[] | null {
  const count = readCount(reader, version >= 12, 16)
  if (count < 0) return null
  const elements: FetchRequestFetchPartition[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeFetchRequestFetchPartition(reader, version))
  return elements
}

function encodeFetchRequestFetchPartitionArray(
  writer: ByteWriter,
  elements: FetchRequestFetchPartition[],
  version: number,
): void {
  writeCount(writer, version >= 12, elements.length)
  for (const element of elements) encodeFetchRequestFetchPartition(writer, element, version)
}

function defaultFetchRequestReplicaState(): FetchRequestReplicaState {
  return { replicaId: -1, replicaEpoch: -1 }
}

function isDefaultFetchRequestReplicaState(message: FetchRequestReplicaState): boolean {
  return !(message.replicaId !== -1 || message.replicaEpoch !== -1)
}
