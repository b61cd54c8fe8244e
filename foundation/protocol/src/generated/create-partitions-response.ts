/**
 * CreatePartitions (API key 37), versions 0 to 3.
 *
 * Generated from definitions/37-create-partitions.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface CreatePartitionsResponse {
  throttleTimeMs: number
  results: CreatePartitionsResponseCreatePartitionsTopicResult[]
}

export interface CreatePartitionsResponseCreatePartitionsTopicResult {
  name: string
  errorCode: number
  errorMessage: string | null
}

export function decodeCreatePartitionsResponse(
  reader: ByteReader,
  version: number,
): CreatePartitionsResponse {
  const flexible = version >= 2
  const throttleTimeMs: number = reader.readInt32()
  const results: CreatePartitionsResponseCreatePartitionsTopicResult[] = notNull(
    reader,
    decodeCreatePartitionsResponseCreatePartitionsTopicResultArray(reader, version),
    'Results',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, results }
}

export function encodeCreatePartitionsResponse(
  writer: ByteWriter,
  message: CreatePartitionsResponse,
  version: number,
): void {
  const flexible = version >= 2
  writer.writeInt32(message.throttleTimeMs)
  encodeCreatePartitionsResponseCreatePartitionsTopicResultArray(writer, message.results, version)
  if (flexible) writer.writeUint8(0)
}

function decodeCreatePartitionsResponseCreatePartitionsTopicResult(
  reader: ByteReader,
  version: number,
): CreatePartitionsResponseCreatePartitionsTopicResult {
  const flexible = version >= 2
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { name, errorCode, errorMessage }
}

function encodeCreatePartitionsResponseCreatePartitionsTopicResult(
  writer: ByteWriter,
  message: CreatePartitionsResponseCreatePartitionsTopicResult,
  version: number,
): void {
  const flexible = version >= 2
  writeString(writer, flexible, message.name)
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeCreatePartitionsResponseCreatePartitionsTopicResultArray(
  reader: ByteReader,
  version: number,
): CreatePartitionsResponseCreatePartitionsTopicResult[] | null {
  const count = readCount(reader, version >= 2, 5)
  if (count < 0) return null
  const elements: CreatePartitionsResponseCreatePartitionsTopicResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeCreatePartitionsResponseCreatePartitionsTopicResult(reader, version))
  return elements
}

function encodeCreatePartitionsResponseCreatePartitionsTopicResultArray(
  writer: ByteWriter,
  elements: CreatePartitionsResponseCreatePartitionsTopicResult[],
  version: number,
): void {
  writeCount(writer, version >= 2, elements.length)
  for (const element of elements)
    encodeCreatePartitionsResponseCreatePartitionsTopicResult(writer, element, version)
}
