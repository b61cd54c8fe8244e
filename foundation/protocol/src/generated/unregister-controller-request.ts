/**
 * UnregisterController (API key 94), versions 0 to 0.
 *
 * Generated from definitions/94-unregister-controller.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface UnregisterControllerRequest {
  controllerId: number
}

export function decodeUnregisterControllerRequest(
  reader: ByteReader,
  _version: number,
): UnregisterControllerRequest {
  const flexible = true
  const controllerId: number = reader.readInt32()
  if (flexible) skipTaggedFields(reader)
  return { controllerId }
}

export function encodeUnregisterControllerRequest(
  writer: ByteWriter,
  message: UnregisterControllerRequest,
  _version: number,
): void {
  const flexible = true
  writer.writeInt32(message.controllerId)
  if (flexible) writer.writeUint8(0)
}
