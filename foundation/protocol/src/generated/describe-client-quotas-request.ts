/**
 * DescribeClientQuotas (API key 48), versions 0 to 1.
 *
 * Generated from definitions/48-describe-client-quotas.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface DescribeClientQuotasRequest {
  components: DescribeClientQuotasRequestComponentData[]
  strict: boolean
}

export interface DescribeClientQuotasRequestComponentData {
  entityType: string
  matchType: number
  match: string | null
}

export function decodeDescribeClientQuotasRequest(
  reader: ByteReader,
  version: number,
): DescribeClientQuotasRequest {
  const flexible = version >= 1
  const components: DescribeClientQuotasRequestComponentData[] = notNull(
    reader,
    decodeDescribeClientQuotasRequestComponentDataArray(reader, version),
    'Components',
  )
  const strict: boolean = reader.readBoolean()
  if (flexible) skipTaggedFields(reader)
  return { components, strict }
}

export function encodeDescribeClientQuotasRequest(
  writer: ByteWriter,
  message: DescribeClientQuotasRequest,
  version: number,
): void {
  const flexible = version >= 1
  encodeDescribeClientQuotasRequestComponentDataArray(writer, message.components, version)
  writer.writeBoolean(message.strict)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeClientQuotasRequestComponentData(
  reader: ByteReader,
  version: number,
): DescribeClientQuotasRequestComponentData {
  const flexible = version >= 1
  const entityType: string = notNull(reader, readString(reader, flexible), 'EntityType')
  const matchType: number = reader.readInt8()
  const match: string | null = readString(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { entityType, matchType, match }
}

function encodeDescribeClientQuotasRequestComponentData(
  writer: ByteWriter,
  message: DescribeClientQuotasRequestComponentData,
  version: number,
): void {
  const flexible = version >= 1
  writeString(writer, flexible, message.entityType)
  writer.writeInt8(message.matchType)
  if (message.match === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.match)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeClientQuotasRequestComponentDataArray(
  reader: ByteReader,
  version: number,
): DescribeClientQuotasRequestComponentData[] | null {
  const count = readCount(reader, version >= 1, 4)
  if (count < 0) return null
  const elements: DescribeClientQuotasRequestComponentData[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeClientQuotasRequestComponentData(reader, version))
  return elements
}

function encodeDescribeClientQuotasRequestComponentDataArray(
  writer: ByteWriter,
  elements: DescribeClientQuotasRequestComponentData[],
  version: number,
): void {
  writeCount(writer, version >= 1, elements.length)
  for (const element of elements)
    encodeDescribeClientQuotasRequestComponentData(writer, element, version)
}
