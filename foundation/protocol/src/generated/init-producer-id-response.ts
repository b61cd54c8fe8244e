/**
 * InitProducerId (API key 22), versions 0 to 5.
 *
 * Generated from definitions/22-init-producer-id.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface InitProducerIdResponse {
  throttleTimeMs: number
  errorCode: number
  producerId: number
  producerEpoch: number
}

export function decodeInitProducerIdResponse(
  reader: ByteReader,
  version: number,
): InitProducerIdResponse {
  const flexible = version >= 2
  const throttleTimeMs: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const producerId: number = reader.readInt64()
  const producerEpoch: number = reader.readInt16()
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, errorCode, producerId, producerEpoch }
}

export function encodeInitProducerIdResponse(
  writer: ByteWriter,
  message: InitProducerIdResponse,
  version: number,
): void {
  const flexible = version >= 2
  writer.writeInt32(message.throttleTimeMs)
  writer.writeInt16(message.errorCode)
  writer.writeInt64(message.producerId)
  writer.writeInt16(message.producerEpoch)
  if (flexible) writer.writeUint8(0)
}
