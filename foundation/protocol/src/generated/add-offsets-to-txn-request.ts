/**
 * AddOffsetsToTxn (API key 25), versions 0 to 4.
 *
 * Generated from definitions/25-add-offsets-to-txn.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface AddOffsetsToTxnRequest {
  transactionalId: string
  producerId: number
  producerEpoch: number
  groupId: string
}

export function decodeAddOffsetsToTxnRequest(
  reader: ByteReader,
  version: number,
): AddOffsetsToTxnRequest {
  const flexible = version >= 3
  const transactionalId: string = notNull(reader, readString(reader, flexible), 'TransactionalId')
  const producerId: number = reader.readInt64()
  const producerEpoch: number = reader.readInt16()
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  if (flexible) skipTaggedFields(reader)
  return { transactionalId, producerId, producerEpoch, groupId }
}

export function encodeAddOffsetsToTxnRequest(
  writer: ByteWriter,
  message: AddOffsetsToTxnRequest,
  version: number,
): void {
  const flexible = version >= 3
  writeString(writer, flexible, message.transactionalId)
  writer.writeInt64(message.producerId)
  writer.writeInt16(message.producerEpoch)
  writeString(writer, flexible, message.groupId)
  if (flexible) writer.writeUint8(0)
}
