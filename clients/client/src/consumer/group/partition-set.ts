/** Partitions in the order they came: what a member owns, and what differs between two sets. */
import { partitionKey, type TopicPartition } from '../../topic-partition.ts'

export class PartitionSet<P extends TopicPartition = TopicPartition> {
  readonly #byKey = new Map<string, P>()
  readonly #keyOf: (one: P) => string

  constructor(partitions: Iterable<P> = [], keyOf: (one: P) => string = nameKey) {
    this.#keyOf = keyOf
    this.add(partitions)
  }

  get size(): number {
    return this.#byKey.size
  }

  has(one: P): boolean {
    return this.#byKey.has(this.#keyOf(one))
  }

  add(partitions: Iterable<P>): void {
    for (const one of partitions) this.#byKey.set(this.#keyOf(one), one)
  }

  delete(partitions: Iterable<P>): void {
    for (const one of partitions) this.#byKey.delete(this.#keyOf(one))
  }

  clear(): void {
    this.#byKey.clear()
  }

  toArray(): P[] {
    return [...this.#byKey.values()]
  }

  /** Those of ours that are not among `others`. */
  without(others: PartitionSet<P>): P[] {
    return this.toArray().filter((one) => !others.has(one))
  }
}

function nameKey({ topic, partition }: TopicPartition): string {
  return partitionKey(topic, partition)
}

/** As the wire wants them: partition numbers under their topic. */
export function byTopic<P extends TopicPartition>(partitions: Iterable<P>): Map<string, P[]> {
  const topics = new Map<string, P[]>()
  for (const one of partitions) {
    const found = topics.get(one.topic)
    if (found === undefined) topics.set(one.topic, [one])
    else found.push(one)
  }
  return topics
}
