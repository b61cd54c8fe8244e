/**
 * The int16 in front of every key of `__consumer_offsets` says what the record is; the one in front of a
 * value is the version of its body (conformance O15).
 *
 *   key:    type int16 | body        value:  version int16 | body
 *
 * Keys without a number here belong to groups of other kinds (KIP-848, share, streams).
 */
import { ByteWriter } from '@ottla/base'

export const RecordType = {
  /** The oldest key of an offset commit; still read, never written. */
  LEGACY_OFFSET_COMMIT: 0,
  OFFSET_COMMIT: 1,
  GROUP_METADATA: 2,
} as const

/** Layouts of keys never changed: they have only the version 0. */
export const KEY_BODY_VERSION = 0

/**
 * One writer for all records: they are small, and share its chunks. What it has returned it never
 * writes again, so the log may keep it for as long as it likes.
 */
const writer = new ByteWriter()

/** The tag and the body as one buffer. */
export function encodeTagged(tag: number, encodeBody: (writer: ByteWriter) => void): Buffer {
  writer.writeInt16(tag)
  try {
    encodeBody(writer)
  } catch (error) {
    // What was written so far would be the beginning of the next record.
    writer.finish()
    throw error
  }
  return writer.finishJoined()
}
