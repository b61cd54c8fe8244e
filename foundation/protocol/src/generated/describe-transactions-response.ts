/**
 * DescribeTransactions (API key 65), versions 0 to 0.
 *
 * Generated from definitions/65-describe-transactions.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount, readInt32Array, writeInt32Array } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface DescribeTransactionsResponse {
  throttleTimeMs: number
  transactionStates: DescribeTransactionsResponseTransactionState[]
}

export interface DescribeTransactionsResponseTransactionState {
  errorCode: number
  transactionalId: string
  transactionState: string
  transactionTimeoutMs: number
  transactionStartTimeMs: number
  producerId: number
  producerEpoch: number
  topics: DescribeTransactionsResponseTopicData[]
}

export interface DescribeTransactionsResponseTopicData {
  topic: string
  partitions: number[]
}

export function decodeDescribeTransactionsResponse(
  reader: ByteReader,
  version: number,
): DescribeTransactionsResponse {
  const flexible = true
  const throttleTimeMs: number = reader.readInt32()
  const transactionStates: DescribeTransactionsResponseTransactionState[] = notNull(
    reader,
    decodeDescribeTransactionsResponseTransactionStateArray(reader, version),
    'TransactionStates',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, transactionStates }
}

export function encodeDescribeTransactionsResponse(
  writer: ByteWriter,
  message: DescribeTransactionsResponse,
  version: number,
): void {
  const flexible = true
  writer.writeInt32(message.throttleTimeMs)
  encodeDescribeTransactionsResponseTransactionStateArray(
    writer,
    message.transactionStates,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeTransactionsResponseTransactionState(
  reader: ByteReader,
  version: number,
): DescribeTransactionsResponseTransactionState {
  const flexible = true
  const errorCode: number = reader.readInt16()
  const transactionalId: string = notNull(reader, readString(reader, flexible), 'TransactionalId')
  const transactionState: string = notNull(reader, readString(reader, flexible), 'TransactionState')
  const transactionTimeoutMs: number = reader.readInt32()
  const transactionStartTimeMs: number = reader.readInt64()
  const producerId: number = reader.readInt64()
  const producerEpoch: number = reader.readInt16()
  const topics: DescribeTransactionsResponseTopicData[] = notNull(
    reader,
    decodeDescribeTransactionsResponseTopicDataArray(reader, version),
    'Topics',
  )
  if (flexible) skipTaggedFields(reader)
  return {
    errorCode,
    transactionalId,
    transactionState,
    transactionTimeoutMs,
    transactionStartTimeMs,
    producerId,
    producerEpoch,
    topics,
  }
}

function encodeDescribeTransactionsResponseTransactionState(
  writer: ByteWriter,
  message: DescribeTransactionsResponseTransactionState,
  version: number,
): void {
  const flexible = true
  writer.writeInt16(message.errorCode)
  writeString(writer, flexible, message.transactionalId)
  writeString(writer, flexible, message.transactionState)
  writer.writeInt32(message.transactionTimeoutMs)
  writer.writeInt64(message.transactionStartTimeMs)
  writer.writeInt64(message.producerId)
  writer.writeInt16(message.producerEpoch)
  encodeDescribeTransactionsResponseTopicDataArray(writer, message.topics, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeTransactionsResponseTopicData(
  reader: ByteReader,
  _version: number,
): DescribeTransactionsResponseTopicData {
  const flexible = true
  const topic: string = notNull(reader, readString(reader, flexible), 'Topic')
  const partitions: number[] = notNull(reader, readInt32Array(reader, flexible), 'Partitions')
  if (flexible) skipTaggedFields(reader)
  return { topic, partitions }
}

function encodeDescribeTransactionsResponseTopicData(
  writer: ByteWriter,
  message: DescribeTransactionsResponseTopicData,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.topic)
  writeInt32Array(writer, flexible, message.partitions)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeTransactionsResponseTransactionStateArray(
  reader: ByteReader,
  version: number,
): DescribeTransactionsResponseTransactionState[] | null {
  const count = readCount(reader, true, 28)
  if (count < 0) return null
  const elements: DescribeTransactionsResponseTransactionState[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeTransactionsResponseTransactionState(reader, version))
  return elements
}

function encodeDescribeTransactionsResponseTransactionStateArray(
  writer: ByteWriter,
  elements: DescribeTransactionsResponseTransactionState[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeDescribeTransactionsResponseTransactionState(writer, element, version)
}

function decodeDescribeTransactionsResponseTopicDataArray(
  reader: ByteReader,
  version: number,
): DescribeTransactionsResponseTopicData[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: DescribeTransactionsResponseTopicData[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeTransactionsResponseTopicData(reader, version))
  return elements
}

function encodeDescribeTransactionsResponseTopicDataArray(
  writer: ByteWriter,
  elements: DescribeTransactionsResponseTopicData[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeDescribeTransactionsResponseTopicData(writer, element, version)
}
