/** The producer against the broker itself, in this process. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startOttla, type OttlaForTests } from '@ottla/testing'
import { Kafka } from '../kafka.ts'
import type { Message } from '../message.ts'
import { string } from '../serde/string.ts'

async function withKafka(
  run: (kafka: Kafka, ottla: OttlaForTests) => Promise<void>,
  partitions = 1,
): Promise<void> {
  await using ottla = await startOttla({ transport: 'memory', topics: { orders: partitions } })
  await using kafka = new Kafka({ brokers: ottla, retryBackoffMs: 1, reconnectBackoffMs: 1 })
  await run(kafka, ottla)
}

async function readBack(kafka: Kafka, count: number, partitions = 1): Promise<Message[]> {
  await using consumer = kafka.consumer({
    assign: Array.from({ length: partitions }, (_, partition) => ({ topic: 'orders', partition })),
    from: 'earliest',
  })
  const messages: Message[] = []
  for await (const message of consumer) {
    messages.push(message)
    if (messages.length === count) break
  }
  return messages
}

for (const compression of ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const) {
  test(`Ottla stores what a producer sends with ${compression}`, async () => {
    await withKafka(async (kafka) => {
      const producer = kafka.producer({ compression })
      const values = Array.from({ length: 300 }, (_, i) => `value ${i} ${'x'.repeat(i)}`)

      const sent = await Promise.all(
        values.map((value) =>
          producer.send('orders', { key: 'k', value, headers: { h: value }, timestampMs: 7 }),
        ),
      )

      assert.deepEqual(
        sent.map(({ offset }) => offset),
        values.map((_, i) => i),
      )
      const messages = await readBack(kafka, values.length)
      assert.deepEqual(
        messages.map(({ value }) => value?.toString()),
        values,
      )
      assert.equal(messages[9]?.headers[0]?.value?.toString(), values[9])
      assert.equal(messages[9]?.timestampMs, 7)
    })
  })
}

test('Ottla has every record once and in order when connections are cut again and again', async () => {
  await withKafka(async (kafka, ottla) => {
    const Orders = kafka.topic('orders', { key: string(), value: string() })
    for (const cut of ['before', 'after', 'mid-frame', 'after'] as const) {
      ottla.faults.inject({ api: 'Produce', cut, times: 3 })
    }
    const keys = Array.from({ length: 20 }, (_, i) => `key ${i}`)
    const count = 40
    for (let n = 0; n < count; n++) {
      const round = Promise.all(keys.map((key) => Orders.send({ key, value: `${n}` })))
      // Some rounds on top of each other, so that several requests are lost at once.
      if (n % 3 === 0) await round
    }
    await Orders.send({ key: 'last', value: 'last' })

    const messages = await readBack(kafka, keys.length * count + 1, 3)

    const byKey = new Map<string, string[]>()
    for (const { key, value } of messages) {
      const values = byKey.get(String(key)) ?? []
      values.push(String(value))
      byKey.set(String(key), values)
    }
    const expected = Array.from({ length: count }, (_, n) => `${n}`)
    for (const key of keys) assert.deepEqual(byKey.get(key), expected, key)
  }, 3)
})

test('Ottla has every record of sendAll once when it is restarted meanwhile', async () => {
  await withKafka(async (kafka, ottla) => {
    const count = 20_000
    function* numbers(): Generator<{ value: string }> {
      for (let i = 0; i < count; i++) yield { value: `${i}` }
    }

    const sent = kafka.producer({ maxBufferedBytes: 200_000 }).sendAll('orders', numbers())
    await ottla.restart()

    assert.equal((await sent).count, count)
    const messages = await readBack(kafka, count)
    assert.deepEqual(
      messages.map(({ value }) => Number(value)),
      Array.from({ length: count }, (_, i) => i),
    )
  })
})
