/**
 * What a Fetch asks for besides what it names: in a session (KIP-227) a request names only what has
 * changed since the last one, mostly nothing. Followed for one connection, as clients keep a session on
 * one, so that a fault for a topic hits a fetch of it, named or not.
 */
import type {
  FetchRequest,
  FetchRequestFetchPartition,
  FetchRequestFetchTopic,
} from '@ottla/protocol/fetch-request'

interface TopicInSession {
  readonly named: FetchRequestFetchTopic
  readonly partitions: Map<number, FetchRequestFetchPartition>
}

export class FetchSessionTopics {
  readonly #topics = new Map<string, TopicInSession>()

  /** The request as it would be without a session. To be asked about every Fetch, in order. */
  whole(request: FetchRequest): FetchRequest {
    const { sessionEpoch, topics, forgottenTopicsData } = request
    // 0 begins a session, -1 ends it or does without: both name everything.
    if (sessionEpoch <= 0) this.#topics.clear()
    if (sessionEpoch < 0) return request
    for (const { topic, topicId, partitions } of forgottenTopicsData) {
      for (const partition of partitions) this.#forget(keyOf(topic, topicId), partition)
    }
    for (const named of topics) this.#note(named)
    const all = [...this.#topics.values()].map(({ named, partitions }) => ({
      ...named,
      partitions: [...partitions.values()],
    }))
    return { ...request, topics: all }
  }

  #note(named: FetchRequestFetchTopic): void {
    const key = keyOf(named.topic, named.topicId)
    const known = this.#topics.get(key) ?? { named, partitions: new Map() }
    this.#topics.set(key, known)
    for (const partition of named.partitions) known.partitions.set(partition.partition, partition)
  }

  #forget(key: string, partition: number): void {
    const known = this.#topics.get(key)
    known?.partitions.delete(partition)
    if (known?.partitions.size === 0) this.#topics.delete(key)
  }
}

/** Versions up to 12 name a topic, later ones its id. */
function keyOf(topic: string, topicId: string): string {
  return topic === '' ? topicId : topic
}
