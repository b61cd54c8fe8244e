/**
 * DescribeTransactions (API key 65), versions 0 to 0.
 *
 * Generated from definitions/65-describe-transactions.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readStringArray, writeStringArray } from '../wire/arrays.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface DescribeTransactionsRequest {
  transactionalIds: string[]
}

export function decodeDescribeTransactionsRequest(
  reader: ByteReader,
  _version: number,
): DescribeTransactionsRequest {
  const flexible = true
  const transactionalIds: string[] = notNull(
    reader,
    readStringArray(reader, flexible),
    'TransactionalIds',
  )
  if (flexible) skipTaggedFields(reader)
  return { transactionalIds }
}

export function encodeDescribeTransactionsRequest(
  writer: ByteWriter,
  message: DescribeTransactionsRequest,
  _version: number,
): void {
  const flexible = true
  writeStringArray(writer, flexible, message.transactionalIds)
  if (flexible) writer.writeUint8(0)
}
