/**
 * AddPartitionsToTxn (API key 24), versions 0 to 5.
 *
 * Generated from definitions/24-add-partitions-to-txn.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount, readInt32Array, writeInt32Array } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface AddPartitionsToTxnRequest {
  /** Where version >= 4. */
  transactions: AddPartitionsToTxnRequestAddPartitionsToTxnTransaction[]
  /** Where version <= 3. */
  v3AndBelowTransactionalId: string
  /** Where version <= 3. */
  v3AndBelowProducerId: number
  /** Where version <= 3. */
  v3AndBelowProducerEpoch: number
  /** Where version <= 3. */
  v3AndBelowTopics: AddPartitionsToTxnRequestAddPartitionsToTxnTopic[]
}

export interface AddPartitionsToTxnRequestAddPartitionsToTxnTransaction {
  transactionalId: string
  producerId: number
  producerEpoch: number
  verifyOnly: boolean
  topics: AddPartitionsToTxnRequestAddPartitionsToTxnTopic[]
}

export interface AddPartitionsToTxnRequestAddPartitionsToTxnTopic {
  name: string
  partitions: number[]
}

export function decodeAddPartitionsToTxnRequest(
  reader: ByteReader,
  version: number,
): AddPartitionsToTxnRequest {
  const flexible = version >= 3
  const transactions: AddPartitionsToTxnRequestAddPartitionsToTxnTransaction[] =
    version >= 4
      ? notNull(
          reader,
          decodeAddPartitionsToTxnRequestAddPartitionsToTxnTransactionArray(reader, version),
          'Transactions',
        )
      : []
  const v3AndBelowTransactionalId: string =
    version <= 3 ? notNull(reader, readString(reader, flexible), 'V3AndBelowTransactionalId') : ''
  const v3AndBelowProducerId: number = version <= 3 ? reader.readInt64() : 0
  const v3AndBelowProducerEpoch: number = version <= 3 ? reader.readInt16() : 0
  const v3AndBelowTopics: AddPartitionsToTxnRequestAddPartitionsToTxnTopic[] =
    version <= 3
      ? notNull(
          reader,
          decodeAddPartitionsToTxnRequestAddPartitionsToTxnTopicArray(reader, version),
          'V3AndBelowTopics',
        )
      : []
  if (flexible) skipTaggedFields(reader)
  return {
    transactions,
    v3AndBelowTransactionalId,
    v3AndBelowProducerId,
    v3AndBelowProducerEpoch,
    v3AndBelowTopics,
  }
}

export function encodeAddPartitionsToTxnRequest(
  writer: ByteWriter,
  message: AddPartitionsToTxnRequest,
  version: number,
): void {
  const flexible = version >= 3
  if (version >= 4) {
    encodeAddPartitionsToTxnRequestAddPartitionsToTxnTransactionArray(
      writer,
      message.transactions,
      version,
    )
  } else if (message.transactions.length !== 0) {
    throw new UnsupportedFieldError('AddPartitionsToTxnRequest', 'Transactions', version)
  }
  if (version <= 3) {
    writeString(writer, flexible, message.v3AndBelowTransactionalId)
  } else if (message.v3AndBelowTransactionalId !== '') {
    throw new UnsupportedFieldError(
      'AddPartitionsToTxnRequest',
      'V3AndBelowTransactionalId',
      version,
    )
  }
  if (version <= 3) {
    writer.writeInt64(message.v3AndBelowProducerId)
  } else if (message.v3AndBelowProducerId !== 0) {
    throw new UnsupportedFieldError('AddPartitionsToTxnRequest', 'V3AndBelowProducerId', version)
  }
  if (version <= 3) {
    writer.writeInt16(message.v3AndBelowProducerEpoch)
  } else if (message.v3AndBelowProducerEpoch !== 0) {
    throw new UnsupportedFieldError('AddPartitionsToTxnRequest', 'V3AndBelowProducerEpoch', version)
  }
  if (version <= 3) {
    encodeAddPartitionsToTxnRequestAddPartitionsToTxnTopicArray(
      writer,
      message.v3AndBelowTopics,
      version,
    )
  } else if (message.v3AndBelowTopics.length !== 0) {
    throw new UnsupportedFieldError('AddPartitionsToTxnRequest', 'V3AndBelowTopics', version)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeAddPartitionsToTxnRequestAddPartitionsToTxnTransaction(
  reader: ByteReader,
  version: number,
): AddPartitionsToTxnRequestAddPartitionsToTxnTransaction {
  const flexible = true
  const transactionalId: string = notNull(reader, readString(reader, flexible), 'TransactionalId')
  const producerId: number = reader.readInt64()
  const producerEpoch: number = reader.readInt16()
  const verifyOnly: boolean = reader.readBoolean()
  const topics: AddPartitionsToTxnRequestAddPartitionsToTxnTopic[] = notNull(
    reader,
    decodeAddPartitionsToTxnRequestAddPartitionsToTxnTopicArray(reader, version),
    'Topics',
  )
  if (flexible) skipTaggedFields(reader)
  return { transactionalId, producerId, producerEpoch, verifyOnly, topics }
}

function encodeAddPartitionsToTxnRequestAddPartitionsToTxnTransaction(
  writer: ByteWriter,
  message: AddPartitionsToTxnRequestAddPartitionsToTxnTransaction,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.transactionalId)
  writer.writeInt64(message.producerId)
  writer.writeInt16(message.producerEpoch)
  writer.writeBoolean(message.verifyOnly)
  encodeAddPartitionsToTxnRequestAddPartitionsToTxnTopicArray(writer, message.topics, version)
  if (flexible) writer.writeUint8(0)
}

function decodeAddPartitionsToTxnRequestAddPartitionsToTxnTopic(
  reader: ByteReader,
  version: number,
): AddPartitionsToTxnRequestAddPartitionsToTxnTopic {
  const flexible = version >= 3
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const partitions: number[] = notNull(reader, readInt32Array(reader, flexible), 'Partitions')
  if (flexible) skipTaggedFields(reader)
  return { name, partitions }
}

function encodeAddPartitionsToTxnRequestAddPartitionsToTxnTopic(
  writer: ByteWriter,
  message: AddPartitionsToTxnRequestAddPartitionsToTxnTopic,
  version: number,
): void {
  const flexible = version >= 3
  writeString(writer, flexible, message.name)
  writeInt32Array(writer, flexible, message.partitions)
  if (flexible) writer.writeUint8(0)
}

function decodeAddPartitionsToTxnRequestAddPartitionsToTxnTransactionArray(
  reader: ByteReader,
  version: number,
): AddPartitionsToTxnRequestAddPartitionsToTxnTransaction[] | null {
  const count = readCount(reader, true, 14)
  if (count < 0) return null
  const elements: AddPartitionsToTxnRequestAddPartitionsToTxnTransaction[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeAddPartitionsToTxnRequestAddPartitionsToTxnTransaction(reader, version))
  return elements
}

function encodeAddPartitionsToTxnRequestAddPartitionsToTxnTransactionArray(
  writer: ByteWriter,
  elements: AddPartitionsToTxnRequestAddPartitionsToTxnTransaction[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeAddPartitionsToTxnRequestAddPartitionsToTxnTransaction(writer, element, version)
}

function decodeAddPartitionsToTxnRequestAddPartitionsToTxnTopicArray(
  reader: ByteReader,
  version: number,
): AddPartitionsToTxnRequestAddPartitionsToTxnTopic[] | null {
  const count = readCount(reader, version >= 3, 3)
  if (count < 0) return null
  const elements: AddPartitionsToTxnRequestAddPartitionsToTxnTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeAddPartitionsToTxnRequestAddPartitionsToTxnTopic(reader, version))
  return elements
}

function encodeAddPartitionsToTxnRequestAddPartitionsToTxnTopicArray(
  writer: ByteWriter,
  elements: AddPartitionsToTxnRequestAddPartitionsToTxnTopic[],
  version: number,
): void {
  writeCount(writer, version >= 3, elements.length)
  for (const element of elements)
    encodeAddPartitionsToTxnRequestAddPartitionsToTxnTopic(writer, element, version)
}
