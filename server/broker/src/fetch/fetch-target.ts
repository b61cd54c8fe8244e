/**
 * One partition that a Fetch asks for, as the request or its session names it.
 *
 * `name` is empty while a topic id is not known to this broker.
 */
import type { Uuid } from '@ottla/base'

export interface FetchTarget {
  name: string
  topicId: Uuid
  partition: number
  fetchOffset: number
  currentLeaderEpoch: number
  lastFetchedEpoch: number
  partitionMaxBytes: number
  /** What the last answer in this session said; -1 before the first. */
  sentHighWatermark: number
  sentLogStartOffset: number
  /** The last answer carried an error, so the next one is sent even when nothing changed. */
  hadError: boolean
}

/** One key per partition inside a session: by id where the client uses ids, by name otherwise. */
export function targetKey(usesTopicIds: boolean, target: TopicPartitionKey): string {
  return `${usesTopicIds ? target.topicId : target.name}:${target.partition}`
}

export interface TopicPartitionKey {
  readonly name: string
  readonly topicId: Uuid
  readonly partition: number
}
