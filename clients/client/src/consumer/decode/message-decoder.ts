/**
 * From the record under the cursor to the message that the program gets: one object, with views of the
 * fetched bytes unless a serde makes something else of them.
 *
 * Bench: ../deliver/consume.bench.ts
 */
import { KafkaError } from '../../kafka-error.ts'
import type { Header } from '../../message.ts'
import type { Deserializer } from '../../topic.ts'
import type { AssignedPartition } from '../assignment/assigned-partition.ts'
import type { PoisonPill } from '../consumer-options.ts'
import type { AnyMessage, TopicSource } from '../topic-source.ts'

interface Serdes {
  readonly key: Deserializer<unknown>
  readonly value: Deserializer<unknown>
  readonly keyContext: { readonly topic: string; readonly part: 'key' }
  readonly valueContext: { readonly topic: string; readonly part: 'value' }
}

const NO_HEADERS: readonly Header[] = Object.freeze([])

export class MessageDecoder {
  readonly #serdes = new Map<string, Serdes>()

  constructor(topics: readonly TopicSource[]) {
    for (const topic of topics) {
      if (typeof topic === 'string' || topic instanceof RegExp) continue
      const { name, key, value } = topic
      this.#serdes.set(name, {
        key,
        value,
        keyContext: { topic: name, part: 'key' },
        valueContext: { topic: name, part: 'value' },
      })
    }
  }

  /** Throws or rejects with what the serde does: `poisonPill` makes an error of it. */
  decode(from: AssignedPartition): AnyMessage | Promise<AnyMessage> {
    const { cursor } = from.queue
    const serdes = this.#serdes.get(from.topic)
    const rawKey = cursor.key
    const rawValue = cursor.value
    if (serdes === undefined) return messageOf(from, rawKey, rawValue)
    const key = rawKey === null ? null : serdes.key.deserialize(rawKey, serdes.keyContext)
    const value = rawValue === null ? null : deserializeValue(serdes, rawValue, key)
    if (!(key instanceof Promise) && !(value instanceof Promise)) return messageOf(from, key, value)
    // The cursor stays where it is meanwhile, but what it says is taken down before anything is awaited.
    const message = messageOf(from, null, null)
    return Promise.all([key, value]).then(([readKey, readValue]) => ({
      ...message,
      key: readKey,
      value: readValue,
    }))
  }
}

/** When it throws nobody waits for the key any more: what that rejects with must not end the process. */
function deserializeValue({ value, valueContext }: Serdes, raw: Buffer, key: unknown): unknown {
  try {
    return value.deserialize(raw, valueContext)
  } catch (error) {
    if (key instanceof Promise) key.catch(() => undefined)
    throw error
  }
}

function messageOf(from: AssignedPartition, key: unknown, value: unknown): AnyMessage {
  const { cursor } = from.queue
  return {
    topic: from.topic,
    partition: from.partition,
    offset: cursor.offset,
    leaderEpoch: from.queue.leaderEpoch,
    producerId: from.queue.producerId,
    producerEpoch: from.queue.producerEpoch,
    timestampMs: cursor.timestamp,
    timestampType: from.queue.isLogAppendTime ? 'LogAppendTime' : 'CreateTime',
    key,
    value,
    headers: headersOf(from),
    signal: from.signal,
  }
}

function headersOf({ queue: { cursor } }: AssignedPartition): readonly Header[] {
  if (cursor.headerCount === 0) return NO_HEADERS
  return cursor.headers.map(({ key, value }) => ({ name: key, value }))
}

/** Of the record under the cursor. */
export function poisonPill(from: AssignedPartition, cause: unknown): PoisonPill {
  const { topic, partition, queue } = from
  const { cursor } = queue
  const { offset, timestamp: timestampMs, key, value } = cursor
  const why = cause instanceof Error ? cause.message : String(cause)
  const error = new KafkaError(
    'DESERIALIZATION_FAILED',
    `Cannot deserialize the record of ${topic}-${partition} at offset ${offset}: ${why}. Seek past it, or choose a policy with \`onPoison\``,
    { cause },
  )
  return { topic, partition, offset, timestampMs, key, value, headers: headersOf(from), error }
}

export function erroneousMessage(from: AssignedPartition, error: KafkaError): AnyMessage {
  return { ...messageOf(from, null, null), error }
}
