/**
 * ConsumerProtocolAssignment, versions 0 to 3.
 *
 * Generated from definitions/internal/consumer-protocol-assignment.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount, readInt32Array, writeInt32Array } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { readBytes, writeBytes } from '../wire/byte-fields.ts'
import { notNull } from '../wire/not-null.ts'

export interface ConsumerProtocolAssignment {
  assignedPartitions: ConsumerProtocolAssignmentTopicPartition[]
  userData: Buffer | null
}

export interface ConsumerProtocolAssignmentTopicPartition {
  topic: string
  partitions: number[]
}

export function decodeConsumerProtocolAssignment(
  reader: ByteReader,
  version: number,
): ConsumerProtocolAssignment {
  const flexible = false
  const assignedPartitions: ConsumerProtocolAssignmentTopicPartition[] = notNull(
    reader,
    decodeConsumerProtocolAssignmentTopicPartitionArray(reader, version),
    'AssignedPartitions',
  )
  const userData: Buffer | null = readBytes(reader, flexible)
  return { assignedPartitions, userData }
}

export function encodeConsumerProtocolAssignment(
  writer: ByteWriter,
  message: ConsumerProtocolAssignment,
  version: number,
): void {
  const flexible = false
  encodeConsumerProtocolAssignmentTopicPartitionArray(writer, message.assignedPartitions, version)
  if (message.userData === null) {
    writeCount(writer, flexible, -1)
  } else {
    writeBytes(writer, flexible, message.userData)
  }
}

function decodeConsumerProtocolAssignmentTopicPartition(
  reader: ByteReader,
  _version: number,
): ConsumerProtocolAssignmentTopicPartition {
  const flexible = false
  const topic: string = notNull(reader, readString(reader, flexible), 'Topic')
  const partitions: number[] = notNull(reader, readInt32Array(reader, flexible), 'Partitions')
  return { topic, partitions }
}

function encodeConsumerProtocolAssignmentTopicPartition(
  writer: ByteWriter,
  message: ConsumerProtocolAssignmentTopicPartition,
  _version: number,
): void {
  const flexible = false
  writeString(writer, flexible, message.topic)
  writeInt32Array(writer, flexible, message.partitions)
}

function decodeConsumerProtocolAssignmentTopicPartitionArray(
  reader: ByteReader,
  version: number,
): ConsumerProtocolAssignmentTopicPartition[] | null {
  const count = readCount(reader, false, 6)
  if (count < 0) return null
  const elements: ConsumerProtocolAssignmentTopicPartition[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeConsumerProtocolAssignmentTopicPartition(reader, version))
  return elements
}

function encodeConsumerProtocolAssignmentTopicPartitionArray(
  writer: ByteWriter,
  elements: ConsumerProtocolAssignmentTopicPartition[],
  version: number,
): void {
  writeCount(writer, false, elements.length)
  for (const element of elements)
    encodeConsumerProtocolAssignmentTopicPartition(writer, element, version)
}
