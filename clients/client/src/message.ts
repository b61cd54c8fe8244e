/** Records as a program sees them: on their way out, and as they came in. */
import type { KafkaError } from './kafka-error.ts'

/** Ordered, with duplicates allowed, as on the wire; a plain object is taken for convenience. */
export type HeadersInit =
  | Iterable<readonly [name: string, value: Uint8Array | string | null]>
  | Readonly<Record<string, Uint8Array | string | null>>

export interface OutgoingMessage<K, V> {
  /** Records of one key keep their order and land on one partition. */
  readonly key?: K | null
  /** null deletes the key from a compacted topic. */
  readonly value: V | null
  readonly headers?: HeadersInit
  /** Chosen by key when left out, as Java's producer does; without a key batch by batch. */
  readonly partition?: number
  /** Milliseconds since 1970; now by default. */
  readonly timestampMs?: number
}

/** Where a record was put. */
export interface SentMessage {
  readonly topic: string
  readonly partition: number
  /** -1 with acks 0, and for a duplicate whose offset the broker no longer knows. */
  readonly offset: number
  /** Milliseconds since 1970: the broker's, when the topic stamps records itself. */
  readonly timestampMs: number
}

export interface Header {
  readonly name: string
  readonly value: Buffer | null
}

export interface Message<K = Buffer, V = Buffer> {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly leaderEpoch: number
  /** Of the producer that wrote it; -1 when that was neither idempotent nor transactional. */
  readonly producerId: number
  readonly producerEpoch: number
  readonly timestampMs: number
  readonly timestampType: 'CreateTime' | 'LogAppendTime'
  readonly key: K | null
  readonly value: V | null
  /** In the order of the wire. */
  readonly headers: readonly Header[]
  /** Aborts when the partition is revoked or lost: what is done with the message then is done twice. */
  readonly signal: AbortSignal
  /** Only of a consumer with `onPoison: 'asError'`: why key or value could not be deserialized. */
  readonly error?: KafkaError
}
