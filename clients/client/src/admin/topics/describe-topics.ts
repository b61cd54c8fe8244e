/**
 * Topics with their partitions: DescribeTopicPartitions page by page where the broker has it (Kafka 3.8),
 * for one topic can have more partitions than an answer should carry; Metadata otherwise, and for ids,
 * which only that takes.
 */
import type { BrokerId } from '@ottla/base'
import type { MetadataResponsePartition } from '@ottla/protocol/metadata-response'
import type { Cluster } from '../../cluster/cluster.ts'
import { aclOperations } from '../acls/acl-operations.ts'
import type { AdminOptions } from '../admin-options.ts'
import type { Outcomes } from '../outcome.ts'
import { toAnyBroker } from '../asking/any-broker.ts'
import type { Peer } from '../asking/peer.ts'
import { settleEach, type Settle } from '../asking/settle-each.ts'
import {
  lookUpTopics,
  METADATA,
  refText,
  topicsByRef,
  type TopicRef,
} from '../asking/topic-lookup.ts'
import { describeByPages } from './describe-by-pages.ts'
import {
  inOrder,
  leaderOf,
  type PartitionDescription,
  type TopicDescription,
} from './topic-description.ts'
import { DESCRIBE_TOPIC_PARTITIONS } from './topic-apis.ts'

export interface DescribeTopicsOptions extends AdminOptions {
  /** Also what the caller may do with each topic. Default false. */
  readonly authorizedOperations?: boolean
  /** Partitions in one answer; 2000 by default, and the broker's own limit at most. */
  readonly partitionsPerPage?: number
}

export function describeTopics(
  cluster: Cluster,
  topics: readonly TopicRef[],
  options: DescribeTopicsOptions,
): Promise<Outcomes<TopicRef, TopicDescription>> {
  return settleEach<TopicRef, TopicRef, TopicDescription>(cluster, {
    items: topics,
    keyOf: (topic) => topic,
    textOf: refText,
    router: toAnyBroker(cluster),
    ask: async (peer, items, settle) => {
      const { authorizedOperations = false } = options
      const hasPages =
        peer.versionOf(DESCRIBE_TOPIC_PARTITIONS) !== undefined && !authorizedOperations
      // Never both in one request: brokers refuse one that has names and ids.
      const names = items.filter((topic) => typeof topic === 'string')
      const ids = items.filter((topic) => typeof topic !== 'string')
      if (names.length > 0 && hasPages) await describeByPages(peer, names, options, settle)
      else if (names.length > 0) await describeByMetadata(cluster, peer, names, options, settle)
      if (ids.length > 0) await describeByMetadata(cluster, peer, ids, options, settle)
    },
    options,
  })
}

async function describeByMetadata(
  cluster: Cluster,
  peer: Peer,
  topics: readonly TopicRef[],
  { authorizedOperations = false }: DescribeTopicsOptions,
  settle: Settle<TopicRef, TopicDescription>,
): Promise<void> {
  const response = await lookUpTopics(cluster, peer, { topics, authorizedOperations })
  const topicOf = topicsByRef(response.topics)
  for (const topic of topics) {
    const found = topicOf(topic)
    if (found === undefined) continue
    const describe = (): TopicDescription => ({
      name: found.name ?? '',
      id: found.topicId,
      isInternal: found.isInternal,
      partitions: inOrder(found.partitions.map(partitionOf)),
      authorizedOperations: aclOperations(found.topicAuthorizedOperations),
    })
    const what = typeof topic === 'string' ? `topic "${topic}"` : `topic id "${topic.id}"`
    settle(topic, peer.outcome(METADATA, found, what, describe))
  }
}

function partitionOf(found: MetadataResponsePartition): PartitionDescription {
  return {
    partition: found.partitionIndex,
    leader: leaderOf(found.leaderId),
    leaderEpoch: found.leaderEpoch,
    replicas: found.replicaNodes as BrokerId[],
    inSyncReplicas: found.isrNodes as BrokerId[],
    offlineReplicas: found.offlineReplicas as BrokerId[],
    eligibleLeaderReplicas: undefined,
    lastKnownEligibleLeaderReplicas: undefined,
  }
}
