/** What differs between two images; found by identity, since an unchanged topic is the same object. */
import type { ClusterImage, TopicImage } from './cluster-image.ts'

export interface ClusterDelta {
  readonly createdTopics: readonly TopicImage[]
  /**
   * As they were. A topic that was deleted and created again under its name is here with its old id and in
   * `createdTopics` with its new one.
   */
  readonly deletedTopics: readonly TopicImage[]
  /** As they are: partitions were added, or leaders, replicas or configs changed. */
  readonly changedTopics: readonly TopicImage[]
  /** Dynamic configs of some broker or of all of them. */
  readonly brokerConfigsChanged: boolean
  readonly brokersChanged: boolean
}

export function deltaBetween(before: ClusterImage, after: ClusterImage): ClusterDelta {
  const createdTopics: TopicImage[] = []
  const deletedTopics: TopicImage[] = []
  const changedTopics: TopicImage[] = []
  for (const topic of after.topics()) {
    const old = before.topic(topic.name)
    if (old === topic) continue
    if (old?.topicId === topic.topicId) changedTopics.push(topic)
    else createdTopics.push(topic)
  }
  for (const topic of before.topics()) {
    if (after.topic(topic.name)?.topicId !== topic.topicId) deletedTopics.push(topic)
  }
  return {
    createdTopics,
    deletedTopics,
    changedTopics,
    brokerConfigsChanged: !sameEntries(before.allBrokerConfigs(), after.allBrokerConfigs()),
    brokersChanged: !sameItems(before.brokers(), after.brokers()),
  }
}

export function isEmptyDelta(delta: ClusterDelta): boolean {
  const { createdTopics, deletedTopics, changedTopics } = delta
  const topicCount = createdTopics.length + deletedTopics.length + changedTopics.length
  return topicCount === 0 && !delta.brokerConfigsChanged && !delta.brokersChanged
}

function sameEntries<K, V>(a: ReadonlyMap<K, V>, b: ReadonlyMap<K, V>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value)
}

function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i])
}
