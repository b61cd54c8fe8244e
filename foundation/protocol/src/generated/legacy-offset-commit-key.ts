/**
 * LegacyOffsetCommitKey, versions 0 to 0.
 *
 * Generated from definitions/internal/legacy-offset-commit-key.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'

export interface LegacyOffsetCommitKey {
  group: string
  topic: string
  partition: number
}

export function decodeLegacyOffsetCommitKey(
  reader: ByteReader,
  _version: number,
): LegacyOffsetCommitKey {
  const flexible = false
  const group: string = notNull(reader, readString(reader, flexible), 'group')
  const topic: string = notNull(reader, readString(reader, flexible), 'topic')
  const partition: number = reader.readInt32()
  return { group, topic, partition }
}

export function encodeLegacyOffsetCommitKey(
  writer: ByteWriter,
  message: LegacyOffsetCommitKey,
  _version: number,
): void {
  const flexible = false
  writeString(writer, flexible, message.group)
  writeString(writer, flexible, message.topic)
  writer.writeInt32(message.partition)
}
