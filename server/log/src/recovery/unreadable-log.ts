/**
 * A log that the disk does not give: it has its place among the others and its checkpoints, and refuses
 * whoever comes. Nothing of its directory is touched. Its end is a lower bound.
 */
import type { LogState } from '../log-state.ts'
import type { StorageError } from '../storage-error.ts'
import { newLogState, segmentOf } from './new-log-state.ts'
import type { OpenLogOptions } from './open-log.ts'

export function unreadableLog(options: OpenLogOptions, failure: StorageError): LogState {
  const state = newLogState(options)
  const { recoveryPoint, logStartOffset } = options
  state.failure = failure
  state.isUnreadable = true
  state.segments.add(segmentOf(state, 0, new Set()))
  state.logStartOffset = logStartOffset
  state.recoveryPoint = recoveryPoint
  state.nextOffset = Math.max(recoveryPoint, logStartOffset)
  state.writtenEndOffset = state.nextOffset
  state.resources.logger.error('Cannot open a log; it refuses reads and appends', {
    topic: state.topic,
    partition: state.partition,
    error: failure,
  })
  return state
}
