/**
 * What becomes of a partition whose sequences have a gap, before anything more of it is sent: the gap
 * turns out to be closed, a new epoch begins, or what is left of a transaction fails.
 */
import type { Cluster } from '../cluster/cluster.ts'
import { KafkaError } from '../kafka-error.ts'
import type { BatchSettler } from './batch-settler.ts'
import type { PartitionQueue } from './partition-queue.ts'
import type { ProducerIdentity } from './producer-identity.ts'
import type { ProducerTransaction } from './producer-transaction.ts'
import type { SequenceDoubt } from './sequence-doubt.ts'

export interface SequenceMeans {
  readonly cluster: Cluster
  readonly identity: ProducerIdentity
  readonly settler: BatchSettler
  readonly transaction: ProducerTransaction | undefined
}

/** False when the partition has nothing to send now: another producer id must come first, or it has failed. */
export function mendSequences(queue: PartitionQueue, means: SequenceMeans): boolean {
  const { sequence, inFlight, retries } = queue
  if (inFlight.length > 0) return true
  if (sequence.doubt !== undefined && !isSameBroker(queue, sequence.doubt, means)) {
    sequence.doubt = undefined
  }
  // A batch was given up, or refused for good, and never arrived: the broker waits for its numbers.
  if (retries.length === 0 && !sequence.isComplete) queue.needsNewEpoch = true
  if (means.transaction !== undefined) return mendInTransaction(queue, means)
  if (!queue.needsNewEpoch) return true
  const { identity } = means
  if (!identity.isReady || !identity.startNewEpoch(queue)) return false
  queue.needsNewEpoch = false
  return true
}

/** Whether what is sent now goes where the refusal came from. */
function isSameBroker(
  { topic, partition }: PartitionQueue,
  { connection }: SequenceDoubt,
  { cluster }: SequenceMeans,
): boolean {
  const leaderId = cluster.metadata.leaderOf(topic, partition)
  return leaderId !== undefined && cluster.openConnectionTo(leaderId) === connection
}

/**
 * A transaction cannot go on in another epoch: a gap fails what is left of the partition, and with it
 * the transaction. What comes after that has a new epoch already.
 */
function mendInTransaction(queue: PartitionQueue, { identity, settler }: SequenceMeans): boolean {
  if (!identity.isCurrent(queue) && queue.retries.length === 0) {
    queue.needsNewEpoch = false
    return identity.canNumber(queue)
  }
  if (!queue.needsNewEpoch) return true
  const failure = sequenceGap(queue)
  for (const batch of queue.batches) settler.giveUp(batch, failure)
  return false
}

function sequenceGap({ topic, partition }: PartitionQueue): KafkaError {
  return new KafkaError(
    'OUT_OF_ORDER_SEQUENCE_NUMBER',
    `Records for topic "${topic}" partition ${partition} were lost on the way: the transaction must be aborted`,
  )
}
