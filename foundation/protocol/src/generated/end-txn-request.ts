/**
 * EndTxn (API key 26), versions 0 to 5.
 *
 * Generated from definitions/26-end-txn.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface EndTxnRequest {
  transactionalId: string
  producerId: number
  producerEpoch: number
  committed: boolean
}

export function decodeEndTxnRequest(reader: ByteReader, version: number): EndTxnRequest {
  const flexible = version >= 3
  const transactionalId: string = notNull(reader, readString(reader, flexible), 'TransactionalId')
  const producerId: number = reader.readInt64()
  const producerEpoch: number = reader.readInt16()
  const committed: boolean = reader.readBoolean()
  if (flexible) skipTaggedFields(reader)
  return { transactionalId, producerId, producerEpoch, committed }
}

export function encodeEndTxnRequest(
  writer: ByteWriter,
  message: EndTxnRequest,
  version: number,
): void {
  const flexible = version >= 3
  writeString(writer, flexible, message.transactionalId)
  writer.writeInt64(message.producerId)
  writer.writeInt16(message.producerEpoch)
  writer.writeBoolean(message.committed)
  if (flexible) writer.writeUint8(0)
}
