/**
 * Whether a new leader still has what we have read (KIP-320): a leader of a later epoch may never have
 * got what its predecessor gave us. Where its log was truncated, reading goes back to where it ends.
 */
import type { BrokerId } from '@ottla/base'
import type { Cluster } from '../../cluster/cluster.ts'
import { KafkaError } from '../../kafka-error.ts'
import type { AssignedPartition } from '../assignment/assigned-partition.ts'
import { discountQueue } from '../assignment/discount-queue.ts'
import { onPartitionSuccess } from '../assignment/partition-retries.ts'
import type { ConsumerContext } from '../consumer-context.ts'
import { askAbout, isCurrent, onRefused } from './asked-partition.ts'
import {
  endOffsetsOfEpochs,
  OFFSET_FOR_LEADER_EPOCH,
  questionOf,
  type PartitionAnswer,
} from './offset-requests.ts'
import { LATEST_TIMESTAMP } from './offset-spec.ts'
import { resetByPolicy } from './reset-by-policy.ts'

/** Of a partition that is read: it has to be validated when its leader is not the one that was read from. */
export function noticeLeader({ metadata }: Cluster, partition: AssignedPartition): void {
  const known = metadata.partition(partition.topic, partition.partition)
  if (known === undefined || known.leaderEpoch < 0) return
  if (known.leaderEpoch <= partition.validatedEpoch) return
  const isKnownToHaveIt = partition.fetchEpoch < 0 || partition.fetchEpoch >= known.leaderEpoch
  // In flight: what comes from the old leader is still good to have, and the offset moves with it.
  if (partition.isInFlight) return
  if (isKnownToHaveIt) partition.validatedEpoch = known.leaderEpoch
  else partition.phase = 'validating'
}

export async function validateEpochs(
  context: ConsumerContext,
  leaderId: BrokerId,
  partitions: readonly AssignedPartition[],
): Promise<void> {
  const { cluster } = context
  await askAbout(context, partitions, async (asked) => {
    const connection = await cluster.connectionTo(leaderId)
    const questions = asked.map(({ partition }) => questionOf(cluster, partition, LATEST_TIMESTAMP))
    // A broker from before KIP-320 cannot say: its word is taken for what it sends.
    const isServed = connection.versionOf(OFFSET_FOR_LEADER_EPOCH) !== undefined
    const answers = isServed ? await endOffsetsOfEpochs(connection, questions) : undefined
    for (const [i, one] of asked.entries()) {
      if (!isCurrent(one)) continue
      const answer = answers?.[i]
      if (answer !== undefined && answer.errorCode !== 0) {
        const { errorCode } = answer
        const { broker } = connection
        onRefused(context, one.partition, {
          errorCode,
          apiKey: OFFSET_FOR_LEADER_EPOCH.key,
          broker,
        })
      } else {
        onValidated(context, one.partition, questions[i]?.currentLeaderEpoch ?? -1, answer)
      }
    }
  })
}

function onValidated(
  context: ConsumerContext,
  partition: AssignedPartition,
  leaderEpoch: number,
  answer: PartitionAnswer | undefined,
): void {
  const { settings, cluster } = context
  // -1 when the leader knows nothing of the epoch.
  const isShorter = answer !== undefined && answer.offset < partition.fetchOffset
  if (!isShorter) {
    onPartitionSuccess(partition)
    partition.phase = 'ready'
    partition.validatedEpoch = leaderEpoch
    return
  }
  const isUnknown = answer.offset < 0
  const error = truncated(partition, isUnknown ? undefined : answer.offset)
  cluster.world.logger.warn(error.message, {})
  if (isUnknown || settings.from === 'none') {
    resetByPolicy(context, partition, error)
    return
  }
  discountQueue(cluster, partition)
  // What was fetched and not given out yet may be gone as well.
  if (partition.queue.position < answer.offset) partition.fetchAgain()
  else partition.moveTo(answer.offset, answer.leaderEpoch)
}

function truncated(
  { topic, partition, fetchOffset }: AssignedPartition,
  endOffset: number | undefined,
): KafkaError {
  const how = endOffset === undefined ? '' : `, and ends at ${endOffset} there`
  return new KafkaError(
    'OFFSET_OUT_OF_RANGE',
    `The new leader of ${topic}-${partition} does not have what was read up to offset ${fetchOffset}${how}: the log was truncated`,
  )
}
