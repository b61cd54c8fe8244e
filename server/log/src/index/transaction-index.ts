/**
 * The transactions of a segment that were aborted, in the order of their markers.
 *
 *   entry:  | version (int16) 0 | producerId | firstOffset | lastOffset | lastStableOffset (int64 each) |
 *
 * `lastOffset` is the marker's. The file exists only when something was aborted, as in Kafka.
 */
import type { SegmentFile } from '../disk/open-files.ts'
import { IndexFile } from './index-file.ts'
import { readInt64, writeInt64 } from './int64.ts'

export const TRANSACTION_ENTRY_BYTES = 34
const VERSION = 0

export interface AbortedTransaction {
  readonly producerId: number
  readonly firstOffset: number
  readonly lastOffset: number
  readonly lastStableOffset: number
}

export class TransactionIndex {
  readonly file: IndexFile

  constructor(options: { file: SegmentFile; exists: boolean }) {
    this.file = new IndexFile({
      file: options.file,
      entryBytes: TRANSACTION_ENTRY_BYTES,
      exists: options.exists,
    })
  }

  get count(): number {
    return this.file.count
  }

  at(entry: number): AbortedTransaction {
    const position = entry * TRANSACTION_ENTRY_BYTES
    const { bytes } = this.file
    return {
      producerId: readInt64(bytes, position + 2),
      firstOffset: readInt64(bytes, position + 10),
      lastOffset: readInt64(bytes, position + 18),
      lastStableOffset: readInt64(bytes, position + 26),
    }
  }

  append(transaction: AbortedTransaction): void {
    const at = this.file.add()
    const { bytes } = this.file
    bytes.writeInt16BE(VERSION, at)
    writeInt64(bytes, transaction.producerId, at + 2)
    writeInt64(bytes, transaction.firstOffset, at + 10)
    writeInt64(bytes, transaction.lastOffset, at + 18)
    writeInt64(bytes, transaction.lastStableOffset, at + 26)
  }

  /**
   * Adds those that matter to a reader of [fromOffset, upToOffset) to `found`; true when no later
   * segment can have more of them.
   */
  collect(fromOffset: number, upToOffset: number, found: AbortedTransaction[]): boolean {
    for (let entry = 0; entry < this.file.count; entry++) {
      const transaction = this.at(entry)
      if (transaction.lastOffset >= fromOffset && transaction.firstOffset < upToOffset) {
        found.push(transaction)
      }
      if (transaction.lastStableOffset >= upToOffset) return true
    }
    return false
  }

  /** Removes the transactions whose marker is at `offset` or later. */
  truncateTo(offset: number): void {
    let count = this.file.count
    while (count > 0 && this.at(count - 1).lastOffset >= offset) count--
    this.file.keepFirst(count)
  }

  isSane(baseOffset: number, nextOffset: number): boolean {
    let marker = baseOffset - 1
    for (let entry = 0; entry < this.file.count; entry++) {
      const { firstOffset, lastOffset } = this.at(entry)
      // The marker comes after at least one record of its transaction.
      if (lastOffset <= marker || lastOffset >= nextOffset || firstOffset >= lastOffset)
        return false
      if (this.file.bytes.readInt16BE(entry * TRANSACTION_ENTRY_BYTES) !== VERSION) return false
      marker = lastOffset
    }
    return true
  }
}
