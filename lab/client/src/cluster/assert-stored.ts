/** What lies in the partitions in the end, read without a group and past all caches of the writer. */
import assert from 'node:assert/strict'
import type { Kafka } from '@ottla/client'
import { readAll } from '../cases/write-and-read.ts'
import { assertCounted } from './reader.ts'

/** 0, 1, 2, … once each, in order, and nothing behind them. */
export async function assertStored(
  kafka: Kafka,
  topic: string,
  counts: readonly number[],
): Promise<void> {
  const ends = await kafka.admin.topics.offsets(topic, 'latest')
  for (const [partition, count] of counts.entries()) {
    assert.equal(ends.value({ topic, partition }).offset, count, `end of partition ${partition}`)
  }
  const total = counts.reduce((sum, count) => sum + count, 0)
  const messages = await readAll(kafka, topic, total)
  for (const [partition, count] of counts.entries()) {
    const own = messages.filter((message) => message.partition === partition)
    assertCounted(
      own.map(({ value }) => value?.toString() ?? ''),
      count,
      `stored partition ${partition}`,
    )
  }
}
