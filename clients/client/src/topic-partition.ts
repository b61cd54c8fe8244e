/** One partition of a topic, by name. */
export interface TopicPartition {
  readonly topic: string
  /** From 0. */
  readonly partition: number
}

/** A key for maps; topic names have no space. */
export function partitionKey(topic: string, partition: number): string {
  return `${topic} ${partition}`
}
