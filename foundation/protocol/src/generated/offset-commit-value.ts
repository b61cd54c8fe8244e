/**
 * OffsetCommitValue, versions 0 to 4.
 *
 * Generated from definitions/internal/offset-commit-value.api; do not edit.
 */
import { type ByteReader, ByteWriter, ZERO_UUID, type Uuid } from '@ottla/base'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import {
  TAGGED_FIELD_BYTES,
  endTaggedField,
  readTaggedSize,
  writeTaggedField,
} from '../wire/tagged-fields.ts'

export interface OffsetCommitValue {
  offset: number
  /** Where version >= 3. */
  leaderEpoch: number
  metadata: string
  commitTimestamp: number
  /** Where version >= 1 && version <= 1. */
  expireTimestamp: number
  /** Where version >= 4. */
  topicId: Uuid
}

export function decodeOffsetCommitValue(reader: ByteReader, version: number): OffsetCommitValue {
  const flexible = version >= 4
  const offset: number = reader.readInt64()
  const leaderEpoch: number = version >= 3 ? reader.readInt32() : -1
  const metadata: string = notNull(reader, readString(reader, flexible), 'metadata')
  const commitTimestamp: number = reader.readInt64()
  const expireTimestamp: number = version >= 1 && version <= 1 ? reader.readInt64() : -1
  let topicId: Uuid = ZERO_UUID
  if (flexible) {
    for (let left = reader.readUnsignedVarint(); left > 0; left--) {
      const tag = reader.readUnsignedVarint()
      const size = readTaggedSize(reader)
      const end = reader.position + size
      switch (tag) {
        case 0:
          if (version >= 4) topicId = reader.readUuid()
          else reader.skip(size)
          break
        default:
          reader.skip(size)
      }
      endTaggedField(reader, end)
    }
  }
  return { offset, leaderEpoch, metadata, commitTimestamp, expireTimestamp, topicId }
}

export function encodeOffsetCommitValue(
  writer: ByteWriter,
  message: OffsetCommitValue,
  version: number,
): void {
  const flexible = version >= 4
  writer.writeInt64(message.offset)
  if (version >= 3) {
    writer.writeInt32(message.leaderEpoch)
  }
  writeString(writer, flexible, message.metadata)
  writer.writeInt64(message.commitTimestamp)
  if (version >= 1 && version <= 1) {
    writer.writeInt64(message.expireTimestamp)
  }
  if (flexible) {
    writer.writeUnsignedVarint(version >= 4 && message.topicId !== ZERO_UUID ? 1 : 0)
    if (version >= 4 && message.topicId !== ZERO_UUID) {
      const field = new ByteWriter(TAGGED_FIELD_BYTES)
      field.writeUuid(message.topicId)
      writeTaggedField(writer, 0, field)
    }
  }
}
