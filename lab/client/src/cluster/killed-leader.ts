/** kill -9 of a broker that leads, in the middle of writing and reading; then it comes back and leads again. */
import assert from 'node:assert/strict'
import { Kafka } from '@ottla/client'
import { uniqueName } from '../cases/names.ts'
import type { ClusterCase } from './cluster-case.ts'
import { makeInternalTopics, nameCoordinatedBy } from './coordinated-by.ts'
import { endTraffic } from './end-traffic.ts'
import { Reader } from './reader.ts'
import { LED_BY_EACH, untilWhole } from './three-nodes.ts'
import { Writer } from './writer.ts'

const VICTIM = 2
const OTHER = 1
const MORE_COUNT = 50

export const killedLeader: ClusterCase = {
  name: 'a leader that is killed and comes back costs a pause, and no record is lost, doubled or reordered',
  run: async (cluster, tell) => {
    await using kafka = new Kafka({ brokers: cluster.bootstrapServers })
    await makeInternalTopics(kafka)
    const topic = uniqueName('killed-leader')
    await kafka.admin.topics.create(topic, { assignments: LED_BY_EACH })
    const group = await nameCoordinatedBy(kafka, OTHER, 'group')
    const writer = new Writer(kafka, topic, LED_BY_EACH.length)
    const reader = new Reader(kafka, { group, topics: [topic] })
    await writer.untilMore(MORE_COUNT)
    await reader.untilMore(MORE_COUNT)

    await cluster.node(VICTIM).kill()
    await writer.untilMore(MORE_COUNT)
    await reader.untilMore(MORE_COUNT)
    await untilWhole(cluster)
    await writer.untilMore(MORE_COUNT)

    await endTraffic({ kafka, writer, readers: [reader], tell })
    const { partitions } = await kafka.admin.topics.describe(topic)
    assert.equal(partitions[VICTIM - 1]?.leader, VICTIM)
  },
}
