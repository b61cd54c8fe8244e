/**
 * DescribeConfigs (API key 32), versions 1 to 4.
 *
 * Generated from definitions/32-describe-configs.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface DescribeConfigsResponse {
  throttleTimeMs: number
  results: DescribeConfigsResponseDescribeConfigsResult[]
}

export interface DescribeConfigsResponseDescribeConfigsResult {
  errorCode: number
  errorMessage: string | null
  resourceType: number
  resourceName: string
  configs: DescribeConfigsResponseDescribeConfigsResourceResult[]
}

export interface DescribeConfigsResponseDescribeConfigsResourceResult {
  name: string
  value: string | null
  readOnly: boolean
  configSource: number
  isSensitive: boolean
  synonyms: DescribeConfigsResponseDescribeConfigsSynonym[]
  /** Where version >= 3. */
  configType: number
  /** Where version >= 3. */
  documentation: string | null
}

export interface DescribeConfigsResponseDescribeConfigsSynonym {
  name: string
  value: string | null
  source: number
}

export function decodeDescribeConfigsResponse(
  reader: ByteReader,
  version: number,
): DescribeConfigsResponse {
  const flexible = version >= 4
  const throttleTimeMs: number = reader.readInt32()
  const results: DescribeConfigsResponseDescribeConfigsResult[] = notNull(
    reader,
    decodeDescribeConfigsResponseDescribeConfigsResultArray(reader, version),
    'Results',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, results }
}

export function encodeDescribeConfigsResponse(
  writer: ByteWriter,
  message: DescribeConfigsResponse,
  version: number,
): void {
  const flexible = version >= 4
  writer.writeInt32(message.throttleTimeMs)
  encodeDescribeConfigsResponseDescribeConfigsResultArray(writer, message.results, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeConfigsResponseDescribeConfigsResult(
  reader: ByteReader,
  version: number,
): DescribeConfigsResponseDescribeConfigsResult {
  const flexible = version >= 4
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  const resourceType: number = reader.readInt8()
  const resourceName: string = notNull(reader, readString(reader, flexible), 'ResourceName')
  const configs: DescribeConfigsResponseDescribeConfigsResourceResult[] = notNull(
    reader,
    decodeDescribeConfigsResponseDescribeConfigsResourceResultArray(reader, version),
    'Configs',
  )
  if (flexible) skipTaggedFields(reader)
  return { errorCode, errorMessage, resourceType, resourceName, configs }
}

function encodeDescribeConfigsResponseDescribeConfigsResult(
  writer: ByteWriter,
  message: DescribeConfigsResponseDescribeConfigsResult,
  version: number,
): void {
  const flexible = version >= 4
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  writer.writeInt8(message.resourceType)
  writeString(writer, flexible, message.resourceName)
  encodeDescribeConfigsResponseDescribeConfigsResourceResultArray(writer, message.configs, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeConfigsResponseDescribeConfigsResourceResult(
  reader: ByteReader,
  version: number,
): DescribeConfigsResponseDescribeConfigsResourceResult {
  const flexible = version >= 4
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const value: string | null = readString(reader, flexible)
  const readOnly: boolean = reader.readBoolean()
  const configSource: number = reader.readInt8()
  const isSensitive: boolean = reader.readBoolean()
  const synonyms: DescribeConfigsResponseDescribeConfigsSynonym[] = notNull(
    reader,
    decodeDescribeConfigsResponseDescribeConfigsSynonymArray(reader, version),
    'Synonyms',
  )
  const configType: number = version >= 3 ? reader.readInt8() : 0
  const documentation: string | null = version >= 3 ? readString(reader, flexible) : ''
  if (flexible) skipTaggedFields(reader)
  return { name, value, readOnly, configSource, isSensitive, synonyms, configType, documentation }
}

function encodeDescribeConfigsResponseDescribeConfigsResourceResult(
  writer: ByteWriter,
  message: DescribeConfigsResponseDescribeConfigsResourceResult,
  version: number,
): void {
  const flexible = version >= 4
  writeString(writer, flexible, message.name)
  if (message.value === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.value)
  }
  writer.writeBoolean(message.readOnly)
  writer.writeInt8(message.configSource)
  writer.writeBoolean(message.isSensitive)
  encodeDescribeConfigsResponseDescribeConfigsSynonymArray(writer, message.synonyms, version)
  if (version >= 3) {
    writer.writeInt8(message.configType)
  }
  if (version >= 3) {
    if (message.documentation === null) {
      writeNullString(writer, flexible)
    } else {
      writeString(writer, flexible, message.documentation)
    }
  }
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeConfigsResponseDescribeConfigsSynonym(
  reader: ByteReader,
  version: number,
): DescribeConfigsResponseDescribeConfigsSynonym {
  const flexible = version >= 4
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const value: string | null = readString(reader, flexible)
  const source: number = reader.readInt8()
  if (flexible) skipTaggedFields(reader)
  return { name, value, source }
}

function encodeDescribeConfigsResponseDescribeConfigsSynonym(
  writer: ByteWriter,
  message: DescribeConfigsResponseDescribeConfigsSynonym,
  version: number,
): void {
  const flexible = version >= 4
  writeString(writer, flexible, message.name)
  if (message.value === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.value)
  }
  writer.writeInt8(message.source)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeConfigsResponseDescribeConfigsResultArray(
  reader: ByteReader,
  version: number,
): DescribeConfigsResponseDescribeConfigsResult[] | null {
  const count = readCount(reader, version >= 4, 7)
  if (count < 0) return null
  const elements: DescribeConfigsResponseDescribeConfigsResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeConfigsResponseDescribeConfigsResult(reader, version))
  return elements
}

function encodeDescribeConfigsResponseDescribeConfigsResultArray(
  writer: ByteWriter,
  elements: DescribeConfigsResponseDescribeConfigsResult[],
  version: number,
): void {
  writeCount(writer, version >= 4, elements.length)
  for (const element of elements)
    encodeDescribeConfigsResponseDescribeConfigsResult(writer, element, version)
}

function decodeDescribeConfigsResponseDescribeConfigsResourceResultArray(
  reader: ByteReader,
  version: number,
): DescribeConfigsResponseDescribeConfigsResourceResult[] | null {
  const count = readCount(reader, version >= 4, 9)
  if (count < 0) return null
  const elements: DescribeConfigsResponseDescribeConfigsResourceResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeConfigsResponseDescribeConfigsResourceResult(reader, version))
  return elements
}

function encodeDescribeConfigsResponseDescribeConfigsResourceResultArray(
  writer: ByteWriter,
  elements: DescribeConfigsResponseDescribeConfigsResourceResult[],
  version: number,
): void {
  writeCount(writer, version >= 4, elements.length)
  for (const element of elements)
    encodeDescribeConfigsResponseDescribeConfigsResourceResult(writer, element, version)
}

function decodeDescribeConfigsResponseDescribeConfigsSynonymArray(
  reader: ByteReader,
  version: number,
): DescribeConfigsResponseDescribeConfigsSynonym[] | null {
  const count = readCount(reader, version >= 4, 4)
  if (count < 0) return null
  const elements: DescribeConfigsResponseDescribeConfigsSynonym[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeConfigsResponseDescribeConfigsSynonym(reader, version))
  return elements
}

function encodeDescribeConfigsResponseDescribeConfigsSynonymArray(
  writer: ByteWriter,
  elements: DescribeConfigsResponseDescribeConfigsSynonym[],
  version: number,
): void {
  writeCount(writer, version >= 4, elements.length)
  for (const element of elements)
    encodeDescribeConfigsResponseDescribeConfigsSynonym(writer, element, version)
}
