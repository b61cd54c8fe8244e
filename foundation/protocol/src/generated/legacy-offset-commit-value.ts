/**
 * LegacyOffsetCommitValue, versions 0 to 0.
 *
 * Generated from definitions/internal/legacy-offset-commit-value.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'

export interface LegacyOffsetCommitValue {
  offset: number
  metadata: string
  commitTimestamp: number
}

export function decodeLegacyOffsetCommitValue(
  reader: ByteReader,
  _version: number,
): LegacyOffsetCommitValue {
  const flexible = false
  const offset: number = reader.readInt64()
  const metadata: string = notNull(reader, readString(reader, flexible), 'metadata')
  const commitTimestamp: number = reader.readInt64()
  return { offset, metadata, commitTimestamp }
}

export function encodeLegacyOffsetCommitValue(
  writer: ByteWriter,
  message: LegacyOffsetCommitValue,
  _version: number,
): void {
  const flexible = false
  writer.writeInt64(message.offset)
  writeString(writer, flexible, message.metadata)
  writer.writeInt64(message.commitTimestamp)
}
