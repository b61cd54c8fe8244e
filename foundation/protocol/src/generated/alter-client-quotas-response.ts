/**
 * AlterClientQuotas (API key 49), versions 0 to 1.
 *
 * Generated from definitions/49-alter-client-quotas.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface AlterClientQuotasResponse {
  throttleTimeMs: number
  entries: AlterClientQuotasResponseEntryData[]
}

export interface AlterClientQuotasResponseEntryData {
  errorCode: number
  errorMessage: string | null
  entity: AlterClientQuotasResponseEntityData[]
}

export interface AlterClientQuotasResponseEntityData {
  entityType: string
  entityName: string | null
}

export function decodeAlterClientQuotasResponse(
  reader: ByteReader,
  version: number,
): AlterClientQuotasResponse {
  const flexible = version >= 1
  const throttleTimeMs: number = reader.readInt32()
  const entries: AlterClientQuotasResponseEntryData[] = notNull(
    reader,
    decodeAlterClientQuotasResponseEntryDataArray(reader, version),
    'Entries',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, entries }
}

export function encodeAlterClientQuotasResponse(
  writer: ByteWriter,
  message: AlterClientQuotasResponse,
  version: number,
): void {
  const flexible = version >= 1
  writer.writeInt32(message.throttleTimeMs)
  encodeAlterClientQuotasResponseEntryDataArray(writer, message.entries, version)
  if (flexible) writer.writeUint8(0)
}

function decodeAlterClientQuotasResponseEntryData(
  reader: ByteReader,
  version: number,
): AlterClientQuotasResponseEntryData {
  const flexible = version >= 1
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  const entity: AlterClientQuotasResponseEntityData[] = notNull(
    reader,
    decodeAlterClientQuotasResponseEntityDataArray(reader, version),
    'Entity',
  )
  if (flexible) skipTaggedFields(reader)
  return { errorCode, errorMessage, entity }
}

function encodeAlterClientQuotasResponseEntryData(
  writer: ByteWriter,
  message: AlterClientQuotasResponseEntryData,
  version: number,
): void {
  const flexible = version >= 1
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  encodeAlterClientQuotasResponseEntityDataArray(writer, message.entity, version)
  if (flexible) writer.writeUint8(0)
}

function decodeAlterClientQuotasResponseEntityData(
  reader: ByteReader,
  version: number,
): AlterClientQuotasResponseEntityData {
  const flexible = version >= 1
  const entityType: string = notNull(reader, readString(reader, flexible), 'EntityType')
  const entityName: string | null = readString(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { entityType, entityName }
}

function encodeAlterClientQuotasResponseEntityData(
  writer: ByteWriter,
  message: AlterClientQuotasResponseEntityData,
  version: number,
): void {
  const flexible = version >= 1
  writeString(writer, flexible, message.entityType)
  if (message.entityName === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.entityName)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeAlterClientQuotasResponseEntryDataArray(
  reader: ByteReader,
  version: number,
): AlterClientQuotasResponseEntryData[] | null {
  const count = readCount(reader, version >= 1, 5)
  if (count < 0) return null
  const elements: AlterClientQuotasResponseEntryData[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeAlterClientQuotasResponseEntryData(reader, version))
  return elements
}

function encodeAlterClientQuotasResponseEntryDataArray(
  writer: ByteWriter,
  elements: AlterClientQuotasResponseEntryData[],
  version: number,
): void {
  writeCount(writer, version >= 1, elements.length)
  for (const element of elements) encodeAlterClientQuotasResponseEntryData(writer, element, version)
}

function decodeAlterClientQuotasResponseEntityDataArray(
  reader: ByteReader,
  version: number,
): AlterClientQuotasResponseEntityData[] | null {
  const count = readCount(reader, version >= 1, 3)
  if (count < 0) return null
  const elements: AlterClientQuotasResponseEntityData[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeAlterClientQuotasResponseEntityData(reader, version))
  return elements
}

function encodeAlterClientQuotasResponseEntityDataArray(
  writer: ByteWriter,
  elements: AlterClientQuotasResponseEntityData[],
  version: number,
): void {
  writeCount(writer, version >= 1, elements.length)
  for (const element of elements)
    encodeAlterClientQuotasResponseEntityData(writer, element, version)
}
