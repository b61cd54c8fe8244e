/**
 * ElectLeaders (API key 43), versions 0 to 2.
 *
 * Generated from definitions/43-elect-leaders.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface ElectLeadersResponse {
  throttleTimeMs: number
  /** Where version >= 1. */
  errorCode: number
  replicaElectionResults: ElectLeadersResponseReplicaElectionResult[]
}

export interface ElectLeadersResponseReplicaElectionResult {
  topic: string
  partitionResult: ElectLeadersResponsePartitionResult[]
}

export interface ElectLeadersResponsePartitionResult {
  partitionId: number
  errorCode: number
  errorMessage: string | null
}

export function decodeElectLeadersResponse(
  reader: ByteReader,
  version: number,
): ElectLeadersResponse {
  const flexible = version >= 2
  const throttleTimeMs: number = reader.readInt32()
  const errorCode: number = version >= 1 ? reader.readInt16() : 0
  const replicaElectionResults: ElectLeadersResponseReplicaElectionResult[] = notNull(
    reader,
    decodeElectLeadersResponseReplicaElectionResultArray(reader, version),
    'ReplicaElectionResults',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, errorCode, replicaElectionResults }
}

export function encodeElectLeadersResponse(
  writer: ByteWriter,
  message: ElectLeadersResponse,
  version: number,
): void {
  const flexible = version >= 2
  writer.writeInt32(message.throttleTimeMs)
  if (version >= 1) {
    writer.writeInt16(message.errorCode)
  }
  encodeElectLeadersResponseReplicaElectionResultArray(
    writer,
    message.replicaElectionResults,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeElectLeadersResponseReplicaElectionResult(
  reader: ByteReader,
  version: number,
): ElectLeadersResponseReplicaElectionResult {
  const flexible = version >= 2
  const topic: string = notNull(reader, readString(reader, flexible), 'Topic')
  const partitionResult: ElectLeadersResponsePartitionResult[] = notNull(
    reader,
    decodeElectLeadersResponsePartitionResultArray(reader, version),
    'PartitionResult',
  )
  if (flexible) skipTaggedFields(reader)
  return { topic, partitionResult }
}

function encodeElectLeadersResponseReplicaElectionResult(
  writer: ByteWriter,
  message: ElectLeadersResponseReplicaElectionResult,
  version: number,
): void {
  const flexible = version >= 2
  writeString(writer, flexible, message.topic)
  encodeElectLeadersResponsePartitionResultArray(writer, message.partitionResult, version)
  if (flexible) writer.writeUint8(0)
}

function decodeElectLeadersResponsePartitionResult(
  reader: ByteReader,
  version: number,
): ElectLeadersResponsePartitionResult {
  const flexible = version >= 2
  const partitionId: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { partitionId, errorCode, errorMessage }
}

function encodeElectLeadersResponsePartitionResult(
  writer: ByteWriter,
  message: ElectLeadersResponsePartitionResult,
  version: number,
): void {
  const flexible = version >= 2
  writer.writeInt32(message.partitionId)
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeElectLeadersResponseReplicaElectionResultArray(
  reader: ByteReader,
  version: number,
): ElectLeadersResponseReplicaElectionResult[] | null {
  const count = readCount(reader, version >= 2, 3)
  if (count < 0) return null
  const elements: ElectLeadersResponseReplicaElectionResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeElectLeadersResponseReplicaElectionResult(reader, version))
  return elements
}

function encodeElectLeadersResponseReplicaElectionResultArray(
  writer: ByteWriter,
  elements: ElectLeadersResponseReplicaElectionResult[],
  version: number,
): void {
  writeCount(writer, version >= 2, elements.length)
  for (const element of elements)
    encodeElectLeadersResponseReplicaElectionResult(writer, element, version)
}

function decodeElectLeadersResponsePartitionResultArray(
  reader: ByteReader,
  version: number,
): ElectLeadersResponsePartitionResult[] | null {
  const count = readCount(reader, version >= 2, 8)
  if (count < 0) return null
  const elements: ElectLeadersResponsePartitionResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeElectLeadersResponsePartitionResult(reader, version))
  return elements
}

function encodeElectLeadersResponsePartitionResultArray(
  writer: ByteWriter,
  elements: ElectLeadersResponsePartitionResult[],
  version: number,
): void {
  writeCount(writer, version >= 2, elements.length)
  for (const element of elements)
    encodeElectLeadersResponsePartitionResult(writer, element, version)
}
