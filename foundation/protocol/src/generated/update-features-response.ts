/**
 * UpdateFeatures (API key 57), versions 0 to 2.
 *
 * Generated from definitions/57-update-features.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface UpdateFeaturesResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  /** Where version <= 1. */
  results: UpdateFeaturesResponseUpdatableFeatureResult[]
}

export interface UpdateFeaturesResponseUpdatableFeatureResult {
  feature: string
  errorCode: number
  errorMessage: string | null
}

export function decodeUpdateFeaturesResponse(
  reader: ByteReader,
  version: number,
): UpdateFeaturesResponse {
  const flexible = true
  const throttleTimeMs: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  const results: UpdateFeaturesResponseUpdatableFeatureResult[] =
    version <= 1
      ? notNull(
          reader,
          decodeUpdateFeaturesResponseUpdatableFeatureResultArray(reader, version),
          'Results',
        )
      : []
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, errorCode, errorMessage, results }
}

export function encodeUpdateFeaturesResponse(
  writer: ByteWriter,
  message: UpdateFeaturesResponse,
  version: number,
): void {
  const flexible = true
  writer.writeInt32(message.throttleTimeMs)
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  if (version <= 1) {
    encodeUpdateFeaturesResponseUpdatableFeatureResultArray(writer, message.results, version)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeUpdateFeaturesResponseUpdatableFeatureResult(
  reader: ByteReader,
  _version: number,
): UpdateFeaturesResponseUpdatableFeatureResult {
  const flexible = true
  const feature: string = notNull(reader, readString(reader, flexible), 'Feature')
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  if (flexible) skipTaggedFields(reader)
  return { feature, errorCode, errorMessage }
}

function encodeUpdateFeaturesResponseUpdatableFeatureResult(
  writer: ByteWriter,
  message: UpdateFeaturesResponseUpdatableFeatureResult,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.feature)
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeUpdateFeaturesResponseUpdatableFeatureResultArray(
  reader: ByteReader,
  version: number,
): UpdateFeaturesResponseUpdatableFeatureResult[] | null {
  const count = readCount(reader, true, 5)
  if (count < 0) return null
  const elements: UpdateFeaturesResponseUpdatableFeatureResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeUpdateFeaturesResponseUpdatableFeatureResult(reader, version))
  return elements
}

function encodeUpdateFeaturesResponseUpdatableFeatureResultArray(
  writer: ByteWriter,
  elements: UpdateFeaturesResponseUpdatableFeatureResult[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeUpdateFeaturesResponseUpdatableFeatureResult(writer, element, version)
}
