/**
 * From a timestamp to an offset: each entry says "no record of this segment up to and including this
 * offset is later than this timestamp".
 *
 *   entry:  | timestamp (int64) | offset - baseOffset (int32) |
 *
 * Timestamps grow from entry to entry. The offset is the last one of the batch that has the timestamp.
 * The last entry of a segment that is not written any more has the greatest timestamp of it.
 */
import type { SegmentFile } from '../disk/open-files.ts'
import { IndexFile } from './index-file.ts'
import { readInt64, writeInt64 } from './int64.ts'

export const TIME_ENTRY_BYTES = 12

export class TimeIndex {
  readonly file: IndexFile
  readonly #baseOffset: number

  constructor(options: { file: SegmentFile; baseOffset: number; exists: boolean }) {
    this.#baseOffset = options.baseOffset
    this.file = new IndexFile({
      file: options.file,
      entryBytes: TIME_ENTRY_BYTES,
      exists: options.exists,
    })
  }

  get count(): number {
    return this.file.count
  }

  /** One entry stays free for the greatest timestamp, which is added when the segment is rolled. */
  isFull(indexBytesMax: number): boolean {
    return (this.file.count + 2) * TIME_ENTRY_BYTES > indexBytesMax
  }

  timestampAt(entry: number): number {
    return readInt64(this.file.bytes, entry * TIME_ENTRY_BYTES)
  }

  offsetAt(entry: number): number {
    return this.#baseOffset + this.file.bytes.readInt32BE(entry * TIME_ENTRY_BYTES + 8)
  }

  /** From the file, without loading all of it; undefined when there is none. */
  readLastEntry(): { timestamp: number; offset: number } | undefined {
    const bytes = this.file.readLast()
    if (bytes === undefined) return undefined
    return {
      timestamp: readInt64(bytes, 0),
      offset: this.#baseOffset + bytes.readInt32BE(TIME_ENTRY_BYTES - 4),
    }
  }

  /** Adds an entry when the timestamp is later than the last one's. */
  maybeAppend(timestamp: number, offset: number): void {
    const last = this.file.count - 1
    if (timestamp < 0 || (last >= 0 && this.timestampAt(last) >= timestamp)) return
    const at = this.file.add()
    writeInt64(this.file.bytes, timestamp, at)
    this.file.bytes.writeInt32BE(offset - this.#baseOffset, at + 8)
  }

  /** The number of the last entry that is earlier than `timestamp`; -1 when there is none. */
  entryBefore(timestamp: number): number {
    let low = 0
    let high = this.file.count - 1
    while (low <= high) {
      const middle = (low + high) >>> 1
      if (this.timestampAt(middle) < timestamp) low = middle + 1
      else high = middle - 1
    }
    return high
  }

  /** Removes the entries of `offset` and later. */
  truncateTo(offset: number): void {
    let count = this.file.count
    while (count > 0 && this.offsetAt(count - 1) >= offset) count--
    this.file.keepFirst(count)
  }

  /** Timestamps grow and are exact, offsets do not go back and lie below `nextOffset`. */
  isSane(nextOffset: number): boolean {
    let timestamp = -1
    let offset = this.#baseOffset - 1
    for (let entry = 0; entry < this.file.count; entry++) {
      if (this.timestampAt(entry) <= timestamp || this.offsetAt(entry) < offset) return false
      timestamp = this.timestampAt(entry)
      offset = this.offsetAt(entry)
    }
    return (
      timestamp <= Number.MAX_SAFE_INTEGER && offset < Math.max(nextOffset, this.#baseOffset + 1)
    )
  }
}
