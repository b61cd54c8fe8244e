/** Fetching from the replica of one's own rack (KIP-392), and from the leader when that replica is gone. */
import assert from 'node:assert/strict'
import { Kafka } from '@ottla/client'
import type { ClusterNode } from '@ottla/lab-apache-kafka'
import { uniqueName } from '../cases/names.ts'
import type { ClusterCase } from './cluster-case.ts'
import { makeInternalTopics, nameCoordinatedBy } from './coordinated-by.ts'
import { endTraffic } from './end-traffic.ts'
import { Reader } from './reader.ts'
import { RequestLog } from './request-log.ts'
import { untilWhole } from './three-nodes.ts'
import { within } from './within.ts'
import { Writer } from './writer.ts'

const LEADER = 1
const NEAR = 2
const MORE_COUNT = 100
const BACK_TIMEOUT_MS = 30_000

export const nearReplica: ClusterCase = {
  name: 'a consumer reads from the replica of its rack, from the leader while that one is down, and from the replica again',
  run: async (cluster, tell) => {
    using requests = new RequestLog()
    const [leader, near] = [cluster.node(LEADER), cluster.node(NEAR)]
    await using writing = new Kafka({ brokers: cluster.bootstrapServers })
    // So that the leader is asked again soon whether there is a nearer one.
    await using reading = new Kafka({
      brokers: cluster.bootstrapServers,
      rack: near.rack,
      metadataMaxAgeMs: 2000,
    })
    await makeInternalTopics(writing)
    const topic = uniqueName('near')
    await writing.admin.topics.create(topic, { assignments: [[LEADER, NEAR, 3]] })
    const group = await nameCoordinatedBy(writing, LEADER, 'group')
    const fetches = (node: ClusterNode): number => requests.count('Fetch', node)
    const bytesFrom = (node: ClusterNode): number =>
      reading.metrics().brokers[node.address]?.bytesIn ?? 0
    const writer = new Writer(writing, topic, 1)
    const reader = new Reader(reading, { group, topics: [topic] })

    await reader.untilMore(MORE_COUNT)
    const [atLeader, atNear] = [bytesFrom(leader), bytesFrom(near)]
    await reader.untilMore(5 * MORE_COUNT)
    const fromNear = bytesFrom(near) - atNear
    const fromLeader = bytesFrom(leader) - atLeader
    assert.ok(
      fromNear > 3 * fromLeader,
      `${fromNear} bytes of the near, ${fromLeader} of the leader`,
    )

    const fetchesBefore = fetches(leader)
    await near.kill()
    await writer.untilMore(MORE_COUNT)
    await reader.untilMore(MORE_COUNT)
    assert.ok(fetches(leader) - fetchesBefore > MORE_COUNT / 50, 'the leader was not asked')

    await untilWhole(cluster)
    const backAt = fetches(near)
    await within(BACK_TIMEOUT_MS, () => {
      assert.ok(fetches(near) > backAt + 3, 'the near replica is not read from again')
    })
    await endTraffic({ kafka: writing, writer, readers: [reader], tell })
  },
}
