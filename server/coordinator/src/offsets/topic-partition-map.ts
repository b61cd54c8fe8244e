/** A map from topic and partition, without a joined key per entry. */
export class TopicPartitionMap<Value> {
  readonly #topics = new Map<string, Map<number, Value>>()
  #size = 0

  get size(): number {
    return this.#size
  }

  get(topic: string, partition: number): Value | undefined {
    return this.#topics.get(topic)?.get(partition)
  }

  set(topic: string, partition: number, value: Value): void {
    let partitions = this.#topics.get(topic)
    if (partitions === undefined) {
      partitions = new Map()
      this.#topics.set(topic, partitions)
    }
    if (!partitions.has(partition)) this.#size++
    partitions.set(partition, value)
  }

  delete(topic: string, partition: number): void {
    const partitions = this.#topics.get(topic)
    if (partitions?.delete(partition) !== true) return
    this.#size--
    if (partitions.size === 0) this.#topics.delete(topic)
  }

  topics(): IterableIterator<[string, ReadonlyMap<number, Value>]> {
    return this.#topics.entries()
  }

  /** The partitions of `topic`; an empty map when there are none. */
  partitions(topic: string): ReadonlyMap<number, Value> {
    return this.#topics.get(topic) ?? NO_PARTITIONS
  }
}

const NO_PARTITIONS: ReadonlyMap<number, never> = new Map<number, never>()
