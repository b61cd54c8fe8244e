/** A partition as KIP-848 knows it: by the id of its topic. A topic made anew is another topic. */
import type { Uuid } from '@ottla/base'
import type { TopicPartition } from '../../../topic-partition.ts'

export interface AssignedPartition extends TopicPartition {
  readonly topicId: Uuid
}

export interface TopicIdPartitions {
  topicId: Uuid
  partitions: number[]
}

export function idKey({ topicId, partition }: AssignedPartition): string {
  return `${topicId} ${partition}`
}

/** As the wire wants them, in an order that does not depend on how they came. */
export function byTopicId(partitions: readonly AssignedPartition[]): TopicIdPartitions[] {
  const topics = new Map<Uuid, number[]>()
  for (const { topicId, partition } of partitions) {
    const found = topics.get(topicId)
    if (found === undefined) topics.set(topicId, [partition])
    else found.push(partition)
  }
  return [...topics]
    .map(([topicId, numbers]) => ({ topicId, partitions: numbers.toSorted((a, b) => a - b) }))
    .toSorted((a, b) => (a.topicId < b.topicId ? -1 : 1))
}
