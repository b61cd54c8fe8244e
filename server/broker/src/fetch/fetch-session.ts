/**
 * Fetch sessions (KIP-227): a client names its partitions once, later requests carry only changes, and
 * answers only what is new. Cost then follows the change, not the number of partitions.
 *
 * The cache holds at most `max.incremental.fetch.session.cache.slots` sessions. When it is full, the
 * session longest unused makes room once it is older than two minutes; otherwise the newcomer gets
 * session id 0 and fetches without one (conformance F15 to F18).
 */
import type { Clock, Random } from '@ottla/base'
import { targetKey, type FetchTarget, type TopicPartitionKey } from './fetch-target.ts'

export const INVALID_SESSION_ID = 0
export const INITIAL_EPOCH = 0
export const FINAL_EPOCH = -1
const EPOCH_MAX = 0x7fffffff
const EVICTION_AGE_MS_MIN = 120_000

export class FetchSession {
  readonly id: number
  readonly usesTopicIds: boolean
  /** The epoch that the next request has to carry. */
  nextEpoch = 1
  lastUsedMs: number
  /** In the order to be served; a partition that got data moves to the end (F5). */
  readonly #targets = new Map<string, FetchTarget>()

  constructor(options: { id: number; usesTopicIds: boolean; nowMs: number }) {
    this.id = options.id
    this.usesTopicIds = options.usesTopicIds
    this.lastUsedMs = options.nowMs
  }

  get partitionCount(): number {
    return this.#targets.size
  }

  get targets(): FetchTarget[] {
    return [...this.#targets.values()]
  }

  /** Adds partitions and renews the positions of those that are there. */
  update(targets: readonly FetchTarget[]): void {
    for (const target of targets) {
      const key = targetKey(this.usesTopicIds, target)
      const known = this.#targets.get(key)
      if (known === undefined) {
        this.#targets.set(key, target)
        continue
      }
      known.fetchOffset = target.fetchOffset
      known.currentLeaderEpoch = target.currentLeaderEpoch
      known.lastFetchedEpoch = target.lastFetchedEpoch
      known.partitionMaxBytes = target.partitionMaxBytes
    }
  }

  forget(partition: TopicPartitionKey): void {
    this.#targets.delete(targetKey(this.usesTopicIds, partition))
  }

  moveToEnd(target: FetchTarget): void {
    const key = targetKey(this.usesTopicIds, target)
    if (this.#targets.delete(key)) this.#targets.set(key, target)
  }

  advanceEpoch(): void {
    this.nextEpoch = this.nextEpoch === EPOCH_MAX ? 1 : this.nextEpoch + 1
  }
}

export class FetchSessionCache {
  readonly #sessions = new Map<number, FetchSession>()
  readonly #slotsMax: number
  readonly #clock: Clock
  readonly #random: Random

  constructor(options: { slotsMax: number; clock: Clock; random: Random }) {
    this.#slotsMax = options.slotsMax
    this.#clock = options.clock
    this.#random = options.random
  }

  get size(): number {
    return this.#sessions.size
  }

  /** Finds a session and marks it used: the Map keeps the order of use, oldest first. */
  use(id: number): FetchSession | undefined {
    const session = this.#sessions.get(id)
    if (session === undefined) return undefined
    session.lastUsedMs = this.#clock.monotonicMs()
    this.#sessions.delete(id)
    this.#sessions.set(id, session)
    return session
  }

  /** Undefined when the cache is full of sessions in use. */
  create(usesTopicIds: boolean): FetchSession | undefined {
    const nowMs = this.#clock.monotonicMs()
    if (this.#sessions.size >= this.#slotsMax && !this.#evictOldest(nowMs)) return undefined
    const session = new FetchSession({ id: this.#freeId(), usesTopicIds, nowMs })
    this.#sessions.set(session.id, session)
    return session
  }

  remove(id: number): void {
    this.#sessions.delete(id)
  }

  #evictOldest(nowMs: number): boolean {
    for (const oldest of this.#sessions.values()) {
      if (nowMs - oldest.lastUsedMs < EVICTION_AGE_MS_MIN) return false
      this.#sessions.delete(oldest.id)
      return true
    }
    return false
  }

  #freeId(): number {
    for (;;) {
      // Random, so that a client of an earlier life of this broker does not hit a session by chance.
      const id = 1 + Math.floor(this.#random.fraction() * (EPOCH_MAX - 1))
      if (!this.#sessions.has(id)) return id
    }
  }
}
