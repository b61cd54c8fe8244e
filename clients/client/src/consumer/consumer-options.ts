/** What a consumer is told when it is made, with Kafka's defaults, and what of it makes no sense. */
import { RECORDS_BYTES_MAX } from '@ottla/records'
import { KafkaError } from '../kafka-error.ts'
import type { Header } from '../message.ts'
import type { TopicPartition } from '../topic-partition.ts'
import type { GroupOptions } from './group/group-options.ts'
import { checkOffsetSpec, type OffsetSpec, type ResetPolicy } from './offsets/offset-spec.ts'
import type { TopicSource } from './topic-source.ts'

/** A record whose key or value its serde refuses. */
export interface PoisonPill extends TopicPartition {
  readonly offset: number
  readonly timestampMs: number
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: readonly Header[]
  /** DESERIALIZATION_FAILED; `cause` is what the serde threw. */
  readonly error: KafkaError
}

/**
 * - 'fail' (default): the loop rejects with DESERIALIZATION_FAILED, and would again; `seek` leads past it.
 * - 'skip': it counts as done; a warning is logged.
 * - 'asError': it is given out with `error` set, null in place of what could not be read.
 * - an async function decides for each; what it throws, the loop rejects with. A dead-letter topic is written here.
 */
export type PoisonPolicy =
  'asError' | 'fail' | 'skip' | ((pill: PoisonPill) => Promise<PoisonAction>)
export type PoisonAction = 'asError' | 'fail' | 'skip'

export interface AssignedFrom extends TopicPartition {
  /** By default what the group has committed, where there is one, and `from` otherwise. */
  readonly offset?: OffsetSpec | undefined
}

export type PartitionsListener = (partitions: readonly TopicPartition[]) => Promise<void> | void

/**
 * A consumer that cannot reach the cluster waits and tries again for as long as it takes, as the one of
 * Java does; each attempt that fails is logged as a warning. Sends and admin calls give up instead
 * (deliveryTimeoutMs, apiTimeoutMs). A signal ends the waiting of a loop.
 */
export interface ConsumerOptions<S extends TopicSource = string> extends Omit<
  GroupOptions,
  'groupId' | 'pattern' | 'rack' | 'topics'
> {
  /** group.id. Members of one group share the partitions of their topics. */
  readonly group?: string | undefined
  /**
   * What to read: `Topic` objects, names, patterns. Without a group, and without `assign`, all partitions
   * of them are read.
   */
  readonly topics?: readonly S[] | undefined
  /** Exactly these partitions, without sharing them; `group` then only keeps the offsets. */
  readonly assign?: readonly AssignedFrom[] | undefined
  /**
   * auto.offset.reset: where to begin when nothing was committed, or what was is gone. 'latest' by
   * default; 'none' rejects with OFFSET_OUT_OF_RANGE instead.
   */
  readonly from?: ResetPolicy | undefined
  /** isolation.level; 'read_uncommitted' by default. */
  readonly isolation?: 'read_committed' | 'read_uncommitted' | undefined
  /** enable.auto.commit: what is done is committed from time to time, before a revocation and at close. True by default with a group. */
  readonly autoCommit?: boolean | undefined
  /** auto.commit.interval.ms; 5000 by default. */
  readonly autoCommitIntervalMs?: number | undefined
  /** client.rack: reads from a replica in the same rack where the broker can choose one. The client's by default. */
  readonly rack?: string | undefined
  /** fetch.min.bytes; 1 by default: an answer comes as soon as there is anything. */
  readonly fetchMinBytes?: number | undefined
  /** fetch.max.wait.ms; 500 by default: an answer comes after so long in any case. */
  readonly fetchMaxWaitMs?: number | undefined
  /** fetch.max.bytes of one answer; 50 MiB by default. */
  readonly fetchMaxBytes?: number | undefined
  /** max.partition.fetch.bytes of one partition in one answer; 1 MiB by default. */
  readonly partitionFetchBytes?: number | undefined
  /**
   * Fetched and not given out yet; 64 MiB by default. The assigned partitions share it evenly, so that
   * one which nobody reads from does not hold up the others. A single batch may be larger.
   */
  readonly maxBufferedBytes?: number | undefined
  /** Of one batch, decompressed; 64 MiB by default. A larger one is an error. */
  readonly batchRecordsBytesMax?: number | undefined
  /** check.crcs; true by default. */
  readonly checkCrcs?: boolean | undefined
  /** What to do with records that cannot be deserialized; 'fail' by default. */
  readonly onPoison?: PoisonPolicy | undefined
  /**
   * How long a revocation waits for the messages that loops and handlers have in hand, so that they can
   * be committed; half of `rebalanceTimeoutMs` by default. Then the partition is given up, and the new
   * owner gets them again.
   */
  readonly revocationWaitMs?: number | undefined
  /** New ones, before anything of them is given out; awaited. May seek. */
  readonly onAssigned?: PartitionsListener | undefined
  /** Still ours until it resolves: what is done can be committed. Awaited. */
  readonly onRevoked?: PartitionsListener | undefined
  /** Others may have them already. Awaited. */
  readonly onLost?: PartitionsListener | undefined
}

export interface ConsumerSettings {
  readonly from: ResetPolicy
  readonly isReadCommitted: boolean
  readonly autoCommitIntervalMs: number
  readonly rack: string
  readonly fetchMinBytes: number
  readonly fetchMaxWaitMs: number
  readonly fetchMaxBytes: number
  readonly partitionFetchBytes: number
  readonly maxBufferedBytes: number
  readonly recordsBytesMax: number
  readonly isCrcChecked: boolean
  readonly onPoison: PoisonPolicy
  readonly revocationWaitMs: number
}

type NumberOption = {
  [Name in keyof ConsumerOptions]-?: number extends ConsumerOptions[Name] ? Name : never
}[keyof ConsumerOptions]

const MIB = 1024 * 1024
const INT32_MAX = 0x7fffffff

export function consumerSettings(options: ConsumerOptions<TopicSource>): ConsumerSettings {
  check(options)
  const { rebalanceTimeoutMs = 300_000 } = options
  return {
    from: options.from ?? 'latest',
    isReadCommitted: options.isolation === 'read_committed',
    autoCommitIntervalMs: numberOf(options, 'autoCommitIntervalMs', 5000, 1),
    rack: options.rack ?? '',
    fetchMinBytes: numberOf(options, 'fetchMinBytes', 1, 0),
    fetchMaxWaitMs: numberOf(options, 'fetchMaxWaitMs', 500, 0),
    fetchMaxBytes: numberOf(options, 'fetchMaxBytes', 50 * MIB, 1),
    partitionFetchBytes: numberOf(options, 'partitionFetchBytes', MIB, 1),
    maxBufferedBytes: numberOf(options, 'maxBufferedBytes', 64 * MIB, 1),
    recordsBytesMax: numberOf(options, 'batchRecordsBytesMax', RECORDS_BYTES_MAX, 1),
    isCrcChecked: options.checkCrcs ?? true,
    onPoison: options.onPoison ?? 'fail',
    revocationWaitMs: numberOf(options, 'revocationWaitMs', rebalanceTimeoutMs / 2, 0),
  }
}

function numberOf(
  options: ConsumerOptions<TopicSource>,
  name: NumberOption,
  byDefault: number,
  min: number,
): number {
  const value = options[name] ?? byDefault
  if (value >= min && value <= INT32_MAX) return value
  throw invalid(`${name} is ${value}: a number from ${min} to ${INT32_MAX} expected`)
}

function check(options: ConsumerOptions<TopicSource>): void {
  const { topics = [], assign, group, from, autoCommit } = options
  if (assign === undefined && topics.length === 0) {
    throw invalid('Nothing to read: give the consumer `topics`, or partitions in `assign`')
  }
  if (autoCommit === true && group === undefined) {
    throw invalid('autoCommit needs a `group`: it is where offsets are kept')
  }
  if (from !== undefined) checkOffsetSpec(from, 'from')
  if (typeof from === 'number') throw invalid('from is a number: give offsets in `assign`')
  for (const { topic, partition, offset } of assign ?? []) {
    if (!Number.isSafeInteger(partition) || partition < 0) {
      throw invalid(`Partition ${partition} of topic "${topic}": a number from 0 on expected`)
    }
    if (offset !== undefined) checkOffsetSpec(offset, `The offset of ${topic}-${partition}`)
  }
}

function invalid(text: string): KafkaError {
  return new KafkaError('INVALID_ARGUMENT', text)
}
