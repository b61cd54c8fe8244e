/**
 * What stands in front of every request and response, after the int32 size of the frame.
 *
 *   request v1    [ apiKey int16 ][ apiVersion int16 ][ correlationId int32 ][ clientId int16 string? ]
 *   request v2    … as v1, then tagged fields. The client id keeps its int16 length, so that a broker
 *                 can read it before it knows the version.
 *   response v0   [ correlationId int32 ]
 *   response v1   … as v0, then tagged fields
 *
 * One header object is filled again for every frame.
 */
import type { ByteReader, ByteWriter } from '@ottla/base'
import { requestHeaderVersion } from './api-versions.ts'
import { readString, writeNullString, writeString } from './wire/strings.ts'
import { skipTaggedFields } from './wire/tagged-fields.ts'

export class RequestHeader {
  apiKey = 0
  apiVersion = 0
  correlationId = 0
  clientId: string | null = null
}

export function readRequestHeader(reader: ByteReader, into: RequestHeader): RequestHeader {
  into.apiKey = reader.readInt16()
  into.apiVersion = reader.readInt16()
  into.correlationId = reader.readInt32()
  into.clientId = readString(reader, false)
  if (requestHeaderVersion(into.apiKey, into.apiVersion) === 2) skipTaggedFields(reader)
  return into
}

export function writeRequestHeader(writer: ByteWriter, header: Readonly<RequestHeader>): void {
  writer.writeInt16(header.apiKey)
  writer.writeInt16(header.apiVersion)
  writer.writeInt32(header.correlationId)
  if (header.clientId === null) writeNullString(writer, false)
  else writeString(writer, false, header.clientId)
  if (requestHeaderVersion(header.apiKey, header.apiVersion) === 2) writer.writeUint8(0)
}

export function writeResponseHeader(
  writer: ByteWriter,
  correlationId: number,
  headerVersion: 0 | 1,
): void {
  writer.writeInt32(correlationId)
  if (headerVersion === 1) writer.writeUint8(0)
}

/** Returns the correlation id. */
export function readResponseHeader(reader: ByteReader, headerVersion: 0 | 1): number {
  const correlationId = reader.readInt32()
  if (headerVersion === 1) skipTaggedFields(reader)
  return correlationId
}
