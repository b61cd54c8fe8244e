/**
 * CreateAcls (API key 30), versions 1 to 3.
 *
 * Generated from definitions/30-create-acls.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface CreateAclsResponse {
  throttleTimeMs: number
  results: CreateAclsResponseAclCreationResult[]
}

export interface CreateAclsResponseAclCreationResult {
  errorCode: number
  errorMessage: string | null
}

export function decodeCreateAclsResponse(reader: ByteReader, version: number): CreateAclsResponse {
  const flexible = version >= 2
  const throttleTimeMs: number = reader.readInt32()
  const results: CreateAclsResponseAclCreationResult[] = notNull(
    reader,
    decodeCreateAclsResponseAclCreationResultArray(reader, version),
    'Results',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, results }
}

export function encodeCreateAclsResponse(
  writer: ByteWriter,
  message: CreateAclsResponse,
  version: number,
): void {
  const flexible = version >= 2
  writer.writeInt32(message.throttleTimeMs)
  encodeCreateAclsResponseAclCreationResultArray(writer, message.results, version)
  if (flexible) writer.writeUint8(0)
}

function decodeCreateAclsResponseAclCreationResult(
  reader: ByteReader,
  version: number,
): CreateAclsResponseAclCreationResult {
  const flexible = version >= 2
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { errorCode, errorMessage }
}

function encodeCreateAclsResponseAclCreationResult(
  writer: ByteWriter,
  message: CreateAclsResponseAclCreationResult,
  version: number,
): void {
  const flexible = version >= 2
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeCreateAclsResponseAclCreationResultArray(
  reader: ByteReader,
  version: number,
): CreateAclsResponseAclCreationResult[] | null {
  const count = readCount(reader, version >= 2, 4)
  if (count < 0) return null
  const elements: CreateAclsResponseAclCreationResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeCreateAclsResponseAclCreationResult(reader, version))
  return elements
}

function encodeCreateAclsResponseAclCreationResultArray(
  writer: ByteWriter,
  elements: CreateAclsResponseAclCreationResult[],
  version: number,
): void {
  writeCount(writer, version >= 2, elements.length)
  for (const element of elements)
    encodeCreateAclsResponseAclCreationResult(writer, element, version)
}
