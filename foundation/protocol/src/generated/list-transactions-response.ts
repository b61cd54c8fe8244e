/**
 * ListTransactions (API key 66), versions 0 to 2.
 *
 * Generated from definitions/66-list-transactions.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount, readStringArray, writeStringArray } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface ListTransactionsResponse {
  throttleTimeMs: number
  errorCode: number
  unknownStateFilters: string[]
  transactionStates: ListTransactionsResponseTransactionState[]
}

export interface ListTransactionsResponseTransactionState {
  transactionalId: string
  producerId: number
  transactionState: string
}

export function decodeListTransactionsResponse(
  reader: ByteReader,
  version: number,
): ListTransactionsResponse {
  const flexible = true
  const throttleTimeMs: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const unknownStateFilters: string[] = notNull(
    reader,
    readStringArray(reader, flexible),
    'UnknownStateFilters',
  )
  const transactionStates: ListTransactionsResponseTransactionState[] = notNull(
    reader,
    decodeListTransactionsResponseTransactionStateArray(reader, version),
    'TransactionStates',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, errorCode, unknownStateFilters, transactionStates }
}

export function encodeListTransactionsResponse(
  writer: ByteWriter,
  message: ListTransactionsResponse,
  version: number,
): void {
  const flexible = true
  writer.writeInt32(message.throttleTimeMs)
  writer.writeInt16(message.errorCode)
  writeStringArray(writer, flexible, message.unknownStateFilters)
  encodeListTransactionsResponseTransactionStateArray(writer, message.transactionStates, version)
  if (flexible) writer.writeUint8(0)
}

function decodeListTransactionsResponseTransactionState(
  reader: ByteReader,
  _version: number,
): ListTransactionsResponseTransactionState {
  const flexible = true
  const transactionalId: string = notNull(reader, readString(reader, flexible), 'TransactionalId')
  const producerId: number = reader.readInt64()
  const transactionState: string = notNull(reader, readString(reader, flexible), 'TransactionState')
  if (flexible) skipTaggedFields(reader)
  return { transactionalId, producerId, transactionState }
}

function encodeListTransactionsResponseTransactionState(
  writer: ByteWriter,
  message: ListTransactionsResponseTransactionState,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.transactionalId)
  writer.writeInt64(message.producerId)
  writeString(writer, flexible, message.transactionState)
  if (flexible) writer.writeUint8(0)
}

function decodeListTransactionsResponseTransactionStateArray(
  reader: ByteReader,
  version: number,
): ListTransactionsResponseTransactionState[] | null {
  const count = readCount(reader, true, 11)
  if (count < 0) return null
  const elements: ListTransactionsResponseTransactionState[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeListTransactionsResponseTransactionState(reader, version))
  return elements
}

function encodeListTransactionsResponseTransactionStateArray(
  writer: ByteWriter,
  elements: ListTransactionsResponseTransactionState[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeListTransactionsResponseTransactionState(writer, element, version)
}
