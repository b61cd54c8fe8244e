/**
 * GetTelemetrySubscriptions (API key 71), versions 0 to 0.
 *
 * Generated from definitions/71-get-telemetry-subscriptions.api; do not edit.
 */
import { type ByteReader, type ByteWriter, type Uuid } from '@ottla/base'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface GetTelemetrySubscriptionsRequest {
  clientInstanceId: Uuid
}

export function decodeGetTelemetrySubscriptionsRequest(
  reader: ByteReader,
  _version: number,
): GetTelemetrySubscriptionsRequest {
  const flexible = true
  const clientInstanceId: Uuid = reader.readUuid()
  if (flexible) skipTaggedFields(reader)
  return { clientInstanceId }
}

export function encodeGetTelemetrySubscriptionsRequest(
  writer: ByteWriter,
  message: GetTelemetrySubscriptionsRequest,
  _version: number,
): void {
  const flexible = true
  writer.writeUuid(message.clientInstanceId)
  if (flexible) writer.writeUint8(0)
}
