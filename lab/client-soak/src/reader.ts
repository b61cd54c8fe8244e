/** A member of the group whose handlers are sometimes slow. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Consumer, Kafka } from '@ottla/client'
import type { PartitionBook } from './partition-book.ts'

export const COMMIT_INTERVAL_MS = 1000
/** Every so many messages one takes long, and holds up its partition alone. */
const SLOW_EVERY = 997
const SLOW_MS = 120
const CONCURRENCY = 8

export interface ReaderOptions {
  readonly topic: string
  readonly group: string
  readonly books: readonly PartitionBook[]
}

export class Reader {
  readonly #consumer: Consumer
  readonly #finished: Promise<void>
  readonly #books: readonly PartitionBook[]
  #count = 0
  /** What ended it; nothing should before close(). */
  failure: unknown

  constructor(kafka: Kafka, { topic, group, books }: ReaderOptions) {
    this.#books = books
    this.#consumer = kafka.consumer({
      group,
      topics: [topic],
      from: 'earliest',
      autoCommitIntervalMs: COMMIT_INTERVAL_MS,
      sessionTimeoutMs: 10_000,
      heartbeatIntervalMs: 1000,
    })
    this.#finished = this.#consumer
      .each((message) => this.#handle(message), { concurrency: CONCURRENCY, order: 'partition' })
      .catch((error: unknown) => {
        this.failure = error
      })
  }

  async #handle({
    partition,
    offset,
    value,
  }: {
    partition: number
    offset: number
    value: Buffer | null
  }) {
    this.#count++
    if (this.#count % SLOW_EVERY === 0) await delay(SLOW_MS)
    this.#books[partition]?.onRead(Number(value?.toString()), offset)
  }

  async close(): Promise<void> {
    await this.#consumer.close()
    await this.#finished
  }
}
