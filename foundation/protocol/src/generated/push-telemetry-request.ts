/**
 * PushTelemetry (API key 72), versions 0 to 0.
 *
 * Generated from definitions/72-push-telemetry.api; do not edit.
 */
import { type ByteReader, type ByteWriter, type Uuid } from '@ottla/base'
import { readBytes, writeBytes } from '../wire/byte-fields.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface PushTelemetryRequest {
  clientInstanceId: Uuid
  subscriptionId: number
  terminating: boolean
  compressionType: number
  metrics: Buffer
}

export function decodePushTelemetryRequest(
  reader: ByteReader,
  _version: number,
): PushTelemetryRequest {
  const flexible = true
  const clientInstanceId: Uuid = reader.readUuid()
  const subscriptionId: number = reader.readInt32()
  const terminating: boolean = reader.readBoolean()
  const compressionType: number = reader.readInt8()
  const metrics: Buffer = notNull(reader, readBytes(reader, flexible), 'Metrics')
  if (flexible) skipTaggedFields(reader)
  return { clientInstanceId, subscriptionId, terminating, compressionType, metrics }
}

export function encodePushTelemetryRequest(
  writer: ByteWriter,
  message: PushTelemetryRequest,
  _version: number,
): void {
  const flexible = true
  writer.writeUuid(message.clientInstanceId)
  writer.writeInt32(message.subscriptionId)
  writer.writeBoolean(message.terminating)
  writer.writeInt8(message.compressionType)
  writeBytes(writer, flexible, message.metrics)
  if (flexible) writer.writeUint8(0)
}
