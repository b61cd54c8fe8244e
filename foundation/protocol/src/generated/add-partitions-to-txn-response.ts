/**
 * AddPartitionsToTxn (API key 24), versions 0 to 5.
 *
 * Generated from definitions/24-add-partitions-to-txn.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface AddPartitionsToTxnResponse {
  throttleTimeMs: number
  /** Where version >= 4. */
  errorCode: number
  /** Where version >= 4. */
  resultsByTransaction: AddPartitionsToTxnResponseAddPartitionsToTxnResult[]
  /** Where version <= 3. */
  resultsByTopicV3AndBelow: AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult[]
}

export interface AddPartitionsToTxnResponseAddPartitionsToTxnResult {
  transactionalId: string
  topicResults: AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult[]
}

export interface AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult {
  name: string
  resultsByPartition: AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult[]
}

export interface AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult {
  partitionIndex: number
  partitionErrorCode: number
}

export function decodeAddPartitionsToTxnResponse(
  reader: ByteReader,
  version: number,
): AddPartitionsToTxnResponse {
  const flexible = version >= 3
  const throttleTimeMs: number = reader.readInt32()
  const errorCode: number = version >= 4 ? reader.readInt16() : 0
  const resultsByTransaction: AddPartitionsToTxnResponseAddPartitionsToTxnResult[] =
    version >= 4
      ? notNull(
          reader,
          decodeAddPartitionsToTxnResponseAddPartitionsToTxnResultArray(reader, version),
          'ResultsByTransaction',
        )
      : []
  const resultsByTopicV3AndBelow: AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult[] =
    version <= 3
      ? notNull(
          reader,
          decodeAddPartitionsToTxnResponseAddPartitionsToTxnTopicResultArray(reader, version),
          'ResultsByTopicV3AndBelow',
        )
      : []
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, errorCode, resultsByTransaction, resultsByTopicV3AndBelow }
}

export function encodeAddPartitionsToTxnResponse(
  writer: ByteWriter,
  message: AddPartitionsToTxnResponse,
  version: number,
): void {
  const flexible = version >= 3
  writer.writeInt32(message.throttleTimeMs)
  if (version >= 4) {
    writer.writeInt16(message.errorCode)
  }
  if (version >= 4) {
    encodeAddPartitionsToTxnResponseAddPartitionsToTxnResultArray(
      writer,
      message.resultsByTransaction,
      version,
    )
  }
  if (version <= 3) {
    encodeAddPartitionsToTxnResponseAddPartitionsToTxnTopicResultArray(
      writer,
      message.resultsByTopicV3AndBelow,
      version,
    )
  }
  if (flexible) writer.writeUint8(0)
}

function decodeAddPartitionsToTxnResponseAddPartitionsToTxnResult(
  reader: ByteReader,
  version: number,
): AddPartitionsToTxnResponseAddPartitionsToTxnResult {
  const flexible = true
  const transactionalId: string = notNull(reader, readString(reader, flexible), 'TransactionalId')
  const topicResults: AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult[] = notNull(
    reader,
    decodeAddPartitionsToTxnResponseAddPartitionsToTxnTopicResultArray(reader, version),
    'TopicResults',
  )
  if (flexible) skipTaggedFields(reader)
  return { transactionalId, topicResults }
}

function encodeAddPartitionsToTxnResponseAddPartitionsToTxnResult(
  writer: ByteWriter,
  message: AddPartitionsToTxnResponseAddPartitionsToTxnResult,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.transactionalId)
  encodeAddPartitionsToTxnResponseAddPartitionsToTxnTopicResultArray(
    writer,
    message.topicResults,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(
  reader: ByteReader,
  version: number,
): AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult {
  const flexible = version >= 3
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const resultsByPartition: AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult[] = notNull(
    reader,
    decodeAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResultArray(reader, version),
    'ResultsByPartition',
  )
  if (flexible) skipTaggedFields(reader)
  return { name, resultsByPartition }
}

function encodeAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(
  writer: ByteWriter,
  message: AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult,
  version: number,
): void {
  const flexible = version >= 3
  writeString(writer, flexible, message.name)
  encodeAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResultArray(
    writer,
    message.resultsByPartition,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult(
  reader: ByteReader,
  version: number,
): AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult {
  const flexible = version >= 3
  const partitionIndex: number = reader.readInt32()
  const partitionErrorCode: number = reader.readInt16()
  if (flexible) skipTaggedFields(reader)
  return { partitionIndex, partitionErrorCode }
}

function encodeAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult(
  writer: ByteWriter,
  message: AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult,
  version: number,
): void {
  const flexible = version >= 3
  writer.writeInt32(message.partitionIndex)
  writer.writeInt16(message.partitionErrorCode)
  if (flexible) writer.writeUint8(0)
}

function decodeAddPartitionsToTxnResponseAddPartitionsToTxnResultArray(
  reader: ByteReader,
  version: number,
): AddPartitionsToTxnResponseAddPartitionsToTxnResult[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: AddPartitionsToTxnResponseAddPartitionsToTxnResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeAddPartitionsToTxnResponseAddPartitionsToTxnResult(reader, version))
  return elements
}

function encodeAddPartitionsToTxnResponseAddPartitionsToTxnResultArray(
  writer: ByteWriter,
  elements: AddPartitionsToTxnResponseAddPartitionsToTxnResult[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeAddPartitionsToTxnResponseAddPartitionsToTxnResult(writer, element, version)
}

function decodeAddPartitionsToTxnResponseAddPartitionsToTxnTopicResultArray(
  reader: ByteReader,
  version: number,
): AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult[] | null {
  const count = readCount(reader, version >= 3, 3)
  if (count < 0) return null
  const elements: AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(reader, version))
  return elements
}

function encodeAddPartitionsToTxnResponseAddPartitionsToTxnTopicResultArray(
  writer: ByteWriter,
  elements: AddPartitionsToTxnResponseAddPartitionsToTxnTopicResult[],
  version: number,
): void {
  writeCount(writer, version >= 3, elements.length)
  for (const element of elements)
    encodeAddPartitionsToTxnResponseAddPartitionsToTxnTopicResult(writer, element, version)
}

function decodeAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResultArray(
  reader: ByteReader,
  version: number,
): AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult[] | null {
  const count = readCount(reader, version >= 3, 6)
  if (count < 0) return null
  const elements: AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(
      decodeAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult(reader, version),
    )
  return elements
}

function encodeAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResultArray(
  writer: ByteWriter,
  elements: AddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult[],
  version: number,
): void {
  writeCount(writer, version >= 3, elements.length)
  for (const element of elements)
    encodeAddPartitionsToTxnResponseAddPartitionsToTxnPartitionResult(writer, element, version)
}
