/**
 * DeleteAcls (API key 31), versions 1 to 3.
 *
 * Generated from definitions/31-delete-acls.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface DeleteAclsResponse {
  throttleTimeMs: number
  filterResults: DeleteAclsResponseDeleteAclsFilterResult[]
}

export interface DeleteAclsResponseDeleteAclsFilterResult {
  errorCode: number
  errorMessage: string | null
  matchingAcls: DeleteAclsResponseDeleteAclsMatchingAcl[]
}

export interface DeleteAclsResponseDeleteAclsMatchingAcl {
  errorCode: number
  errorMessage: string | null
  resourceType: number
  resourceName: string
  patternType: number
  principal: string
  host: string
  operation: number
  permissionType: number
}

export function decodeDeleteAclsResponse(reader: ByteReader, version: number): DeleteAclsResponse {
  const flexible = version >= 2
  const throttleTimeMs: number = reader.readInt32()
  const filterResults: DeleteAclsResponseDeleteAclsFilterResult[] = notNull(
    reader,
    decodeDeleteAclsResponseDeleteAclsFilterResultArray(reader, version),
    'FilterResults',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, filterResults }
}

export function encodeDeleteAclsResponse(
  writer: ByteWriter,
  message: DeleteAclsResponse,
  version: number,
): void {
  const flexible = version >= 2
  writer.writeInt32(message.throttleTimeMs)
  encodeDeleteAclsResponseDeleteAclsFilterResultArray(writer, message.filterResults, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDeleteAclsResponseDeleteAclsFilterResult(
  reader: ByteReader,
  version: number,
): DeleteAclsResponseDeleteAclsFilterResult {
  const flexible = version >= 2
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  const matchingAcls: DeleteAclsResponseDeleteAclsMatchingAcl[] = notNull(
    reader,
    decodeDeleteAclsResponseDeleteAclsMatchingAclArray(reader, version),
    'MatchingAcls',
  )
  if (flexible) skipTaggedFields(reader)
  return { errorCode, errorMessage, matchingAcls }
}

function encodeDeleteAclsResponseDeleteAclsFilterResult(
  writer: ByteWriter,
  message: DeleteAclsResponseDeleteAclsFilterResult,
  version: number,
): void {
  const flexible = version >= 2
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  encodeDeleteAclsResponseDeleteAclsMatchingAclArray(writer, message.matchingAcls, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDeleteAclsResponseDeleteAclsMatchingAcl(
  reader: ByteReader,
  version: number,
): DeleteAclsResponseDeleteAclsMatchingAcl {
  const flexible = version >= 2
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  const resourceType: number = reader.readInt8()
  const resourceName: string = notNull(reader, readString(reader, flexible), 'ResourceName')
  const patternType: number = reader.readInt8()
  const principal: string = notNull(reader, readString(reader, flexible), 'Principal')
  const host: string = notNull(reader, readString(reader, flexible), 'Host')
  const operation: number = reader.readInt8()
  const permissionType: number = reader.readInt8()
  if (flexible) skipTaggedFields(reader)
  return {
    errorCode,
    errorMessage,
    resourceType,
    resourceName,
    patternType,
    principal,
    host,
    operation,
    permissionType,
  }
}

function encodeDeleteAclsResponseDeleteAclsMatchingAcl(
  writer: ByteWriter,
  message: DeleteAclsResponseDeleteAclsMatchingAcl,
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
  writer.writeInt8(message.patternType)
  writeString(writer, flexible, message.principal)
  writeString(writer, flexible, message.host)
  writer.writeInt8(message.operation)
  writer.writeInt8(message.permissionType)
  if (flexible) writer.writeUint8(0)
}

function decodeDeleteAclsResponseDeleteAclsFilterResultArray(
  reader: ByteReader,
  version: number,
): DeleteAclsResponseDeleteAclsFilterResult[] | null {
  const count = readCount(reader, version >= 2, 5)
  if (count < 0) return null
  const elements: DeleteAclsResponseDeleteAclsFilterResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDeleteAclsResponseDeleteAclsFilterResult(reader, version))
  return elements
}

function encodeDeleteAclsResponseDeleteAclsFilterResultArray(
  writer: ByteWriter,
  elements: DeleteAclsResponseDeleteAclsFilterResult[],
  version: number,
): void {
  writeCount(writer, version >= 2, elements.length)
  for (const element of elements)
    encodeDeleteAclsResponseDeleteAclsFilterResult(writer, element, version)
}

function decodeDeleteAclsResponseDeleteAclsMatchingAclArray(
  reader: ByteReader,
  version: number,
): DeleteAclsResponseDeleteAclsMatchingAcl[] | null {
  const count = readCount(reader, version >= 2, 11)
  if (count < 0) return null
  const elements: DeleteAclsResponseDeleteAclsMatchingAcl[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDeleteAclsResponseDeleteAclsMatchingAcl(reader, version))
  return elements
}

function encodeDeleteAclsResponseDeleteAclsMatchingAclArray(
  writer: ByteWriter,
  elements: DeleteAclsResponseDeleteAclsMatchingAcl[],
  version: number,
): void {
  writeCount(writer, version >= 2, elements.length)
  for (const element of elements)
    encodeDeleteAclsResponseDeleteAclsMatchingAcl(writer, element, version)
}
