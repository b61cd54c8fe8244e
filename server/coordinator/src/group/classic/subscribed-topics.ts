/**
 * The topics that the members of a `consumer` group subscribe to, read from their subscription bytes.
 *
 * Only the prefix that all versions share is read, so newer clients are understood:
 *
 *   version int16 | topics: count int32, each length int16 + UTF-8 | ... not read
 *
 * The bytes themselves are passed on untouched (conformance G28). Bytes that are no subscription leave
 * the topics unknown, which protects all offsets of the group from being deleted.
 */
import { ByteReader, MalformedError } from '@ottla/base'
import { decodeConsumerProtocolSubscription } from '@ottla/protocol/consumer-protocol-subscription'

/** The protocol type of consumers, as opposed to Connect workers and others. */
export const CONSUMER_PROTOCOL_TYPE = 'consumer'

export function subscribedTopics(
  subscriptions: Iterable<Buffer | undefined>,
): ReadonlySet<string> | undefined {
  const topics = new Set<string>()
  for (const subscription of subscriptions) {
    const names = subscription === undefined ? undefined : topicsOf(subscription)
    if (names === undefined) return undefined
    for (const name of names) topics.add(name)
  }
  return topics
}

function topicsOf(subscription: Buffer): readonly string[] | undefined {
  const reader = new ByteReader(subscription)
  try {
    if (reader.readInt16() < 0) return undefined
    return decodeConsumerProtocolSubscription(reader, 0).topics
  } catch (error) {
    if (error instanceof MalformedError) return undefined
    throw error
  }
}
