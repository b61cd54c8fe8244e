/** To the leaders of partitions; those that one broker leads share a request. */
import type { BrokerId } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import type { MetadataResponseTopic } from '@ottla/protocol/metadata-response'
import type { KafkaError } from '../../kafka-error.ts'
import { partitionKey, type TopicPartition } from '../../topic-partition.ts'
import { Peer } from './peer.ts'
import type { Router } from './router.ts'
import { isPassing } from './settle-each.ts'
import { lookUpTopics, METADATA, topicsByRef } from './topic-lookup.ts'

/**
 * A topic that was just made may be news to the broker that is asked, and one that does not exist should
 * not cost a minute: so many attempts see the difference.
 */
const UNKNOWN_ATTEMPTS_MAX = 4

export function toLeaders<Item>(partitionOf: (item: Item) => TopicPartition): Router<Item> {
  return {
    async routes(cluster, pending, refuse) {
      const names = [...new Set(pending.map((item) => partitionOf(item).topic))]
      const peer = new Peer(await cluster.anyConnection())
      const topicOf = topicsByRef((await lookUpTopics(cluster, peer, { topics: names })).topics)
      const leadersOf = new Map(names.map((name) => [name, leadersIn(topicOf(name))]))
      const byLeader = new Map<BrokerId, Item[]>()
      for (const item of pending) {
        const { topic, partition } = partitionOf(item)
        const leaderId = leadersOf.get(topic)?.get(partition)
        const errorCode = lookupError(topicOf(topic), leaderId)
        if (leaderId === undefined || errorCode !== 0) {
          refuse(item, peer.refusal(METADATA, { errorCode }, partitionText({ topic, partition })))
          continue
        }
        const together = byLeader.get(leaderId)
        if (together === undefined) byLeader.set(leaderId, [item])
        else together.push(item)
      }
      return [...byLeader].map(([id, items]) => ({
        items,
        connect: () => cluster.connectionTo(id),
      }))
    },
    isRetriable: isWorthAnother,
  }
}

function leadersIn(topic: MetadataResponseTopic | undefined): ReadonlyMap<number, BrokerId> {
  const partitions = topic?.partitions ?? []
  return new Map(partitions.map((one) => [one.partitionIndex, one.leaderId as BrokerId]))
}

function lookupError(
  topic: MetadataResponseTopic | undefined,
  leaderId: BrokerId | undefined,
): number {
  if (topic === undefined) return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
  if (topic.errorCode !== 0) return topic.errorCode
  if (leaderId === undefined) return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
  return leaderId < 0 ? ErrorCode.LEADER_NOT_AVAILABLE : 0
}

function isWorthAnother(error: KafkaError, attempt: number): boolean {
  const isUnknown = error.code === 'UNKNOWN_TOPIC_OR_PARTITION'
  return isUnknown ? attempt < UNKNOWN_ATTEMPTS_MAX : isPassing(error)
}

export function partitionText({ topic, partition }: TopicPartition): string {
  return `topic "${topic}" partition ${partition}`
}

/** The key of a partition in `Outcomes`. */
export function partitionKeyOf({ topic, partition }: TopicPartition): string {
  return partitionKey(topic, partition)
}

export function toPartition({ topic, partition }: TopicPartition): TopicPartition {
  return { topic, partition }
}
