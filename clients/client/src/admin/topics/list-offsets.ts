/**
 * ListOffsets, versions 1 to 11, at the leader of each partition.
 *
 *   -1 latest  -2 earliest  -3 maxTimestamp (7+)  -4 earliestLocal (8+)  -5 latestTiered (9+)
 *   -6 earliestPendingUpload (11+)  from 0 on: milliseconds since 1970
 *
 * An older broker would take a sign that it does not know for a moment in time, so the version must be
 * new enough for everything in the request; what needs a newer one travels apart.
 */
import type { ListOffsetsResponseListOffsetsPartitionResponse } from '@ottla/protocol/list-offsets-response'
import type { Cluster } from '../../cluster/cluster.ts'
import { KafkaError } from '../../kafka-error.ts'
import { partitionKey, type TopicPartition } from '../../topic-partition.ts'
import { byTopic } from '../../consumer/group/partition-set.ts'
import type { AdminOptions } from '../admin-options.ts'
import { failed, type Outcomes } from '../outcome.ts'
import { brokerTimeoutMs } from '../asking/any-broker.ts'
import { partitionKeyOf, partitionText, toLeaders, toPartition } from '../asking/leader.ts'
import type { Peer } from '../asking/peer.ts'
import { settleEach, type Settle } from '../asking/settle-each.ts'
import { listOffsetsFrom } from './topic-apis.ts'

export type OffsetAt =
  /** Behind the last record: where the next one goes; with read_committed, the last stable offset. */
  | 'latest'
  /** The first record that is still there. */
  | 'earliest'
  /** The record with the highest timestamp; offset -1 in an empty partition. */
  | 'maxTimestamp'
  /** The first that the broker has on its own disk (tiered storage). */
  | 'earliestLocal'
  /** The last that is in tiered storage. */
  | 'latestTiered'
  /** The first that is not yet in tiered storage. */
  | 'earliestPendingUpload'
  /** The first record of that moment or later; offset -1 when there is none. */
  | { readonly timestampMs: number }

export interface OffsetToList extends TopicPartition {
  readonly at: OffsetAt
}

export interface ListOffsetsOptions extends AdminOptions {
  /** What 'latest' means while a transaction is open. Default read_uncommitted. */
  readonly isolation?: 'read_uncommitted' | 'read_committed'
}

export interface PartitionOffset {
  /** -1 for none. */
  readonly offset: number
  /** Of the record, in milliseconds since 1970; -1 where the question was not for a record. */
  readonly timestampMs: number
  /** -1 when not known. */
  readonly leaderEpoch: number
}

const SIGNS = {
  latest: { timestamp: -1, min: 1 },
  earliest: { timestamp: -2, min: 1 },
  maxTimestamp: { timestamp: -3, min: 7 },
  earliestLocal: { timestamp: -4, min: 8 },
  latestTiered: { timestamp: -5, min: 9 },
  earliestPendingUpload: { timestamp: -6, min: 11 },
} as const

const ISOLATION_VERSION = 2
const CONSUMER = -1

export function listOffsets(
  cluster: Cluster,
  partitions: readonly OffsetToList[],
  options: ListOffsetsOptions,
): Promise<Outcomes<TopicPartition, PartitionOffset>> {
  const isCommitted = options.isolation === 'read_committed'
  return settleEach<OffsetToList, TopicPartition, PartitionOffset>(cluster, {
    items: partitions,
    keyOf: toPartition,
    textOf: partitionKeyOf,
    router: toLeaders((one) => one),
    ask: async (peer, items, settle) => {
      const byVersion = Map.groupBy(items, ({ at }) =>
        Math.max(signOf(at).min, isCommitted ? ISOLATION_VERSION : 1),
      )
      const timeoutMs = brokerTimeoutMs(cluster, options)
      for (const [min, own] of byVersion) {
        if (peer.versionOf(listOffsetsFrom(min)) === undefined) {
          for (const item of own) settle(item, failed(tooOld(peer, item)))
        } else await askLeader(peer, own, { min, isCommitted, timeoutMs }, settle)
      }
    },
    options,
  })
}

async function askLeader(
  peer: Peer,
  items: readonly OffsetToList[],
  how: { readonly min: number; readonly isCommitted: boolean; readonly timeoutMs: number },
  settle: Settle<OffsetToList, PartitionOffset>,
): Promise<void> {
  const api = listOffsetsFrom(how.min)
  const { topics } = await peer.request(api, {
    replicaId: CONSUMER,
    isolationLevel: how.isCommitted ? 1 : 0,
    topics: [...byTopic(items)].map(([name, own]) => ({
      name,
      partitions: own.map(({ partition, at }) => ({
        partitionIndex: partition,
        currentLeaderEpoch: -1,
        timestamp: signOf(at).timestamp,
      })),
    })),
    timeoutMs: how.timeoutMs,
  })
  const byKey = new Map(items.map((item) => [partitionKeyOf(item), item]))
  for (const { name, partitions } of topics) {
    for (const result of partitions) {
      const item = byKey.get(partitionKey(name, result.partitionIndex))
      if (item === undefined) continue
      settle(
        item,
        peer.outcome(api, result, partitionText(item), () => offsetOf(result)),
      )
    }
  }
}

function signOf(at: OffsetAt): { readonly timestamp: number; readonly min: number } {
  return typeof at === 'string' ? SIGNS[at] : { timestamp: at.timestampMs, min: 1 }
}

function offsetOf(result: ListOffsetsResponseListOffsetsPartitionResponse): PartitionOffset {
  const { offset, timestamp: timestampMs, leaderEpoch } = result
  return { offset, timestampMs, leaderEpoch }
}

function tooOld({ broker }: Peer, { at }: OffsetToList): KafkaError {
  const what = typeof at === 'string' ? `the ${at} offset` : 'offsets of committed records'
  return new KafkaError('UNSUPPORTED_VERSION', `${broker} is too old to answer ${what}`, { broker })
}
