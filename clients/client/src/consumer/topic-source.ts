/** What a consumer can be told to read, and the type of the messages that come of it. */
import type { Message } from '../message.ts'
import type { Deserializer } from '../topic.ts'

/** A `Topic` of this client, or anything that has its name and its deserializers. */
export interface TypedTopic<K, V> {
  readonly name: string
  readonly key: Deserializer<K>
  readonly value: Deserializer<V>
}

/**
 * A `Topic`, whose serdes give the types; a name, whose records are bytes; or a pattern, for all topics
 * whose name it matches somewhere, those that are made later included.
 */
export type TopicSource = RegExp | TypedTopic<unknown, unknown> | string

/** Of one topic, or the union of several: `MessageOfSource<typeof Orders | typeof Payments>`. */
export type MessageOfSource<S> = S extends TypedTopic<infer K, infer V> ? Message<K, V> : Message

/** Of any consumer. */
export type AnyMessage = Message<unknown, unknown>
