/**
 * One fetch session with one broker (KIP-227): the broker remembers what is fetched, and a request names
 * only what has changed.
 *
 *   epoch 0, id 0      full: everything is named, and a session is asked for
 *   epoch 0, id n      full: the old session n is closed, another is asked for
 *   epoch 1, 2, …      incremental: changes, and what is to be forgotten
 *   epoch -1           closes the session
 *
 * A broker that has no room for a session answers id 0, and is asked in full again next time. A request
 * that was not answered leaves it open what the broker remembers, so the next one is a full one.
 */
import { ZERO_UUID, type Uuid } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import type {
  FetchRequestFetchTopic,
  FetchRequestForgottenTopic,
} from '@ottla/protocol/fetch-request'

export interface SessionPartition {
  readonly topic: string
  /** ZERO_UUID when topics are named. */
  readonly topicId: Uuid
  readonly partition: number
  readonly key: string
  readonly fetchOffset: number
  readonly currentLeaderEpoch: number
  readonly maxBytes: number
}

export interface SessionRequest {
  readonly sessionId: number
  readonly sessionEpoch: number
  readonly topics: FetchRequestFetchTopic[]
  readonly forgottenTopicsData: FetchRequestForgottenTopic[]
}

const NO_SESSION = 0
const FULL_EPOCH = 0
const FINAL_EPOCH = -1
const EPOCH_MAX = 0x7fffffff
/** What a consumer has nothing to say about. */
const UNKNOWN = -1

const RESETTING: ReadonlySet<number> = new Set([
  ErrorCode.FETCH_SESSION_ID_NOT_FOUND,
  ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR,
  ErrorCode.INVALID_FETCH_SESSION_EPOCH,
])

export class FetchSession {
  #id = NO_SESSION
  #epoch = FULL_EPOCH
  /** As the broker has them after the request that was built last. */
  #partitions = new Map<string, SessionPartition>()

  get isFull(): boolean {
    return this.#epoch === FULL_EPOCH
  }

  /** What tells the broker to forget it; undefined when there is nothing that it would remember. */
  last(): SessionRequest | undefined {
    if (this.#id === NO_SESSION) return undefined
    const sessionId = this.#id
    this.#id = NO_SESSION
    this.#epoch = FULL_EPOCH
    return { sessionId, sessionEpoch: FINAL_EPOCH, topics: [], forgottenTopicsData: [] }
  }

  /** The next request, for exactly these partitions. */
  next(wanted: readonly SessionPartition[]): SessionRequest {
    const before = this.#partitions
    this.#partitions = new Map(wanted.map((one) => [one.key, one]))
    const { isFull } = this
    const named = isFull ? wanted : wanted.filter((one) => !isSame(before.get(one.key), one))
    const forgotten = isFull ? [] : [...before.values()].filter((one) => this.#isForgotten(one))
    return {
      sessionId: this.#id,
      sessionEpoch: this.#epoch,
      topics: topicsOf(named),
      forgottenTopicsData: forgottenOf(forgotten),
    }
  }

  /** The same name with another id is another topic. */
  #isForgotten({ key, topicId }: SessionPartition): boolean {
    return this.#partitions.get(key)?.topicId !== topicId
  }

  /** True when the error is one that the next request mends. */
  onAnswer(errorCode: number, sessionId: number): boolean {
    if (errorCode !== 0) {
      if (errorCode === ErrorCode.FETCH_SESSION_ID_NOT_FOUND) this.#id = NO_SESSION
      this.#epoch = FULL_EPOCH
      return RESETTING.has(errorCode)
    }
    if (sessionId === NO_SESSION) {
      this.#id = NO_SESSION
      this.#epoch = FULL_EPOCH
    } else {
      this.#id = sessionId
      this.#epoch = this.#epoch === EPOCH_MAX ? 1 : this.#epoch + 1
    }
    return true
  }

  onFailed(): void {
    this.#epoch = FULL_EPOCH
  }
}

function isSame(before: SessionPartition | undefined, one: SessionPartition): boolean {
  return (
    before?.fetchOffset === one.fetchOffset &&
    before.currentLeaderEpoch === one.currentLeaderEpoch &&
    before.maxBytes === one.maxBytes &&
    before.topicId === one.topicId
  )
}

function topicsOf(partitions: readonly SessionPartition[]): FetchRequestFetchTopic[] {
  const topics = new Map<string, FetchRequestFetchTopic>()
  for (const one of partitions) {
    const topic = topics.get(one.topic) ?? {
      topic: one.topic,
      topicId: one.topicId,
      partitions: [],
    }
    topics.set(one.topic, topic)
    topic.partitions.push({
      partition: one.partition,
      currentLeaderEpoch: one.currentLeaderEpoch,
      fetchOffset: one.fetchOffset,
      lastFetchedEpoch: UNKNOWN,
      logStartOffset: UNKNOWN,
      partitionMaxBytes: one.maxBytes,
      replicaDirectoryId: ZERO_UUID,
      highWatermark: Number.MAX_SAFE_INTEGER,
    })
  }
  return [...topics.values()]
}

function forgottenOf(partitions: readonly SessionPartition[]): FetchRequestForgottenTopic[] {
  const topics = new Map<string, FetchRequestForgottenTopic>()
  for (const { topic, topicId, partition } of partitions) {
    // By name and id: two topics of one name may be forgotten at once.
    const key = `${topic} ${topicId}`
    const forgotten = topics.get(key) ?? { topic, topicId, partitions: [] }
    topics.set(key, forgotten)
    forgotten.partitions.push(partition)
  }
  return [...topics.values()]
}
