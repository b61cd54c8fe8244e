/**
 * GroupMetadataKey, versions 0 to 0.
 *
 * Generated from definitions/internal/group-metadata-key.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'

export interface GroupMetadataKey {
  group: string
}

export function decodeGroupMetadataKey(reader: ByteReader, _version: number): GroupMetadataKey {
  const flexible = false
  const group: string = notNull(reader, readString(reader, flexible), 'group')
  return { group }
}

export function encodeGroupMetadataKey(
  writer: ByteWriter,
  message: GroupMetadataKey,
  _version: number,
): void {
  const flexible = false
  writeString(writer, flexible, message.group)
}
