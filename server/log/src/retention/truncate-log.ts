/**
 * Cuts a log back: a follower removes what its leader does not have (KIP-101).
 *
 * The recovery point is written down before the bytes go. In the other order a crash in between would
 * leave a recovery point beyond the end of the log, which reads as damage.
 */
import { fence, type LogState } from '../log-state.ts'
import { BatchScanner } from '../read/batch-scanner.ts'
import type { LogReader } from '../read/log-reader.ts'
import { rebuildProducers } from '../recovery/rebuild-producers.ts'
import type { LogFlusher } from '../segment/log-flusher.ts'
import type { LogSegment } from '../segment/log-segment.ts'
import type { SegmentRoller } from '../segment/segment-roller.ts'
import { publicReasonOf, reasonOf, StorageError } from '../storage-error.ts'

export interface TruncateParts {
  readonly state: LogState
  readonly flusher: LogFlusher
  readonly roller: SegmentRoller
  readonly reader: LogReader
}

export function truncateLog(parts: TruncateParts, offset: number): void {
  const { state, reader } = parts
  if (offset >= state.nextOffset) return
  try {
    state.truncationCount++
    const cut = offset < state.segments.first.baseOffset ? undefined : findCut(state, offset)
    // Not `offset`, which may lie in a batch that goes as a whole.
    state.recoveryPoint = Math.min(state.recoveryPoint, cut?.end.nextOffset ?? offset)
    state.resources.onTruncate(state)
    reader.forgetPositions()
    state.resources.tailCache.clear(state.tail)
    removeSnapshotsAfter(state, offset)
    if (cut === undefined) startAnew(parts, offset)
    else cutSegments(parts, cut)
    // Before anything is written in its place: the loss of power must not bring back what was cut and
    // leave out what took its offsets.
    const { active } = state.segments
    active.log.use().sync()
    state.resources.disk.syncDirectory(state.directory.path)
    state.nextOffset = state.segments.active.nextOffset
    state.writtenEndOffset = state.nextOffset
    state.logStartOffset = Math.min(state.logStartOffset, state.nextOffset)
    state.epochs.truncateFromEnd(state.nextOffset)
    rebuildProducers(state, { upToOffset: state.nextOffset })
    state.isDirectoryUnsynced = true
    state.resources.onChanged(state)
  } catch (error) {
    const advice = 'check the disk and restart the broker'
    const failure = new StorageError(
      `Cannot truncate log "${state.directory.path}" to offset ${offset}: ${reasonOf(error)}; ${advice}`,
      {
        cause: error,
        publicMessage: `Cannot truncate the log to offset ${offset}: ${publicReasonOf(error)}; ${advice}`,
      },
    )
    // Half cut: what is in memory and what is on the disk may differ from here on.
    fence(state, failure)
    throw failure
  }
}

/** Everything goes: the log begins again at `offset`. */
function startAnew(parts: TruncateParts, offset: number): void {
  const { state, roller } = parts
  remove(parts, state.segments.removeFrom(0))
  state.segments.add(roller.create(offset))
  state.logStartOffset = offset
}

interface Cut {
  readonly segment: LogSegment
  readonly end: CutEnd
}

/** Where the log will end. Nothing is changed yet but what is wrong with the indexes. */
function findCut(state: LogState, offset: number): Cut {
  const { segments, resources } = state
  const segment = segments.at(Math.max(0, segments.placeFor(offset - 1))) ?? segments.active
  resources.indexMemory.use(state, segment)
  return { segment, end: endBefore(segment, offset) }
}

function cutSegments(parts: TruncateParts, { segment, end }: Cut): void {
  const { state } = parts
  remove(parts, state.segments.removeFrom(segment.baseOffset + 1))
  // It is active from now on.
  state.resources.indexMemory.forget(segment)
  parts.flusher.forget(segment)
  segment.offsetIndex.truncateTo(end.nextOffset)
  segment.timeIndex.truncateTo(end.nextOffset)
  segment.transactionIndex.truncateTo(end.nextOffset)
  segment.truncate(end.position, end.nextOffset)
  segment.recountAfterCut(end)
}

function remove(parts: TruncateParts, removed: readonly LogSegment[]): void {
  for (const segment of removed) {
    parts.flusher.forget(segment)
    parts.state.resources.indexMemory.forget(segment)
    segment.unlinkFiles()
  }
}

export interface CutEnd {
  position: number
  nextOffset: number
  maxTimestamp: number
  maxTimestampOffset: number
  bytesSinceIndexEntry: number
}

/** Walks to the last batch that lies wholly before `offset`; a batch that straddles it goes too. */
function endBefore(segment: LogSegment, offset: number): CutEnd {
  const { offsetIndex, timeIndex } = segment
  const entry = offsetIndex.entryFor(offset - 1)
  const timeEntry = lastTimeEntryBefore(segment, offset)
  const end: CutEnd = {
    position: entry < 0 ? 0 : offsetIndex.positionAt(entry),
    nextOffset: segment.baseOffset,
    maxTimestamp: timeEntry < 0 ? -1 : timeIndex.timestampAt(timeEntry),
    maxTimestampOffset: timeEntry < 0 ? -1 : timeIndex.offsetAt(timeEntry),
    bytesSinceIndexEntry: 0,
  }
  const scanner = new BatchScanner(segment.log.use(), {
    fromPosition: end.position,
    toPosition: segment.sizeInBytes,
    withBody: false,
  })
  for (let batch = scanner.next(); batch !== undefined; batch = scanner.next()) {
    if (batch.lastOffset >= offset) break
    end.position = scanner.nextPosition
    end.nextOffset = batch.lastOffset + 1
    end.bytesSinceIndexEntry += batch.sizeInBytes
    if (batch.maxTimestamp > end.maxTimestamp) {
      end.maxTimestamp = batch.maxTimestamp
      end.maxTimestampOffset = batch.lastOffset
    }
  }
  return end
}

function lastTimeEntryBefore(segment: LogSegment, offset: number): number {
  let entry = segment.timeIndex.count - 1
  while (entry >= 0 && segment.timeIndex.offsetAt(entry) >= offset) entry--
  return entry
}

/** A snapshot beyond the end would say of other batches than those that are written there next. */
function removeSnapshotsAfter(state: LogState, endOffset: number): void {
  for (const offset of state.snapshots.offsets()) {
    if (offset > endOffset) state.snapshots.remove(offset)
  }
}
