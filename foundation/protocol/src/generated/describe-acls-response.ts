/**
 * DescribeAcls (API key 29), versions 1 to 3.
 *
 * Generated from definitions/29-describe-acls.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface DescribeAclsResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  resources: DescribeAclsResponseDescribeAclsResource[]
}

export interface DescribeAclsResponseDescribeAclsResource {
  resourceType: number
  resourceName: string
  patternType: number
  acls: DescribeAclsResponseAclDescription[]
}

export interface DescribeAclsResponseAclDescription {
  principal: string
  host: string
  operation: number
  permissionType: number
}

export function decodeDescribeAclsResponse(
  reader: ByteReader,
  version: number,
): DescribeAclsResponse {
  const flexible = version >= 2
  const throttleTimeMs: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  const resources: DescribeAclsResponseDescribeAclsResource[] = notNull(
    reader,
    decodeDescribeAclsResponseDescribeAclsResourceArray(reader, version),
    'Resources',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, errorCode, errorMessage, resources }
}

export function encodeDescribeAclsResponse(
  writer: ByteWriter,
  message: DescribeAclsResponse,
  version: number,
): void {
  const flexible = version >= 2
  writer.writeInt32(message.throttleTimeMs)
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  encodeDescribeAclsResponseDescribeAclsResourceArray(writer, message.resources, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeAclsResponseDescribeAclsResource(
  reader: ByteReader,
  version: number,
): DescribeAclsResponseDescribeAclsResource {
  const flexible = version >= 2
  const resourceType: number = reader.readInt8()
  const resourceName: string = notNull(reader, readString(reader, flexible), 'ResourceName')
  const patternType: number = reader.readInt8()
  const acls: DescribeAclsResponseAclDescription[] = notNull(
    reader,
    decodeDescribeAclsResponseAclDescriptionArray(reader, version),
    'Acls',
  )
  if (flexible) skipTaggedFields(reader)
  return { resourceType, resourceName, patternType, acls }
}

function encodeDescribeAclsResponseDescribeAclsResource(
  writer: ByteWriter,
  message: DescribeAclsResponseDescribeAclsResource,
  version: number,
): void {
  const flexible = version >= 2
  writer.writeInt8(message.resourceType)
  writeString(writer, flexible, message.resourceName)
  writer.writeInt8(message.patternType)
  encodeDescribeAclsResponseAclDescriptionArray(writer, message.acls, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeAclsResponseAclDescription(
  reader: ByteReader,
  version: number,
): DescribeAclsResponseAclDescription {
  const flexible = version >= 2
  const principal: string = notNull(reader, readString(reader, flexible), 'Principal')
  const host: string = notNull(reader, readString(reader, flexible), 'Host')
  const operation: number = reader.readInt8()
  const permissionType: number = reader.readInt8()
  if (flexible) skipTaggedFields(reader)
  return { principal, host, operation, permissionType }
}

function encodeDescribeAclsResponseAclDescription(
  writer: ByteWriter,
  message: DescribeAclsResponseAclDescription,
  version: number,
): void {
  const flexible = version >= 2
  writeString(writer, flexible, message.principal)
  writeString(writer, flexible, message.host)
  writer.writeInt8(message.operation)
  writer.writeInt8(message.permissionType)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeAclsResponseDescribeAclsResourceArray(
  reader: ByteReader,
  version: number,
): DescribeAclsResponseDescribeAclsResource[] | null {
  const count = readCount(reader, version >= 2, 5)
  if (count < 0) return null
  const elements: DescribeAclsResponseDescribeAclsResource[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeAclsResponseDescribeAclsResource(reader, version))
  return elements
}

function encodeDescribeAclsResponseDescribeAclsResourceArray(
  writer: ByteWriter,
  elements: DescribeAclsResponseDescribeAclsResource[],
  version: number,
): void {
  writeCount(writer, version >= 2, elements.length)
  for (const element of elements)
    encodeDescribeAclsResponseDescribeAclsResource(writer, element, version)
}

function decodeDescribeAclsResponseAclDescriptionArray(
  reader: ByteReader,
  version: number,
): DescribeAclsResponseAclDescription[] | null {
  const count = readCount(reader, version >= 2, 5)
  if (count < 0) return null
  const elements: DescribeAclsResponseAclDescription[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeAclsResponseAclDescription(reader, version))
  return elements
}

function encodeDescribeAclsResponseAclDescriptionArray(
  writer: ByteWriter,
  elements: DescribeAclsResponseAclDescription[],
  version: number,
): void {
  writeCount(writer, version >= 2, elements.length)
  for (const element of elements) encodeDescribeAclsResponseAclDescription(writer, element, version)
}
