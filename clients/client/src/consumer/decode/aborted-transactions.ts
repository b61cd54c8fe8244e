/**
 * Which batches of one fetch answer belong to transactions that were aborted (read_committed, KIP-98).
 *
 * The broker says with which producer, and from which offset on; the end of each is the abort marker in
 * the log itself. Batches are asked about in the order of their offsets.
 *
 *   aborted: [{ producerId 7, firstOffset 20 }]
 *   log:     … 18: data of 7 (an earlier transaction) │ 20: data of 7 (aborted) │ 23: ABORT of 7 │ 24: data of 7 …
 */
import {
  CONTROL_TYPE_ABORT,
  controlTypeOf,
  RecordCursor,
  type RecordBatchView,
} from '@ottla/records'

export interface AbortedTransaction {
  readonly producerId: number
  readonly firstOffset: number
}

export class AbortedTransactions {
  /** By first offset, the next one first. */
  readonly #coming: readonly AbortedTransaction[]
  #nextIndex = 0
  readonly #open = new Set<number>()

  constructor(aborted: readonly AbortedTransaction[]) {
    this.#coming = aborted.toSorted((a, b) => a.firstOffset - b.firstOffset)
  }

  /** Whether the records of the batch are not to be seen; control batches are told here as well. */
  isAborted(batch: RecordBatchView): boolean {
    const { producerId } = batch
    if (producerId < 0) return false
    this.#openUpTo(batch.lastOffset)
    if (batch.isControl) {
      if (this.#open.has(producerId) && isAbortMarker(batch)) this.#open.delete(producerId)
      return false
    }
    return batch.isTransactional && this.#open.has(producerId)
  }

  #openUpTo(offset: number): void {
    for (;;) {
      const next = this.#coming[this.#nextIndex]
      if (next === undefined || next.firstOffset > offset) return
      this.#open.add(next.producerId)
      this.#nextIndex++
    }
  }
}

function isAbortMarker(batch: RecordBatchView): boolean {
  const cursor = new RecordCursor().reset(batch)
  // Compaction may have left an empty batch.
  return cursor.next() && controlTypeOf(cursor.key) === CONTROL_TYPE_ABORT
}
