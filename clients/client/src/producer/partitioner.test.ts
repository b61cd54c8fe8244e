import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KafkaError } from '../kafka-error.ts'
import type { Partitioner } from './partitioner.ts'
import { producerWorld } from './testing/producer-world.ts'

async function partitionsOf(
  partitioner: Partitioner,
  messages: readonly { key?: string; value: string }[],
): Promise<number[]> {
  await using on = producerWorld({
    broker: { topics: { orders: 4 } },
    producer: { partitioner },
  })
  const sent = await on.outcome(
    Promise.all(messages.map((message) => on.producer.send('orders', message))),
  )
  return sent.map(({ partition }) => partition)
}

const KEYED = Array.from({ length: 12 }, (_, i) => ({ key: `key ${i}`, value: 'v' }))

test("Partitioner 'murmur2' spreads keys, and keeps records without one together", async () => {
  assert.ok(new Set(await partitionsOf('murmur2', KEYED)).size > 1)

  const unkeyed = await partitionsOf('murmur2', [{ value: 'a' }, { value: 'b' }, { value: 'c' }])
  assert.equal(new Set(unkeyed).size, 1)
})

test("Partitioner 'sticky' pays no regard to keys", async () => {
  assert.equal(new Set(await partitionsOf('sticky', KEYED)).size, 1)
})

test("Partitioner 'uniform' gives every partition the same number of records", async () => {
  const partitions = await partitionsOf('uniform', KEYED)

  const counts = [0, 1, 2, 3].map((p) => partitions.filter((partition) => partition === p).length)
  assert.deepEqual(counts, [3, 3, 3, 3])
})

test('Partitioner of one’s own is asked with the serialized record', async () => {
  const partitions = await partitionsOf(
    ({ topic, key, partitionCount }) =>
      topic === 'orders' && key?.toString() === 'key 3' ? partitionCount - 1 : 0,
    KEYED.slice(2, 5),
  )

  assert.deepEqual(partitions, [0, 3, 0])
})

test('Partitioner of one’s own that returns no partition is refused', async () => {
  for (const wrong of [4, -1, 0.5, NaN]) {
    await assert.rejects(
      partitionsOf(() => wrong, [{ value: 'a' }]),
      (error) => error instanceof KafkaError && error.code === 'INVALID_ARGUMENT',
    )
  }
})
