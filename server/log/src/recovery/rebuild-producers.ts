/**
 * The producer state at an offset: the newest snapshot at or before it that reads back well, and the
 * batches from there on, headers only (markers with their record).
 *
 * Transactions that end in the replayed part are put into the transaction index again, so what a crash
 * took from the end of one comes back here as well.
 */
import type { RecordBatchView } from '@ottla/records'
import type { DiskFile } from '../disk.ts'
import type { AbortedTransaction } from '../index/transaction-index.ts'
import type { LogState } from '../log-state.ts'
import type { ProducerStateManager } from '../producer-state/producer-state-manager.ts'
import { BatchScanner } from '../read/batch-scanner.ts'
import type { LogSegment } from '../segment/log-segment.ts'

const NO_SNAPSHOT = -1

export interface RebuildOptions {
  readonly upToOffset: number
}

export function rebuildProducers(state: LogState, { upToOffset }: RebuildOptions): void {
  const { segments, producers } = state
  const firstOffset = segments.first.baseOffset
  state.snapshotOffset = restoreSnapshot(state, producers, upToOffset)
  if (state.snapshotOffset === NO_SNAPSHOT) producers.restore([], firstOffset)
  const fromOffset = Math.max(state.snapshotOffset, firstOffset)
  for (let place = Math.max(0, segments.placeFor(fromOffset)); ; place++) {
    const segment = segments.at(place)
    if (segment === undefined || segment.baseOffset >= upToOffset) break
    replaySegment(state, segment, fromOffset, upToOffset)
  }
  producers.mapEndOffset = upToOffset
}

/** Brings `producers` to the newest good snapshot up to `offsetMax`; returns its offset, -1 without one. */
export function restoreSnapshot(
  state: LogState,
  producers: ProducerStateManager,
  offsetMax: number,
): number {
  const { resources, directory, segments, snapshots } = state
  const firstOffset = segments.first.baseOffset
  for (const offset of snapshots.offsets()) {
    if (offset < firstOffset || offset > offsetMax) continue
    const entries = snapshots.read(offset)
    if (entries !== undefined) {
      producers.restore(entries, offset)
      return offset
    }
    resources.logger.warn('Cannot use a producer snapshot; an older one takes its place', {
      path: directory.path,
      offset,
    })
  }
  return NO_SNAPSHOT
}

function replaySegment(
  state: LogState,
  segment: LogSegment,
  fromOffset: number,
  upToOffset: number,
): void {
  if (segment.nextOffset <= fromOffset || segment.isEmpty) return
  useIndexes(state, segment)
  const { transactionIndex } = segment
  transactionIndex.truncateTo(fromOffset)
  const fromPosition = segment.offsetIndex.lookup(fromOffset)
  replayBatches(
    segment,
    state.producers,
    { fromPosition, fromOffset, upToOffset },
    (transaction) => {
      transactionIndex.append(transaction)
    },
  )
  if (segment !== state.segments.active) transactionIndex.file.persist()
}

export interface ReplayRange {
  /** Of a batch at or before the one that holds `fromOffset`. */
  readonly fromPosition: number
  readonly fromOffset: number
  readonly upToOffset?: number
}

export function replayBatches(
  segment: LogSegment,
  producers: ProducerStateManager,
  { fromPosition, fromOffset, upToOffset = Infinity }: ReplayRange,
  onAborted: (transaction: AbortedTransaction) => void,
): void {
  if (segment.isEmpty) return
  const file = segment.log.use()
  const toPosition = segment.sizeInBytes
  const scanner = new BatchScanner(file, { fromPosition, toPosition, withBody: false })
  for (let batch = scanner.next(); batch !== undefined; batch = scanner.next()) {
    if (batch.baseOffset >= upToOffset) break
    if (batch.lastOffset < fromOffset || batch.producerId < 0) continue
    const whole = batch.isControl ? withBody(file, scanner) : batch
    const aborted = whole === undefined ? undefined : producers.apply(whole)
    if (aborted !== undefined) onAborted(aborted)
  }
}

function useIndexes(state: LogState, segment: LogSegment): void {
  if (segment !== state.segments.active) state.resources.indexMemory.use(state, segment)
}

function withBody(file: DiskFile, headers: BatchScanner): RecordBatchView | undefined {
  return new BatchScanner(file, {
    fromPosition: headers.position,
    toPosition: headers.nextPosition,
    withBody: true,
  }).next()
}
