/**
 * TransactionLogKey, versions 0 to 0.
 *
 * Generated from definitions/internal/transaction-log-key.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'

export interface TransactionLogKey {
  transactionalId: string
}

export function decodeTransactionLogKey(reader: ByteReader, _version: number): TransactionLogKey {
  const flexible = false
  const transactionalId: string = notNull(reader, readString(reader, flexible), 'TransactionalId')
  return { transactionalId }
}

export function encodeTransactionLogKey(
  writer: ByteWriter,
  message: TransactionLogKey,
  _version: number,
): void {
  const flexible = false
  writeString(writer, flexible, message.transactionalId)
}
