/**
 * ListConfigResources (API key 74), versions 0 to 1.
 *
 * Generated from definitions/74-list-config-resources.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface ListConfigResourcesResponse {
  throttleTimeMs: number
  errorCode: number
  configResources: ListConfigResourcesResponseConfigResource[]
}

export interface ListConfigResourcesResponseConfigResource {
  resourceName: string
  /** Where version >= 1. */
  resourceType: number
}

export function decodeListConfigResourcesResponse(
  reader: ByteReader,
  version: number,
): ListConfigResourcesResponse {
  const flexible = true
  const throttleTimeMs: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const configResources: ListConfigResourcesResponseConfigResource[] = notNull(
    reader,
    decodeListConfigResourcesResponseConfigResourceArray(reader, version),
    'ConfigResources',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, errorCode, configResources }
}

export function encodeListConfigResourcesResponse(
  writer: ByteWriter,
  message: ListConfigResourcesResponse,
  version: number,
): void {
  const flexible = true
  writer.writeInt32(message.throttleTimeMs)
  writer.writeInt16(message.errorCode)
  encodeListConfigResourcesResponseConfigResourceArray(writer, message.configResources, version)
  if (flexible) writer.writeUint8(0)
}

function decodeListConfigResourcesResponseConfigResource(
  reader: ByteReader,
  version: number,
): ListConfigResourcesResponseConfigResource {
  const flexible = true
  const resourceName: string = notNull(reader, readString(reader, flexible), 'ResourceName')
  const resourceType: number = version >= 1 ? reader.readInt8() : 16
  if (flexible) skipTaggedFields(reader)
  return { resourceName, resourceType }
}

function encodeListConfigResourcesResponseConfigResource(
  writer: ByteWriter,
  message: ListConfigResourcesResponseConfigResource,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.resourceName)
  if (version >= 1) {
    writer.writeInt8(message.resourceType)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeListConfigResourcesResponseConfigResourceArray(
  reader: ByteReader,
  version: number,
): ListConfigResourcesResponseConfigResource[] | null {
  const count = readCount(reader, true, 2)
  if (count < 0) return null
  const elements: ListConfigResourcesResponseConfigResource[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeListConfigResourcesResponseConfigResource(reader, version))
  return elements
}

function encodeListConfigResourcesResponseConfigResourceArray(
  writer: ByteWriter,
  elements: ListConfigResourcesResponseConfigResource[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeListConfigResourcesResponseConfigResource(writer, element, version)
}
