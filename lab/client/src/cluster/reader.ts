/** Reads a topic, in a group or by itself, and remembers by partition what it was given, in that order. */
import assert from 'node:assert/strict'
import type { Consumer, ConsumerOptions, Kafka, Message } from '@ottla/client'
import { within } from './within.ts'

const READ_TIMEOUT_MS = 90_000

export class Reader {
  readonly #consumer: Consumer
  readonly #reading: Promise<void>
  readonly read = new Map<number, string[]>()

  constructor(kafka: Kafka, options: ConsumerOptions) {
    this.#consumer = kafka.consumer({ from: 'earliest', ...options })
    this.#reading = this.#consumer.each((message) => {
      this.#take(message)
    })
    // Told by whoever waits.
    this.#reading.catch(() => undefined)
  }

  #take({ partition, value }: Message): void {
    const values = this.read.get(partition) ?? []
    values.push(value?.toString() ?? '')
    this.read.set(partition, values)
  }

  get count(): number {
    return [...this.read.values()].reduce((sum, values) => sum + values.length, 0)
  }

  async untilMore(count: number): Promise<void> {
    const before = this.count
    await this.#until(() => {
      assert.ok(this.count - before >= count, `only ${this.count - before} of ${count} more read`)
    })
  }

  /** Until 0, 1, 2, … have come from each partition, each once and in this order, and nothing else. */
  async untilReadOnce(counts: readonly number[]): Promise<void> {
    const total = counts.reduce((sum, count) => sum + count, 0)
    await this.#until(() => {
      assert.ok(this.count >= total, `only ${this.count} of ${total} are read`)
    })
    for (const [partition, count] of counts.entries()) {
      assertCounted(this.read.get(partition) ?? [], count, `partition ${partition}`)
    }
  }

  async #until(check: () => void): Promise<void> {
    await Promise.race([within(READ_TIMEOUT_MS, check), this.#reading])
  }

  async close(): Promise<void> {
    await this.#consumer.close()
    await this.#reading
  }
}

/** Exactly '0', '1', … in this order; says where it is not, without a thousand lines. */
export function assertCounted(values: readonly string[], count: number, where: string): void {
  const wrongAt = values.findIndex((value, i) => value !== String(i))
  if (wrongAt >= 0) {
    const around = values.slice(Math.max(0, wrongAt - 3), wrongAt + 4).join(' ')
    assert.fail(`${where}: ${wrongAt} expected and ${values[wrongAt]} read (… ${around} …)`)
  }
  assert.equal(values.length, count, `records in ${where}`)
}
