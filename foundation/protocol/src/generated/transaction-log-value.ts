/**
 * TransactionLogValue, versions 0 to 1.
 *
 * Generated from definitions/internal/transaction-log-value.api; do not edit.
 */
import { type ByteReader, ByteWriter } from '@ottla/base'
import { readCount, writeCount, readInt32Array, writeInt32Array } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import {
  TAGGED_FIELD_BYTES,
  endTaggedField,
  readTaggedSize,
  skipTaggedFields,
  writeTaggedField,
} from '../wire/tagged-fields.ts'
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface TransactionLogValue {
  producerId: number
  /** Where version >= 1. */
  previousProducerId: number
  /** Where version >= 1. */
  nextProducerId: number
  producerEpoch: number
  /** Where version >= 1. */
  nextProducerEpoch: number
  transactionTimeoutMs: number
  transactionStatus: number
  transactionPartitions: TransactionLogValuePartitionsSchema[] | null
  transactionLastUpdateTimestampMs: number
  transactionStartTimestampMs: number
  /** Where version >= 1. */
  clientTransactionVersion: number
}

export interface TransactionLogValuePartitionsSchema {
  topic: string
  partitionIds: number[]
}

export function decodeTransactionLogValue(
  reader: ByteReader,
  version: number,
): TransactionLogValue {
  const flexible = version >= 1
  const producerId: number = reader.readInt64()
  const producerEpoch: number = reader.readInt16()
  const transactionTimeoutMs: number = reader.readInt32()
  const transactionStatus: number = reader.readInt8()
  const transactionPartitions: TransactionLogValuePartitionsSchema[] | null =
    decodeTransactionLogValuePartitionsSchemaArray(reader, version)
  const transactionLastUpdateTimestampMs: number = reader.readInt64()
  const transactionStartTimestampMs: number = reader.readInt64()
  let previousProducerId: number = -1
  let nextProducerId: number = -1
  let clientTransactionVersion: number = 0
  let nextProducerEpoch: number = -1
  if (flexible) {
    for (let left = reader.readUnsignedVarint(); left > 0; left--) {
      const tag = reader.readUnsignedVarint()
      const size = readTaggedSize(reader)
      const end = reader.position + size
      switch (tag) {
        case 0:
          if (version >= 1) previousProducerId = reader.readInt64()
          else reader.skip(size)
          break
        case 1:
          if (version >= 1) nextProducerId = reader.readInt64()
          else reader.skip(size)
          break
        case 2:
          if (version >= 1) clientTransactionVersion = reader.readInt16()
          else reader.skip(size)
          break
        case 3:
          if (version >= 1) nextProducerEpoch = reader.readInt16()
          else reader.skip(size)
          break
        default:
          reader.skip(size)
      }
      endTaggedField(reader, end)
    }
  }
  return {
    producerId,
    previousProducerId,
    nextProducerId,
    producerEpoch,
    nextProducerEpoch,
    transactionTimeoutMs,
    transactionStatus,
    transactionPartitions,
    transactionLastUpdateTimestampMs,
    transactionStartTimestampMs,
    clientTransactionVersion,
  }
}

export function encodeTransactionLogValue(
  writer: ByteWriter,
  message: TransactionLogValue,
  version: number,
): void {
  const flexible = version >= 1
  writer.writeInt64(message.producerId)
  writer.writeInt16(message.producerEpoch)
  writer.writeInt32(message.transactionTimeoutMs)
  writer.writeInt8(message.transactionStatus)
  if (message.transactionPartitions === null) {
    writeCount(writer, flexible, -1)
  } else {
    encodeTransactionLogValuePartitionsSchemaArray(writer, message.transactionPartitions, version)
  }
  writer.writeInt64(message.transactionLastUpdateTimestampMs)
  writer.writeInt64(message.transactionStartTimestampMs)
  if (!(version >= 1) && message.previousProducerId !== -1)
    throw new UnsupportedFieldError('TransactionLogValue', 'PreviousProducerId', version)
  if (!(version >= 1) && message.nextProducerId !== -1)
    throw new UnsupportedFieldError('TransactionLogValue', 'NextProducerId', version)
  if (!(version >= 1) && message.clientTransactionVersion !== 0)
    throw new UnsupportedFieldError('TransactionLogValue', 'ClientTransactionVersion', version)
  if (!(version >= 1) && message.nextProducerEpoch !== -1)
    throw new UnsupportedFieldError('TransactionLogValue', 'NextProducerEpoch', version)
  if (flexible) {
    writer.writeUnsignedVarint(
      (version >= 1 && message.previousProducerId !== -1 ? 1 : 0) +
        (version >= 1 && message.nextProducerId !== -1 ? 1 : 0) +
        (version >= 1 && message.clientTransactionVersion !== 0 ? 1 : 0) +
        (version >= 1 && message.nextProducerEpoch !== -1 ? 1 : 0),
    )
    if (version >= 1 && message.previousProducerId !== -1) {
      const field = new ByteWriter(TAGGED_FIELD_BYTES)
      field.writeInt64(message.previousProducerId)
      writeTaggedField(writer, 0, field)
    }
    if (version >= 1 && message.nextProducerId !== -1) {
      const field = new ByteWriter(TAGGED_FIELD_BYTES)
      field.writeInt64(message.nextProducerId)
      writeTaggedField(writer, 1, field)
    }
    if (version >= 1 && message.clientTransactionVersion !== 0) {
      const field = new ByteWriter(TAGGED_FIELD_BYTES)
      field.writeInt16(message.clientTransactionVersion)
      writeTaggedField(writer, 2, field)
    }
    if (version >= 1 && message.nextProducerEpoch !== -1) {
      const field = new ByteWriter(TAGGED_FIELD_BYTES)
      field.writeInt16(message.nextProducerEpoch)
      writeTaggedField(writer, 3, field)
    }
  }
}

function decodeTransactionLogValuePartitionsSchema(
  reader: ByteReader,
  version: number,
): TransactionLogValuePartitionsSchema {
  const flexible = version >= 1
  const topic: string = notNull(reader, readString(reader, flexible), 'Topic')
  const partitionIds: number[] = notNull(reader, readInt32Array(reader, flexible), 'PartitionIds')
  if (flexible) skipTaggedFields(reader)
  return { topic, partitionIds }
}

function encodeTransactionLogValuePartitionsSchema(
  writer: ByteWriter,
  message: TransactionLogValuePartitionsSchema,
  version: number,
): void {
  const flexible = version >= 1
  writeString(writer, flexible, message.topic)
  writeInt32Array(writer, flexible, message.partitionIds)
  if (flexible) writer.writeUint8(0)
}

function decodeTransactionLogValuePartitionsSchemaArray(
  reader: ByteReader,
  version: number,
): TransactionLogValuePartitionsSchema[] | null {
  const count = readCount(reader, version >= 1, 3)
  if (count < 0) return null
  const elements: TransactionLogValuePartitionsSchema[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeTransactionLogValuePartitionsSchema(reader, version))
  return elements
}

function encodeTransactionLogValuePartitionsSchemaArray(
  writer: ByteWriter,
  elements: TransactionLogValuePartitionsSchema[],
  version: number,
): void {
  writeCount(writer, version >= 1, elements.length)
  for (const element of elements)
    encodeTransactionLogValuePartitionsSchema(writer, element, version)
}
