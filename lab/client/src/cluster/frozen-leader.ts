/**
 * A broker that hangs: its connections stay open and nothing comes of them, until it wakes up and takes itself
 * for the leader for a moment still.
 */
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
const MORE_COUNT = 50
/** By default 30 s and 10 s: so long a client waits for a broker that says nothing. */
const PATIENCE = { requestTimeoutMs: 3000, connectionSetupTimeoutMs: 2000 }

export const frozenLeader: ClusterCase = {
  name: 'a leader and coordinator that hangs is left for another, and no record is lost, doubled or reordered when it wakes up',
  run: async (cluster, tell) => {
    const victim = cluster.node(VICTIM)
    await using kafka = new Kafka({ brokers: cluster.bootstrapServers, ...PATIENCE })
    await makeInternalTopics(kafka)
    const topic = uniqueName('frozen-leader')
    await kafka.admin.topics.create(topic, { assignments: LED_BY_EACH })
    const group = await nameCoordinatedBy(kafka, VICTIM, 'group')
    const writer = new Writer(kafka, topic, LED_BY_EACH.length)
    const reader = new Reader(kafka, { group, topics: [topic], autoCommitIntervalMs: 100 })
    await writer.untilMore(MORE_COUNT)
    await reader.untilMore(MORE_COUNT)

    victim.freeze()
    try {
      await writer.untilMore(MORE_COUNT)
      await reader.untilMore(MORE_COUNT)
    } finally {
      victim.thaw()
    }
    await writer.untilMore(MORE_COUNT)
    await untilWhole(cluster)
    await writer.untilMore(MORE_COUNT)

    await endTraffic({ kafka, writer, readers: [reader], tell })
    assert.equal((await kafka.admin.groups.lag(group)).totalLag, 0)
  },
}
