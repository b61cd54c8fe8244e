/** What goes in comes out: codecs, keys, headers, timestamps, nulls, order, sizes. */
import assert from 'node:assert/strict'
import { Kafka, string, type Message } from '@ottla/client'
import type { Case } from '../suite.ts'
import { uniqueName } from './names.ts'

const CODECS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const
const MESSAGE_COUNT = 1000

/** Reads `count` messages from the beginning of a topic, without a group. */
export async function readAll(kafka: Kafka, topic: string, count: number): Promise<Message[]> {
  const description = await kafka.admin.topics.describe(topic)
  const assign = description.partitions.map(({ partition }) => ({ topic, partition, offset: 0 }))
  await using consumer = kafka.consumer({ assign })
  const messages: Message[] = []
  if (count === 0) return messages
  for await (const message of consumer) {
    messages.push(message)
    if (messages.length === count) break
  }
  return messages
}

const codecs: Case[] = CODECS.map((compression) => ({
  name: `records in ${compression} come back whole and in order, with key, headers and timestamp`,
  run: async (target) => {
    await using kafka = new Kafka({ brokers: target.brokers })
    const topic = uniqueName(`codec-${compression}`)
    // The timestamps are old enough for retention to take them away in the middle of the case.
    await kafka.admin.topics.create(topic, { partitions: 1, configs: { 'retention.ms': -1 } })
    const producer = kafka.producer({ compression })
    const sent = await Promise.all(
      Array.from({ length: MESSAGE_COUNT }, (_, i) =>
        producer.send(topic, {
          key: `k${i}`,
          value: `value ${i} ${'x'.repeat(i % 300)}`,
          headers: [
            ['n', String(i)],
            ['n', null],
          ],
          timestampMs: 1_700_000_000_000 + i,
        }),
      ),
    )
    await producer.close()
    assert.deepEqual(
      sent.map(({ offset }) => offset),
      Array.from({ length: MESSAGE_COUNT }, (_, i) => i),
    )

    const read = await readAll(kafka, topic, MESSAGE_COUNT)
    for (const [i, message] of read.entries()) {
      assert.equal(message.offset, i)
      assert.equal(message.key?.toString(), `k${i}`)
      assert.equal(message.value?.toString(), `value ${i} ${'x'.repeat(i % 300)}`)
      assert.equal(message.timestampMs, 1_700_000_000_000 + i)
      assert.deepEqual(
        message.headers.map(({ name, value }) => [name, value?.toString()]),
        [
          ['n', String(i)],
          ['n', undefined],
        ],
      )
    }
  },
}))

export const writeAndRead: readonly Case[] = [
  ...codecs,
  {
    name: 'null keys and values stay null, and empty ones empty',
    run: async (target) => {
      await using kafka = new Kafka({ brokers: target.brokers })
      const topic = uniqueName('nulls')
      await kafka.admin.topics.create(topic, { partitions: 1 })
      const texts = kafka.topic(topic, { key: string(), value: string() })
      await texts.send({ key: null, value: null })
      await texts.send({ key: '', value: '' })

      const [nulls, empties] = await readAll(kafka, topic, 2)
      assert.deepEqual([nulls?.key, nulls?.value], [null, null])
      assert.deepEqual([empties?.key?.length, empties?.value?.length], [0, 0])
    },
  },
  {
    name: 'a record over the limit is refused with MESSAGE_TOO_LARGE, and the next one is taken',
    run: async (target) => {
      await using kafka = new Kafka({ brokers: target.brokers })
      const topic = uniqueName('large')
      await kafka.admin.topics.create(topic, {
        partitions: 1,
        configs: { 'max.message.bytes': '10000' },
      })
      const producer = kafka.producer()
      await assert.rejects(producer.send(topic, { value: Buffer.alloc(20_000) }), {
        name: 'KafkaError',
        code: 'MESSAGE_TOO_LARGE',
      })
      assert.equal((await producer.send(topic, { value: 'small' })).offset, 0)
      await producer.close()
    },
  },
  {
    name: 'a topic that is asked for is created on the way',
    run: async (target) => {
      await using kafka = new Kafka({ brokers: target.brokers })
      const topic = uniqueName('made-on-the-way')

      const { offset } = await kafka.topic(topic).send({ value: 'first' })

      assert.equal(offset, 0)
      assert.equal((await readAll(kafka, topic, 1))[0]?.value?.toString(), 'first')
    },
  },
]
