/**
 * AlterPartitionReassignments (API key 45), versions 0 to 1.
 *
 * Generated from definitions/45-alter-partition-reassignments.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface AlterPartitionReassignmentsResponse {
  throttleTimeMs: number
  /** Where version >= 1. */
  allowReplicationFactorChange: boolean
  errorCode: number
  errorMessage: string | null
  responses: AlterPartitionReassignmentsResponseReassignableTopicResponse[]
}

export interface AlterPartitionReassignmentsResponseReassignableTopicResponse {
  name: string
  partitions: AlterPartitionReassignmentsResponseReassignablePartitionResponse[]
}

export interface AlterPartitionReassignmentsResponseReassignablePartitionResponse {
  partitionIndex: number
  errorCode: number
  errorMessage: string | null
}

export function decodeAlterPartitionReassignmentsResponse(
  reader: ByteReader,
  version: number,
): AlterPartitionReassignmentsResponse {
  const flexible = true
  const throttleTimeMs: number = reader.readInt32()
  const allowReplicationFactorChange: boolean = version >= 1 ? reader.readBoolean() : true
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  const responses: AlterPartitionReassignmentsResponseReassignableTopicResponse[] = notNull(
    reader,
    decodeAlterPartitionReassignmentsResponseReassignableTopicResponseArray(reader, version),
    'Responses',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, allowReplicationFactorChange, errorCode, errorMessage, responses }
}

export function encodeAlterPartitionReassignmentsResponse(
  writer: ByteWriter,
  message: AlterPartitionReassignmentsResponse,
  version: number,
): void {
  const flexible = true
  writer.writeInt32(message.throttleTimeMs)
  if (version >= 1) {
    writer.writeBoolean(message.allowReplicationFactorChange)
  }
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  encodeAlterPartitionReassignmentsResponseReassignableTopicResponseArray(
    writer,
    message.responses,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeAlterPartitionReassignmentsResponseReassignableTopicResponse(
  reader: ByteReader,
  version: number,
): AlterPartitionReassignmentsResponseReassignableTopicResponse {
  const flexible = true
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const partitions: AlterPartitionReassignmentsResponseReassignablePartitionResponse[] = notNull(
    reader,
    decodeAlterPartitionReassignmentsResponseReassignablePartitionResponseArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { name, partitions }
}

function encodeAlterPartitionReassignmentsResponseReassignableTopicResponse(
  writer: ByteWriter,
  message: AlterPartitionReassignmentsResponseReassignableTopicResponse,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.name)
  encodeAlterPartitionReassignmentsResponseReassignablePartitionResponseArray(
    writer,
    message.partitions,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeAlterPartitionReassignmentsResponseReassignablePartitionResponse(
  reader: ByteReader,
  _version: number,
): AlterPartitionReassignmentsResponseReassignablePartitionResponse {
  const flexible = true
  const partitionIndex: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { partitionIndex, errorCode, errorMessage }
}

function encodeAlterPartitionReassignmentsResponseReassignablePartitionResponse(
  writer: ByteWriter,
  message: AlterPartitionReassignmentsResponseReassignablePartitionResponse,
  _version: number,
): void {
  const flexible = true
  writer.writeInt32(message.partitionIndex)
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeAlterPartitionReassignmentsResponseReassignableTopicResponseArray(
  reader: ByteReader,
  version: number,
): AlterPartitionReassignmentsResponseReassignableTopicResponse[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: AlterPartitionReassignmentsResponseReassignableTopicResponse[] = []
  for (let index = 0; index < count; index++)
    elements.push(
      decodeAlterPartitionReassignmentsResponseReassignableTopicResponse(reader, version),
    )
  return elements
}

function encodeAlterPartitionReassignmentsResponseReassignableTopicResponseArray(
  writer: ByteWriter,
  elements: AlterPartitionReassignmentsResponseReassignableTopicResponse[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeAlterPartitionReassignmentsResponseReassignableTopicResponse(writer, element, version)
}

function decodeAlterPartitionReassignmentsResponseReassignablePartitionResponseArray(
  reader: ByteReader,
  version: number,
): AlterPartitionReassignmentsResponseReassignablePartitionResponse[] | null {
  const count = readCount(reader, true, 8)
  if (count < 0) return null
  const elements: AlterPartitionReassignmentsResponseReassignablePartitionResponse[] = []
  for (let index = 0; index < count; index++)
    elements.push(
      decodeAlterPartitionReassignmentsResponseReassignablePartitionResponse(reader, version),
    )
  return elements
}

function encodeAlterPartitionReassignmentsResponseReassignablePartitionResponseArray(
  writer: ByteWriter,
  elements: AlterPartitionReassignmentsResponseReassignablePartitionResponse[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeAlterPartitionReassignmentsResponseReassignablePartitionResponse(writer, element, version)
}
