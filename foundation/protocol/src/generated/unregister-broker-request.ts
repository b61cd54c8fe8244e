/**
 * UnregisterBroker (API key 64), versions 0 to 0.
 *
 * Generated from definitions/64-unregister-broker.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface UnregisterBrokerRequest {
  brokerId: number
}

export function decodeUnregisterBrokerRequest(
  reader: ByteReader,
  _version: number,
): UnregisterBrokerRequest {
  const flexible = true
  const brokerId: number = reader.readInt32()
  if (flexible) skipTaggedFields(reader)
  return { brokerId }
}

export function encodeUnregisterBrokerRequest(
  writer: ByteWriter,
  message: UnregisterBrokerRequest,
  _version: number,
): void {
  const flexible = true
  writer.writeInt32(message.brokerId)
  if (flexible) writer.writeUint8(0)
}
