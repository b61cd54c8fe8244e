/**
 * ListTransactions (API key 66), versions 0 to 2.
 *
 * Generated from definitions/66-list-transactions.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import {
  readInt64Array,
  writeInt64Array,
  readStringArray,
  writeStringArray,
} from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface ListTransactionsRequest {
  stateFilters: string[]
  producerIdFilters: number[]
  /** Where version >= 1. */
  durationFilter: number
  /** Where version >= 2. */
  transactionalIdPattern: string | null
}

export function decodeListTransactionsRequest(
  reader: ByteReader,
  version: number,
): ListTransactionsRequest {
  const flexible = true
  const stateFilters: string[] = notNull(reader, readStringArray(reader, flexible), 'StateFilters')
  const producerIdFilters: number[] = notNull(
    reader,
    readInt64Array(reader, flexible),
    'ProducerIdFilters',
  )
  const durationFilter: number = version >= 1 ? reader.readInt64() : -1
  const transactionalIdPattern: string | null = version >= 2 ? readString(reader, flexible) : null
  if (flexible) skipTaggedFields(reader)
  return { stateFilters, producerIdFilters, durationFilter, transactionalIdPattern }
}

export function encodeListTransactionsRequest(
  writer: ByteWriter,
  message: ListTransactionsRequest,
  version: number,
): void {
  const flexible = true
  writeStringArray(writer, flexible, message.stateFilters)
  writeInt64Array(writer, flexible, message.producerIdFilters)
  if (version >= 1) {
    writer.writeInt64(message.durationFilter)
  } else if (message.durationFilter !== -1) {
    throw new UnsupportedFieldError('ListTransactionsRequest', 'DurationFilter', version)
  }
  if (version >= 2) {
    if (message.transactionalIdPattern === null) {
      writeNullString(writer, flexible)
    } else {
      writeString(writer, flexible, message.transactionalIdPattern)
    }
  } else if (message.transactionalIdPattern !== null) {
    throw new UnsupportedFieldError('ListTransactionsRequest', 'TransactionalIdPattern', version)
  }
  if (flexible) writer.writeUint8(0)
}
