/**
 * ListPartitionReassignments (API key 46), versions 0 to 0.
 *
 * Generated from definitions/46-list-partition-reassignments.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount, readInt32Array, writeInt32Array } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface ListPartitionReassignmentsResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  topics: ListPartitionReassignmentsResponseOngoingTopicReassignment[]
}

export interface ListPartitionReassignmentsResponseOngoingTopicReassignment {
  name: string
  partitions: ListPartitionReassignmentsResponseOngoingPartitionReassignment[]
}

export interface ListPartitionReassignmentsResponseOngoingPartitionReassignment {
  partitionIndex: number
  replicas: number[]
  addingReplicas: number[]
  removingReplicas: number[]
}

export function decodeListPartitionReassignmentsResponse(
  reader: ByteReader,
  version: number,
): ListPartitionReassignmentsResponse {
  const flexible = true
  const throttleTimeMs: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  const topics: ListPartitionReassignmentsResponseOngoingTopicReassignment[] = notNull(
    reader,
    decodeListPartitionReassignmentsResponseOngoingTopicReassignmentArray(reader, version),
    'Topics',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, errorCode, errorMessage, topics }
}

export function encodeListPartitionReassignmentsResponse(
  writer: ByteWriter,
  message: ListPartitionReassignmentsResponse,
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
  encodeListPartitionReassignmentsResponseOngoingTopicReassignmentArray(
    writer,
    message.topics,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeListPartitionReassignmentsResponseOngoingTopicReassignment(
  reader: ByteReader,
  version: number,
): ListPartitionReassignmentsResponseOngoingTopicReassignment {
  const flexible = true
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const partitions: ListPartitionReassignmentsResponseOngoingPartitionReassignment[] = notNull(
    reader,
    decodeListPartitionReassignmentsResponseOngoingPartitionReassignmentArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { name, partitions }
}

function encodeListPartitionReassignmentsResponseOngoingTopicReassignment(
  writer: ByteWriter,
  message: ListPartitionReassignmentsResponseOngoingTopicReassignment,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.name)
  encodeListPartitionReassignmentsResponseOngoingPartitionReassignmentArray(
    writer,
    message.partitions,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeListPartitionReassignmentsResponseOngoingPartitionReassignment(
  reader: ByteReader,
  _version: number,
): ListPartitionReassignmentsResponseOngoingPartitionReassignment {
  const flexible = true
  const partitionIndex: number = reader.readInt32()
  const replicas: number[] = notNull(reader, readInt32Array(reader, flexible), 'Replicas')
  const addingReplicas: number[] = notNull(
    reader,
    readInt32Array(reader, flexible),
    'AddingReplicas',
  )
  const removingReplicas: number[] = notNull(
    reader,
    readInt32Array(reader, flexible),
    'RemovingReplicas',
  )
  if (flexible) skipTaggedFields(reader)
  return { partitionIndex, replicas, addingReplicas, removingReplicas }
}

function encodeListPartitionReassignmentsResponseOngoingPartitionReassignment(
  writer: ByteWriter,
  message: ListPartitionReassignmentsResponseOngoingPartitionReassignment,
  _version: number,
): void {
  const flexible = true
  writer.writeInt32(message.partitionIndex)
  writeInt32Array(writer, flexible, message.replicas)
  writeInt32Array(writer, flexible, message.addingReplicas)
  writeInt32Array(writer, flexible, message.removingReplicas)
  if (flexible) writer.writeUint8(0)
}

function decodeListPartitionReassignmentsResponseOngoingTopicReassignmentArray(
  reader: ByteReader,
  version: number,
): ListPartitionReassignmentsResponseOngoingTopicReassignment[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: ListPartitionReassignmentsResponseOngoingTopicReassignment[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeListPartitionReassignmentsResponseOngoingTopicReassignment(reader, version))
  return elements
}

function encodeListPartitionReassignmentsResponseOngoingTopicReassignmentArray(
  writer: ByteWriter,
  elements: ListPartitionReassignmentsResponseOngoingTopicReassignment[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeListPartitionReassignmentsResponseOngoingTopicReassignment(writer, element, version)
}

function decodeListPartitionReassignmentsResponseOngoingPartitionReassignmentArray(
  reader: ByteReader,
  version: number,
): ListPartitionReassignmentsResponseOngoingPartitionReassignment[] | null {
  const count = readCount(reader, true, 8)
  if (count < 0) return null
  const elements: ListPartitionReassignmentsResponseOngoingPartitionReassignment[] = []
  for (let index = 0; index < count; index++)
    elements.push(
      decodeListPartitionReassignmentsResponseOngoingPartitionReassignment(reader, version),
    )
  return elements
}

function encodeListPartitionReassignmentsResponseOngoingPartitionReassignmentArray(
  writer: ByteWriter,
  elements: ListPartitionReassignmentsResponseOngoingPartitionReassignment[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeListPartitionReassignmentsResponseOngoingPartitionReassignment(writer, element, version)
}
