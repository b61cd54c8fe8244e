/**
 * FindCoordinator (API key 10), versions 0 to 6.
 *
 * Generated from definitions/10-find-coordinator.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface FindCoordinatorResponse {
  /** Where version >= 1. */
  throttleTimeMs: number
  /** Where version <= 3. */
  errorCode: number
  /** Where version >= 1 && version <= 3. */
  errorMessage: string | null
  /** Where version <= 3. */
  nodeId: number
  /** Where version <= 3. */
  host: string
  /** Where version <= 3. */
  port: number
  /** Where version >= 4. */
  coordinators: FindCoordinatorResponseCoordinator[]
}

export interface FindCoordinatorResponseCoordinator {
  key: string
  nodeId: number
  host: string
  port: number
  errorCode: number
  errorMessage: string | null
}

export function decodeFindCoordinatorResponse(
  reader: ByteReader,
  version: number,
): FindCoordinatorResponse {
  const flexible = version >= 3
  const throttleTimeMs: number = version >= 1 ? reader.readInt32() : 0
  const errorCode: number = version <= 3 ? reader.readInt16() : 0
  const errorMessage: string | null =
    version >= 1 && version <= 3 ? readString(reader, flexible) : ''
  const nodeId: number = version <= 3 ? reader.readInt32() : 0
  const host: string = version <= 3 ? notNull(reader, readString(reader, flexible), 'Host') : ''
  const port: number = version <= 3 ? reader.readInt32() : 0
  const coordinators: FindCoordinatorResponseCoordinator[] =
    version >= 4
      ? notNull(
          reader,
          decodeFindCoordinatorResponseCoordinatorArray(reader, version),
          'Coordinators',
        )
      : []
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, errorCode, errorMessage, nodeId, host, port, coordinators }
}

export function encodeFindCoordinatorResponse(
  writer: ByteWriter,
  message: FindCoordinatorResponse,
  version: number,
): void {
  const flexible = version >= 3
  if (version >= 1) {
    writer.writeInt32(message.throttleTimeMs)
  }
  if (version <= 3) {
    writer.writeInt16(message.errorCode)
  }
  if (version >= 1 && version <= 3) {
    if (message.errorMessage === null) {
      writeNullString(writer, flexible)
    } else {
      writeString(writer, flexible, message.errorMessage)
    }
  }
  if (version <= 3) {
    writer.writeInt32(message.nodeId)
  }
  if (version <= 3) {
    writeString(writer, flexible, message.host)
  }
  if (version <= 3) {
    writer.writeInt32(message.port)
  }
  if (version >= 4) {
    encodeFindCoordinatorResponseCoordinatorArray(writer, message.coordinators, version)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeFindCoordinatorResponseCoordinator(
  reader: ByteReader,
  _version: number,
): FindCoordinatorResponseCoordinator {
  const flexible = true
  const key: string = notNull(reader, readString(reader, flexible), 'Key')
  const nodeId: number = reader.readInt32()
  const host: string = notNull(reader, readString(reader, flexible), 'Host')
  const port: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { key, nodeId, host, port, errorCode, errorMessage }
}

function encodeFindCoordinatorResponseCoordinator(
  writer: ByteWriter,
  message: FindCoordinatorResponseCoordinator,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.key)
  writer.writeInt32(message.nodeId)
  writeString(writer, flexible, message.host)
  writer.writeInt32(message.port)
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeFindCoordinatorResponseCoordinatorArray(
  reader: ByteReader,
  version: number,
): FindCoordinatorResponseCoordinator[] | null {
  const count = readCount(reader, true, 14)
  if (count < 0) return null
  const elements: FindCoordinatorResponseCoordinator[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeFindCoordinatorResponseCoordinator(reader, version))
  return elements
}

function encodeFindCoordinatorResponseCoordinatorArray(
  writer: ByteWriter,
  elements: FindCoordinatorResponseCoordinator[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements) encodeFindCoordinatorResponseCoordinator(writer, element, version)
}
