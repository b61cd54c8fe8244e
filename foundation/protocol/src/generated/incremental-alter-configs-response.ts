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

export interface IncrementalAlterConfigsResponse {
  throttleTimeMs: number
  responses: IncrementalAlterConfigsResponseAlterConfigsResourceResponse[]
}

export interface IncrementalAlterConfigsResponseAlterConfigsResourceResponse {
  errorCode: number
  errorMessage: string | null
  resourceType: number
  resourceName: string
}

export function decodeIncrementalAlterConfigsResponse(
  reader: ByteReader,
  version: number,
): IncrementalAlterConfigsResponse {
  const flexible = version >= 1
  const throttleTimeMs: number = reader.readInt32()
  const responses: IncrementalAlterConfigsResponseAlterConfigsResourceResponse[] = notNull(
    reader,
    decodeIncrementalAlterConfigsResponseAlterConfigsResourceResponseArray(reader, version),
    'Responses',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, responses }
}

export function encodeIncrementalAlterConfigsResponse(
  writer: ByteWriter,
  message: IncrementalAlterConfigsResponse,
  version: number,
): void {
  const flexible = version >= 1
  writer.writeInt32(message.throttleTimeMs)
  encodeIncrementalAlterConfigsResponseAlterConfigsResourceResponseArray(
    writer,
    message.responses,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeIncrementalAlterConfigsResponseAlterConfigsResourceResponse(
  reader: ByteReader,
  version: number,
): IncrementalAlterConfigsResponseAlterConfigsResourceResponse {
  const flexible = version >= 1
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  const resourceType: number = reader.readInt8()
  const resourceName: string = notNull(reader, readString(reader, flexible), 'ResourceName')
  if (flexible) skipTaggedFields(reader)
  return { errorCode, errorMessage, resourceType, resourceName }
}

function encodeIncrementalAlterConfigsResponseAlterConfigsResourceResponse(
  writer: ByteWriter,
  message: IncrementalAlterConfigsResponseAlterConfigsResourceResponse,
  version: number,
): void {
  const flexible = version >= 1
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

function decodeIncrementalAlterConfigsResponseAlterConfigsResourceResponseArray(
  reader: ByteReader,
  version: number,
): IncrementalAlterConfigsResponseAlterConfigsResourceResponse[] | null {
  const count = readCount(reader, version >= 1, 6)
  if (count < 0) return null
  const elements: IncrementalAlterConfigsResponseAlterConfigsResourceResponse[] = []
  for (let index = 0; index < count; index++)
    elements.push(
      decodeIncrementalAlterConfigsResponseAlterConfigsResourceResponse(reader, version),
    )
  return elements
}

function encodeIncrementalAlterConfigsResponseAlterConfigsResourceResponseArray(
  writer: ByteWriter,
  elements: IncrementalAlterConfigsResponseAlterConfigsResourceResponse[],
  version: number,
): void {
  writeCount(writer, version >= 1, elements.length)
  for (const element of elements)
    encodeIncrementalAlterConfigsResponseAlterConfigsResourceResponse(writer, element, version)
}
