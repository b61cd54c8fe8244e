/**
 * Metadata (API key 3), versions 0 to 13.
 *
 * Generated from definitions/03-metadata.api; do not edit.
 */
import { type ByteReader, type ByteWriter, ZERO_UUID, type Uuid } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface MetadataRequest {
  topics: MetadataRequestTopic[] | null
  /** Where version >= 4. */
  allowAutoTopicCreation: boolean
  /** Where version >= 8 && version <= 10. */
  includeClusterAuthorizedOperations: boolean
  /** Where version >= 8. */
  includeTopicAuthorizedOperations: boolean
}

export interface MetadataRequestTopic {
  /** Where version >= 10. */
  topicId: Uuid
  name: string | null
}

export function decodeMetadataRequest(reader: ByteReader, version: number): MetadataRequest {
  const flexible = version >= 9
  const topics: MetadataRequestTopic[] | null =
    version >= 1
      ? decodeMetadataRequestTopicArray(reader, version)
      : notNull(reader, decodeMetadataRequestTopicArray(reader, version), 'Topics')
  const allowAutoTopicCreation: boolean = version >= 4 ? reader.readBoolean() : true
  const includeClusterAuthorizedOperations: boolean =
    version >= 8 && version <= 10 ? reader.readBoolean() : false
  const includeTopicAuthorizedOperations: boolean = version >= 8 ? reader.readBoolean() : false
  if (flexible) skipTaggedFields(reader)
  return {
    topics,
    allowAutoTopicCreation,
    includeClusterAuthorizedOperations,
    includeTopicAuthorizedOperations,
  }
}

export function encodeMetadataRequest(
  writer: ByteWriter,
  message: MetadataRequest,
  version: number,
): void {
  const flexible = version >= 9
  if (message.topics === null) {
    if (!(version >= 1)) throw new UnsupportedFieldError('MetadataRequest', 'Topics', version)
    writeCount(writer, flexible, -1)
  } else {
    encodeMetadataRequestTopicArray(writer, message.topics, version)
  }
  if (version >= 4) {
    writer.writeBoolean(message.allowAutoTopicCreation)
  } else if (message.allowAutoTopicCreation !== true) {
    throw new UnsupportedFieldError('MetadataRequest', 'AllowAutoTopicCreation', version)
  }
  if (version >= 8 && version <= 10) {
    writer.writeBoolean(message.includeClusterAuthorizedOperations)
  } else if (message.includeClusterAuthorizedOperations !== false) {
    throw new UnsupportedFieldError(
      'MetadataRequest',
      'IncludeClusterAuthorizedOperations',
      version,
    )
  }
  if (version >= 8) {
    writer.writeBoolean(message.includeTopicAuthorizedOperations)
  } else if (message.includeTopicAuthorizedOperations !== false) {
    throw new UnsupportedFieldError('MetadataRequest', 'IncludeTopicAuthorizedOperations', version)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeMetadataRequestTopic(reader: ByteReader, version: number): MetadataRequestTopic {
  const flexible = version >= 9
  const topicId: Uuid = version >= 10 ? reader.readUuid() : ZERO_UUID
  const name: string | null =
    version >= 10
      ? readString(reader, flexible)
      : notNull(reader, readString(reader, flexible), 'Name')
  if (flexible) skipTaggedFields(reader)
  return { topicId, name }
}

function encodeMetadataRequestTopic(
  writer: ByteWriter,
  message: MetadataRequestTopic,
  version: number,
): void {
  const flexible = version >= 9
  if (version >= 10) {
    writer.writeUuid(message.topicId)
  }
  if (message.name === null) {
    if (!(version >= 10)) throw new UnsupportedFieldError('MetadataRequestTopic', 'Name', version)
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.name)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeMetadataRequestTopicArray(
  reader: ByteReader,
  version: number,
): MetadataRequestTopic[] | null {
  const count = readCount(reader, version >= 9, 2)
  if (count < 0) return null
  const elements: MetadataRequestTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeMetadataRequestTopic(reader, version))
  return elements
}

function encodeMetadataRequestTopicArray(
  writer: ByteWriter,
  elements: MetadataRequestTopic[],
  version: number,
): void {
  writeCount(writer, version >= 9, elements.length)
  for (const element of elements) encodeMetadataRequestTopic(writer, element, version)
}
