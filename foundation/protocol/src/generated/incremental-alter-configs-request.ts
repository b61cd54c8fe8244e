/**
 * IncrementalAlterConfigs (API key 44), versions 0 to 1.
 *
 * Generated from definitions/44-incremental-alter-configs.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface IncrementalAlterConfigsRequest {
  resources: IncrementalAlterConfigsRequestAlterConfigsResource[]
  validateOnly: boolean
}

export interface IncrementalAlterConfigsRequestAlterConfigsResource {
  resourceType: number
  resourceName: string
  configs: IncrementalAlterConfigsRequestAlterableConfig[]
}

export interface IncrementalAlterConfigsRequestAlterableConfig {
  name: string
  configOperation: number
  value: string | null
}

export function decodeIncrementalAlterConfigsRequest(
  reader: ByteReader,
  version: number,
): IncrementalAlterConfigsRequest {
  const flexible = version >= 1
  const resources: IncrementalAlterConfigsRequestAlterConfigsResource[] = notNull(
    reader,
    decodeIncrementalAlterConfigsRequestAlterConfigsResourceArray(reader, version),
    'Resources',
  )
  const validateOnly: boolean = reader.readBoolean()
  if (flexible) skipTaggedFields(reader)
  return { resources, validateOnly }
}

export function encodeIncrementalAlterConfigsRequest(
  writer: ByteWriter,
  message: IncrementalAlterConfigsRequest,
  version: number,
): void {
  const flexible = version >= 1
  encodeIncrementalAlterConfigsRequestAlterConfigsResourceArray(writer, message.resources, version)
  writer.writeBoolean(message.validateOnly)
  if (flexible) writer.writeUint8(0)
}

function decodeIncrementalAlterConfigsRequestAlterConfigsResource(
  reader: ByteReader,
  version: number,
): IncrementalAlterConfigsRequestAlterConfigsResource {
  const flexible = version >= 1
  const resourceType: number = reader.readInt8()
  const resourceName: string = notNull(reader, readString(reader, flexible), 'ResourceName')
  const configs: IncrementalAlterConfigsRequestAlterableConfig[] = notNull(
    reader,
    decodeIncrementalAlterConfigsRequestAlterableConfigArray(reader, version),
    'Configs',
  )
  if (flexible) skipTaggedFields(reader)
  return { resourceType, resourceName, configs }
}

function encodeIncrementalAlterConfigsRequestAlterConfigsResource(
  writer: ByteWriter,
  message: IncrementalAlterConfigsRequestAlterConfigsResource,
  version: number,
): void {
  const flexible = version >= 1
  writer.writeInt8(message.resourceType)
  writeString(writer, flexible, message.resourceName)
  encodeIncrementalAlterConfigsRequestAlterableConfigArray(writer, message.configs, version)
  if (flexible) writer.writeUint8(0)
}

function decodeIncrementalAlterConfigsRequestAlterableConfig(
  reader: ByteReader,
  version: number,
): IncrementalAlterConfigsRequestAlterableConfig {
  const flexible = version >= 1
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const configOperation: number = reader.readInt8()
  const value: string | null = readString(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { name, configOperation, value }
}

function encodeIncrementalAlterConfigsRequestAlterableConfig(
  writer: ByteWriter,
  message: IncrementalAlterConfigsRequestAlterableConfig,
  version: number,
): void {
  const flexible = version >= 1
  writeString(writer, flexible, message.name)
  writer.writeInt8(message.configOperation)
  if (message.value === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.value)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeIncrementalAlterConfigsRequestAlterConfigsResourceArray(
  reader: ByteReader,
  version: number,
): IncrementalAlterConfigsRequestAlterConfigsResource[] | null {
  const count = readCount(reader, version >= 1, 4)
  if (count < 0) return null
  const elements: IncrementalAlterConfigsRequestAlterConfigsResource[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeIncrementalAlterConfigsRequestAlterConfigsResource(reader, version))
  return elements
}

function encodeIncrementalAlterConfigsRequestAlterConfigsResourceArray(
  writer: ByteWriter,
  elements: IncrementalAlterConfigsRequestAlterConfigsResource[],
  version: number,
): void {
  writeCount(writer, version >= 1, elements.length)
  for (const element of elements)
    encodeIncrementalAlterConfigsRequestAlterConfigsResource(writer, element, version)
}

function decodeIncrementalAlterConfigsRequestAlterableConfigArray(
  reader: ByteReader,
  version: number,
): IncrementalAlterConfigsRequestAlterableConfig[] | null {
  const count = readCount(reader, version >= 1, 4)
  if (count < 0) return null
  const elements: IncrementalAlterConfigsRequestAlterableConfig[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeIncrementalAlterConfigsRequestAlterableConfig(reader, version))
  return elements
}

function encodeIncrementalAlterConfigsRequestAlterableConfigArray(
  writer: ByteWriter,
  elements: IncrementalAlterConfigsRequestAlterableConfig[],
  version: number,
): void {
  writeCount(writer, version >= 1, elements.length)
  for (const element of elements)
    encodeIncrementalAlterConfigsRequestAlterableConfig(writer, element, version)
}
