/**
 * PushTelemetry (API key 72), versions 0 to 0.
 *
 * Generated from definitions/72-push-telemetry.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface PushTelemetryResponse {
  throttleTimeMs: number
  errorCode: number
}

export function decodePushTelemetryResponse(
  reader: ByteReader,
  _version: number,
): PushTelemetryResponse {
  const flexible = true
  const throttleTimeMs: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, errorCode }
}

export function encodePushTelemetryResponse(
  writer: ByteWriter,
  message: PushTelemetryResponse,
  _version: number,
): void {
  const flexible = true
  writer.writeInt32(message.throttleTimeMs)
  writer.writeInt16(message.errorCode)
  if (flexible) writer.writeUint8(0)
}
