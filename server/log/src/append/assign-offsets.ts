/**
 * Station 8 of the produce path: gives a validated batch its offsets.
 *
 * Base offset and leader epoch lie before the checksummed range, so both are set in place without
 * computing the CRC again. Only log-append time is inside it.
 */
import { invariant, leaderEpoch, offset } from '@ottla/base'
import type { RecordBatchView } from '@ottla/records'

export interface Assignment {
  readonly baseOffset: number
  readonly leaderEpoch: number
  /** The time the log stamps the batch with; -1 to keep the producer's. */
  readonly logAppendTimeMs: number
}

export function assignOffsets(batch: RecordBatchView, assignment: Assignment): void {
  invariant(batch.isComplete, 'a batch is whole before it gets offsets')
  batch.setBaseOffset(offset(assignment.baseOffset))
  batch.setPartitionLeaderEpoch(leaderEpoch(assignment.leaderEpoch))
  if (assignment.logAppendTimeMs >= 0) batch.setLogAppendTime(assignment.logAppendTimeMs)
}
