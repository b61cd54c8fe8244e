/**
 * OffsetCommitKey, versions 0 to 0.
 *
 * Generated from definitions/internal/offset-commit-key.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'

export interface OffsetCommitKey {
  group: string
  topic: string
  partition: number
}

export function decodeOffsetCommitKey(reader: ByteReader, _version: number): OffsetCommitKey {
  const flexible = false
  const group: string = notNull(reader, readString(reader, flexible), 'group')
  const topic: string = notNull(reader, readString(reader, flexible), 'topic')
  const partition: number = reader.readInt32()
  return { group, topic, partition }
}

export function encodeOffsetCommitKey(
  writer: ByteWriter,
  message: OffsetCommitKey,
  _version: number,
): void {
  const flexible = false
  writeString(writer, flexible, message.group)
  writeString(writer, flexible, message.topic)
  writer.writeInt32(message.partition)
}
