/**
 * AlterConfigs (API key 33), versions 0 to 2.
 *
 * Generated from definitions/33-alter-configs.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface AlterConfigsRequest {
  resources: AlterConfigsRequestAlterConfigsResource[]
  validateOnly: boolean
}

export interface AlterConfigsRequestAlterConfigsResource {
  resourceType: number
  resourceName: string
  configs: AlterConfigsRequestAlterableConfig[]
}

export interface AlterConfigsRequestAlterableConfig {
  name: string
  value: string | null
}

export function decodeAlterConfigsRequest(
  reader: ByteReader,
  version: number,
): AlterConfigsRequest {
  const flexible = version >= 2
  const resources: AlterConfigsRequestAlterConfigsResource[] = notNull(
    reader,
    decodeAlterConfigsRequestAlterConfigsResourceArray(reader, version),
    'Resources',
  )
  const validateOnly: boolean = reader.readBoolean()
  if (flexible) skipTaggedFields(reader)
  return { resources, validateOnly }
}

export function encodeAlterConfigsRequest(
  writer: ByteWriter,
  message: AlterConfigsRequest,
  version: number,
): void {
  const flexible = version >= 2
  encodeAlterConfigsRequestAlterConfigsResourceArray(writer, message.resources, version)
  writer.writeBoolean(message.validateOnly)
  if (flexible) writer.writeUint8(0)
}

function decodeAlterConfigsRequestAlterConfigsResource(
  reader: ByteReader,
  version: number,
): AlterConfigsRequestAlterConfigsResource {
  const flexible = version >= 2
  const resourceType: number = reader.readInt8()
  const resourceName: string = notNull(reader, readString(reader, flexible), 'ResourceName')
  const configs: AlterConfigsRequestAlterableConfig[] = notNull(
    reader,
    decodeAlterConfigsRequestAlterableConfigArray(reader, version),
    'Configs',
  )
  if (flexible) skipTaggedFields(reader)
  return { resourceType, resourceName, configs }
}

function encodeAlterConfigsRequestAlterConfigsResource(
  writer: ByteWriter,
  message: AlterConfigsRequestAlterConfigsResource,
  version: number,
): void {
  const flexible = version >= 2
  writer.writeInt8(message.resourceType)
  writeString(writer, flexible, message.resourceName)
  encodeAlterConfigsRequestAlterableConfigArray(writer, message.configs, version)
  if (flexible) writer.writeUint8(0)
}

function decodeAlterConfigsRequestAlterableConfig(
  reader: ByteReader,
  version: number,
): AlterConfigsRequestAlterableConfig {
  const flexible = version >= 2
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const value: string | null = readString(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { name, value }
}

function encodeAlterConfigsRequestAlterableConfig(
  writer: ByteWriter,
  message: AlterConfigsRequestAlterableConfig,
  version: number,
): void {
  const flexible = version >= 2
  writeString(writer, flexible, message.name)
  if (message.value === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.value)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeAlterConfigsRequestAlterConfigsResourceArray(
  reader: ByteReader,
  version: number,
): AlterConfigsRequestAlterConfigsResource[] | null {
  const count = readCount(reader, version >= 2, 4)
  if (count < 0) return null
  const elements: AlterConfigsRequestAlterConfigsResource[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeAlterConfigsRequestAlterConfigsResource(reader, version))
  return elements
}

function encodeAlterConfigsRequestAlterConfigsResourceArray(
  writer: ByteWriter,
  elements: AlterConfigsRequestAlterConfigsResource[],
  version: number,
): void {
  writeCount(writer, version >= 2, elements.length)
  for (const element of elements)
    encodeAlterConfigsRequestAlterConfigsResource(writer, element, version)
}

function decodeAlterConfigsRequestAlterableConfigArray(
  reader: ByteReader,
  version: number,
): AlterConfigsRequestAlterableConfig[] | null {
  const count = readCount(reader, version >= 2, 3)
  if (count < 0) return null
  const elements: AlterConfigsRequestAlterableConfig[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeAlterConfigsRequestAlterableConfig(reader, version))
  return elements
}

function encodeAlterConfigsRequestAlterableConfigArray(
  writer: ByteWriter,
  elements: AlterConfigsRequestAlterableConfig[],
  version: number,
): void {
  writeCount(writer, version >= 2, elements.length)
  for (const element of elements) encodeAlterConfigsRequestAlterableConfig(writer, element, version)
}
