/** The port to the cluster's topics. Offsets are stored by name, and asked for by id from version 10. */
import type { Uuid } from '@ottla/base'

export interface TopicDirectory {
  nameOf(topicId: Uuid): string | undefined
  idOf(name: string): Uuid | undefined
}

export interface KnownTopics {
  readonly topics: TopicDirectory
  isTopicKnown(name: string): boolean
  /** When given, commits and deletions for partitions that do not exist are refused. */
  isPartitionKnown?(topic: string, partition: number): boolean
}

export function isPartitionKnown(known: KnownTopics, topic: string, partition: number): boolean {
  if (partition < 0 || !known.isTopicKnown(topic)) return false
  return known.isPartitionKnown?.(topic, partition) ?? true
}
