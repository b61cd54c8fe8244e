/**
 * AbortedTxn, versions 0 to 0.
 *
 * Generated from definitions/internal/aborted-txn.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'

export interface AbortedTxn {
  producerId: number
  firstOffset: number
  lastOffset: number
  lastStableOffset: number
}

export function decodeAbortedTxn(reader: ByteReader, _version: number): AbortedTxn {
  const producerId: number = reader.readInt64()
  const firstOffset: number = reader.readInt64()
  const lastOffset: number = reader.readInt64()
  const lastStableOffset: number = reader.readInt64()
  return { producerId, firstOffset, lastOffset, lastStableOffset }
}

export function encodeAbortedTxn(writer: ByteWriter, message: AbortedTxn, _version: number): void {
  writer.writeInt64(message.producerId)
  writer.writeInt64(message.firstOffset)
  writer.writeInt64(message.lastOffset)
  writer.writeInt64(message.lastStableOffset)
}
