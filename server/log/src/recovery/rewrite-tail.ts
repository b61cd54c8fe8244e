/**
 * After a sync that failed: writes what recovery found above the recovery point once more, and syncs it.
 *
 *   | on the device | in the page cache, taken for clean by the kernel |
 *                   ^ recovery point                                   ^ end
 *
 * Writing the same bytes makes the pages dirty, so this sync is about them; the one that the first flush
 * would do is not. Only after it may anything of the log be acknowledged. A bad disk fails again here,
 * and the log stays closed.
 */
import type { LogState } from '../log-state.ts'
import type { LogSegment } from '../segment/log-segment.ts'
import { writeFully } from '../segment/write-fully.ts'

const PIECE_BYTES = 1024 * 1024

export function rewriteTail(state: LogState, recoveryPoint: number): void {
  const { segments, resources, directory } = state
  for (let place = Math.max(0, segments.placeFor(recoveryPoint)); ; place++) {
    const segment = segments.at(place)
    if (segment === undefined) break
    rewriteSegment(segment, recoveryPoint)
  }
  resources.disk.syncDirectory(directory.path)
  state.isParentUnsynced = true
  resources.logger.warn('Wrote the end of a log anew, as the disk had failed to sync it', {
    topic: state.topic,
    partition: state.partition,
    fromOffset: recoveryPoint,
    toOffset: segments.active.nextOffset,
  })
}

/** The indexes are caches, and were made again by recovery. */
function rewriteSegment(segment: LogSegment, recoveryPoint: number): void {
  const file = segment.log.use()
  const end = file.sizeInBytes()
  const piece = Buffer.allocUnsafeSlow(PIECE_BYTES)
  let position = segment.offsetIndex.lookup(recoveryPoint)
  while (position < end) {
    const got = file.read(piece.subarray(0, Math.min(PIECE_BYTES, end - position)), position)
    if (got === 0) break
    writeFully(file, [piece.subarray(0, got)], position)
    position += got
  }
  file.sync()
}
