/**
 * DescribeClientQuotas (API key 48), versions 0 to 1.
 *
 * Generated from definitions/48-describe-client-quotas.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface DescribeClientQuotasResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  entries: DescribeClientQuotasResponseEntryData[] | null
}

export interface DescribeClientQuotasResponseEntryData {
  entity: DescribeClientQuotasResponseEntityData[]
  values: DescribeClientQuotasResponseValueData[]
}

export interface DescribeClientQuotasResponseEntityData {
  entityType: string
  entityName: string | null
}

export interface DescribeClientQuotasResponseValueData {
  key: string
  value: number
}

export function decodeDescribeClientQuotasResponse(
  reader: ByteReader,
  version: number,
): DescribeClientQuotasResponse {
  const flexible = version >= 1
  const throttleTimeMs: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  const entries: DescribeClientQuotasResponseEntryData[] | null =
    decodeDescribeClientQuotasResponseEntryDataArray(reader, version)
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, errorCode, errorMessage, entries }
}

export function encodeDescribeClientQuotasResponse(
  writer: ByteWriter,
  message: DescribeClientQuotasResponse,
  version: number,
): void {
  const flexible = version >= 1
  writer.writeInt32(message.throttleTimeMs)
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  if (message.entries === null) {
    writeCount(writer, flexible, -1)
  } else {
    encodeDescribeClientQuotasResponseEntryDataArray(writer, message.entries, version)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeClientQuotasResponseEntryData(
  reader: ByteReader,
  version: number,
): DescribeClientQuotasResponseEntryData {
  const flexible = version >= 1
  const entity: DescribeClientQuotasResponseEntityData[] = notNull(
    reader,
    decodeDescribeClientQuotasResponseEntityDataArray(reader, version),
    'Entity',
  )
  const values: DescribeClientQuotasResponseValueData[] = notNull(
    reader,
    decodeDescribeClientQuotasResponseValueDataArray(reader, version),
    'Values',
  )
  if (flexible) skipTaggedFields(reader)
  return { entity, values }
}

function encodeDescribeClientQuotasResponseEntryData(
  writer: ByteWriter,
  message: DescribeClientQuotasResponseEntryData,
  version: number,
): void {
  const flexible = version >= 1
  encodeDescribeClientQuotasResponseEntityDataArray(writer, message.entity, version)
  encodeDescribeClientQuotasResponseValueDataArray(writer, message.values, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeClientQuotasResponseEntityData(
  reader: ByteReader,
  version: number,
): DescribeClientQuotasResponseEntityData {
  const flexible = version >= 1
  const entityType: string = notNull(reader, readString(reader, flexible), 'EntityType')
  const entityName: string | null = readString(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { entityType, entityName }
}

function encodeDescribeClientQuotasResponseEntityData(
  writer: ByteWriter,
  message: DescribeClientQuotasResponseEntityData,
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

function decodeDescribeClientQuotasResponseValueData(
  reader: ByteReader,
  version: number,
): DescribeClientQuotasResponseValueData {
  const flexible = version >= 1
  const key: string = notNull(reader, readString(reader, flexible), 'Key')
  const value: number = reader.readFloat64()
  if (flexible) skipTaggedFields(reader)
  return { key, value }
}

function encodeDescribeClientQuotasResponseValueData(
  writer: ByteWriter,
  message: DescribeClientQuotasResponseValueData,
  version: number,
): void {
  const flexible = version >= 1
  writeString(writer, flexible, message.key)
  writer.writeFloat64(message.value)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeClientQuotasResponseEntryDataArray(
  reader: ByteReader,
  version: number,
): DescribeClientQuotasResponseEntryData[] | null {
  const count = readCount(reader, version >= 1, 3)
  if (count < 0) return null
  const elements: DescribeClientQuotasResponseEntryData[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeClientQuotasResponseEntryData(reader, version))
  return elements
}

function encodeDescribeClientQuotasResponseEntryDataArray(
  writer: ByteWriter,
  elements: DescribeClientQuotasResponseEntryData[],
  version: number,
): void {
  writeCount(writer, version >= 1, elements.length)
  for (const element of elements)
    encodeDescribeClientQuotasResponseEntryData(writer, element, version)
}

function decodeDescribeClientQuotasResponseEntityDataArray(
  reader: ByteReader,
  version: number,
): DescribeClientQuotasResponseEntityData[] | null {
  const count = readCount(reader, version >= 1, 3)
  if (count < 0) return null
  const elements: DescribeClientQuotasResponseEntityData[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeClientQuotasResponseEntityData(reader, version))
  return elements
}

function encodeDescribeClientQuotasResponseEntityDataArray(
  writer: ByteWriter,
  elements: DescribeClientQuotasResponseEntityData[],
  version: number,
): void {
  writeCount(writer, version >= 1, elements.length)
  for (const element of elements)
    encodeDescribeClientQuotasResponseEntityData(writer, element, version)
}

function decodeDescribeClientQuotasResponseValueDataArray(
  reader: ByteReader,
  version: number,
): DescribeClientQuotasResponseValueData[] | null {
  const count = readCount(reader, version >= 1, 10)
  if (count < 0) return null
  const elements: DescribeClientQuotasResponseValueData[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeClientQuotasResponseValueData(reader, version))
  return elements
}

function encodeDescribeClientQuotasResponseValueDataArray(
  writer: ByteWriter,
  elements: DescribeClientQuotasResponseValueData[],
  version: number,
): void {
  writeCount(writer, version >= 1, elements.length)
  for (const element of elements)
    encodeDescribeClientQuotasResponseValueData(writer, element, version)
}
