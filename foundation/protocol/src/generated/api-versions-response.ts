/**
 * ApiVersions (API key 18), versions 0 to 5.
 *
 * Generated from definitions/18-api-versions.api; do not edit.
 */
import { type ByteReader, ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import {
  TAGGED_FIELD_BYTES,
  endTaggedField,
  readTaggedSize,
  skipTaggedFields,
  writeTaggedField,
} from '../wire/tagged-fields.ts'

export interface ApiVersionsResponse {
  errorCode: number
  apiKeys: ApiVersionsResponseApiVersion[]
  /** Where version >= 1. */
  throttleTimeMs: number
  /** Where version >= 3. */
  supportedFeatures: ApiVersionsResponseSupportedFeatureKey[]
  /** Where version >= 3. */
  finalizedFeaturesEpoch: number
  /** Where version >= 3. */
  finalizedFeatures: ApiVersionsResponseFinalizedFeatureKey[]
  /** Where version >= 3. */
  zkMigrationReady: boolean
}

export interface ApiVersionsResponseApiVersion {
  apiKey: number
  minVersion: number
  maxVersion: number
}

export interface ApiVersionsResponseSupportedFeatureKey {
  name: string
  minVersion: number
  maxVersion: number
}

export interface ApiVersionsResponseFinalizedFeatureKey {
  name: string
  maxVersionLevel: number
  minVersionLevel: number
}

export function decodeApiVersionsResponse(
  reader: ByteReader,
  version: number,
): ApiVersionsResponse {
  const flexible = version >= 3
  const errorCode: number = reader.readInt16()
  const apiKeys: ApiVersionsResponseApiVersion[] = notNull(
    reader,
    decodeApiVersionsResponseApiVersionArray(reader, version),
    'ApiKeys',
  )
  const throttleTimeMs: number = version >= 1 ? reader.readInt32() : 0
  let supportedFeatures: ApiVersionsResponseSupportedFeatureKey[] = []
  let finalizedFeaturesEpoch: number = -1
  let finalizedFeatures: ApiVersionsResponseFinalizedFeatureKey[] = []
  let zkMigrationReady: boolean = false
  if (flexible) {
    for (let left = reader.readUnsignedVarint(); left > 0; left--) {
      const tag = reader.readUnsignedVarint()
      const size = readTaggedSize(reader)
      const end = reader.position + size
      switch (tag) {
        case 0:
          if (version >= 3)
            supportedFeatures = notNull(
              reader,
              decodeApiVersionsResponseSupportedFeatureKeyArray(reader, version),
              'SupportedFeatures',
            )
          else reader.skip(size)
          break
        case 1:
          if (version >= 3) finalizedFeaturesEpoch = reader.readInt64()
          else reader.skip(size)
          break
        case 2:
          if (version >= 3)
            finalizedFeatures = notNull(
              reader,
              decodeApiVersionsResponseFinalizedFeatureKeyArray(reader, version),
              'FinalizedFeatures',
            )
          else reader.skip(size)
          break
        case 3:
          if (version >= 3) zkMigrationReady = reader.readBoolean()
          else reader.skip(size)
          break
        default:
          reader.skip(size)
      }
      endTaggedField(reader, end)
    }
  }
  return {
    errorCode,
    apiKeys,
    throttleTimeMs,
    supportedFeatures,
    finalizedFeaturesEpoch,
    finalizedFeatures,
    zkMigrationReady,
  }
}

export function encodeApiVersionsResponse(
  writer: ByteWriter,
  message: ApiVersionsResponse,
  version: number,
): void {
  const flexible = version >= 3
  writer.writeInt16(message.errorCode)
  encodeApiVersionsResponseApiVersionArray(writer, message.apiKeys, version)
  if (version >= 1) {
    writer.writeInt32(message.throttleTimeMs)
  }
  if (flexible) {
    writer.writeUnsignedVarint(
      (version >= 3 && message.supportedFeatures.length !== 0 ? 1 : 0) +
        (version >= 3 && message.finalizedFeaturesEpoch !== -1 ? 1 : 0) +
        (version >= 3 && message.finalizedFeatures.length !== 0 ? 1 : 0) +
        (version >= 3 && message.zkMigrationReady !== false ? 1 : 0),
    )
    if (version >= 3 && message.supportedFeatures.length !== 0) {
      const field = new ByteWriter(TAGGED_FIELD_BYTES)
      encodeApiVersionsResponseSupportedFeatureKeyArray(field, message.supportedFeatures, version)
      writeTaggedField(writer, 0, field)
    }
    if (version >= 3 && message.finalizedFeaturesEpoch !== -1) {
      const field = new ByteWriter(TAGGED_FIELD_BYTES)
      field.writeInt64(message.finalizedFeaturesEpoch)
      writeTaggedField(writer, 1, field)
    }
    if (version >= 3 && message.finalizedFeatures.length !== 0) {
      const field = new ByteWriter(TAGGED_FIELD_BYTES)
      encodeApiVersionsResponseFinalizedFeatureKeyArray(field, message.finalizedFeatures, version)
      writeTaggedField(writer, 2, field)
    }
    if (version >= 3 && message.zkMigrationReady !== false) {
      const field = new ByteWriter(TAGGED_FIELD_BYTES)
      field.writeBoolean(message.zkMigrationReady)
      writeTaggedField(writer, 3, field)
    }
  }
}

function decodeApiVersionsResponseApiVersion(
  reader: ByteReader,
  version: number,
): ApiVersionsResponseApiVersion {
  const flexible = version >= 3
  const apiKey: number = reader.readInt16()
  const minVersion: number = reader.readInt16()
  const maxVersion: number = reader.readInt16()
  if (flexible) skipTaggedFields(reader)
  return { apiKey, minVersion, maxVersion }
}

function encodeApiVersionsResponseApiVersion(
  writer: ByteWriter,
  message: ApiVersionsResponseApiVersion,
  version: number,
): void {
  const flexible = version >= 3
  writer.writeInt16(message.apiKey)
  writer.writeInt16(message.minVersion)
  writer.writeInt16(message.maxVersion)
  if (flexible) writer.writeUint8(0)
}

function decodeApiVersionsResponseSupportedFeatureKey(
  reader: ByteReader,
  _version: number,
): ApiVersionsResponseSupportedFeatureKey {
  const flexible = true
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const minVersion: number = reader.readInt16()
  const maxVersion: number = reader.readInt16()
  if (flexible) skipTaggedFields(reader)
  return { name, minVersion, maxVersion }
}

function encodeApiVersionsResponseSupportedFeatureKey(
  writer: ByteWriter,
  message: ApiVersionsResponseSupportedFeatureKey,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.name)
  writer.writeInt16(message.minVersion)
  writer.writeInt16(message.maxVersion)
  if (flexible) writer.writeUint8(0)
}

function decodeApiVersionsResponseFinalizedFeatureKey(
  reader: ByteReader,
  _version: number,
): ApiVersionsResponseFinalizedFeatureKey {
  const flexible = true
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const maxVersionLevel: number = reader.readInt16()
  const minVersionLevel: number = reader.readInt16()
  if (flexible) skipTaggedFields(reader)
  return { name, maxVersionLevel, minVersionLevel }
}

function encodeApiVersionsResponseFinalizedFeatureKey(
  writer: ByteWriter,
  message: ApiVersionsResponseFinalizedFeatureKey,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.name)
  writer.writeInt16(message.maxVersionLevel)
  writer.writeInt16(message.minVersionLevel)
  if (flexible) writer.writeUint8(0)
}

function decodeApiVersionsResponseApiVersionArray(
  reader: ByteReader,
  version: number,
): ApiVersionsResponseApiVersion[] | null {
  const count = readCount(reader, version >= 3, 6)
  if (count < 0) return null
  const elements: ApiVersionsResponseApiVersion[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeApiVersionsResponseApiVersion(reader, version))
  return elements
}

function encodeApiVersionsResponseApiVersionArray(
  writer: ByteWriter,
  elements: ApiVersionsResponseApiVersion[],
  version: number,
): void {
  writeCount(writer, version >= 3, elements.length)
  for (const element of elements) encodeApiVersionsResponseApiVersion(writer, element, version)
}

function decodeApiVersionsResponseSupportedFeatureKeyArray(
  reader: ByteReader,
  version: number,
): ApiVersionsResponseSupportedFeatureKey[] | null {
  const count = readCount(reader, true, 6)
  if (count < 0) return null
  const elements: ApiVersionsResponseSupportedFeatureKey[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeApiVersionsResponseSupportedFeatureKey(reader, version))
  return elements
}

function encodeApiVersionsResponseSupportedFeatureKeyArray(
  writer: ByteWriter,
  elements: ApiVersionsResponseSupportedFeatureKey[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeApiVersionsResponseSupportedFeatureKey(writer, element, version)
}

function decodeApiVersionsResponseFinalizedFeatureKeyArray(
  reader: ByteReader,
  version: number,
): ApiVersionsResponseFinalizedFeatureKey[] | null {
  const count = readCount(reader, true, 6)
  if (count < 0) return null
  const elements: ApiVersionsResponseFinalizedFeatureKey[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeApiVersionsResponseFinalizedFeatureKey(reader, version))
  return elements
}

function encodeApiVersionsResponseFinalizedFeatureKeyArray(
  writer: ByteWriter,
  elements: ApiVersionsResponseFinalizedFeatureKey[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeApiVersionsResponseFinalizedFeatureKey(writer, element, version)
}
