/** Questions that no single broker can answer, and what only one broker knows of itself. */
import assert from 'node:assert/strict'
import { Kafka } from '@ottla/client'
import { uniqueName } from '../cases/names.ts'
import type { ClusterCase } from './cluster-case.ts'
import { makeInternalTopics, nameCoordinatedBy } from './coordinated-by.ts'
import { within } from './within.ts'

const IDS = [1, 2, 3] as const
const APPLIED_TIMEOUT_MS = 20_000
const MOVE_TIMEOUT_MS = 60_000

const ofAllBrokers: ClusterCase = {
  name: 'groups and transactions are listed from all brokers, directories and configs told by each, and the quorum by one',
  run: async (cluster) => {
    await using kafka = new Kafka({ brokers: cluster.node(1).address })
    const { groups, transactions, topics, configs, cluster: brokers } = kafka.admin
    await makeInternalTopics(kafka)
    const topic = uniqueName('admin')
    await topics.create(topic, {
      assignments: [
        [1, 2],
        [2, 3],
        [3, 2],
      ],
    })

    const [groupNames, ids]: [string[], string[]] = [[], []]
    for (const id of IDS) {
      const group = await nameCoordinatedBy(kafka, id, 'group')
      assert.ok((await groups.alterOffsets(group, [{ topic, partition: 0, offset: 0 }])).allOk)
      assert.equal((await groups.describe(group)).coordinator, cluster.node(id).address)
      groupNames.push(group)
      const transactionalId = await nameCoordinatedBy(kafka, id, 'transaction')
      await transactions.fence(transactionalId)
      ids.push(transactionalId)
    }
    const listedGroups = new Set((await groups.list()).map(({ groupId }) => groupId))
    assert.deepEqual(
      groupNames.filter((name) => !listedGroups.has(name)),
      [],
    )
    const listedIds = new Set((await transactions.list()).map((one) => one.transactionalId))
    assert.deepEqual(
      ids.filter((id) => !listedIds.has(id)),
      [],
    )
    assert.ok((await transactions.describe(ids)).allOk)

    const directories = await brokers.logDirs({
      partitions: [0, 1, 2].map((partition) => ({ topic, partition })),
    })
    const held = IDS.map((id) =>
      directories
        .value(id)
        .flatMap((one) => (one.ok ? one.value.replicas : []))
        .map(({ partition }) => partition)
        .sort(byNumber),
    )
    assert.deepEqual(held, [[0], [0, 1, 2], [1, 2]])

    const quorum = await brokers.quorum()
    assert.deepEqual(quorum.voters.map(({ id }) => id).sort(byNumber), [...IDS])
    assert.ok(quorum.voters.some(({ id }) => id === quorum.leaderId))
    assert.deepEqual([...quorum.endpoints.keys()].sort(byNumber), [...IDS])

    await configs.alter({ type: 'broker', name: '2' }, { 'log.cleaner.threads': 2 })
    const loggers = { type: 'broker-logger', name: '3' } as const
    const [logger] = (await configs.describe(loggers)).filter(({ name }) => name.includes('.'))
    assert.ok(logger !== undefined, 'the broker tells no loggers')
    await configs.alter(loggers, { [logger.name]: 'FATAL' })
    await within(APPLIED_TIMEOUT_MS, async () => {
      const names = IDS.map((id) => ({ type: 'broker' as const, name: String(id) }))
      const described = await configs.describe(names)
      const values = names.map((name) =>
        ['broker.rack', 'log.cleaner.threads'].map(
          (key) => described.value(name).find((entry) => entry.name === key)?.value,
        ),
      )
      assert.deepEqual(values, [
        ['rack-1', '1'],
        ['rack-2', '2'],
        ['rack-3', '1'],
      ])
      const levels = await configs.describe(loggers)
      assert.equal(levels.find(({ name }) => name === logger.name)?.value, 'FATAL')
      const others = await configs.describe({ ...loggers, name: '1' })
      assert.notEqual(others.find(({ name }) => name === logger.name)?.value, 'FATAL')
    })
    await configs.alter({ type: 'broker', name: '2' }, { 'log.cleaner.threads': null })
  },
}

const MESSAGE_COUNT = 100
const MESSAGE_BYTES = 20_000
/** With that a copy of 2 MB takes longer than the questions. */
const SLOW_BYTES_PER_SECOND = 50_000

const runningReassignments: ClusterCase = {
  name: 'reassignments are listed while they run, called off, and gone from the list when they are done',
  run: async (cluster) => {
    await using kafka = new Kafka({ brokers: cluster.bootstrapServers })
    const { partitions, configs, topics } = kafka.admin
    const topic = uniqueName('slow-move')
    const throttled = 'replication.throttled.replicas'
    await topics.create(topic, {
      assignments: [
        [1, 2],
        [2, 1],
      ],
      configs: { [`leader.${throttled}`]: '*', [`follower.${throttled}`]: '*' },
    })
    const value = Buffer.alloc(MESSAGE_BYTES)
    await kafka
      .topic(topic)
      .sendAll(Array.from({ length: MESSAGE_COUNT }, (_, i) => ({ value, partition: i % 2 })))
    const rates = (rate: number | null) =>
      configs.alter(
        IDS.map((id) => ({
          type: 'broker' as const,
          name: String(id),
          changes: {
            'leader.replication.throttled.rate': rate,
            'follower.replication.throttled.rate': rate,
          },
        })),
      )
    assert.ok((await rates(SLOW_BYTES_PER_SECOND)).allOk)
    try {
      const [kept, cancelled] = [0, 1].map((partition) => ({ topic, partition })) as [At, At]
      const moved = await partitions.reassign([
        { ...kept, replicas: [3, 2] },
        { ...cancelled, replicas: [3, 1] },
      ])
      assert.ok(moved.allOk)
      const running = await partitions.listReassignments({ partitions: [kept, cancelled] })
      assert.deepEqual(running.value(kept).addingReplicas, [3])
      assert.deepEqual(running.value(kept).removingReplicas, [1])
      assert.deepEqual(running.value(cancelled).addingReplicas, [3])
      assert.ok((await partitions.listReassignments()).get(kept)?.ok)

      assert.ok((await partitions.cancelReassignments([cancelled])).allOk)
      const left = await partitions.listReassignments({ partitions: [kept, cancelled] })
      assert.equal(left.get(cancelled), undefined)
    } finally {
      assert.ok((await rates(null)).allOk)
    }
    await within(MOVE_TIMEOUT_MS, async () => {
      assert.equal((await partitions.listReassignments()).size, 0)
      const { partitions: after } = await topics.describe(topic)
      assert.deepEqual(
        after.map(({ replicas }) => [...replicas].sort(byNumber)),
        [
          [2, 3],
          [1, 2],
        ],
      )
    })
  },
}

interface At {
  readonly topic: string
  readonly partition: number
}

function byNumber(a: number, b: number): number {
  return a - b
}

export const administration: readonly ClusterCase[] = [ofAllBrokers, runningReassignments]
