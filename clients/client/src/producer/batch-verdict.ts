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
/** The gap that it leaves shows by itself, when what is before it has settled (mend-sequences.ts). */
const FAIL: Verdict = { fate: 'fail' }

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
      return batch.recordCount > 1 ? SPLIT : FAIL
    case ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER:
      return batch.hasSequence ? outOfOrder(batch) : FAIL
    case ErrorCode.UNKNOWN_PRODUCER_ID:
      return batch.hasSequence ? unknownProducer(answer.logStartOffset) : FAIL
    default:
      if (!isRetriable(errorCode)) return FAIL
      return SAME_PLACE.has(errorCode) ? RETRY : RETRY_ELSEWHERE
  }
}

/**
 * A batch behind one that was lost is out of order until that one is sent again. When none before it is
 * on its way (they are stored, or given up), there is nothing to wait for: there is a gap.
 */
function outOfOrder(batch: OutgoingBatch): Verdict {
  const { queue, baseSequence } = batch
  // Whether it is stored is unknown: a broker remembers five batches. Sent anew it might be doubled.
  if (queue.sequence.isOvertaken(baseSequence)) return FAIL
  return queue.isBehindOthers(batch) ? RETRY : RETRY_IN_NEW_EPOCH
}

/** Brokers forget a producer with its last record (retention) or after producer.id.expiration.ms. */
function unknownProducer(logStartOffset: number): Verdict {
  return logStartOffset === -1 ? RETRY : RETRY_IN_NEW_EPOCH
}
