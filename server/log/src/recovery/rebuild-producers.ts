/**
 * The producer state at an offset: the newest snapshot at or before it that reads back well, and the
 * batches from there on, headers only (markers with their record).
 *
 * Transactions that end in the replayed part are put into the transaction index again, so a lost or
 * harmed one comes back here as well.
 */
import type { RecordBatchView } from '@ottla/records'
import type { DiskFile } from '../disk.ts'
import type { LogState } from '../log-state.ts'
import { BatchScanner } from '../read/batch-scanner.ts'
import type { LogSegment } from '../segment/log-segment.ts'

export interface RebuildOptions {
  readonly upToOffset: number
  /** Do not start from a snapshot later than this; for a transaction index that must be made again. */
  readonly snapshotOffsetMax?: number
}

export function rebuildProducers(state: LogState, options: RebuildOptions): void {
  const { upToOffset } = options
  const fromOffset = loadSnapshot(
    state,
    Math.min(upToOffset, options.snapshotOffsetMax ?? upToOffset),
  )
  const { segments } = state
  for (let place = Math.max(0, segments.placeFor(fromOffset)); ; place++) {
    const segment = segments.at(place)
    if (segment === undefined || segment.baseOffset >= upToOffset) break
    replaySegment(state, segment, fromOffset, upToOffset)
  }
  state.producers.mapEndOffset = upToOffset
}

/** Returns the offset from which batches have to be replayed. */
function loadSnapshot(state: LogState, offsetMax: number): number {
  const { resources, directory, segments, producers, snapshots } = state
  const firstOffset = segments.first.baseOffset
  for (const offset of snapshots.offsets()) {
    if (offset < firstOffset || offset > offsetMax) continue
    const entries = snapshots.read(offset)
    if (entries !== undefined) {
      producers.restore(entries, offset)
      state.snapshotOffset = offset
      return offset
    }
    resources.logger.warn('Cannot use a producer snapshot; an older one takes its place', {
      path: directory.path,
      offset,
    })
  }
  producers.restore([], firstOffset)
  state.snapshotOffset = -1
  return firstOffset
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
  const file = segment.log.use()
  const scanner = new BatchScanner(file, {
    fromPosition: segment.offsetIndex.lookup(fromOffset),
    toPosition: segment.sizeInBytes,
    withBody: false,
  })
  for (let batch = scanner.next(); batch !== undefined; batch = scanner.next()) {
    if (batch.baseOffset >= upToOffset) break
    if (batch.lastOffset < fromOffset || batch.producerId < 0) continue
    const whole = batch.isControl ? withBody(file, scanner) : batch
    const aborted = whole === undefined ? undefined : state.producers.apply(whole)
    if (aborted !== undefined) transactionIndex.append(aborted)
  }
  if (segment !== state.segments.active) transactionIndex.file.persist()
}

function useIndexes({ segments, resources, config }: LogState, segment: LogSegment): void {
  if (segment !== segments.active) resources.indexMemory.use(segment, config.indexIntervalBytes)
}

function withBody(file: DiskFile, headers: BatchScanner): RecordBatchView | undefined {
  return new BatchScanner(file, {
    fromPosition: headers.position,
    toPosition: headers.nextPosition,
    withBody: true,
  }).next()
}
