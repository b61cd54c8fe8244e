/**
 * What a member wants to read: topics by name, and those that a pattern matches.
 *
 * A pattern needs the names of all topics, either to match them here or to know the names of the ids that
 * the coordinator assigns; while one is set, the metadata holds every topic of the cluster.
 */
import type { Cluster } from '../../cluster/cluster.ts'
import { compareText } from './assignors/assignor.ts'

const FLAGS_OF_RE2 = /[ims]/g

export class TopicSubscription {
  readonly #cluster: Cluster
  readonly #pattern: RegExp | undefined
  #names: readonly string[]
  #stopAll: (() => void) | undefined
  /** False once the coordinator has refused the pattern: RE2 knows no look-ahead, for one. */
  isMatchedByCoordinator = true

  constructor(cluster: Cluster, names: readonly string[], pattern: RegExp | undefined) {
    this.#cluster = cluster
    this.#names = sorted(names)
    this.#pattern = pattern
  }

  open(): void {
    if (this.#pattern !== undefined) this.#stopAll ??= this.#cluster.refresher.useAll()
    this.use()
  }

  close(): void {
    this.#stopAll?.()
    this.#stopAll = undefined
  }

  set names(names: readonly string[]) {
    this.#names = sorted(names)
    this.use()
  }

  /** As they were given. */
  get names(): readonly string[] {
    return this.#names
  }

  /** Tells the metadata that the topics are still wanted. */
  use(): void {
    for (const name of this.#names) this.#cluster.refresher.use(name)
  }

  /** By name and by pattern, as far as the metadata knows; sorted. */
  resolved(): readonly string[] {
    const pattern = this.#pattern
    if (pattern === undefined) return this.#names
    const matching = [...this.#cluster.metadata.topics()]
      // Internal topics are subscribed to by name alone (exclude.internal.topics).
      .filter(({ name, isInternal }) => !isInternal && matches(pattern, name))
      .map(({ name }) => name)
    return sorted([...this.#names, ...matching])
  }

  /**
   * For the coordinator, which matches whole names; undefined where names are matched here, as it would
   * match internal topics too.
   */
  get re2(): string | undefined {
    const pattern = this.#pattern
    if (pattern === undefined || !this.isMatchedByCoordinator) return undefined
    for (const { name, isInternal } of this.#cluster.metadata.topics()) {
      if (isInternal && matches(pattern, name)) return undefined
    }
    const kept = pattern.flags.match(FLAGS_OF_RE2)?.join('') ?? ''
    return `${kept === '' ? '' : `(?${kept})`}.*(?:${pattern.source}).*`
  }

  /**
   * Asks for the metadata where it is needed to go on: to match a pattern, or to know the ids of topics.
   * What cannot be learnt now is learnt later; it is logged, and nothing else.
   */
  async learn(): Promise<void> {
    const isUnknown = this.#names.some((name) => this.#cluster.metadata.topic(name) === undefined)
    if (isUnknown || this.hasPattern) await this.refresh()
  }

  async refresh(): Promise<void> {
    this.use()
    try {
      await this.#cluster.refresher.refresh()
    } catch (error) {
      const { logger } = this.#cluster.world
      logger.warn('Cannot refresh the metadata of the topics that the group reads', { error })
    }
  }

  get hasPattern(): boolean {
    return this.#pattern !== undefined
  }
}

/** A pattern with the flag g or y remembers where it was. */
function matches(pattern: RegExp, name: string): boolean {
  pattern.lastIndex = 0
  return pattern.test(name)
}

function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].toSorted(compareText)
}
