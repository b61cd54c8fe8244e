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

export interface AlterConfigsResponse {
  throttleTimeMs: number
  responses: AlterConfigsResponseAlterConfigsResourceResponse[]
}

export interface AlterConfigsResponseAlterConfigsResourceResponse {
  errorCode: number
  errorMessage: string | null
  resourceType: number
  resourceName: string
}

export function decodeAlterConfigsResponse(
  reader: ByteReader,
  version: number,
): AlterConfigsResponse {
  const flexible = version >= 2
  const throttleTimeMs: number = reader.readInt32()
  const responses: AlterConfigsResponseAlterConfigsResourceResponse[] = notNull(
    reader,
    decodeAlterConfigsResponseAlterConfigsResourceResponseArray(reader, version),
    'Responses',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, responses }
}

export function encodeAlterConfigsResponse(
  writer: ByteWriter,
  message: AlterConfigsResponse,
  version: number,
): void {
  const flexible = version >= 2
  writer.writeInt32(message.throttleTimeMs)
  encodeAlterConfigsResponseAlterConfigsResourceResponseArray(writer, message.responses, version)
  if (flexible) writer.writeUint8(0)
}

function decodeAlterConfigsResponseAlterConfigsResourceResponse(
  reader: ByteReader,
  version: number,
): AlterConfigsResponseAlterConfigsResourceResponse {
  const flexible = version >= 2
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  const resourceType: number = reader.readInt8()
  const resourceName: string = notNull(reader, readString(reader, flexible), 'ResourceName')
  if (flexible) skipTaggedFields(reader)
  return { errorCode, errorMessage, resourceType, resourceName }
}

function encodeAlterConfigsResponseAlterConfigsResourceResponse(
  writer: ByteWriter,
  message: AlterConfigsResponseAlterConfigsResourceResponse,
  version: number,
): void {
  const flexible = version >= 2
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  writer.writeInt8(message.resourceType)
  writeString(writer, flexible, message.resourceName)
  if (flexible) writer.writeUint8(0)
}

function decodeAlterConfigsResponseAlterConfigsResourceResponseArray(
  reader: ByteReader,
  version: number,
): AlterConfigsResponseAlterConfigsResourceResponse[] | null {
  const count = readCount(reader, version >= 2, 6)
  if (count < 0) return null
  const elements: AlterConfigsResponseAlterConfigsResourceResponse[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeAlterConfigsResponseAlterConfigsResourceResponse(reader, version))
  return elements
}

function encodeAlterConfigsResponseAlterConfigsResourceResponseArray(
  writer: ByteWriter,
  elements: AlterConfigsResponseAlterConfigsResourceResponse[],
  version: number,
): void {
  writeCount(writer, version >= 2, elements.length)
  for (const element of elements)
    encodeAlterConfigsResponseAlterConfigsResourceResponse(writer, element, version)
}
