/**
 * Writes 0, 1, 2, … into every partition of a topic without an end, and remembers what became of each. Nobody else
 * writes there, so a record whose offset is not its number was lost, doubled or overtaken.
 */
import assert from 'node:assert/strict'
import type { Kafka, Producer, ProducerOptions } from '@ottla/client'
import { within } from './within.ts'

/** At a time in each partition, and the pause after them. */
const SEND_COUNT = 5
const PAUSE_MS = 10
const MORE_TIMEOUT_MS = 90_000

export class Writer {
  readonly topic: string
  readonly #producer: Producer
  readonly #running: Promise<unknown>
  /** By partition: how many are acknowledged. */
  readonly counts: number[]
  /** From the call of send() to its acknowledgement. */
  slowestMs = 0
  #isOver = false

  constructor(kafka: Kafka, topic: string, partitionCount: number, options: ProducerOptions = {}) {
    this.topic = topic
    this.#producer = kafka.producer(options)
    this.counts = Array.from({ length: partitionCount }, () => 0)
    this.#running = Promise.all(this.counts.map((_, partition) => this.#write(partition)))
    // Told by whoever waits.
    this.#running.catch(() => undefined)
  }

  async #write(partition: number): Promise<void> {
    for (let next = 0; !this.#isOver; next += SEND_COUNT) {
      await Promise.all(
        Array.from({ length: SEND_COUNT }, (_, i) => this.#send(partition, next + i)),
      )
      this.counts[partition] = next + SEND_COUNT
      await new Promise((resolve) => {
        setTimeout(resolve, PAUSE_MS)
      })
    }
  }

  async #send(partition: number, number: number): Promise<void> {
    const startedMs = performance.now()
    const sent = await this.#producer.send(this.topic, { value: String(number), partition })
    this.slowestMs = Math.max(this.slowestMs, performance.now() - startedMs)
    assert.equal(sent.offset, number, `acknowledged at another place of partition ${partition}`)
  }

  /** Until so many more are acknowledged in each partition, or in the one. */
  async untilMore(count: number, partition?: number): Promise<void> {
    const before = [...this.counts]
    const reached = within(MORE_TIMEOUT_MS, () => {
      for (const [i, now] of this.counts.entries()) {
        if (partition !== undefined && i !== partition) continue
        const more = now - (before[i] ?? 0)
        assert.ok(more >= count, `only ${more} of ${count} more are written to partition ${i}`)
      }
    })
    await Promise.race([reached, this.#running])
  }

  get figures(): string {
    const total = this.counts.reduce((sum, count) => sum + count, 0)
    return `${total} records written, the slowest in ${(this.slowestMs / 1000).toFixed(1)} s`
  }

  /** By partition: how many there are. */
  async stop(): Promise<readonly number[]> {
    this.#isOver = true
    try {
      await this.#running
    } finally {
      await this.#producer.close()
    }
    return this.counts
  }
}
