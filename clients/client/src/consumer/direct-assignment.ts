/**
 * Without a group: all partitions of the topics, and those that are added while it reads.
 *
 * A partition that turns up later is read from its beginning, whatever `from` says: what was written
 * between its creation and our noticing it would be missed otherwise.
 */
import type { TopicMetadata } from '../cluster/metadata.ts'
import type { Cluster } from '../cluster/cluster.ts'
import type { AssignedFrom } from './consumer-options.ts'
import type { TopicSource } from './topic-source.ts'

export class DirectAssignment {
  readonly #cluster: Cluster
  readonly #names: readonly string[]
  readonly #patterns: readonly RegExp[]
  readonly #known = new Set<string>()
  #seenVersion = -1
  /** Before that nothing is later: what is there already is read from where the consumer was told. */
  #hasFirst = false
  #stopAll: (() => void) | undefined

  constructor(cluster: Cluster, topics: readonly TopicSource[]) {
    this.#cluster = cluster
    this.#names = topicNames(topics)
    this.#patterns = topics.filter((one) => one instanceof RegExp)
  }

  /** Rejects for a topic that does not exist. */
  async first(signal: AbortSignal): Promise<AssignedFrom[]> {
    if (this.#patterns.length > 0) {
      this.#stopAll = this.#cluster.refresher.useAll()
      await this.#cluster.retry({ signal }, () => this.#cluster.refresher.refresh())
    }
    for (const name of this.#names) await this.#cluster.topic(name, { signal })
    this.#hasFirst = true
    return this.#new(undefined)
  }

  /** Of metadata that was not looked at yet. */
  later(): AssignedFrom[] {
    if (!this.#hasFirst || this.#cluster.metadata.version === this.#seenVersion) return []
    return this.#new('earliest')
  }

  #new(offset: 'earliest' | undefined): AssignedFrom[] {
    const { metadata } = this.#cluster
    this.#seenVersion = metadata.version
    const found: AssignedFrom[] = []
    for (const topic of metadata.topics()) {
      if (!this.#isWanted(topic)) continue
      for (const { partition } of topic.partitions) {
        const key = `${topic.name} ${partition}`
        if (!this.#known.has(key)) found.push({ topic: topic.name, partition, offset })
        this.#known.add(key)
      }
    }
    return found
  }

  #isWanted({ name, isInternal }: TopicMetadata): boolean {
    if (this.#names.includes(name)) return true
    return !isInternal && this.#patterns.some((pattern) => name.search(pattern) >= 0)
  }

  close(): void {
    this.#stopAll?.()
  }
}

export function topicNames(topics: readonly TopicSource[]): string[] {
  return topics.flatMap((one) => {
    if (one instanceof RegExp) return []
    return [typeof one === 'string' ? one : one.name]
  })
}

/** One that matches what any of them does; undefined without one. */
export function joinedPattern(topics: readonly TopicSource[]): RegExp | undefined {
  const patterns = topics.filter((one) => one instanceof RegExp)
  const [first, ...others] = patterns
  if (first === undefined || others.length === 0) return first
  return new RegExp(patterns.map(({ source }) => `(?:${source})`).join('|'), first.flags)
}
