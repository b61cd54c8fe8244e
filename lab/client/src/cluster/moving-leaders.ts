/** Leaders that move while all brokers are well, as in maintenance: the client follows at once. */
import assert from 'node:assert/strict'
import { Kafka } from '@ottla/client'
import { uniqueName } from '../cases/names.ts'
import type { ClusterCase } from './cluster-case.ts'
import { endTraffic } from './end-traffic.ts'
import { Reader } from './reader.ts'
import { LED_BY_EACH } from './three-nodes.ts'
import { within } from './within.ts'
import { Writer } from './writer.ts'

const ROUND_COUNT = 2
const MORE_COUNT = 30
/** Metadata is asked for every five minutes otherwise. */
const SEND_MS_MAX = 10_000
const MOVE_TIMEOUT_MS = 30_000

async function moveLeader(kafka: Kafka, topic: string, partition: number): Promise<void> {
  const { partitions } = kafka.admin
  const description = await kafka.admin.topics.describe(topic)
  const [first = 0, ...others] = description.partitions[partition]?.replicas ?? []
  const at = { topic, partition }
  const reassigned = await partitions.reassign([{ ...at, replicas: [...others, first] }])
  assert.ok(reassigned.allOk)
  assert.equal((await partitions.electLeaders([at])).value(at), 'elected')
}

const preferredElections: ClusterCase = {
  name: 'leaders that move are followed by what their answers say: nothing is lost, doubled, reordered or late',
  run: async (cluster, tell) => {
    await using admin = new Kafka({ brokers: cluster.bootstrapServers })
    await using writing = new Kafka({ brokers: cluster.bootstrapServers })
    await using reading = new Kafka({ brokers: cluster.bootstrapServers })
    const topic = uniqueName('moving')
    await admin.admin.topics.create(topic, { assignments: LED_BY_EACH })
    const writer = new Writer(writing, topic, LED_BY_EACH.length)
    const reader = new Reader(reading, { group: uniqueName('group'), topics: [topic] })
    await writer.untilMore(MORE_COUNT)
    await reader.untilMore(MORE_COUNT)

    let withoutMetadata = 0
    for (let move = 0; move < ROUND_COUNT * LED_BY_EACH.length; move++) {
      const partition = move % LED_BY_EACH.length
      const { refreshCount } = writing.metrics().metadata
      await moveLeader(admin, topic, partition)
      await writer.untilMore(MORE_COUNT, partition)
      if (writing.metrics().metadata.refreshCount === refreshCount) withoutMetadata++
    }

    await endTraffic({ kafka: admin, writer, readers: [reader], tell })
    // The new leader may not know yet that it is one: then the metadata is asked for all the same.
    assert.ok(withoutMetadata > 0, 'no move was followed by the answer alone')
    assert.ok(writer.slowestMs < SEND_MS_MAX, `a send took ${Math.round(writer.slowestMs)} ms`)
  },
}

const reassignments: ClusterCase = {
  name: 'partitions that move to other brokers while they are written and read lose, double and reorder nothing',
  run: async (cluster, tell) => {
    await using kafka = new Kafka({ brokers: cluster.bootstrapServers })
    const { partitions, topics } = kafka.admin
    const topic = uniqueName('reassigned')
    await topics.create(topic, {
      assignments: [
        [1, 2],
        [2, 3],
      ],
    })
    const writer = new Writer(kafka, topic, 2)
    const reader = new Reader(kafka, { group: uniqueName('group'), topics: [topic] })
    await writer.untilMore(MORE_COUNT)

    for (const replicas of [
      [3, 1],
      [2, 3],
      [1, 2],
    ]) {
      const moves = [0, 1].map((partition) => ({ topic, partition, replicas }))
      assert.ok((await partitions.reassign(moves)).allOk)
      await within(MOVE_TIMEOUT_MS, async () => {
        assert.equal((await partitions.listReassignments({ partitions: moves })).size, 0)
      })
      const elected = await partitions.electLeaders(moves)
      assert.deepEqual(elected.failures(), [])
      await writer.untilMore(MORE_COUNT)
    }

    await endTraffic({ kafka, writer, readers: [reader], tell })
    assert.ok(writer.slowestMs < SEND_MS_MAX, `a send took ${Math.round(writer.slowestMs)} ms`)
  },
}

export const movingLeaders: readonly ClusterCase[] = [preferredElections, reassignments]
