/**
 * CreateAcls (API key 30), versions 1 to 3.
 *
 * Generated from definitions/30-create-acls.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface CreateAclsRequest {
  creations: CreateAclsRequestAclCreation[]
}

export interface CreateAclsRequestAclCreation {
  resourceType: number
  resourceName: string
  resourcePatternType: number
  principal: string
  host: string
  operation: number
  permissionType: number
}

export function decodeCreateAclsRequest(reader: ByteReader, version: number): CreateAclsRequest {
  const flexible = version >= 2
  const creations: CreateAclsRequestAclCreation[] = notNull(
    reader,
    decodeCreateAclsRequestAclCreationArray(reader, version),
    'Creations',
  )
  if (flexible) skipTaggedFields(reader)
  return { creations }
}

export function encodeCreateAclsRequest(
  writer: ByteWriter,
  message: CreateAclsRequest,
  version: number,
): void {
  const flexible = version >= 2
  encodeCreateAclsRequestAclCreationArray(writer, message.creations, version)
  if (flexible) writer.writeUint8(0)
}

function decodeCreateAclsRequestAclCreation(
  reader: ByteReader,
  version: number,
): CreateAclsRequestAclCreation {
  const flexible = version >= 2
  const resourceType: number = reader.readInt8()
  const resourceName: string = notNull(reader, readString(reader, flexible), 'ResourceName')
  const resourcePatternType: number = reader.readInt8()
  const principal: string = notNull(reader, readString(reader, flexible), 'Principal')
  const host: string = notNull(reader, readString(reader, flexible), 'Host')
  const operation: number = reader.readInt8()
  const permissionType: number = reader.readInt8()
  if (flexible) skipTaggedFields(reader)
  return {
    resourceType,
    resourceName,
    resourcePatternType,
    principal,
    host,
    operation,
    permissionType,
  }
}

function encodeCreateAclsRequestAclCreation(
  writer: ByteWriter,
  message: CreateAclsRequestAclCreation,
  version: number,
): void {
  const flexible = version >= 2
  writer.writeInt8(message.resourceType)
  writeString(writer, flexible, message.resourceName)
  writer.writeInt8(message.resourcePatternType)
  writeString(writer, flexible, message.principal)
  writeString(writer, flexible, message.host)
  writer.writeInt8(message.operation)
  writer.writeInt8(message.permissionType)
  if (flexible) writer.writeUint8(0)
}

function decodeCreateAclsRequestAclCreationArray(
  reader: ByteReader,
  version: number,
): CreateAclsRequestAclCreation[] | null {
  const count = readCount(reader, version >= 2, 8)
  if (count < 0) return null
  const elements: CreateAclsRequestAclCreation[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeCreateAclsRequestAclCreation(reader, version))
  return elements
}

function encodeCreateAclsRequestAclCreationArray(
  writer: ByteWriter,
  elements: CreateAclsRequestAclCreation[],
  version: number,
): void {
  writeCount(writer, version >= 2, elements.length)
  for (const element of elements) encodeCreateAclsRequestAclCreation(writer, element, version)
}
