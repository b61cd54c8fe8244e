/**
 * CreatePartitions (API key 37), versions 0 to 3.
 *
 * Generated from definitions/37-create-partitions.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount, readInt32Array, writeInt32Array } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface CreatePartitionsRequest {
  topics: CreatePartitionsRequestCreatePartitionsTopic[]
  timeoutMs: number
  validateOnly: boolean
}

export interface CreatePartitionsRequestCreatePartitionsTopic {
  name: string
  count: number
  assignments: CreatePartitionsRequestCreatePartitionsAssignment[] | null
}

export interface CreatePartitionsRequestCreatePartitionsAssignment {
  brokerIds: number[]
}

export function decodeCreatePartitionsRequest(
  reader: ByteReader,
  version: number,
): CreatePartitionsRequest {
  const flexible = version >= 2
  const topics: CreatePartitionsRequestCreatePartitionsTopic[] = notNull(
    reader,
    decodeCreatePartitionsRequestCreatePartitionsTopicArray(reader, version),
    'Topics',
  )
  const timeoutMs: number = reader.readInt32()
  const validateOnly: boolean = reader.readBoolean()
  if (flexible) skipTaggedFields(reader)
  return { topics, timeoutMs, validateOnly }
}

export function encodeCreatePartitionsRequest(
  writer: ByteWriter,
  message: CreatePartitionsRequest,
  version: number,
): void {
  const flexible = version >= 2
  encodeCreatePartitionsRequestCreatePartitionsTopicArray(writer, message.topics, version)
  writer.writeInt32(message.timeoutMs)
  writer.writeBoolean(message.validateOnly)
  if (flexible) writer.writeUint8(0)
}

function decodeCreatePartitionsRequestCreatePartitionsTopic(
  reader: ByteReader,
  version: number,
): CreatePartitionsRequestCreatePartitionsTopic {
  const flexible = version >= 2
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const count: number = reader.readInt32()
  const assignments: CreatePartitionsRequestCreatePartitionsAssignment[] | null =
    decodeCreatePartitionsRequestCreatePartitionsAssignmentArray(reader, version)
  if (flexible) skipTaggedFields(reader)
  return { name, count, assignments }
}

function encodeCreatePartitionsRequestCreatePartitionsTopic(
  writer: ByteWriter,
  message: CreatePartitionsRequestCreatePartitionsTopic,
  version: number,
): void {
  const flexible = version >= 2
  writeString(writer, flexible, message.name)
  writer.writeInt32(message.count)
  if (message.assignments === null) {
    writeCount(writer, flexible, -1)
  } else {
    encodeCreatePartitionsRequestCreatePartitionsAssignmentArray(
      writer,
      message.assignments,
      version,
    )
  }
  if (flexible) writer.writeUint8(0)
}

function decodeCreatePartitionsRequestCreatePartitionsAssignment(
  reader: ByteReader,
  version: number,
): CreatePartitionsRequestCreatePartitionsAssignment {
  const flexible = version >= 2
  const brokerIds: number[] = notNull(reader, readInt32Array(reader, flexible), 'BrokerIds')
  if (flexible) skipTaggedFields(reader)
  return { brokerIds }
}

function encodeCreatePartitionsRequestCreatePartitionsAssignment(
  writer: ByteWriter,
  message: CreatePartitionsRequestCreatePartitionsAssignment,
  version: number,
): void {
  const flexible = version >= 2
  writeInt32Array(writer, flexible, message.brokerIds)
  if (flexible) writer.writeUint8(0)
}

function decodeCreatePartitionsRequestCreatePartitionsTopicArray(
  reader: ByteReader,
  version: number,
): CreatePartitionsRequestCreatePartitionsTopic[] | null {
  const count = readCount(reader, version >= 2, 7)
  if (count < 0) return null
  const elements: CreatePartitionsRequestCreatePartitionsTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeCreatePartitionsRequestCreatePartitionsTopic(reader, version))
  return elements
}

function encodeCreatePartitionsRequestCreatePartitionsTopicArray(
  writer: ByteWriter,
  elements: CreatePartitionsRequestCreatePartitionsTopic[],
  version: number,
): void {
  writeCount(writer, version >= 2, elements.length)
  for (const element of elements)
    encodeCreatePartitionsRequestCreatePartitionsTopic(writer, element, version)
}

function decodeCreatePartitionsRequestCreatePartitionsAssignmentArray(
  reader: ByteReader,
  version: number,
): CreatePartitionsRequestCreatePartitionsAssignment[] | null {
  const count = readCount(reader, version >= 2, 2)
  if (count < 0) return null
  const elements: CreatePartitionsRequestCreatePartitionsAssignment[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeCreatePartitionsRequestCreatePartitionsAssignment(reader, version))
  return elements
}

function encodeCreatePartitionsRequestCreatePartitionsAssignmentArray(
  writer: ByteWriter,
  elements: CreatePartitionsRequestCreatePartitionsAssignment[],
  version: number,
): void {
  writeCount(writer, version >= 2, elements.length)
  for (const element of elements)
    encodeCreatePartitionsRequestCreatePartitionsAssignment(writer, element, version)
}
