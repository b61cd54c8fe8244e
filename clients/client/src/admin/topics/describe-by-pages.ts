/**
 * DescribeTopicPartitions (KIP-966): the broker sorts the topics by name, stops after so many partitions
 * and says where the next page begins. A topic that a page boundary cuts comes in several pieces.
 */
import type { BrokerId } from '@ottla/base'
import type {
  DescribeTopicPartitionsResponse,
  DescribeTopicPartitionsResponseCursor,
  DescribeTopicPartitionsResponsePartition,
  DescribeTopicPartitionsResponseTopic,
} from '@ottla/protocol/describe-topic-partitions-response'
import { KafkaError } from '../../kafka-error.ts'
import type { Peer } from '../asking/peer.ts'
import type { Settle } from '../asking/settle-each.ts'
import type { TopicRef } from '../asking/topic-lookup.ts'
import {
  inOrder,
  leaderOf,
  type PartitionDescription,
  type TopicDescription,
} from './topic-description.ts'
import { DESCRIBE_TOPIC_PARTITIONS } from './topic-apis.ts'

type FoundTopic = DescribeTopicPartitionsResponseTopic
type FoundPartition = DescribeTopicPartitionsResponsePartition
type Cursor = DescribeTopicPartitionsResponseCursor

const PARTITIONS_PER_PAGE = 2000

export async function describeByPages(
  peer: Peer,
  names: readonly string[],
  { partitionsPerPage = PARTITIONS_PER_PAGE }: { readonly partitionsPerPage?: number },
  settle: Settle<TopicRef, TopicDescription>,
): Promise<void> {
  const pieces = new Map<string, FoundTopic[]>()
  let cursor: Cursor | null = null
  do {
    const page: DescribeTopicPartitionsResponse = await peer.request(DESCRIBE_TOPIC_PARTITIONS, {
      topics: names.map((name) => ({ name })),
      responsePartitionLimit: partitionsPerPage,
      cursor,
    })
    for (const topic of page.topics) {
      const name = topic.name ?? ''
      pieces.set(name, [...(pieces.get(name) ?? []), topic])
    }
    if (!isAfter(page.nextCursor, cursor)) throw stuck(peer, page.nextCursor)
    cursor = page.nextCursor
  } while (cursor !== null)
  for (const name of names) {
    const found = pieces.get(name)
    const [first] = found ?? []
    if (found === undefined || first === undefined) continue
    const refused = found.find(({ errorCode }) => errorCode !== 0) ?? first
    const describe = (): TopicDescription => descriptionOf(first, found)
    settle(name, peer.outcome(DESCRIBE_TOPIC_PARTITIONS, refused, `topic "${name}"`, describe))
  }
}

function descriptionOf(first: FoundTopic, pieces: readonly FoundTopic[]): TopicDescription {
  return {
    name: first.name ?? '',
    id: first.topicId,
    isInternal: first.isInternal,
    partitions: inOrder(pieces.flatMap(({ partitions }) => partitions.map(partitionOf))),
    authorizedOperations: undefined,
  }
}

function partitionOf(found: FoundPartition): PartitionDescription {
  return {
    partition: found.partitionIndex,
    leader: leaderOf(found.leaderId),
    leaderEpoch: found.leaderEpoch,
    replicas: found.replicaNodes as BrokerId[],
    inSyncReplicas: found.isrNodes as BrokerId[],
    offlineReplicas: found.offlineReplicas as BrokerId[],
    eligibleLeaderReplicas: (found.eligibleLeaderReplicas ?? undefined) as BrokerId[] | undefined,
    lastKnownEligibleLeaderReplicas: (found.lastKnownElr ?? undefined) as BrokerId[] | undefined,
  }
}

/** A broker that names the same place twice would be asked for ever. */
function isAfter(next: Cursor | null, before: Cursor | null): boolean {
  if (next === null || before === null) return true
  if (next.topicName !== before.topicName) return next.topicName > before.topicName
  return next.partitionIndex > before.partitionIndex
}

function stuck({ broker }: Peer, cursor: Cursor | null): KafkaError {
  const { topicName, partitionIndex } = cursor as Cursor
  return new KafkaError(
    'MALFORMED_RESPONSE',
    `${broker} goes back to topic "${topicName}" partition ${partitionIndex} in a list of partitions`,
    { apiKey: DESCRIBE_TOPIC_PARTITIONS.key, broker },
  )
}
