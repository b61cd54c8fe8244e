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

export interface AlterClientQuotasRequest {
  entries: AlterClientQuotasRequestEntryData[]
  validateOnly: boolean
}

export interface AlterClientQuotasRequestEntryData {
  entity: AlterClientQuotasRequestEntityData[]
  ops: AlterClientQuotasRequestOpData[]
}

export interface AlterClientQuotasRequestEntityData {
  entityType: string
  entityName: string | null
}

export interface AlterClientQuotasRequestOpData {
  key: string
  value: number
  remove: boolean
}

export function decodeAlterClientQuotasRequest(
  reader: ByteReader,
  version: number,
): AlterClientQuotasRequest {
  const flexible = version >= 1
  const entries: AlterClientQuotasRequestEntryData[] = notNull(
    reader,
    decodeAlterClientQuotasRequestEntryDataArray(reader, version),
    'Entries',
  )
  const validateOnly: boolean = reader.readBoolean()
  if (flexible) skipTaggedFields(reader)
  return { entries, validateOnly }
}

export function encodeAlterClientQuotasRequest(
  writer: ByteWriter,
  message: AlterClientQuotasRequest,
  version: number,
): void {
  const flexible = version >= 1
  encodeAlterClientQuotasRequestEntryDataArray(writer, message.entries, version)
  writer.writeBoolean(message.validateOnly)
  if (flexible) writer.writeUint8(0)
}

function decodeAlterClientQuotasRequestEntryData(
  reader: ByteReader,
  version: number,
): AlterClientQuotasRequestEntryData {
  const flexible = version >= 1
  const entity: AlterClientQuotasRequestEntityData[] = notNull(
    reader,
    decodeAlterClientQuotasRequestEntityDataArray(reader, version),
    'Entity',
  )
  const ops: AlterClientQuotasRequestOpData[] = notNull(
    reader,
    decodeAlterClientQuotasRequestOpDataArray(reader, version),
    'Ops',
  )
  if (flexible) skipTaggedFields(reader)
  return { entity, ops }
}

function encodeAlterClientQuotasRequestEntryData(
  writer: ByteWriter,
  message: AlterClientQuotasRequestEntryData,
  version: number,
): void {
  const flexible = version >= 1
  encodeAlterClientQuotasRequestEntityDataArray(writer, message.entity, version)
  encodeAlterClientQuotasRequestOpDataArray(writer, message.ops, version)
  if (flexible) writer.writeUint8(0)
}

function decodeAlterClientQuotasRequestEntityData(
  reader: ByteReader,
  version: number,
): AlterClientQuotasRequestEntityData {
  const flexible = version >= 1
  const entityType: string = notNull(reader, readString(reader, flexible), 'EntityType')
  const entityName: string | null = readString(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { entityType, entityName }
}

function encodeAlterClientQuotasRequestEntityData(
  writer: ByteWriter,
  message: AlterClientQuotasRequestEntityData,
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

function decodeAlterClientQuotasRequestOpData(
  reader: ByteReader,
  version: number,
): AlterClientQuotasRequestOpData {
  const flexible = version >= 1
  const key: string = notNull(reader, readString(reader, flexible), 'Key')
  const value: number = reader.readFloat64()
  const remove: boolean = reader.readBoolean()
  if (flexible) skipTaggedFields(reader)
  return { key, value, remove }
}

function encodeAlterClientQuotasRequestOpData(
  writer: ByteWriter,
  message: AlterClientQuotasRequestOpData,
  version: number,
): void {
  const flexible = version >= 1
  writeString(writer, flexible, message.key)
  writer.writeFloat64(message.value)
  writer.writeBoolean(message.remove)
  if (flexible) writer.writeUint8(0)
}

function decodeAlterClientQuotasRequestEntryDataArray(
  reader: ByteReader,
  version: number,
): AlterClientQuotasRequestEntryData[] | null {
  const count = readCount(reader, version >= 1, 3)
  if (count < 0) return null
  const elements: AlterClientQuotasRequestEntryData[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeAlterClientQuotasRequestEntryData(reader, version))
  return elements
}

function encodeAlterClientQuotasRequestEntryDataArray(
  writer: ByteWriter,
  elements: AlterClientQuotasRequestEntryData[],
  version: number,
): void {
  writeCount(writer, version >= 1, elements.length)
  for (const element of elements) encodeAlterClientQuotasRequestEntryData(writer, element, version)
}

function decodeAlterClientQuotasRequestEntityDataArray(
  reader: ByteReader,
  version: number,
): AlterClientQuotasRequestEntityData[] | null {
  const count = readCount(reader, version >= 1, 3)
  if (count < 0) return null
  const elements: AlterClientQuotasRequestEntityData[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeAlterClientQuotasRequestEntityData(reader, version))
  return elements
}

function encodeAlterClientQuotasRequestEntityDataArray(
  writer: ByteWriter,
  elements: AlterClientQuotasRequestEntityData[],
  version: number,
): void {
  writeCount(writer, version >= 1, elements.length)
  for (const element of elements) encodeAlterClientQuotasRequestEntityData(writer, element, version)
}

function decodeAlterClientQuotasRequestOpDataArray(
  reader: ByteReader,
  version: number,
): AlterClientQuotasRequestOpData[] | null {
  const count = readCount(reader, version >= 1, 11)
  if (count < 0) return null
  const elements: AlterClientQuotasRequestOpData[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeAlterClientQuotasRequestOpData(reader, version))
  return elements
}

function encodeAlterClientQuotasRequestOpDataArray(
  writer: ByteWriter,
  elements: AlterClientQuotasRequestOpData[],
  version: number,
): void {
  writeCount(writer, version >= 1, elements.length)
  for (const element of elements) encodeAlterClientQuotasRequestOpData(writer, element, version)
}
