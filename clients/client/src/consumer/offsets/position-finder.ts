/**
 * Finds out where to read each partition: what the group has committed, what the reset policy says, and
 * whether a new leader still has what we have read (KIP-320).
 *
 * Every answer belongs to the version in which the partition was asked about; a seek, a revocation or
 * another reset meanwhile makes it stale, and it is dropped.
 */
import type { BrokerId } from '@ottla/base'
import { answeredError, KafkaError, type KafkaErrorCode } from '../../kafka-error.ts'
import type { Cluster } from '../../cluster/cluster.ts'
import type { BrokerConnection } from '../../connection/broker-connection.ts'
import type { TopicPartition } from '../../topic-partition.ts'
import type { AssignedPartition } from '../assignment/assigned-partition.ts'
import { isDue, onPartitionError, onPartitionSuccess } from '../assignment/partition-retries.ts'
import type { ConsumerContext } from '../consumer-context.ts'
import type { CommittedOffset } from '../group/group-member.ts'
import {
  endOffsetsOfEpochs,
  LIST_OFFSETS,
  listOffsets,
  OFFSET_FOR_LEADER_EPOCH,
  type OffsetQuestion,
  type PartitionAnswer,
} from './offset-requests.ts'
import { LATEST_TIMESTAMP, timestampOf } from './offset-spec.ts'

export type CommittedLookup = (
  partitions: readonly TopicPartition[],
) => Promise<readonly CommittedOffset[]>

interface Asked {
  readonly partition: AssignedPartition
  readonly version: number
}

export class PositionFinder {
  readonly #context: ConsumerContext
  /** undefined without a group. */
  readonly #committed: CommittedLookup | undefined

  constructor(context: ConsumerContext, committed: CommittedLookup | undefined) {
    this.#context = context
    this.#committed = committed
  }

  run(nowMs: number): void {
    const committed: AssignedPartition[] = []
    const byLeader = new Map<
      BrokerId,
      { reset: AssignedPartition[]; validating: AssignedPartition[] }
    >()
    for (const partition of this.#context.assignment) {
      if (partition.phase === 'ready') this.#noticeLeader(partition)
      if (partition.isAsking || !isDue(partition, nowMs)) continue
      if (partition.phase === 'committed') committed.push(partition)
      if (partition.phase !== 'reset' && partition.phase !== 'validating') continue
      const leaderId = this.#leaderOf(partition)
      if (leaderId === undefined) continue
      const asked = byLeader.get(leaderId) ?? { reset: [], validating: [] }
      byLeader.set(leaderId, asked)
      asked[partition.phase].push(partition)
    }
    if (committed.length > 0) void this.#askCommitted(committed)
    for (const [leaderId, { reset, validating }] of byLeader) {
      if (reset.length > 0) void this.#askOffsets(leaderId, reset)
      if (validating.length > 0) void this.#validate(leaderId, validating)
    }
  }

  /** A leader of a later epoch may never have got what its predecessor gave us. */
  #noticeLeader(partition: AssignedPartition): void {
    const known = this.#context.cluster.metadata.partition(partition.topic, partition.partition)
    if (known === undefined || known.leaderEpoch < 0) return
    if (known.leaderEpoch <= partition.validatedEpoch) return
    const isKnownToHaveIt = partition.fetchEpoch < 0 || partition.fetchEpoch >= known.leaderEpoch
    // In flight: what comes from the old leader is still good to have, and the offset moves with it.
    if (partition.isInFlight) return
    if (isKnownToHaveIt) partition.validatedEpoch = known.leaderEpoch
    else partition.phase = 'validating'
  }

  #leaderOf(partition: AssignedPartition): BrokerId | undefined {
    const { cluster } = this.#context
    const leaderId = cluster.metadata.leaderOf(partition.topic, partition.partition)
    if (leaderId !== undefined && cluster.metadata.brokers.has(leaderId)) return leaderId
    onPartitionError(this.#context, partition, noLeaderError(this.#context.cluster, partition))
    return undefined
  }

  /** By the policy, as nothing else says where to begin; `why` is for 'none'. */
  reset(partition: AssignedPartition, why: KafkaError): void {
    const { settings, onChanged, wake } = this.#context
    if (settings.from === 'none') {
      partition.fail(why)
      onChanged(partition)
    } else {
      partition.resetAt(settings.from)
    }
    wake()
  }

  /** Runs `ask`; a refusal of the whole concerns every partition, unless it was asked anew meanwhile. */
  async #asking(
    partitions: readonly AssignedPartition[],
    ask: (asked: readonly Asked[]) => Promise<void>,
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
      if (retriable === undefined) this.#context.fail(error)
      else
        for (const { partition } of current) onPartitionError(this.#context, partition, retriable)
    } finally {
      for (const one of asked) if (isCurrent(one)) one.partition.isAsking = false
      this.#context.wake()
    }
  }

  async #askCommitted(partitions: readonly AssignedPartition[]): Promise<void> {
    await this.#asking(partitions, async (asked) => {
      const offsets = this.#committed === undefined ? [] : await this.#committed(partitions)
      const found = new Map(offsets.map((one) => [`${one.topic} ${one.partition}`, one]))
      for (const one of asked) {
        if (!isCurrent(one)) continue
        const { partition } = one
        const committed = found.get(partition.key)
        if (committed !== undefined && committed.offset >= 0) {
          partition.moveTo(committed.offset, committed.leaderEpoch)
          partition.committedOffset = committed.offset
        } else {
          this.reset(partition, nothingCommitted(partition))
        }
      }
    })
  }

  async #askOffsets(leaderId: BrokerId, partitions: readonly AssignedPartition[]): Promise<void> {
    const { cluster, settings } = this.#context
    await this.#asking(partitions, async (asked) => {
      const connection = await cluster.connectionTo(leaderId)
      const ask = (questions: readonly OffsetQuestion[]): Promise<readonly PartitionAnswer[]> =>
        listOffsets(connection, questions, {
          isReadCommitted: settings.isReadCommitted,
          timeoutMs: cluster.options.requestTimeoutMs,
        })
      const nowMs = cluster.world.clock.wallMs()
      const answers = await ask(
        asked.map(({ partition }) =>
          this.#question(partition, timestampOf(partition.resetTo, nowMs)),
        ),
      )
      const beyond: Asked[] = []
      for (const [i, one] of asked.entries()) {
        const answer = answers[i] as PartitionAnswer
        // No record of that time or later: the end, as if it were still to come.
        if (answer.errorCode === 0 && answer.offset < 0) beyond.push(one)
        else this.#onOffset(connection, one, answer)
      }
      if (beyond.length === 0) return
      const ends = await ask(
        beyond.map(({ partition }) => this.#question(partition, LATEST_TIMESTAMP)),
      )
      for (const [i, one] of beyond.entries()) {
        this.#onOffset(connection, one, ends[i] as PartitionAnswer)
      }
    })
  }

  #question(partition: AssignedPartition, timestamp: number): OffsetQuestion {
    const known = this.#context.cluster.metadata.partition(partition.topic, partition.partition)
    return { partition, timestamp, currentLeaderEpoch: known?.leaderEpoch ?? -1 }
  }

  #onOffset(connection: BrokerConnection, one: Asked, answer: PartitionAnswer): void {
    if (!isCurrent(one)) return
    const { partition } = one
    if (answer.errorCode !== 0) {
      this.#onRefused(connection, one, LIST_OFFSETS.key, answer.errorCode)
    } else {
      partition.moveTo(answer.offset, answer.leaderEpoch)
    }
  }

  async #validate(leaderId: BrokerId, partitions: readonly AssignedPartition[]): Promise<void> {
    const { cluster } = this.#context
    await this.#asking(partitions, async (asked) => {
      const connection = await cluster.connectionTo(leaderId)
      const questions = asked.map(({ partition }) => this.#question(partition, LATEST_TIMESTAMP))
      // A broker from before KIP-320 cannot say: its word is taken for what it sends.
      const isServed = connection.versionOf(OFFSET_FOR_LEADER_EPOCH) !== undefined
      const answers = isServed ? await endOffsetsOfEpochs(connection, questions) : undefined
      for (const [i, one] of asked.entries()) {
        if (!isCurrent(one)) continue
        const answer = answers?.[i]
        if (answer !== undefined && answer.errorCode !== 0) {
          this.#onRefused(connection, one, OFFSET_FOR_LEADER_EPOCH.key, answer.errorCode)
        } else {
          this.#onValidated(one.partition, questions[i]?.currentLeaderEpoch ?? -1, answer)
        }
      }
    })
  }

  #onValidated(
    partition: AssignedPartition,
    leaderEpoch: number,
    answer: PartitionAnswer | undefined,
  ): void {
    const { settings, cluster } = this.#context
    const isUnknown = answer !== undefined && (answer.offset < 0 || answer.leaderEpoch < 0)
    const isShorter = answer !== undefined && answer.offset < partition.fetchOffset
    if (!isUnknown && !isShorter) {
      onPartitionSuccess(partition)
      partition.phase = 'ready'
      partition.validatedEpoch = leaderEpoch
      return
    }
    const error = truncated(partition, isUnknown ? undefined : answer?.offset)
    cluster.world.logger.warn(error.message, {})
    if (isUnknown || settings.from === 'none') this.reset(partition, error)
    else {
      // What was fetched and not given out yet may be gone as well: it is fetched again.
      const offset = Math.min(answer?.offset ?? 0, partition.position ?? Infinity)
      partition.moveTo(offset, answer?.leaderEpoch)
    }
  }

  #onRefused(
    connection: BrokerConnection,
    { partition }: Asked,
    apiKey: number,
    code: number,
  ): void {
    const what = `partition ${partition.topic}-${partition.partition}`
    const error = answeredError(code, { apiKey, broker: connection.broker, what })
    onPartitionError(this.#context, partition, error)
  }
}

/** The group may be between two generations: what is ours in the next one is asked for again then. */
const OF_GENERATION: ReadonlySet<KafkaErrorCode> = new Set<KafkaErrorCode>([
  'ILLEGAL_GENERATION',
  'REBALANCE_IN_PROGRESS',
  'STALE_MEMBER_EPOCH',
  'UNKNOWN_MEMBER_ID',
])

/** undefined for what trying again does not mend. */
function asRetriable(error: unknown): KafkaError | undefined {
  if (!(error instanceof KafkaError)) return undefined
  if (error.retriable) return error
  const { code, message, apiKey, broker } = error
  if (!OF_GENERATION.has(code)) return undefined
  return new KafkaError(code, message, { retriable: true, apiKey, broker })
}

function isCurrent({ partition, version }: Asked): boolean {
  return partition.version === version && !partition.isEnded
}

export function noLeaderError(cluster: Cluster, { topic, partition }: TopicPartition): KafkaError {
  const isKnown = cluster.metadata.partition(topic, partition) !== undefined
  return isKnown
    ? new KafkaError('LEADER_NOT_AVAILABLE', `Partition ${topic}-${partition} has no leader`, {
        retriable: true,
      })
    : new KafkaError(
        'UNKNOWN_TOPIC_OR_PARTITION',
        `The cluster does not know partition ${topic}-${partition}`,
        { retriable: true },
      )
}

function nothingCommitted({ topic, partition }: AssignedPartition): KafkaError {
  return new KafkaError(
    'OFFSET_OUT_OF_RANGE',
    `Nothing is committed for ${topic}-${partition}, and \`from\` is 'none': seek to where reading begins`,
  )
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
