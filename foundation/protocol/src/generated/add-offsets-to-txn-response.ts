/**
 * AddOffsetsToTxn (API key 25), versions 0 to 4.
 *
 * Generated from definitions/25-add-offsets-to-txn.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface AddOffsetsToTxnResponse {
  throttleTimeMs: number
  errorCode: number
}

export function decodeAddOffsetsToTxnResponse(
  reader: ByteReader,
  version: number,
): AddOffsetsToTxnResponse {
  const flexible = version >= 3
  const throttleTimeMs: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, errorCode }
}

export function encodeAddOffsetsToTxnResponse(
  writer: ByteWriter,
  message: AddOffsetsToTxnResponse,
  version: number,
): void {
  const flexible = version >= 3
  writer.writeInt32(message.throttleTimeMs)
  writer.writeInt16(message.errorCode)
  if (flexible) writer.writeUint8(0)
}
