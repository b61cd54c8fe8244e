/**
 * Makes the offset index and the time index of a segment again from its batches, headers only.
 *
 * For a segment whose data is known to be good (it lies below the recovery point) and whose index is
 * missing or wrong. Returns false when the batches can not be walked to the end of the file; the segment
 * then ends, in memory, after the last good one.
 */
import { BatchScanner } from '../read/batch-scanner.ts'
import type { LogSegment } from '../segment/log-segment.ts'
import { isFullDisk } from '../storage-error.ts'
import { resetCounters } from './resume-segment.ts'

export function rebuildIndexes(segment: LogSegment, indexIntervalBytes: number): boolean {
  const { sizeInBytes, nextOffset } = segment
  segment.offsetIndex.file.reset()
  segment.timeIndex.file.reset()
  resetCounters(segment)
  const scanner = new BatchScanner(segment.log.use(), {
    fromPosition: 0,
    toPosition: sizeInBytes,
    withBody: false,
  })
  for (let batch = scanner.next(); batch !== undefined; batch = scanner.next()) {
    segment.noteBatch(batch, indexIntervalBytes)
  }
  if (segment.sizeInBytes !== sizeInBytes) return false
  // A sealed segment may end before the next one begins: compaction leaves holes there too.
  segment.nextOffset = Math.max(segment.nextOffset, nextOffset)
  sealOnDisk(segment)
  return true
}

/**
 * An index is a cache: on a full disk it stays in memory alone. A piece of it in the file would be worse
 * than no file, which the next start notices.
 */
export function sealOnDisk(segment: LogSegment): void {
  try {
    segment.seal()
  } catch (error) {
    if (!isFullDisk(error)) throw error
    segment.removeIndexFiles()
  }
}
