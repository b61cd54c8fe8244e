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

export interface DeleteAclsRequest {
  filters: DeleteAclsRequestDeleteAclsFilter[]
}

export interface DeleteAclsRequestDeleteAclsFilter {
  resourceTypeFilter: number
  resourceNameFilter: string | null
  patternTypeFilter: number
  principalFilter: string | null
  hostFilter: string | null
  operation: number
  permissionType: number
}

export function decodeDeleteAclsRequest(reader: ByteReader, version: number): DeleteAclsRequest {
  const flexible = version >= 2
  const filters: DeleteAclsRequestDeleteAclsFilter[] = notNull(
    reader,
    decodeDeleteAclsRequestDeleteAclsFilterArray(reader, version),
    'Filters',
  )
  if (flexible) skipTaggedFields(reader)
  return { filters }
}

export function encodeDeleteAclsRequest(
  writer: ByteWriter,
  message: DeleteAclsRequest,
  version: number,
): void {
  const flexible = version >= 2
  encodeDeleteAclsRequestDeleteAclsFilterArray(writer, message.filters, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDeleteAclsRequestDeleteAclsFilter(
  reader: ByteReader,
  version: number,
): DeleteAclsRequestDeleteAclsFilter {
  const flexible = version >= 2
  const resourceTypeFilter: number = reader.readInt8()
  const resourceNameFilter: string | null = readString(reader, flexible)
  const patternTypeFilter: number = reader.readInt8()
  const principalFilter: string | null = readString(reader, flexible)
  const hostFilter: string | null = readString(reader, flexible)
  const operation: number = reader.readInt8()
  const permissionType: number = reader.readInt8()
  if (flexible) skipTaggedFields(reader)
  return {
    resourceTypeFilter,
    resourceNameFilter,
    patternTypeFilter,
    principalFilter,
    hostFilter,
    operation,
    permissionType,
  }
}

function encodeDeleteAclsRequestDeleteAclsFilter(
  writer: ByteWriter,
  message: DeleteAclsRequestDeleteAclsFilter,
  version: number,
): void {
  const flexible = version >= 2
  writer.writeInt8(message.resourceTypeFilter)
  if (message.resourceNameFilter === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.resourceNameFilter)
  }
  writer.writeInt8(message.patternTypeFilter)
  if (message.principalFilter === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.principalFilter)
  }
  if (message.hostFilter === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.hostFilter)
  }
  writer.writeInt8(message.operation)
  writer.writeInt8(message.permissionType)
  if (flexible) writer.writeUint8(0)
}

function decodeDeleteAclsRequestDeleteAclsFilterArray(
  reader: ByteReader,
  version: number,
): DeleteAclsRequestDeleteAclsFilter[] | null {
  const count = readCount(reader, version >= 2, 8)
  if (count < 0) return null
  const elements: DeleteAclsRequestDeleteAclsFilter[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDeleteAclsRequestDeleteAclsFilter(reader, version))
  return elements
}

function encodeDeleteAclsRequestDeleteAclsFilterArray(
  writer: ByteWriter,
  elements: DeleteAclsRequestDeleteAclsFilter[],
  version: number,
): void {
  writeCount(writer, version >= 2, elements.length)
  for (const element of elements) encodeDeleteAclsRequestDeleteAclsFilter(writer, element, version)
}
