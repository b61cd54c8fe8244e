/**
 * Metadata (API key 3), versions 0 to 13.
 *
 * Generated from definitions/03-metadata.api; do not edit.
 */
import { type ByteReader, type ByteWriter, ZERO_UUID, type Uuid } from '@ottla/base'
import { readCount, writeCount, readInt32Array, writeInt32Array } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface MetadataResponse {
  /** Where version >= 3. */
  throttleTimeMs: number
  brokers: MetadataResponseBroker[]
  /** Where version >= 2. */
  clusterId: string | null
  /** Where version >= 1. */
  controllerId: number
  topics: MetadataResponseTopic[]
  /** Where version >= 8 && version <= 10. */
  clusterAuthorizedOperations: number
  /** Where version >= 13. */
  errorCode: number
}

export interface MetadataResponseBroker {
  nodeId: number
  host: string
  port: number
  /** Where version >= 1. */
  rack: string | null
}

export interface MetadataResponseTopic {
  errorCode: number
  name: string | null
  /** Where version >= 10. */
  topicId: Uuid
  /** Where version >= 1. */
  isInternal: boolean
  partitions: MetadataResponsePartition[]
  /** Where version >= 8. */
  topicAuthorizedOperations: number
}

export interface MetadataResponsePartition {
  errorCode: number
  partitionIndex: number
  leaderId: number
  /** Where version >= 7. */
  leaderEpoch: number
  replicaNodes: number[]
  isrNodes: number[]
  /** Where version >= 5. */
  offlineReplicas: number[]
}

export function decodeMetadataResponse(reader: ByteReader, version: number): MetadataResponse {
  const flexible = version >= 9
  const throttleTimeMs: number = version >= 3 ? reader.readInt32() : 0
  const brokers: MetadataResponseBroker[] = notNull(
    reader,
    decodeMetadataResponseBrokerArray(reader, version),
    'Brokers',
  )
  const clusterId: string | null = version >= 2 ? readString(reader, flexible) : null
  const controllerId: number = version >= 1 ? reader.readInt32() : -1
  const topics: MetadataResponseTopic[] = notNull(
    reader,
    decodeMetadataResponseTopicArray(reader, version),
    'Topics',
  )
  const clusterAuthorizedOperations: number =
    version >= 8 && version <= 10 ? reader.readInt32() : -2147483648
  const errorCode: number = version >= 13 ? reader.readInt16() : 0
  if (flexible) skipTaggedFields(reader)
  return {
    throttleTimeMs,
    brokers,
    clusterId,
    controllerId,
    topics,
    clusterAuthorizedOperations,
    errorCode,
  }
}

export function encodeMetadataResponse(
  writer: ByteWriter,
  message: MetadataResponse,
  version: number,
): void {
  const flexible = version >= 9
  if (version >= 3) {
    writer.writeInt32(message.throttleTimeMs)
  }
  encodeMetadataResponseBrokerArray(writer, message.brokers, version)
  if (version >= 2) {
    if (message.clusterId === null) {
      writeNullString(writer, flexible)
    } else {
      writeString(writer, flexible, message.clusterId)
    }
  }
  if (version >= 1) {
    writer.writeInt32(message.controllerId)
  }
  encodeMetadataResponseTopicArray(writer, message.topics, version)
  if (version >= 8 && version <= 10) {
    writer.writeInt32(message.clusterAuthorizedOperations)
  }
  if (version >= 13) {
    writer.writeInt16(message.errorCode)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeMetadataResponseBroker(reader: ByteReader, version: number): MetadataResponseBroker {
  const flexible = version >= 9
  const nodeId: number = reader.readInt32()
  const host: string = notNull(reader, readString(reader, flexible), 'Host')
  const port: number = reader.readInt32()
  const rack: string | null = version >= 1 ? readString(reader, flexible) : null
  if (flexible) skipTaggedFields(reader)
  return { nodeId, host, port, rack }
}

function encodeMetadataResponseBroker(
  writer: ByteWriter,
  message: MetadataResponseBroker,
  version: number,
): void {
  const flexible = version >= 9
  writer.writeInt32(message.nodeId)
  writeString(writer, flexible, message.host)
  writer.writeInt32(message.port)
  if (version >= 1) {
    if (message.rack === null) {
      writeNullString(writer, flexible)
    } else {
      writeString(writer, flexible, message.rack)
    }
  }
  if (flexible) writer.writeUint8(0)
}

function decodeMetadataResponseTopic(reader: ByteReader, version: number): MetadataResponseTopic {
  const flexible = version >= 9
  const errorCode: number = reader.readInt16()
  const name: string | null =
    version >= 12
      ? readString(reader, flexible)
      : notNull(reader, readString(reader, flexible), 'Name')
  const topicId: Uuid = version >= 10 ? reader.readUuid() : ZERO_UUID
  const isInternal: boolean = version >= 1 ? reader.readBoolean() : false
  const partitions: MetadataResponsePartition[] = notNull(
    reader,
    decodeMetadataResponsePartitionArray(reader, version),
    'Partitions',
  )
  const topicAuthorizedOperations: number = version >= 8 ? reader.readInt32() : -2147483648
  if (flexible) skipTaggedFields(reader)
  return { errorCode, name, topicId, isInternal, partitions, topicAuthorizedOperations }
}

function encodeMetadataResponseTopic(
  writer: ByteWriter,
  message: MetadataResponseTopic,
  version: number,
): void {
  const flexible = version >= 9
  writer.writeInt16(message.errorCode)
  if (message.name === null) {
    if (!(version >= 12)) throw new UnsupportedFieldError('MetadataResponseTopic', 'Name', version)
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.name)
  }
  if (version >= 10) {
    writer.writeUuid(message.topicId)
  }
  if (version >= 1) {
    writer.writeBoolean(message.isInternal)
  }
  encodeMetadataResponsePartitionArray(writer, message.partitions, version)
  if (version >= 8) {
    writer.writeInt32(message.topicAuthorizedOperations)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeMetadataResponsePartition(
  reader: ByteReader,
  version: number,
): MetadataResponsePartition {
  const flexible = version >= 9
  const errorCode: number = reader.readInt16()
  const partitionIndex: number = reader.readInt32()
  const leaderId: number = reader.readInt32()
  const leaderEpoch: number = version >= 7 ? reader.readInt32() : -1
  const replicaNodes: number[] = notNull(reader, readInt32Array(reader, flexible), 'ReplicaNodes')
  const isrNodes: number[] = notNull(reader, readInt32Array(reader, flexible), 'IsrNodes')
  const offlineReplicas: number[] =
    version >= 5 ? notNull(reader, readInt32Array(reader, flexible), 'OfflineReplicas') : []
  if (flexible) skipTaggedFields(reader)
  return {
    errorCode,
    partitionIndex,
    leaderId,
    leaderEpoch,
    replicaNodes,
    isrNodes,
    offlineReplicas,
  }
}

function encodeMetadataResponsePartition(
  writer: ByteWriter,
  message: MetadataResponsePartition,
  version: number,
): void {
  const flexible = version >= 9
  writer.writeInt16(message.errorCode)
  writer.writeInt32(message.partitionIndex)
  writer.writeInt32(message.leaderId)
  if (version >= 7) {
    writer.writeInt32(message.leaderEpoch)
  }
  writeInt32Array(writer, flexible, message.replicaNodes)
  writeInt32Array(writer, flexible, message.isrNodes)
  if (version >= 5) {
    writeInt32Array(writer, flexible, message.offlineReplicas)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeMetadataResponseBrokerArray(
  reader: ByteReader,
  version: number,
): MetadataResponseBroker[] | null {
  const count = readCount(reader, version >= 9, 10)
  if (count < 0) return null
  const elements: MetadataResponseBroker[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeMetadataResponseBroker(reader, version))
  return elements
}

function encodeMetadataResponseBrokerArray(
  writer: ByteWriter,
  elements: MetadataResponseBroker[],
  version: number,
): void {
  writeCount(writer, version >= 9, elements.length)
  for (const element of elements) encodeMetadataResponseBroker(writer, element, version)
}

function decodeMetadataResponseTopicArray(
  reader: ByteReader,
  version: number,
): MetadataResponseTopic[] | null {
  const count = readCount(reader, version >= 9, 8)
  if (count < 0) return null
  const elements: MetadataResponseTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeMetadataResponseTopic(reader, version))
  return elements
}

function encodeMetadataResponseTopicArray(
  writer: ByteWriter,
  elements: MetadataResponseTopic[],
  version: number,
): void {
  writeCount(writer, version >= 9, elements.length)
  for (const element of elements) encodeMetadataResponseTopic(writer, element, version)
}

function decodeMetadataResponsePartitionArray(
  reader: ByteReader,
  version: number,
): MetadataResponsePartition[] | null {
  const count = readCount(reader, version >= 9, 18)
  if (count < 0) return null
  const elements: MetadataResponsePartition[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeMetadataResponsePartition(reader, version))
  return elements
}

function encodeMetadataResponsePartitionArray(
  writer: ByteWriter,
  elements: MetadataResponsePartition[],
  version: number,
): void {
  writeCount(writer, version >= 9, elements.length)
  for (const element of elements) encodeMetadataResponsePartition(writer, element, version)
}
