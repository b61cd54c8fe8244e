/**
 * ElectLeaders (API key 43), versions 0 to 2.
 *
 * Generated from definitions/43-elect-leaders.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount, readInt32Array, writeInt32Array } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface ElectLeadersRequest {
  /** Where version >= 1. */
  electionType: number
  topicPartitions: ElectLeadersRequestTopicPartitions[] | null
  timeoutMs: number
}

export interface ElectLeadersRequestTopicPartitions {
  topic: string
  partitions: number[]
}

export function decodeElectLeadersRequest(
  reader: ByteReader,
  version: number,
): ElectLeadersRequest {
  const flexible = version >= 2
  const electionType: number = version >= 1 ? reader.readInt8() : 0
  const topicPartitions: ElectLeadersRequestTopicPartitions[] | null =
    decodeElectLeadersRequestTopicPartitionsArray(reader, version)
  const timeoutMs: number = reader.readInt32()
  if (flexible) skipTaggedFields(reader)
  return { electionType, topicPartitions, timeoutMs }
}

export function encodeElectLeadersRequest(
  writer: ByteWriter,
  message: ElectLeadersRequest,
  version: number,
): void {
  const flexible = version >= 2
  if (version >= 1) {
    writer.writeInt8(message.electionType)
  } else if (message.electionType !== 0) {
    throw new UnsupportedFieldError('ElectLeadersRequest', 'ElectionType', version)
  }
  if (message.topicPartitions === null) {
    writeCount(writer, flexible, -1)
  } else {
    encodeElectLeadersRequestTopicPartitionsArray(writer, message.topicPartitions, version)
  }
  writer.writeInt32(message.timeoutMs)
  if (flexible) writer.writeUint8(0)
}

function decodeElectLeadersRequestTopicPartitions(
  reader: ByteReader,
  version: number,
): ElectLeadersRequestTopicPartitions {
  const flexible = version >= 2
  const topic: string = notNull(reader, readString(reader, flexible), 'Topic')
  const partitions: number[] = notNull(reader, readInt32Array(reader, flexible), 'Partitions')
  if (flexible) skipTaggedFields(reader)
  return { topic, partitions }
}

function encodeElectLeadersRequestTopicPartitions(
  writer: ByteWriter,
  message: ElectLeadersRequestTopicPartitions,
  version: number,
): void {
  const flexible = version >= 2
  writeString(writer, flexible, message.topic)
  writeInt32Array(writer, flexible, message.partitions)
  if (flexible) writer.writeUint8(0)
}

function decodeElectLeadersRequestTopicPartitionsArray(
  reader: ByteReader,
  version: number,
): ElectLeadersRequestTopicPartitions[] | null {
  const count = readCount(reader, version >= 2, 3)
  if (count < 0) return null
  const elements: ElectLeadersRequestTopicPartitions[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeElectLeadersRequestTopicPartitions(reader, version))
  return elements
}

function encodeElectLeadersRequestTopicPartitionsArray(
  writer: ByteWriter,
  elements: ElectLeadersRequestTopicPartitions[],
  version: number,
): void {
  writeCount(writer, version >= 2, elements.length)
  for (const element of elements) encodeElectLeadersRequestTopicPartitions(writer, element, version)
}
