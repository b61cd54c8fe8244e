/**
 * Which topics there must be: created and acknowledged means there with that id, deleted and
 * acknowledged means gone, and what had no answer is settled by the next start.
 */
import type { Violations } from './violation.ts'

type TopicState = 'created' | 'deleted' | 'unsettled'

interface KnownTopic {
  state: TopicState
  topicId: string | undefined
  partitionCount: number
}

export interface FoundTopic {
  readonly topicId: string
  readonly partitionCount: number
}

export class TopicsLedger {
  readonly #violations: Violations
  readonly #topics = new Map<string, KnownTopic>()
  #createdCount = 0
  #deletedCount = 0

  constructor(violations: Violations) {
    this.#violations = violations
  }

  creating(name: string, partitionCount: number): void {
    this.#topics.set(name, { state: 'unsettled', topicId: undefined, partitionCount })
  }

  created(name: string, topicId: string): void {
    this.#createdCount++
    const topic = this.#known(name)
    topic.state = 'created'
    topic.topicId = topicId
  }

  deleting(name: string): void {
    this.#known(name).state = 'unsettled'
  }

  deleted(name: string): void {
    this.#deletedCount++
    this.#known(name).state = 'deleted'
  }

  /** All topics of a broker that has started anew. */
  found(topics: ReadonlyMap<string, FoundTopic>): void {
    for (const [name, known] of this.#topics) {
      const found = topics.get(name)
      if (found === undefined) {
        if (known.state === 'created') {
          this.#violations.report('topic lost', `${name} was created and is gone`)
        }
        known.state = 'deleted'
        continue
      }
      if (known.state === 'deleted') {
        this.#violations.report('topic came back', `${name} was deleted and is there again`)
      }
      this.#compare(name, known, found)
      known.state = 'created'
      known.topicId = found.topicId
    }
  }

  #compare(name: string, known: KnownTopic, found: FoundTopic): void {
    if (known.topicId !== undefined && known.topicId !== found.topicId) {
      this.#violations.report(
        'topic lost',
        `${name} had the id ${known.topicId} and has ${found.topicId}`,
      )
    }
    if (known.partitionCount !== found.partitionCount) {
      this.#violations.report(
        'topic lost',
        `${name} had ${known.partitionCount} partitions and has ${found.partitionCount}`,
      )
    }
  }

  /** Names of the topics that are surely there, in the order of their creation. */
  get present(): string[] {
    return [...this.#topics].filter(([, { state }]) => state === 'created').map(([name]) => name)
  }

  partitionCountOf(name: string): number {
    return this.#known(name).partitionCount
  }

  get createdCount(): number {
    return this.#createdCount
  }

  get deletedCount(): number {
    return this.#deletedCount
  }

  #known(name: string): KnownTopic {
    const topic = this.#topics.get(name)
    if (topic === undefined) throw new RangeError(`Topic ${name} was never created`)
    return topic
  }
}
