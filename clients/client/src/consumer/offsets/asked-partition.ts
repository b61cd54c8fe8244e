/**
 * A question about the positions of some partitions, and what comes back of it.
 *
 * Every answer belongs to the version in which the partition was asked about; a seek, a revocation or
 * another reset meanwhile makes it stale, and it is dropped.
 */
import { answeredError, KafkaError, type KafkaErrorCode } from '../../kafka-error.ts'
import type { AssignedPartition } from '../assignment/assigned-partition.ts'
import { onPartitionError } from '../assignment/partition-retries.ts'
import type { ConsumerContext } from '../consumer-context.ts'

export interface AskedPartition {
  readonly partition: AssignedPartition
  readonly version: number
}

/** The group may be between two generations: what is ours in the next one is asked for again then. */
const OF_GENERATION: ReadonlySet<KafkaErrorCode> = new Set<KafkaErrorCode>([
  'ILLEGAL_GENERATION',
  'REBALANCE_IN_PROGRESS',
  'STALE_MEMBER_EPOCH',
  'UNKNOWN_MEMBER_ID',
])

/** Never rejects. A refusal of the whole concerns every partition that was not asked anew meanwhile. */
export async function askAbout(
  context: ConsumerContext,
  partitions: readonly AssignedPartition[],
  ask: (asked: readonly AskedPartition[]) => Promise<void>,
): Promise<void> {
  const asked = partitions.map((partition) => {
    partition.isAsking = true
    return { partition, version: partition.version }
  })
  try {
    await ask(asked)
  } catch (error) {
    const current = asked.filter(isCurrent)
    // Revoked, lost or closed meanwhile: then that is why.
    if (current.length === 0) return
    const retriable = asRetriable(error)
    if (retriable === undefined) context.fail(error)
    else for (const { partition } of current) onPartitionError(context, partition, retriable)
  } finally {
    for (const one of asked) if (isCurrent(one)) one.partition.isAsking = false
    context.wake()
  }
}

export function isCurrent({ partition, version }: AskedPartition): boolean {
  return partition.version === version && !partition.isEnded
}

export interface Refusal {
  readonly errorCode: number
  readonly apiKey: number
  /** host:port */
  readonly broker: string
}

/** Of one partition, by the broker that was asked. */
export function onRefused(
  context: ConsumerContext,
  partition: AssignedPartition,
  { errorCode, apiKey, broker }: Refusal,
): void {
  const what = `partition ${partition.topic}-${partition.partition}`
  onPartitionError(context, partition, answeredError(errorCode, { apiKey, broker, what }))
}

/** undefined for what trying again does not mend. */
function asRetriable(error: unknown): KafkaError | undefined {
  if (!(error instanceof KafkaError)) return undefined
  if (error.retriable) return error
  const { code, message, apiKey, broker } = error
  if (!OF_GENERATION.has(code)) return undefined
  return new KafkaError(code, message, { retriable: true, apiKey, broker })
}
