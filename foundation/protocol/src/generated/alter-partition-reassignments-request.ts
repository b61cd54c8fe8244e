/**
 * AlterPartitionReassignments (API key 45), versions 0 to 1.
 *
 * Generated from definitions/45-alter-partition-reassignments.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount, readInt32Array, writeInt32Array } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface AlterPartitionReassignmentsRequest {
  timeoutMs: number
  /** Where version >= 1. */
  allowReplicationFactorChange: boolean
  topics: AlterPartitionReassignmentsRequestReassignableTopic[]
}

export interface AlterPartitionReassignmentsRequestReassignableTopic {
  name: string
  partitions: AlterPartitionReassignmentsRequestReassignablePartition[]
}

export interface AlterPartitionReassignmentsRequestReassignablePartition {
  partitionIndex: number
  replicas: number[] | null
}

export function decodeAlterPartitionReassignmentsRequest(
  reader: ByteReader,
  version: number,
): AlterPartitionReassignmentsRequest {
  const flexible = true
  const timeoutMs: number = reader.readInt32()
  const allowReplicationFactorChange: boolean = version >= 1 ? reader.readBoolean() : true
  const topics: AlterPartitionReassignmentsRequestReassignableTopic[] = notNull(
    reader,
    decodeAlterPartitionReassignmentsRequestReassignableTopicArray(reader, version),
    'Topics',
  )
  if (flexible) skipTaggedFields(reader)
  return { timeoutMs, allowReplicationFactorChange, topics }
}

export function encodeAlterPartitionReassignmentsRequest(
  writer: ByteWriter,
  message: AlterPartitionReassignmentsRequest,
  version: number,
): void {
  const flexible = true
  writer.writeInt32(message.timeoutMs)
  if (version >= 1) {
    writer.writeBoolean(message.allowReplicationFactorChange)
  } else if (message.allowReplicationFactorChange !== true) {
    throw new UnsupportedFieldError(
      'AlterPartitionReassignmentsRequest',
      'AllowReplicationFactorChange',
      version,
    )
  }
  encodeAlterPartitionReassignmentsRequestReassignableTopicArray(writer, message.topics, version)
  if (flexible) writer.writeUint8(0)
}

function decodeAlterPartitionReassignmentsRequestReassignableTopic(
  reader: ByteReader,
  version: number,
): AlterPartitionReassignmentsRequestReassignableTopic {
  const flexible = true
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const partitions: AlterPartitionReassignmentsRequestReassignablePartition[] = notNull(
    reader,
    decodeAlterPartitionReassignmentsRequestReassignablePartitionArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { name, partitions }
}

function encodeAlterPartitionReassignmentsRequestReassignableTopic(
  writer: ByteWriter,
  message: AlterPartitionReassignmentsRequestReassignableTopic,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.name)
  encodeAlterPartitionReassignmentsRequestReassignablePartitionArray(
    writer,
    message.partitions,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeAlterPartitionReassignmentsRequestReassignablePartition(
  reader: ByteReader,
  _version: number,
): AlterPartitionReassignmentsRequestReassignablePartition {
  const flexible = true
  const partitionIndex: number = reader.readInt32()
  const replicas: number[] | null = readInt32Array(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { partitionIndex, replicas }
}

function encodeAlterPartitionReassignmentsRequestReassignablePartition(
  writer: ByteWriter,
  message: AlterPartitionReassignmentsRequestReassignablePartition,
  _version: number,
): void {
  const flexible = true
  writer.writeInt32(message.partitionIndex)
  if (message.replicas === null) {
    writeCount(writer, flexible, -1)
  } else {
    writeInt32Array(writer, flexible, message.replicas)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeAlterPartitionReassignmentsRequestReassignableTopicArray(
  reader: ByteReader,
  version: number,
): AlterPartitionReassignmentsRequestReassignableTopic[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: AlterPartitionReassignmentsRequestReassignableTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeAlterPartitionReassignmentsRequestReassignableTopic(reader, version))
  return elements
}

function encodeAlterPartitionReassignmentsRequestReassignableTopicArray(
  writer: ByteWriter,
  elements: AlterPartitionReassignmentsRequestReassignableTopic[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeAlterPartitionReassignmentsRequestReassignableTopic(writer, element, version)
}

function decodeAlterPartitionReassignmentsRequestReassignablePartitionArray(
  reader: ByteReader,
  version: number,
): AlterPartitionReassignmentsRequestReassignablePartition[] | null {
  const count = readCount(reader, true, 6)
  if (count < 0) return null
  const elements: AlterPartitionReassignmentsRequestReassignablePartition[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeAlterPartitionReassignmentsRequestReassignablePartition(reader, version))
  return elements
}

function encodeAlterPartitionReassignmentsRequestReassignablePartitionArray(
  writer: ByteWriter,
  elements: AlterPartitionReassignmentsRequestReassignablePartition[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeAlterPartitionReassignmentsRequestReassignablePartition(writer, element, version)
}
