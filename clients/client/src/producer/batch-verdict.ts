/**
 * What becomes of a batch that the broker refused (Kafka's Sender.completeBatch with
 * TransactionManager.canRetry and handleFailedBatch): is it worth sending again, and does its partition
 * need a new epoch?
 */
import { ErrorCode, isRetriable } from '@ottla/protocol'
import type { OutgoingBatch } from './outgoing-batch.ts'
import type { PartitionAnswer } from './produce-call.ts'

export interface Verdict {
  readonly fate: 'acknowledge' | 'fail' | 'retry' | 'split'
  /** The sequences of the partition have a gap that will not close. */
  readonly needsNewEpoch?: boolean
  readonly needsMetadata?: boolean
}

const ACKNOWLEDGE: Verdict = { fate: 'acknowledge' }
const SPLIT: Verdict = { fate: 'split' }
const RETRY: Verdict = { fate: 'retry' }
const RETRY_IN_NEW_EPOCH: Verdict = { fate: 'retry', needsNewEpoch: true }
const RETRY_ELSEWHERE: Verdict = { fate: 'retry', needsMetadata: true }
const FAIL: Verdict = { fate: 'fail' }
/** Its sequences are used and will never be stored: without a new epoch all that follows is refused. */
const FAIL_AND_RENUMBER: Verdict = { fate: 'fail', needsNewEpoch: true }

/** Nothing is wrong with where it was sent. */
const SAME_PLACE: ReadonlySet<number> = new Set([
  ErrorCode.CONCURRENT_TRANSACTIONS,
  ErrorCode.NOT_ENOUGH_REPLICAS,
  ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND,
  ErrorCode.REQUEST_TIMED_OUT,
  ErrorCode.THROTTLING_QUOTA_EXCEEDED,
])

export function verdictOn(batch: OutgoingBatch, answer: PartitionAnswer): Verdict {
  const { errorCode } = answer
  switch (errorCode) {
    case ErrorCode.NONE:
      return ACKNOWLEDGE
    case ErrorCode.DUPLICATE_SEQUENCE_NUMBER:
      // Stored long ago: the broker knows no more where, for it remembers five batches.
      return ACKNOWLEDGE
    case ErrorCode.MESSAGE_TOO_LARGE:
      return batch.recordCount > 1 ? SPLIT : refused(batch)
    case ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER:
      return batch.hasSequence ? outOfOrder(batch) : FAIL
    case ErrorCode.UNKNOWN_PRODUCER_ID:
      return batch.hasSequence ? unknownProducer(answer.logStartOffset) : FAIL
    default:
      if (!isRetriable(errorCode)) return refused(batch)
      return SAME_PLACE.has(errorCode) ? RETRY : RETRY_ELSEWHERE
  }
}

function refused(batch: OutgoingBatch): Verdict {
  return batch.hasSequence ? FAIL_AND_RENUMBER : FAIL
}

/**
 * A batch behind one that was lost is out of order until that one is sent again. When the batch is the
 * very next, or follows on one that was given up, there is nothing to wait for: the gap is real.
 */
function outOfOrder({ queue: { sequence }, baseSequence }: OutgoingBatch): Verdict {
  // Whether it is stored is unknown: a broker remembers five batches. Sent anew it might be doubled.
  if (sequence.isOvertaken(baseSequence)) return FAIL
  const isGap = sequence.isUnresolved
    ? sequence.isAfterUnresolved(baseSequence)
    : sequence.isNext(baseSequence)
  return isGap ? RETRY_IN_NEW_EPOCH : RETRY
}

/** Brokers forget a producer with its last record (retention) or after producer.id.expiration.ms. */
function unknownProducer(logStartOffset: number): Verdict {
  return logStartOffset === -1 ? RETRY : RETRY_IN_NEW_EPOCH
}
