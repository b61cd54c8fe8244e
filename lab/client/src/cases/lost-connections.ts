/** Connections lost mid-frame: an idempotent producer neither loses nor doubles nor reorders. */
import assert from 'node:assert/strict'
import { Kafka } from '@ottla/client'
import type { Case } from '../suite.ts'
import { uniqueName } from './names.ts'
import { readAll } from './write-and-read.ts'

const MESSAGE_COUNT = 5000
const CUT_COUNT = 12

async function produceUnderCuts(
  cut: (round: number) => void,
  kafka: Kafka,
  topic: string,
): Promise<void> {
  const producer = kafka.producer({ lingerMs: 1, batchBytesMax: 4096 })
  const sends: Promise<unknown>[] = []
  for (let i = 0; i < MESSAGE_COUNT; i++) {
    sends.push(producer.send(topic, { value: `${i} ${'.'.repeat(100)}`, partition: i % 3 }))
    if (i % Math.floor(MESSAGE_COUNT / CUT_COUNT) === 0) cut(i)
    if (i % 50 === 49) await sends[i - 49]
  }
  await Promise.all(sends)
  await producer.close()
}

async function assertWhole(kafka: Kafka, topic: string): Promise<void> {
  const read = await readAll(kafka, topic, MESSAGE_COUNT)
  for (const partition of [0, 1, 2]) {
    const numbers = read
      .filter((message) => message.partition === partition)
      .map((message) => Number(message.value?.toString().split(' ')[0]))
    const expected = Array.from({ length: MESSAGE_COUNT }, (_, i) => i).filter(
      (i) => i % 3 === partition,
    )
    assert.deepEqual(numbers, expected, `partition ${partition}`)
  }
  const offsets = await kafka.admin.topics.offsets(topic, 'latest')
  let total = 0
  for (const { offset } of offsets.values()) total += offset
  assert.equal(total, MESSAGE_COUNT)
}

export const lostConnections: readonly Case[] = (['requests', 'responses'] as const).map(
  (direction) => ({
    name: `connections cut in the middle of ${direction} lose, double and reorder nothing`,
    run: async (target) => {
      await using kafka = new Kafka({ brokers: target.brokers, retryBackoffMs: 10 })
      const topic = uniqueName(`cut-${direction}`)
      await kafka.admin.topics.create(topic, { partitions: 3 })
      const before = target.proxy.cutCount

      await produceUnderCuts(
        (round) => {
          target.proxy.cutAfter((direction === 'requests' ? 2000 : 40) + (round % 97), direction)
        },
        kafka,
        topic,
      )

      assert.ok(target.proxy.cutCount - before >= CUT_COUNT / 2, 'too few connections were cut')
      await assertWhole(kafka, topic)
    },
  }),
)
