/**
 * DescribeConfigs (API key 32), versions 1 to 4.
 *
 * Generated from definitions/32-describe-configs.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount, readStringArray, writeStringArray } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface DescribeConfigsRequest {
  resources: DescribeConfigsRequestDescribeConfigsResource[]
  includeSynonyms: boolean
  /** Where version >= 3. */
  includeDocumentation: boolean
}

export interface DescribeConfigsRequestDescribeConfigsResource {
  resourceType: number
  resourceName: string
  configurationKeys: string[] | null
}

export function decodeDescribeConfigsRequest(
  reader: ByteReader,
  version: number,
): DescribeConfigsRequest {
  const flexible = version >= 4
  const resources: DescribeConfigsRequestDescribeConfigsResource[] = notNull(
    reader,
    decodeDescribeConfigsRequestDescribeConfigsResourceArray(reader, version),
    'Resources',
  )
  const includeSynonyms: boolean = reader.readBoolean()
  const includeDocumentation: boolean = version >= 3 ? reader.readBoolean() : false
  if (flexible) skipTaggedFields(reader)
  return { resources, includeSynonyms, includeDocumentation }
}

export function encodeDescribeConfigsRequest(
  writer: ByteWriter,
  message: DescribeConfigsRequest,
  version: number,
): void {
  const flexible = version >= 4
  encodeDescribeConfigsRequestDescribeConfigsResourceArray(writer, message.resources, version)
  writer.writeBoolean(message.includeSynonyms)
  if (version >= 3) {
    writer.writeBoolean(message.includeDocumentation)
  } else if (message.includeDocumentation !== false) {
    throw new UnsupportedFieldError('DescribeConfigsRequest', 'IncludeDocumentation', version)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeConfigsRequestDescribeConfigsResource(
  reader: ByteReader,
  version: number,
): DescribeConfigsRequestDescribeConfigsResource {
  const flexible = version >= 4
  const resourceType: number = reader.readInt8()
  const resourceName: string = notNull(reader, readString(reader, flexible), 'ResourceName')
  const configurationKeys: string[] | null = readStringArray(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { resourceType, resourceName, configurationKeys }
}

function encodeDescribeConfigsRequestDescribeConfigsResource(
  writer: ByteWriter,
  message: DescribeConfigsRequestDescribeConfigsResource,
  version: number,
): void {
  const flexible = version >= 4
  writer.writeInt8(message.resourceType)
  writeString(writer, flexible, message.resourceName)
  if (message.configurationKeys === null) {
    writeCount(writer, flexible, -1)
  } else {
    writeStringArray(writer, flexible, message.configurationKeys)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeConfigsRequestDescribeConfigsResourceArray(
  reader: ByteReader,
  version: number,
): DescribeConfigsRequestDescribeConfigsResource[] | null {
  const count = readCount(reader, version >= 4, 4)
  if (count < 0) return null
  const elements: DescribeConfigsRequestDescribeConfigsResource[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeConfigsRequestDescribeConfigsResource(reader, version))
  return elements
}

function encodeDescribeConfigsRequestDescribeConfigsResourceArray(
  writer: ByteWriter,
  elements: DescribeConfigsRequestDescribeConfigsResource[],
  version: number,
): void {
  writeCount(writer, version >= 4, elements.length)
  for (const element of elements)
    encodeDescribeConfigsRequestDescribeConfigsResource(writer, element, version)
}
