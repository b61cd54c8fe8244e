/**
 * DescribeAcls (API key 29), versions 1 to 3.
 *
 * Generated from definitions/29-describe-acls.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface DescribeAclsRequest {
  resourceTypeFilter: number
  resourceNameFilter: string | null
  patternTypeFilter: number
  principalFilter: string | null
  hostFilter: string | null
  operation: number
  permissionType: number
}

export function decodeDescribeAclsRequest(
  reader: ByteReader,
  version: number,
): DescribeAclsRequest {
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

export function encodeDescribeAclsRequest(
  writer: ByteWriter,
  message: DescribeAclsRequest,
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
