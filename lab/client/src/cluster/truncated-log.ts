/**
 * An unclean election: the new leader never got what the old one had taken. Who has read that must go back to
 * where the new log goes on (KIP-320), or would skip whatever is written there.
 */
import assert from 'node:assert/strict'
import { Kafka, type Producer } from '@ottla/client'
import { uniqueName } from '../cases/names.ts'
import { readAll } from '../cases/write-and-read.ts'
import type { ClusterCase } from './cluster-case.ts'
import { Reader } from './reader.ts'
import { untilWhole } from './three-nodes.ts'
import { within } from './within.ts'

const FIRST = 1
const SECOND = 2
const COUNT = 100
const TIMEOUT_MS = 60_000

/** Resolves with the offset of the first. */
async function write(producer: Producer, topic: string, name: string): Promise<number> {
  const sent = await Promise.all(
    Array.from({ length: COUNT }, (_, i) =>
      producer.send(topic, { value: `${name} ${i}`, partition: 0 }),
    ),
  )
  return sent[0]?.offset ?? -1
}

function written(...names: readonly string[]): string[] {
  return names.flatMap((name) => Array.from({ length: COUNT }, (_, i) => `${name} ${i}`))
}

export const truncatedLog: ClusterCase = {
  name: 'after an unclean election reading and writing go on where the log of the new leader ends',
  run: async (cluster) => {
    await using kafka = new Kafka({ brokers: cluster.bootstrapServers })
    const { partitions, topics } = kafka.admin
    const topic = uniqueName('truncated')
    const at = { topic, partition: 0 }
    await topics.create(topic, {
      assignments: [[FIRST, SECOND]],
      configs: { 'min.insync.replicas': 1 },
    })
    const producer = kafka.producer()
    const reader = new Reader(kafka, { assign: [{ ...at, offset: 0 }] })
    await write(producer, topic, 'kept')
    await cluster.node(SECOND).stop()
    await write(producer, topic, 'lost')
    await reader.untilMore(2 * COUNT - reader.count)

    await cluster.node(FIRST).kill()
    await cluster.node(SECOND).start()
    await within(TIMEOUT_MS, async () => {
      const elected = await partitions.electLeaders([at], { election: 'unclean' })
      assert.equal(elected.value(at), 'elected')
    })
    assert.equal(await write(producer, topic, 'new'), COUNT)
    await reader.untilMore(3 * COUNT - reader.count)
    await untilWhole(cluster)

    assert.deepEqual(reader.read.get(0), written('kept', 'lost', 'new'))
    await reader.close()
    const stored = await readAll(kafka, topic, 2 * COUNT)
    assert.deepEqual(
      stored.map(({ value }) => value?.toString()),
      written('kept', 'new'),
    )
  },
}
