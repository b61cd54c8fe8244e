/**
 * Whatever stands as a problem of a segment's indexes is made again, and the operator hears of what a
 * crash alone does not explain: a disk that loses content seldom loses an index only.
 *
 * Returns false when the segment itself turned out to be damaged; its indexes cover what can be read.
 */
import type { LogState } from '../log-state.ts'
import type { IndexProblem } from '../segment/segment-indexes.ts'
import type { LogSegment } from '../segment/log-segment.ts'
import { rebuildIndexes } from './rebuild-indexes.ts'
import { rebuildTransactions } from './rebuild-transactions.ts'

export function mendIndexes(state: LogState, segment: LogSegment): boolean {
  const { indexes } = segment
  try {
    if (indexes.problem === undefined) return true
    warnOfIndexes(state, segment, indexes.problem)
    return rebuildIndexes(segment, state.config.indexIntervalBytes)
  } finally {
    // Also when the others cannot be written down: no reader must find this one unmended.
    if (indexes.transactionProblem !== undefined) mendTransactions(state, [segment])
  }
}

/** Of `segments`, which are in offset order, those that have a problem. */
export function mendTransactions(state: LogState, segments: readonly LogSegment[]): void {
  const harmed = segments.filter(({ indexes }) => indexes.transactionProblem !== undefined)
  for (const segment of harmed) warnOfIndexes(state, segment, segment.indexes.transactionProblem)
  rebuildTransactions(state, harmed)
}

export function warnOfIndexes(
  state: LogState,
  segment: LogSegment,
  problem: IndexProblem | undefined,
): void {
  if (problem !== 'unreadable' && problem !== 'wrong') return
  state.resources.logger.warn('Indexes of a segment are made again; check the disk', {
    topic: state.topic,
    partition: state.partition,
    path: segment.log.path,
    problem,
  })
}
