/**
 * Offsets of a group moved to a place that is named rather than counted: the plan is made first, from
 * where the partitions begin and end, and carried out unless it is a dry run.
 *
 *   earliest   latest   { timestampMs }   { offset }   { shift }   current
 *
 * An offset outside of what is there is brought to the nearest end, as kafka-consumer-groups.sh does.
 */
import type { Cluster } from '../../cluster/cluster.ts'
import { KafkaError } from '../../kafka-error.ts'
import type { TopicPartition } from '../../topic-partition.ts'
import type { AdminOptions } from '../admin-options.ts'
import { failed, Outcomes, succeeded, valueOf, type Outcome } from '../outcome.ts'
import { partitionKeyOf, partitionText } from '../asking/leader.ts'
import { describeTopics } from '../topics/describe-topics.ts'
import { listOffsets, type OffsetAt, type PartitionOffset } from '../topics/list-offsets.ts'
import { alterGroupOffsets } from './alter-offsets.ts'
import { compare, groupOffsets } from './group-offsets.ts'

export type ResetTarget =
  | 'earliest'
  | 'latest'
  /** Where it stands; makes an offset that is out of range good. */
  | 'current'
  /** The first record of that moment or later; the end when there is none. */
  | { readonly timestampMs: number }
  | { readonly offset: number }
  /** By so many records, back when negative. */
  | { readonly shift: number }

export interface ResetOffsetsOptions extends AdminOptions {
  readonly to: ResetTarget
  /** All partitions of these topics. By default what the group has committed. */
  readonly topics?: readonly string[]
  /** These partitions, besides those of `topics`. */
  readonly partitions?: readonly TopicPartition[]
  /** True only says what would be done. Default false. */
  readonly dryRun?: boolean
}

export interface OffsetMove {
  /** undefined when nothing was committed. */
  readonly from: number | undefined
  readonly to: number
}

export async function resetGroupOffsets(
  cluster: Cluster,
  groupId: string,
  { to, topics, partitions, dryRun = false, ...wait }: ResetOffsetsOptions,
): Promise<Outcomes<TopicPartition, OffsetMove>> {
  const chosen = await choose(cluster, { topics, partitions }, wait)
  const scope = chosen === undefined ? {} : { partitions: chosen }
  const committed = await groupOffsets(cluster, groupId, { ...wait, ...scope })
  const plan = await planMoves(cluster, { to, committed, wait })
  if (dryRun) return plan
  const moves = plan.successes().map(([key, { to: offset }]) => ({ ...key, offset }))
  const done = await alterGroupOffsets(cluster, groupId, moves, wait)
  const entries = [...plan].map(([key, move]): [TopicPartition, Outcome<OffsetMove>] => {
    const outcome = done.get(key)
    return [key, outcome === undefined || outcome.ok ? move : outcome]
  })
  return new Outcomes(entries, partitionKeyOf)
}

async function choose(
  cluster: Cluster,
  {
    topics,
    partitions,
  }: { topics: readonly string[] | undefined; partitions: readonly TopicPartition[] | undefined },
  wait: AdminOptions,
): Promise<TopicPartition[] | undefined> {
  if (topics === undefined) return partitions === undefined ? undefined : [...partitions]
  const described = (await describeTopics(cluster, topics, wait)).values()
  const all = described.flatMap(({ name: topic, partitions: own }) =>
    own.map(({ partition }) => ({ topic, partition })),
  )
  const unique = new Map([...all, ...(partitions ?? [])].map((one) => [partitionKeyOf(one), one]))
  return [...unique.values()].sort(compare)
}

interface Plan {
  readonly to: ResetTarget
  readonly committed: Awaited<ReturnType<typeof groupOffsets>>
  readonly wait: AdminOptions
}

async function planMoves(
  cluster: Cluster,
  { to, committed, wait }: Plan,
): Promise<Outcomes<TopicPartition, OffsetMove>> {
  const at = (spec: OffsetAt): Promise<Outcomes<TopicPartition, PartitionOffset>> =>
    listOffsets(
      cluster,
      committed.keys().map((key) => ({ ...key, at: spec })),
      wait,
    )
  const earliest = await at('earliest')
  const latest = await at('latest')
  const moment = typeof to === 'object' && 'timestampMs' in to ? await at(to) : undefined
  const entries = [...committed].map(([key, own]): [TopicPartition, Outcome<OffsetMove>] => {
    try {
      const { offset } = valueOf(own)
      const from = offset < 0 ? undefined : offset
      const first = earliest.value(key).offset
      const end = latest.value(key).offset
      const found = moment?.value(key).offset
      const wanted = targetOffset(to, { key, from, first, end, found })
      return [key, succeeded({ from, to: Math.min(Math.max(wanted, first), end) })]
    } catch (error) {
      if (error instanceof KafkaError) return [key, failed(error)]
      throw error
    }
  })
  return new Outcomes(entries, partitionKeyOf)
}

interface Position {
  readonly key: TopicPartition
  readonly from: number | undefined
  readonly first: number
  readonly end: number
  /** Of the moment that was asked for; -1 when there is no record so late. */
  readonly found: number | undefined
}

function targetOffset(to: ResetTarget, { key, from, first, end, found = -1 }: Position): number {
  if (to === 'earliest') return first
  if (to === 'latest') return end
  if (to === 'current') return from ?? nothingCommitted(key)
  if ('offset' in to) return to.offset
  if ('shift' in to) return (from ?? nothingCommitted(key)) + to.shift
  return found < 0 ? end : found
}

function nothingCommitted(key: TopicPartition): never {
  throw new KafkaError(
    'INVALID_ARGUMENT',
    `Nothing is committed for ${partitionText(key)} to count from; name an offset, a time or an end`,
  )
}
