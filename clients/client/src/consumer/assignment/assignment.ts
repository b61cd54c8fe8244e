/** The partitions that a consumer reads at the moment, by name. */
import { partitionKey, type TopicPartition } from '../../topic-partition.ts'
import { KafkaError } from '../../kafka-error.ts'
import type { AssignedPartition } from './assigned-partition.ts'

export class Assignment implements Iterable<AssignedPartition> {
  readonly #byKey = new Map<string, AssignedPartition>()
  #listeners = new Set<(added: readonly AssignedPartition[]) => void>()

  get size(): number {
    return this.#byKey.size
  }

  [Symbol.iterator](): IterableIterator<AssignedPartition> {
    return this.#byKey.values()
  }

  find({ topic, partition }: TopicPartition): AssignedPartition | undefined {
    return this.#byKey.get(partitionKey(topic, partition))
  }

  /** Throws INVALID_ARGUMENT for a partition that is not assigned. */
  get(wanted: TopicPartition): AssignedPartition {
    const found = this.find(wanted)
    if (found !== undefined) return found
    throw new KafkaError(
      'INVALID_ARGUMENT',
      `Partition ${wanted.topic}-${wanted.partition} is not assigned to this consumer`,
    )
  }

  /** Those that were named, or all. */
  select(wanted: readonly TopicPartition[] | undefined): AssignedPartition[] {
    return wanted === undefined ? [...this] : wanted.map((one) => this.get(one))
  }

  add(partitions: readonly AssignedPartition[]): void {
    for (const one of partitions) this.#byKey.set(one.key, one)
    for (const onAdded of this.#listeners) onAdded(partitions)
  }

  remove(partitions: Iterable<AssignedPartition>): void {
    for (const one of partitions) {
      if (this.#byKey.get(one.key) === one) this.#byKey.delete(one.key)
    }
  }

  /** Until the returned function is called. */
  onAdded(listener: (added: readonly AssignedPartition[]) => void): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  toTopicPartitions(): TopicPartition[] {
    return [...this].map(({ topic, partition }) => ({ topic, partition }))
  }
}
