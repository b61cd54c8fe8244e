/**
 * EndTxn (API key 26), versions 0 to 5.
 *
 * Generated from definitions/26-end-txn.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface EndTxnResponse {
  throttleTimeMs: number
  errorCode: number
  /** Where version >= 5. */
  producerId: number
  /** Where version >= 5. */
  producerEpoch: number
}

export function decodeEndTxnResponse(reader: ByteReader, version: number): EndTxnResponse {
  const flexible = version >= 3
  const throttleTimeMs: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const producerId: number = version >= 5 ? reader.readInt64() : -1
  const producerEpoch: number = version >= 5 ? reader.readInt16() : -1
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, errorCode, producerId, producerEpoch }
}

export function encodeEndTxnResponse(
  writer: ByteWriter,
  message: EndTxnResponse,
  version: number,
): void {
  const flexible = version >= 3
  writer.writeInt32(message.throttleTimeMs)
  writer.writeInt16(message.errorCode)
  if (version >= 5) {
    writer.writeInt64(message.producerId)
  }
  if (version >= 5) {
    writer.writeInt16(message.producerEpoch)
  }
  if (flexible) writer.writeUint8(0)
}
