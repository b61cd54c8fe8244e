/**
 * CreateTopics (API key 19), versions 2 to 7.
 *
 * Generated from definitions/19-create-topics.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount, readInt32Array, writeInt32Array } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface CreateTopicsRequest {
  topics: CreateTopicsRequestCreatableTopic[]
  timeoutMs: number
  validateOnly: boolean
}

export interface CreateTopicsRequestCreatableTopic {
  name: string
  numPartitions: number
  replicationFactor: number
  assignments: CreateTopicsRequestCreatableReplicaAssignment[]
  configs: CreateTopicsRequestCreatableTopicConfig[]
}

export interface CreateTopicsRequestCreatableReplicaAssignment {
  partitionIndex: number
  brokerIds: number[]
}

export interface CreateTopicsRequestCreatableTopicConfig {
  name: string
  value: string | null
}

export function decodeCreateTopicsRequest(
  reader: ByteReader,
  version: number,
): CreateTopicsRequest {
  const flexible = version >= 5
  const topics: CreateTopicsRequestCreatableTopic[] = notNull(
    reader,
    decodeCreateTopicsRequestCreatableTopicArray(reader, version),
    'Topics',
  )
  const timeoutMs: number = reader.readInt32()
  const validateOnly: boolean = reader.readBoolean()
  if (flexible) skipTaggedFields(reader)
  return { topics, timeoutMs, validateOnly }
}

export function encodeCreateTopicsRequest(
  writer: ByteWriter,
  message: CreateTopicsRequest,
  version: number,
): void {
  const flexible = version >= 5
  encodeCreateTopicsRequestCreatableTopicArray(writer, message.topics, version)
  writer.writeInt32(message.timeoutMs)
  writer.writeBoolean(message.validateOnly)
  if (flexible) writer.writeUint8(0)
}

function decodeCreateTopicsRequestCreatableTopic(
  reader: ByteReader,
  version: number,
): CreateTopicsRequestCreatableTopic {
  const flexible = version >= 5
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const numPartitions: number = reader.readInt32()
  const replicationFactor: number = reader.readInt16()
  const assignments: CreateTopicsRequestCreatableReplicaAssignment[] = notNull(
    reader,
    decodeCreateTopicsRequestCreatableReplicaAssignmentArray(reader, version),
    'Assignments',
  )
  const configs: CreateTopicsRequestCreatableTopicConfig[] = notNull(
    reader,
    decodeCreateTopicsRequestCreatableTopicConfigArray(reader, version),
    'Configs',
  )
  if (flexible) skipTaggedFields(reader)
  return { name, numPartitions, replicationFactor, assignments, configs }
}

function encodeCreateTopicsRequestCreatableTopic(
  writer: ByteWriter,
  message: CreateTopicsRequestCreatableTopic,
  version: number,
): void {
  const flexible = version >= 5
  writeString(writer, flexible, message.name)
  writer.writeInt32(message.numPartitions)
  writer.writeInt16(message.replicationFactor)
  encodeCreateTopicsRequestCreatableReplicaAssignmentArray(writer, message.assignments, version)
  encodeCreateTopicsRequestCreatableTopicConfigArray(writer, message.configs, version)
  if (flexible) writer.writeUint8(0)
}

function decodeCreateTopicsRequestCreatableReplicaAssignment(
  reader: ByteReader,
  version: number,
): CreateTopicsRequestCreatableReplicaAssignment {
  const flexible = version >= 5
  const partitionIndex: number = reader.readInt32()
  const brokerIds: number[] = notNull(reader, readInt32Array(reader, flexible), 'BrokerIds')
  if (flexible) skipTaggedFields(reader)
  return { partitionIndex, brokerIds }
}

function encodeCreateTopicsRequestCreatableReplicaAssignment(
  writer: ByteWriter,
  message: CreateTopicsRequestCreatableReplicaAssignment,
  version: number,
): void {
  const flexible = version >= 5
  writer.writeInt32(message.partitionIndex)
  writeInt32Array(writer, flexible, message.brokerIds)
  if (flexible) writer.writeUint8(0)
}

function decodeCreateTopicsRequestCreatableTopicConfig(
  reader: ByteReader,
  version: number,
): CreateTopicsRequestCreatableTopicConfig {
  const flexible = version >= 5
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const value: string | null = readString(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { name, value }
}

function encodeCreateTopicsRequestCreatableTopicConfig(
  writer: ByteWriter,
  message: CreateTopicsRequestCreatableTopicConfig,
  version: number,
): void {
  const flexible = version >= 5
  writeString(writer, flexible, message.name)
  if (message.value === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.value)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeCreateTopicsRequestCreatableTopicArray(
  reader: ByteReader,
  version: number,
): CreateTopicsRequestCreatableTopic[] | null {
  const count = readCount(reader, version >= 5, 10)
  if (count < 0) return null
  const elements: CreateTopicsRequestCreatableTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeCreateTopicsRequestCreatableTopic(reader, version))
  return elements
}

function encodeCreateTopicsRequestCreatableTopicArray(
  writer: ByteWriter,
  elements: CreateTopicsRequestCreatableTopic[],
  version: number,
): void {
  writeCount(writer, version >= 5, elements.length)
  for (const element of elements) encodeCreateTopicsRequestCreatableTopic(writer, element, version)
}

function decodeCreateTopicsRequestCreatableReplicaAssignmentArray(
  reader: ByteReader,
  version: number,
): CreateTopicsRequestCreatableReplicaAssignment[] | null {
  const count = readCount(reader, version >= 5, 6)
  if (count < 0) return null
  const elements: CreateTopicsRequestCreatableReplicaAssignment[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeCreateTopicsRequestCreatableReplicaAssignment(reader, version))
  return elements
}

function encodeCreateTopicsRequestCreatableReplicaAssignmentArray(
  writer: ByteWriter,
  elements: CreateTopicsRequestCreatableReplicaAssignment[],
  version: number,
): void {
  writeCount(writer, version >= 5, elements.length)
  for (const element of elements)
    encodeCreateTopicsRequestCreatableReplicaAssignment(writer, element, version)
}

function decodeCreateTopicsRequestCreatableTopicConfigArray(
  reader: ByteReader,
  version: number,
): CreateTopicsRequestCreatableTopicConfig[] | null {
  const count = readCount(reader, version >= 5, 3)
  if (count < 0) return null
  const elements: CreateTopicsRequestCreatableTopicConfig[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeCreateTopicsRequestCreatableTopicConfig(reader, version))
  return elements
}

function encodeCreateTopicsRequestCreatableTopicConfigArray(
  writer: ByteWriter,
  elements: CreateTopicsRequestCreatableTopicConfig[],
  version: number,
): void {
  writeCount(writer, version >= 5, elements.length)
  for (const element of elements)
    encodeCreateTopicsRequestCreatableTopicConfig(writer, element, version)
}
