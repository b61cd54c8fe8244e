/**
 * Station 9 of the produce path for one log: what the turn has appended, until it is in the segment.
 *
 * Everything goes in one write. Before it nothing of this is visible to readers; a write that fails takes
 * back everything since the last one: offsets, epochs, producer state, and bytes that got into the file.
 */
import { RecordBatchView } from '@ottla/records'
import type { AbortedTransaction } from '../index/transaction-index.ts'
import { fence, type LogState } from '../log-state.ts'
import { isFullDisk, logFailure, reasonOf, StorageError } from '../storage-error.ts'

export interface PendingParts {
  readonly state: LogState
  /** Builds the producer state again from what is on the disk, up to `writtenEndOffset`. */
  readonly reloadProducers: () => void
  readonly onWritten: () => void
  readonly onFullDisk: () => void
}

export class PendingBatches {
  readonly #parts: PendingParts
  readonly #view = new RecordBatchView()
  readonly #batches: Buffer[] = []
  readonly #size = { bytes: 0, count: 0 }
  readonly #aborted: AbortedTransaction[] = []
  /** A write inside `append` failed: whoever appended before it in this turn must hear of it. */
  #missedFailure: StorageError | undefined

  constructor(parts: PendingParts) {
    this.#parts = parts
  }

  get isEmpty(): boolean {
    return this.#batches.length === 0
  }

  get size(): { readonly bytes: number; readonly count: number } {
    return this.#size
  }

  /** The batch has its offsets; nothing of its bytes is needed any more. */
  add(batch: Buffer, aborted: AbortedTransaction | undefined): void {
    this.#batches.push(this.#parts.state.resources.tailCache.adopt(batch))
    this.#size.bytes += batch.length
    this.#size.count++
    if (aborted !== undefined) this.#aborted.push(aborted)
  }

  /** In the middle of an append, because the segment ends here. */
  writeEarly(): void {
    try {
      this.#write()
    } catch (error) {
      if (error instanceof StorageError) this.#missedFailure = error
      throw error
    }
  }

  /** Throws when what was added, or an earlier part of it, did not get to the segment. */
  write(): void {
    const missed = this.#missedFailure
    this.#missedFailure = undefined
    if (!this.isEmpty) this.#write()
    if (missed !== undefined) throw missed
  }

  #write(): void {
    const { state, onWritten } = this.#parts
    const segment = state.segments.active
    try {
      segment.write(this.#batches)
    } catch (error) {
      throw this.#takeBack(error)
    }
    const { indexIntervalBytes } = state.config
    const { tailCache } = state.resources
    for (const batch of this.#batches) {
      const view = this.#view.reset(batch, 0)
      const { baseOffset } = view
      segment.noteBatch(view, indexIntervalBytes)
      tailCache.add(state.tail, batch, baseOffset, segment.nextOffset)
    }
    for (const aborted of this.#aborted) segment.transactionIndex.append(aborted)
    this.#forget()
    state.writtenEndOffset = segment.nextOffset
    onWritten()
  }

  #forget(): void {
    this.#batches.length = 0
    this.#size.bytes = 0
    this.#size.count = 0
    this.#aborted.length = 0
  }

  /** The segment ends where it ended before, and so does everything that was derived from the batches. */
  #takeBack(cause: unknown): StorageError {
    const { state, reloadProducers, onFullDisk } = this.#parts
    const { path } = state.segments.active.log
    const failure = logFailure('append to', path, {
      cause,
      advice: 'check the disk and restart the broker',
    })
    for (const batch of this.#batches) state.resources.tailCache.abandon(batch)
    this.#forget()
    state.nextOffset = state.writtenEndOffset
    state.epochs.truncateFromEnd(state.writtenEndOffset)
    if (isFullDisk(cause)) onFullDisk()
    else fence(state, failure)
    try {
      const { active } = state.segments
      active.log.use({ create: true }).truncate(active.sizeInBytes)
      reloadProducers()
    } catch (error) {
      const what = `Cannot take back a write to "${path}": ${reasonOf(error)}; restart the broker`
      const publicMessage = 'Cannot take back a write to the log; restart the broker'
      fence(state, new StorageError(what, { cause: error, publicMessage }))
    }
    return failure
  }
}
