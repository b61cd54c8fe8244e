/** Sends at a steady rate, whatever the broker does meanwhile; what it holds is bounded by the buffer. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Kafka } from '@ottla/client'
import type { PartitionBook } from './partition-book.ts'

const TICK_MS = 10
/** Sent and not acknowledged; the clock stands still for the writer beyond it. */
const OPEN_MAX = 50_000
const DELIVERY_TIMEOUT_MS = 600_000

export interface WriterOptions {
  readonly topic: string
  readonly rate: number
  readonly books: readonly PartitionBook[]
  readonly signal: AbortSignal
}

/** Resolves when `signal` aborted and everything is acknowledged; rejects with the first send that failed. */
export async function write(kafka: Kafka, options: WriterOptions): Promise<void> {
  const { topic, rate, books, signal } = options
  const producer = kafka.producer({ lingerMs: 2, deliveryTimeoutMs: DELIVERY_TIMEOUT_MS })
  let openCount = 0
  let failure: unknown
  const send = (book: PartitionBook, partition: number): void => {
    const number = book.next()
    openCount++
    producer.send(topic, { value: String(number), partition }).then(
      ({ offset }) => {
        openCount--
        book.onAcknowledged(number, offset)
      },
      (error: unknown) => {
        failure ??= error
      },
    )
  }
  let dueCount = 0
  let turn = 0
  while (!signal.aborted && failure === undefined) {
    dueCount += (rate * TICK_MS) / 1000
    for (; dueCount >= 1 && openCount < OPEN_MAX; dueCount--) {
      const partition = turn++ % books.length
      send(books[partition] as PartitionBook, partition)
    }
    dueCount %= 1
    await delay(TICK_MS)
  }
  await producer.flush()
  await producer.close()
  if (failure !== undefined) throw failure as Error
}
