/**
 * Brings a segment in memory to where its file is, from its last index entry on.
 *
 *   | ... indexed ... | last entry | batches after it ... | end of file
 *                     ^ the walk begins here, headers only
 *
 * What the index says is checked where it is used: the batch at the entry's position must be the one
 * that the entry names. Returns false when index and file do not agree; the caller builds it again.
 */
import type { RecordBatchView } from '@ottla/records'
import type { LeaderEpochCache } from '../leader-epoch/leader-epoch-cache.ts'
import { BatchScanner } from '../read/batch-scanner.ts'
import type { LogSegment } from '../segment/log-segment.ts'

export function resumeFromIndex(segment: LogSegment): boolean {
  const { offsetIndex, timeIndex } = segment
  const lastEntry = offsetIndex.count - 1
  resetCounters(segment)
  if (lastEntry < 0) return true
  const position = offsetIndex.positionAt(lastEntry)
  const file = segment.log.use()
  const batch = new BatchScanner(file, {
    fromPosition: position,
    toPosition: file.sizeInBytes(),
    withBody: false,
  }).next()
  if (batch === undefined || batch.lastOffset !== offsetIndex.offsetAt(lastEntry)) return false
  segment.nextOffset = batch.baseOffset
  segment.sizeInBytes = position
  const lastTime = timeIndex.count - 1
  if (lastTime >= 0) {
    segment.maxTimestamp = timeIndex.timestampAt(lastTime)
    segment.maxTimestampOffset = timeIndex.offsetAt(lastTime)
  }
  segment.firstTimestamp = firstTimestampOf(segment)
  return true
}

export function resetCounters(segment: LogSegment): void {
  segment.sizeInBytes = 0
  segment.nextOffset = segment.baseOffset
  segment.maxTimestamp = -1
  segment.maxTimestampOffset = -1
  segment.firstTimestamp = -1
  segment.bytesSinceIndexEntry = 0
}

/** What rolling by time counts from. */
export function firstTimestampOf(segment: LogSegment): number {
  const file = segment.log.use()
  const first = new BatchScanner(file, {
    fromPosition: 0,
    toPosition: file.sizeInBytes(),
    withBody: false,
  }).next()
  return first?.maxTimestamp ?? -1
}

export interface Follows {
  readonly isCompacted: boolean
}

/** Base offset, last offset and epoch lie outside the checksum or tie batches together: do they fit? */
export function followsOn(
  batch: RecordBatchView,
  expectedOffset: number,
  { isCompacted }: Follows,
): boolean {
  if (batch.lastOffsetDelta < 0) return false
  return isCompacted ? batch.baseOffset >= expectedOffset : batch.baseOffset === expectedOffset
}

/**
 * No checksum covers the epoch of a batch. Below the recovery point the checkpoint of the epochs knows
 * better: it is on the device before the point moves, so an epoch there that it has not heard of is
 * damage. One that is too low is told by its neighbours, or not at all.
 */
export function isEpochKnown(batch: RecordBatchView, checkpointed: LeaderEpochCache): boolean {
  const epoch = checkpointed.epochFor(batch.baseOffset)
  return epoch < 0 || batch.partitionLeaderEpoch <= epoch
}
