/**
 * ListPartitionReassignments (API key 46), versions 0 to 0.
 *
 * Generated from definitions/46-list-partition-reassignments.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount, readInt32Array, writeInt32Array } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface ListPartitionReassignmentsRequest {
  timeoutMs: number
  topics: ListPartitionReassignmentsRequestListPartitionReassignmentsTopics[] | null
}

export interface ListPartitionReassignmentsRequestListPartitionReassignmentsTopics {
  name: string
  partitionIndexes: number[]
}

export function decodeListPartitionReassignmentsRequest(
  reader: ByteReader,
  version: number,
): ListPartitionReassignmentsRequest {
  const flexible = true
  const timeoutMs: number = reader.readInt32()
  const topics: ListPartitionReassignmentsRequestListPartitionReassignmentsTopics[] | null =
    decodeListPartitionReassignmentsRequestListPartitionReassignmentsTopicsArray(reader, version)
  if (flexible) skipTaggedFields(reader)
  return { timeoutMs, topics }
}

export function encodeListPartitionReassignmentsRequest(
  writer: ByteWriter,
  message: ListPartitionReassignmentsRequest,
  version: number,
): void {
  const flexible = true
  writer.writeInt32(message.timeoutMs)
  if (message.topics === null) {
    writeCount(writer, flexible, -1)
  } else {
    encodeListPartitionReassignmentsRequestListPartitionReassignmentsTopicsArray(
      writer,
      message.topics,
      version,
    )
  }
  if (flexible) writer.writeUint8(0)
}

function decodeListPartitionReassignmentsRequestListPartitionReassignmentsTopics(
  reader: ByteReader,
  _version: number,
): ListPartitionReassignmentsRequestListPartitionReassignmentsTopics {
  const flexible = true
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const partitionIndexes: number[] = notNull(
    reader,
    readInt32Array(reader, flexible),
    'PartitionIndexes',
  )
  if (flexible) skipTaggedFields(reader)
  return { name, partitionIndexes }
}

function encodeListPartitionReassignmentsRequestListPartitionReassignmentsTopics(
  writer: ByteWriter,
  message: ListPartitionReassignmentsRequestListPartitionReassignmentsTopics,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.name)
  writeInt32Array(writer, flexible, message.partitionIndexes)
  if (flexible) writer.writeUint8(0)
}

function decodeListPartitionReassignmentsRequestListPartitionReassignmentsTopicsArray(
  reader: ByteReader,
  version: number,
): ListPartitionReassignmentsRequestListPartitionReassignmentsTopics[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: ListPartitionReassignmentsRequestListPartitionReassignmentsTopics[] = []
  for (let index = 0; index < count; index++)
    elements.push(
      decodeListPartitionReassignmentsRequestListPartitionReassignmentsTopics(reader, version),
    )
  return elements
}

function encodeListPartitionReassignmentsRequestListPartitionReassignmentsTopicsArray(
  writer: ByteWriter,
  elements: ListPartitionReassignmentsRequestListPartitionReassignmentsTopics[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeListPartitionReassignmentsRequestListPartitionReassignmentsTopics(
      writer,
      element,
      version,
    )
}
