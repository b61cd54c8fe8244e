/**
 * ReadShareGroupStateSummary (API key 87), versions 0 to 1.
 *
 * Generated from definitions/87-read-share-group-state-summary.api; do not edit.
 */
import { type ByteReader, type ByteWriter, type Uuid } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface ReadShareGroupStateSummaryResponse {
  results: ReadShareGroupStateSummaryResponseReadStateSummaryResult[]
}

export interface ReadShareGroupStateSummaryResponseReadStateSummaryResult {
  topicId: Uuid
  partitions: ReadShareGroupStateSummaryResponsePartitionResult[]
}

export interface ReadShareGroupStateSummaryResponsePartitionResult {
  partition: number
  errorCode: number
  errorMessage: string | null
  stateEpoch: number
  leaderEpoch: number
  startOffset: number
  /** Where version >= 1. */
  deliveryCompleteCount: number
}

export function decodeReadShareGroupStateSummaryResponse(
  reader: ByteReader,
  version: number,
): ReadShareGroupStateSummaryResponse {
  const flexible = true
  const results: ReadShareGroupStateSummaryResponseReadStateSummaryResult[] = notNull(
    reader,
    decodeReadShareGroupStateSummaryResponseReadStateSummaryResultArray(reader, version),
    'Results',
  )
  if (flexible) skipTaggedFields(reader)
  return { results }
}

export function encodeReadShareGroupStateSummaryResponse(
  writer: ByteWriter,
  message: ReadShareGroupStateSummaryResponse,
  version: number,
): void {
  const flexible = true
  encodeReadShareGroupStateSummaryResponseReadStateSummaryResultArray(
    writer,
    message.results,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeReadShareGroupStateSummaryResponseReadStateSummaryResult(
  reader: ByteReader,
  version: number,
): ReadShareGroupStateSummaryResponseReadStateSummaryResult {
  const flexible = true
  const topicId: Uuid = reader.readUuid()
  const partitions: ReadShareGroupStateSummaryResponsePartitionResult[] = notNull(
    reader,
    decodeReadShareGroupStateSummaryResponsePartitionResultArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { topicId, partitions }
}

function encodeReadShareGroupStateSummaryResponseReadStateSummaryResult(
  writer: ByteWriter,
  message: ReadShareGroupStateSummaryResponseReadStateSummaryResult,
  version: number,
): void {
  const flexible = true
  writer.writeUuid(message.topicId)
  encodeReadShareGroupStateSummaryResponsePartitionResultArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeReadShareGroupStateSummaryResponsePartitionResult(
  reader: ByteReader,
  version: number,
): ReadShareGroupStateSummaryResponsePartitionResult {
  const flexible = true
  const partition: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  const stateEpoch: number = reader.readInt32()
  const leaderEpoch: number = reader.readInt32()
  const startOffset: number = reader.readInt64()
  const deliveryCompleteCount: number = version >= 1 ? reader.readInt32() : -1
  if (flexible) skipTaggedFields(reader)
  return {
    partition,
    errorCode,
    errorMessage,
    stateEpoch,
    leaderEpoch,
    startOffset,
    deliveryCompleteCount,
  }
}

function encodeReadShareGroupStateSummaryResponsePartitionResult(
  writer: ByteWriter,
  message: ReadShareGroupStateSummaryResponsePartitionResult,
  version: number,
): void {
  const flexible = true
  writer.writeInt32(message.partition)
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  writer.writeInt32(message.stateEpoch)
  writer.writeInt32(message.leaderEpoch)
  writer.writeInt64(message.startOffset)
  if (version >= 1) {
    writer.writeInt32(message.deliveryCompleteCount)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeReadShareGroupStateSummaryResponseReadStateSummaryResultArray(
  reader: ByteReader,
  version: number,
): ReadShareGroupStateSummaryResponseReadStateSummaryResult[] | null {
  const count = readCount(reader, true, 18)
  if (count < 0) return null
  const elements: ReadShareGroupStateSummaryResponseReadStateSummaryResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeReadShareGroupStateSummaryResponseReadStateSummaryResult(reader, version))
  return elements
}

function encodeReadShareGroupStateSummaryResponseReadStateSummaryResultArray(
  writer: ByteWriter,
  elements: ReadShareGroupStateSummaryResponseReadStateSummaryResult[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeReadShareGroupStateSummaryResponseReadStateSummaryResult(writer, element, version)
}

function decodeReadShareGroupStateSummaryResponsePartitionResultArray(
  reader: ByteReader,
  version: number,
): ReadShareGroupStateSummaryResponsePartitionResult[] | null {
  const count = readCount(reader, true, 24)
  if (count < 0) return null
  const elements: ReadShareGroupStateSummaryResponsePartitionResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeReadShareGroupStateSummaryResponsePartitionResult(reader, version))
  return elements
}

function encodeReadShareGroupStateSummaryResponsePartitionResultArray(
  writer: ByteWriter,
  elements: ReadShareGroupStateSummaryResponsePartitionResult[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeReadShareGroupStateSummaryResponsePartitionResult(writer, element, version)
}
