/**
 * Producer snapshots that nobody will start from: not at the base offset of a segment and not the newest,
 * or beyond the end of the log. The newest may stand anywhere: a clean stop leaves one at the end.
 */
import type { LogState } from '../log-state.ts'

export function removeStraySnapshots(state: LogState): void {
  // Of a damaged log nothing is removed: what is above its end may be wanted again.
  if (state.failure !== undefined) return
  const baseOffsets = new Set(state.segments.all.map((segment) => segment.baseOffset))
  const offsets = state.snapshots.offsets()
  const newest = offsets.find((offset) => offset <= state.nextOffset)
  let isCut = false
  for (const offset of offsets) {
    if (offset === newest || (baseOffsets.has(offset) && offset <= state.nextOffset)) continue
    state.snapshots.remove(offset)
    isCut ||= offset > state.nextOffset
  }
  // It speaks of batches that are gone. Coming back after a loss of power, when the log has grown past
  // it with other batches, it would pass for the state of those.
  if (isCut) state.resources.disk.syncDirectory(state.directory.path)
}
