/**
 * Makes the offset index and the time index of a segment again from its batches, headers only.
 *
 * For a segment whose data is known to be good (it lies below the recovery point). Returns false when
 * the batches can not be walked to the end of the file; the segment then ends, in memory, after the last
 * good one. Where the disk does not give the segment itself, its error is thrown and the segment stays as
 * it was, problem and all.
 */
import { BatchScanner } from '../read/batch-scanner.ts'
import type { LogSegment } from '../segment/log-segment.ts'
import { isFullDisk, logFailure } from '../storage-error.ts'
import { resetCounters } from './resume-segment.ts'

export function rebuildIndexes(segment: LogSegment, indexIntervalBytes: number): boolean {
  const { indexes, sizeInBytes, nextOffset } = segment
  indexes.offset.file.reset()
  indexes.time.file.reset()
  walk(segment, indexIntervalBytes)
  indexes.problem = undefined
  if (segment.sizeInBytes !== sizeInBytes) return false
  // A sealed segment may end before the next one begins: compaction leaves holes there too.
  segment.nextOffset = Math.max(segment.nextOffset, nextOffset)
  sealOnDisk(segment)
  return true
}

function walk(segment: LogSegment, indexIntervalBytes: number): void {
  const { sizeInBytes, nextOffset, maxTimestamp, maxTimestampOffset, firstTimestamp } = segment
  const before = { sizeInBytes, nextOffset, maxTimestamp, maxTimestampOffset, firstTimestamp }
  resetCounters(segment)
  try {
    const scanner = new BatchScanner(segment.log.use(), {
      fromPosition: 0,
      toPosition: sizeInBytes,
      withBody: false,
    })
    for (let batch = scanner.next(); batch !== undefined; batch = scanner.next()) {
      segment.noteBatch(batch, indexIntervalBytes)
    }
  } catch (error) {
    Object.assign(segment, before)
    throw error
  }
}

/**
 * An index is a cache: on a full disk it stays in memory alone. A piece of it in the file would be worse
 * than no file, which the next start notices.
 */
export function sealOnDisk(segment: LogSegment): void {
  try {
    segment.seal()
  } catch (error) {
    if (!isFullDisk(error)) {
      const advice = 'check the disk and restart the broker'
      throw logFailure('write the indexes of', segment.log.path, { cause: error, advice })
    }
    segment.indexes.removeFiles()
  }
}
