/** `send` and `sendAll`, as a producer and a transaction have them: their words, and what they take. */
import type { OutgoingMessage, SentMessage } from '../message.ts'
import type { RawInput } from '../serde/raw.ts'
import type { SendAllSummary, SendOptions, Topic } from '../topic.ts'

/** A topic with its types, or the name of one, which takes bytes and strings. */
export type Destination = Topic<unknown, unknown, never, never> | string

/** By the types of the topic; they count as well where it may be a topic or a name. */
export type MessageTo<D extends Destination> = [D] extends [string]
  ? OutgoingMessage<RawInput, RawInput>
  : Exclude<D, string> extends Topic<unknown, unknown, infer K, infer V>
    ? OutgoingMessage<K, V>
    : never

export type MessagesTo<D extends Destination> = Iterable<MessageTo<D>> | AsyncIterable<MessageTo<D>>

export interface SendMethods {
  /**
   * See `Topic.send`. A topic given by name takes bytes and strings.
   *
   * ```ts
   * await producer.send(Orders, { key: 'u1', value: order })
   * await producer.send('raw', { value: 'text or bytes' })
   * ```
   */
  send<D extends Destination>(
    topic: D,
    message: MessageTo<D>,
    options?: SendOptions,
  ): Promise<SentMessage>

  /**
   * See `Topic.sendAll`. A topic given by name takes bytes and strings.
   *
   * ```ts
   * const { count } = await producer.sendAll(Orders, readOrders(file), { signal })
   * ```
   */
  sendAll<D extends Destination>(
    topic: D,
    messages: MessagesTo<D>,
    options?: SendOptions,
  ): Promise<SendAllSummary>
}
