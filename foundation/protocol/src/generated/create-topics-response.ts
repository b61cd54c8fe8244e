/**
 * CreateTopics (API key 19), versions 2 to 7.
 *
 * Generated from definitions/19-create-topics.api; do not edit.
 */
import { type ByteReader, ByteWriter, ZERO_UUID, type Uuid } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import {
  TAGGED_FIELD_BYTES,
  endTaggedField,
  readTaggedSize,
  skipTaggedFields,
  writeTaggedField,
} from '../wire/tagged-fields.ts'

export interface CreateTopicsResponse {
  throttleTimeMs: number
  topics: CreateTopicsResponseCreatableTopicResult[]
}

export interface CreateTopicsResponseCreatableTopicResult {
  name: string
  /** Where version >= 7. */
  topicId: Uuid
  errorCode: number
  errorMessage: string | null
  /** Where version >= 5. */
  topicConfigErrorCode: number
  /** Where version >= 5. */
  numPartitions: number
  /** Where version >= 5. */
  replicationFactor: number
  /** Where version >= 5. */
  configs: CreateTopicsResponseCreatableTopicConfigs[] | null
}

export interface CreateTopicsResponseCreatableTopicConfigs {
  name: string
  value: string | null
  readOnly: boolean
  configSource: number
  isSensitive: boolean
}

export function decodeCreateTopicsResponse(
  reader: ByteReader,
  version: number,
): CreateTopicsResponse {
  const flexible = version >= 5
  const throttleTimeMs: number = reader.readInt32()
  const topics: CreateTopicsResponseCreatableTopicResult[] = notNull(
    reader,
    decodeCreateTopicsResponseCreatableTopicResultArray(reader, version),
    'Topics',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, topics }
}

export function encodeCreateTopicsResponse(
  writer: ByteWriter,
  message: CreateTopicsResponse,
  version: number,
): void {
  const flexible = version >= 5
  writer.writeInt32(message.throttleTimeMs)
  encodeCreateTopicsResponseCreatableTopicResultArray(writer, message.topics, version)
  if (flexible) writer.writeUint8(0)
}

function decodeCreateTopicsResponseCreatableTopicResult(
  reader: ByteReader,
  version: number,
): CreateTopicsResponseCreatableTopicResult {
  const flexible = version >= 5
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const topicId: Uuid = version >= 7 ? reader.readUuid() : ZERO_UUID
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  const numPartitions: number = version >= 5 ? reader.readInt32() : -1
  const replicationFactor: number = version >= 5 ? reader.readInt16() : -1
  const configs: CreateTopicsResponseCreatableTopicConfigs[] | null =
    version >= 5 ? decodeCreateTopicsResponseCreatableTopicConfigsArray(reader, version) : []
  let topicConfigErrorCode: number = 0
  if (flexible) {
    for (let left = reader.readUnsignedVarint(); left > 0; left--) {
      const tag = reader.readUnsignedVarint()
      const size = readTaggedSize(reader)
      const end = reader.position + size
      switch (tag) {
        case 0:
          if (version >= 5) topicConfigErrorCode = reader.readInt16()
          else reader.skip(size)
          break
        default:
          reader.skip(size)
      }
      endTaggedField(reader, end)
    }
  }
  return {
    name,
    topicId,
    errorCode,
    errorMessage,
    topicConfigErrorCode,
    numPartitions,
    replicationFactor,
    configs,
  }
}

function encodeCreateTopicsResponseCreatableTopicResult(
  writer: ByteWriter,
  message: CreateTopicsResponseCreatableTopicResult,
  version: number,
): void {
  const flexible = version >= 5
  writeString(writer, flexible, message.name)
  if (version >= 7) {
    writer.writeUuid(message.topicId)
  }
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  if (version >= 5) {
    writer.writeInt32(message.numPartitions)
  }
  if (version >= 5) {
    writer.writeInt16(message.replicationFactor)
  }
  if (version >= 5) {
    if (message.configs === null) {
      writeCount(writer, flexible, -1)
    } else {
      encodeCreateTopicsResponseCreatableTopicConfigsArray(writer, message.configs, version)
    }
  }
  if (flexible) {
    writer.writeUnsignedVarint(version >= 5 && message.topicConfigErrorCode !== 0 ? 1 : 0)
    if (version >= 5 && message.topicConfigErrorCode !== 0) {
      const field = new ByteWriter(TAGGED_FIELD_BYTES)
      field.writeInt16(message.topicConfigErrorCode)
      writeTaggedField(writer, 0, field)
    }
  }
}

function decodeCreateTopicsResponseCreatableTopicConfigs(
  reader: ByteReader,
  _version: number,
): CreateTopicsResponseCreatableTopicConfigs {
  const flexible = true
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const value: string | null = readString(reader, flexible)
  const readOnly: boolean = reader.readBoolean()
  const configSource: number = reader.readInt8()
  const isSensitive: boolean = reader.readBoolean()
  if (flexible) skipTaggedFields(reader)
  return { name, value, readOnly, configSource, isSensitive }
}

function encodeCreateTopicsResponseCreatableTopicConfigs(
  writer: ByteWriter,
  message: CreateTopicsResponseCreatableTopicConfigs,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.name)
  if (message.value === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.value)
  }
  writer.writeBoolean(message.readOnly)
  writer.writeInt8(message.configSource)
  writer.writeBoolean(message.isSensitive)
  if (flexible) writer.writeUint8(0)
}

function decodeCreateTopicsResponseCreatableTopicResultArray(
  reader: ByteReader,
  version: number,
): CreateTopicsResponseCreatableTopicResult[] | null {
  const count = readCount(reader, version >= 5, 6)
  if (count < 0) return null
  const elements: CreateTopicsResponseCreatableTopicResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeCreateTopicsResponseCreatableTopicResult(reader, version))
  return elements
}

function encodeCreateTopicsResponseCreatableTopicResultArray(
  writer: ByteWriter,
  elements: CreateTopicsResponseCreatableTopicResult[],
  version: number,
): void {
  writeCount(writer, version >= 5, elements.length)
  for (const element of elements)
    encodeCreateTopicsResponseCreatableTopicResult(writer, element, version)
}

function decodeCreateTopicsResponseCreatableTopicConfigsArray(
  reader: ByteReader,
  version: number,
): CreateTopicsResponseCreatableTopicConfigs[] | null {
  const count = readCount(reader, true, 6)
  if (count < 0) return null
  const elements: CreateTopicsResponseCreatableTopicConfigs[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeCreateTopicsResponseCreatableTopicConfigs(reader, version))
  return elements
}

function encodeCreateTopicsResponseCreatableTopicConfigsArray(
  writer: ByteWriter,
  elements: CreateTopicsResponseCreatableTopicConfigs[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeCreateTopicsResponseCreatableTopicConfigs(writer, element, version)
}
