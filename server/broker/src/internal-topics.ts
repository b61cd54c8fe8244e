/** The topics that the broker itself writes; clients may read them, not produce to them. */
export const CONSUMER_OFFSETS_TOPIC = '__consumer_offsets'
const TRANSACTION_STATE_TOPIC = '__transaction_state'

export function isInternalTopic(name: string): boolean {
  return name === CONSUMER_OFFSETS_TOPIC || name === TRANSACTION_STATE_TOPIC
}
