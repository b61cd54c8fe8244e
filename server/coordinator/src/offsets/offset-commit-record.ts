/** A committed offset as a record of `__consumer_offsets` and back. */
import { MalformedError, type ByteReader } from '@ottla/base'
import { decodeOffsetCommitKey, encodeOffsetCommitKey } from '@ottla/protocol/offset-commit-key'
import {
  decodeOffsetCommitValue,
  encodeOffsetCommitValue,
} from '@ottla/protocol/offset-commit-value'
import type { CoordinatorRecord } from '../runtime/coordinator-log.ts'
import { encodeTagged, KEY_BODY_VERSION, RecordType } from '../runtime/record-type.ts'
import { NO_TIMESTAMP, type OffsetAndMetadata } from './offset-and-metadata.ts'
import type { OffsetKey } from './offset-store.ts'

/** The only layout with an expiry; it has neither leader epoch nor topic id. */
const EXPIRING_VALUE_VERSION = 1
const VALUE_VERSION = 4

export function offsetCommitRecord(key: OffsetKey, value: OffsetAndMetadata): CoordinatorRecord {
  const version = value.expireTimestampMs === NO_TIMESTAMP ? VALUE_VERSION : EXPIRING_VALUE_VERSION
  return {
    key: encodeKey(key),
    value: encodeTagged(version, (writer) => {
      encodeOffsetCommitValue(
        writer,
        {
          offset: value.committedOffset,
          leaderEpoch: value.leaderEpoch,
          metadata: value.metadata,
          commitTimestamp: value.commitTimestampMs,
          expireTimestamp: value.expireTimestampMs,
          topicId: value.topicId,
        },
        version,
      )
    }),
  }
}

export function offsetCommitTombstone(key: OffsetKey): CoordinatorRecord {
  return { key: encodeKey(key), value: null }
}

function encodeKey({ groupId, topic, partition }: OffsetKey): Buffer {
  return encodeTagged(RecordType.OFFSET_COMMIT, (writer) => {
    encodeOffsetCommitKey(writer, { group: groupId, topic, partition }, KEY_BODY_VERSION)
  })
}

/** `reader` stands behind the type of the key. */
export function readOffsetCommitKey(reader: ByteReader): OffsetKey {
  const { group, topic, partition } = decodeOffsetCommitKey(reader, KEY_BODY_VERSION)
  return { groupId: group, topic, partition }
}

export function readOffsetCommitValue(reader: ByteReader): OffsetAndMetadata {
  const version = reader.readInt16()
  if (version < 0 || version > VALUE_VERSION) {
    throw new MalformedError(`Cannot read OffsetCommitValue: version ${version} is unknown`, 0)
  }
  const value = decodeOffsetCommitValue(reader, version)
  return {
    committedOffset: value.offset,
    leaderEpoch: value.leaderEpoch,
    metadata: value.metadata,
    commitTimestampMs: value.commitTimestamp,
    expireTimestampMs: value.expireTimestamp,
    topicId: value.topicId,
  }
}
