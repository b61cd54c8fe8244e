/**
 * From an offset to a place in the segment: one entry about every `index.interval.bytes`.
 *
 *   entry:  | offset - baseOffset (int32) | position in the segment (int32) |
 *
 * The offset of an entry is the last one of the batch that begins at its position, as Kafka 4 writes
 * it. `lookup` therefore gives a batch at or before the one that holds the offset, and the reader
 * walks on from there.
 */
import type { SegmentFile } from '../disk/open-files.ts'
import { IndexFile } from './index-file.ts'

export const OFFSET_ENTRY_BYTES = 8

export class OffsetIndex {
  readonly file: IndexFile
  readonly #baseOffset: number

  constructor(options: { file: SegmentFile; baseOffset: number; exists: boolean }) {
    this.#baseOffset = options.baseOffset
    this.file = new IndexFile({
      file: options.file,
      entryBytes: OFFSET_ENTRY_BYTES,
      exists: options.exists,
    })
  }

  get count(): number {
    return this.file.count
  }

  isFull(indexBytesMax: number): boolean {
    return (this.file.count + 1) * OFFSET_ENTRY_BYTES > indexBytesMax
  }

  offsetAt(entry: number): number {
    return this.#baseOffset + this.file.bytes.readInt32BE(entry * OFFSET_ENTRY_BYTES)
  }

  positionAt(entry: number): number {
    return this.file.bytes.readInt32BE(entry * OFFSET_ENTRY_BYTES + 4)
  }

  append(offset: number, position: number): void {
    const at = this.file.add()
    this.file.bytes.writeInt32BE(offset - this.#baseOffset, at)
    this.file.bytes.writeInt32BE(position, at + 4)
  }

  /** The number of the last entry whose offset is at most `offset`; -1 when there is none. */
  entryFor(offset: number): number {
    let low = 0
    let high = this.file.count - 1
    while (low <= high) {
      const middle = (low + high) >>> 1
      if (this.offsetAt(middle) <= offset) low = middle + 1
      else high = middle - 1
    }
    return high
  }

  /** Where to begin looking for `offset`; the start of the segment when no entry is before it. */
  lookup(offset: number): number {
    const entry = this.entryFor(offset)
    return entry < 0 ? 0 : this.positionAt(entry)
  }

  /** Removes the entries of `offset` and later. */
  truncateTo(offset: number): void {
    this.file.keepFirst(this.entryFor(offset - 1) + 1)
  }

  /** Entries grow, and lie inside a segment of `segmentBytes`. */
  isSane(segmentBytes: number): boolean {
    let offset = this.#baseOffset - 1
    let position = -1
    for (let entry = 0; entry < this.file.count; entry++) {
      if (this.offsetAt(entry) <= offset || this.positionAt(entry) <= position) return false
      offset = this.offsetAt(entry)
      position = this.positionAt(entry)
    }
    return position < Math.max(segmentBytes, 1)
  }
}
