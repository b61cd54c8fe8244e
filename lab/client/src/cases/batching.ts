/** How many batches the sends of one tick become. */
import assert from 'node:assert/strict'
import { Kafka, type ProducerOptions } from '@ottla/client'
import type { Case } from '../suite.ts'
import { uniqueName } from './names.ts'

const SEND_COUNT = 1000
const VALUE = 'x'.repeat(100)
const BATCH_BYTES_MAX = 16_384
/** Offset and timestamp deltas, lengths, attributes: what a record adds to its value at most. */
const RECORD_OVERHEAD_BYTES_MAX = 21

/** Batches and Produce requests for `SEND_COUNT` sends in one tick, over so many partitions. */
async function batchesOf(brokers: string, partitions: number, options: ProducerOptions = {}) {
  await using kafka = new Kafka({ brokers })
  const topic = uniqueName('batching')
  await kafka.admin.topics.create(topic, { partitions })
  const producer = kafka.producer(options)
  for (let partition = 0; partition < partitions; partition++) {
    await producer.send(topic, { value: 'first', partition })
  }
  const before = kafka.metrics().producer
  await Promise.all(
    Array.from({ length: SEND_COUNT }, (_, i) =>
      producer.send(topic, { value: VALUE, partition: i % partitions }),
    ),
  )
  const after = kafka.metrics().producer
  assert.equal(after.sentRecordCount - before.sentRecordCount, SEND_COUNT)
  return after.batchCount - before.batchCount
}

export const batching: readonly Case[] = [
  {
    name: `${SEND_COUNT} sends of one tick are one batch for each partition`,
    run: async ({ brokers }) => {
      assert.equal(await batchesOf(brokers, 1), 1)
      assert.equal(await batchesOf(brokers, 4), 4)
    },
  },
  {
    name: 'batches are as full as batchBytesMax allows',
    run: async ({ brokers }) => {
      const bytesMax = SEND_COUNT * (VALUE.length + RECORD_OVERHEAD_BYTES_MAX)

      const count = await batchesOf(brokers, 1, { batchBytesMax: BATCH_BYTES_MAX })

      assert.ok(count >= Math.ceil((SEND_COUNT * VALUE.length) / BATCH_BYTES_MAX), String(count))
      assert.ok(count <= Math.ceil(bytesMax / BATCH_BYTES_MAX) + 1, String(count))
    },
  },
]
