/**
 * GetTelemetrySubscriptions (API key 71), versions 0 to 0.
 *
 * Generated from definitions/71-get-telemetry-subscriptions.api; do not edit.
 */
import { type ByteReader, type ByteWriter, type Uuid } from '@ottla/base'
import { readInt8Array, writeInt8Array, readStringArray, writeStringArray } from '../wire/arrays.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface GetTelemetrySubscriptionsResponse {
  throttleTimeMs: number
  errorCode: number
  clientInstanceId: Uuid
  subscriptionId: number
  acceptedCompressionTypes: number[]
  pushIntervalMs: number
  telemetryMaxBytes: number
  deltaTemporality: boolean
  requestedMetrics: string[]
}

export function decodeGetTelemetrySubscriptionsResponse(
  reader: ByteReader,
  _version: number,
): GetTelemetrySubscriptionsResponse {
  const flexible = true
  const throttleTimeMs: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const clientInstanceId: Uuid = reader.readUuid()
  const subscriptionId: number = reader.readInt32()
  const acceptedCompressionTypes: number[] = notNull(
    reader,
    readInt8Array(reader, flexible),
    'AcceptedCompressionTypes',
  )
  const pushIntervalMs: number = reader.readInt32()
  const telemetryMaxBytes: number = reader.readInt32()
  const deltaTemporality: boolean = reader.readBoolean()
  const requestedMetrics: string[] = notNull(
    reader,
    readStringArray(reader, flexible),
    'RequestedMetrics',
  )
  if (flexible) skipTaggedFields(reader)
  return {
    throttleTimeMs,
    errorCode,
    clientInstanceId,
    subscriptionId,
    acceptedCompressionTypes,
    pushIntervalMs,
    telemetryMaxBytes,
    deltaTemporality,
    requestedMetrics,
  }
}

export function encodeGetTelemetrySubscriptionsResponse(
  writer: ByteWriter,
  message: GetTelemetrySubscriptionsResponse,
  _version: number,
): void {
  const flexible = true
  writer.writeInt32(message.throttleTimeMs)
  writer.writeInt16(message.errorCode)
  writer.writeUuid(message.clientInstanceId)
  writer.writeInt32(message.subscriptionId)
  writeInt8Array(writer, flexible, message.acceptedCompressionTypes)
  writer.writeInt32(message.pushIntervalMs)
  writer.writeInt32(message.telemetryMaxBytes)
  writer.writeBoolean(message.deltaTemporality)
  writeStringArray(writer, flexible, message.requestedMetrics)
  if (flexible) writer.writeUint8(0)
}
