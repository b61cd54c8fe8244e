/** The plain case: partitions led by all brokers, and everybody well. */
import assert from 'node:assert/strict'
import { Kafka } from '@ottla/client'
import { uniqueName } from '../cases/names.ts'
import { assertStored } from './assert-stored.ts'
import type { ClusterCase } from './cluster-case.ts'
import { Reader } from './reader.ts'
import { RequestLog } from './request-log.ts'

const PARTITION_COUNT = 6
const EACH_COUNT = 500

export const manyLeaders: ClusterCase = {
  name: 'records for partitions of different leaders are each stored and read once, in order',
  run: async (cluster) => {
    using requests = new RequestLog()
    await using kafka = new Kafka({ brokers: cluster.node(1).address })
    const topic = uniqueName('many-leaders')
    await kafka.admin.topics.create(topic, { partitions: PARTITION_COUNT, replicationFactor: 3 })
    const reader = new Reader(kafka, { group: uniqueName('group'), topics: [topic] })

    const sent = await kafka.topic(topic).sendAll(
      Array.from({ length: PARTITION_COUNT * EACH_COUNT }, (_, i) => ({
        value: String(Math.floor(i / PARTITION_COUNT)),
        partition: i % PARTITION_COUNT,
      })),
    )

    const counts = Array.from({ length: PARTITION_COUNT }, () => EACH_COUNT)
    assert.equal(sent.count, PARTITION_COUNT * EACH_COUNT)
    await reader.untilReadOnce(counts)
    await reader.close()
    await assertStored(kafka, topic, counts)
    for (const node of cluster.nodes) {
      assert.ok(requests.count('Produce', node) > 0, `nothing was sent to node ${node.id}`)
      assert.ok(requests.count('Fetch', node) > 0, `nothing was fetched from node ${node.id}`)
    }
  },
}
