/**
 * InitProducerId (API key 22), versions 0 to 5.
 *
 * Generated from definitions/22-init-producer-id.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface InitProducerIdRequest {
  transactionalId: string | null
  transactionTimeoutMs: number
  /** Where version >= 3. */
  producerId: number
  /** Where version >= 3. */
  producerEpoch: number
}

export function decodeInitProducerIdRequest(
  reader: ByteReader,
  version: number,
): InitProducerIdRequest {
  const flexible = version >= 2
  const transactionalId: string | null = readString(reader, flexible)
  const transactionTimeoutMs: number = reader.readInt32()
  const producerId: number = version >= 3 ? reader.readInt64() : -1
  const producerEpoch: number = version >= 3 ? reader.readInt16() : -1
  if (flexible) skipTaggedFields(reader)
  return { transactionalId, transactionTimeoutMs, producerId, producerEpoch }
}

export function encodeInitProducerIdRequest(
  writer: ByteWriter,
  message: InitProducerIdRequest,
  version: number,
): void {
  const flexible = version >= 2
  if (message.transactionalId === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.transactionalId)
  }
  writer.writeInt32(message.transactionTimeoutMs)
  if (version >= 3) {
    writer.writeInt64(message.producerId)
  } else if (message.producerId !== -1) {
    throw new UnsupportedFieldError('InitProducerIdRequest', 'ProducerId', version)
  }
  if (version >= 3) {
    writer.writeInt16(message.producerEpoch)
  } else if (message.producerEpoch !== -1) {
    throw new UnsupportedFieldError('InitProducerIdRequest', 'ProducerEpoch', version)
  }
  if (flexible) writer.writeUint8(0)
}
