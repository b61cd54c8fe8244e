/**
 * UpdateFeatures (API key 57), versions 0 to 2.
 *
 * Generated from definitions/57-update-features.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface UpdateFeaturesRequest {
  timeoutMs: number
  featureUpdates: UpdateFeaturesRequestFeatureUpdateKey[]
  /** Where version >= 1. */
  validateOnly: boolean
}

export interface UpdateFeaturesRequestFeatureUpdateKey {
  feature: string
  maxVersionLevel: number
  /** Where version <= 0. */
  allowDowngrade: boolean
  /** Where version >= 1. */
  upgradeType: number
}

export function decodeUpdateFeaturesRequest(
  reader: ByteReader,
  version: number,
): UpdateFeaturesRequest {
  const flexible = true
  const timeoutMs: number = reader.readInt32()
  const featureUpdates: UpdateFeaturesRequestFeatureUpdateKey[] = notNull(
    reader,
    decodeUpdateFeaturesRequestFeatureUpdateKeyArray(reader, version),
    'FeatureUpdates',
  )
  const validateOnly: boolean = version >= 1 ? reader.readBoolean() : false
  if (flexible) skipTaggedFields(reader)
  return { timeoutMs, featureUpdates, validateOnly }
}

export function encodeUpdateFeaturesRequest(
  writer: ByteWriter,
  message: UpdateFeaturesRequest,
  version: number,
): void {
  const flexible = true
  writer.writeInt32(message.timeoutMs)
  encodeUpdateFeaturesRequestFeatureUpdateKeyArray(writer, message.featureUpdates, version)
  if (version >= 1) {
    writer.writeBoolean(message.validateOnly)
  } else if (message.validateOnly !== false) {
    throw new UnsupportedFieldError('UpdateFeaturesRequest', 'ValidateOnly', version)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeUpdateFeaturesRequestFeatureUpdateKey(
  reader: ByteReader,
  version: number,
): UpdateFeaturesRequestFeatureUpdateKey {
  const flexible = true
  const feature: string = notNull(reader, readString(reader, flexible), 'Feature')
  const maxVersionLevel: number = reader.readInt16()
  const allowDowngrade: boolean = version <= 0 ? reader.readBoolean() : false
  const upgradeType: number = version >= 1 ? reader.readInt8() : 1
  if (flexible) skipTaggedFields(reader)
  return { feature, maxVersionLevel, allowDowngrade, upgradeType }
}

function encodeUpdateFeaturesRequestFeatureUpdateKey(
  writer: ByteWriter,
  message: UpdateFeaturesRequestFeatureUpdateKey,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.feature)
  writer.writeInt16(message.maxVersionLevel)
  if (version <= 0) {
    writer.writeBoolean(message.allowDowngrade)
  } else if (message.allowDowngrade !== false) {
    throw new UnsupportedFieldError(
      'UpdateFeaturesRequestFeatureUpdateKey',
      'AllowDowngrade',
      version,
    )
  }
  if (version >= 1) {
    writer.writeInt8(message.upgradeType)
  } else if (message.upgradeType !== 1) {
    throw new UnsupportedFieldError('UpdateFeaturesRequestFeatureUpdateKey', 'UpgradeType', version)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeUpdateFeaturesRequestFeatureUpdateKeyArray(
  reader: ByteReader,
  version: number,
): UpdateFeaturesRequestFeatureUpdateKey[] | null {
  const count = readCount(reader, true, 5)
  if (count < 0) return null
  const elements: UpdateFeaturesRequestFeatureUpdateKey[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeUpdateFeaturesRequestFeatureUpdateKey(reader, version))
  return elements
}

function encodeUpdateFeaturesRequestFeatureUpdateKeyArray(
  writer: ByteWriter,
  elements: UpdateFeaturesRequestFeatureUpdateKey[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeUpdateFeaturesRequestFeatureUpdateKey(writer, element, version)
}
