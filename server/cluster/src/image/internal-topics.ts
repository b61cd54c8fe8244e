/** Topics in which brokers keep their own state (Kafka's Topic.INTERNAL_TOPICS). */
const INTERNAL_TOPICS: ReadonlySet<string> = new Set([
  '__consumer_offsets',
  '__transaction_state',
  '__share_group_state',
])

export function isInternalTopic(name: string): boolean {
  return INTERNAL_TOPICS.has(name)
}
