/** The admin client on what both brokers serve: topics, settings, groups, the cluster. */
import assert from 'node:assert/strict'
import { Kafka } from '@ottla/client'
import type { Case } from '../suite.ts'
import { eventually } from './eventually.ts'
import { uniqueName } from './names.ts'

export const admin: Case[] = [
  {
    name: 'topics are made, described, grown, trimmed and deleted, each with its own outcome',
    run: async ({ brokers }) => {
      await using kafka = new Kafka({ brokers })
      const { topics } = kafka.admin
      const [name, other] = [uniqueName('admin'), uniqueName('admin')]

      const made = await topics.create([
        { name, partitions: 3, configs: { 'retention.ms': 5_000_000_000 } },
        { name: other, partitions: 1 },
        { name: 'not a name' },
      ])
      assert.equal(made.value(name).partitionCount, 3)
      assert.throws(() => made.value('not a name'), { code: 'INVALID_TOPIC_EXCEPTION' })
      await assert.rejects(topics.create(name), { code: 'TOPIC_ALREADY_EXISTS' })
      await eventually(async () => {
        const { id, partitions } = await topics.describe(name, { partitionsPerPage: 2 })
        assert.equal(id, made.value(name).id)
        assert.deepEqual(
          partitions.map(({ partition }) => partition),
          [0, 1, 2],
        )
      })
      await topics.createPartitions(name, 5)
      await assert.rejects(topics.createPartitions(name, 2), { code: 'INVALID_PARTITIONS' })
      const { partition, offset } = await kafka.topic(other).send({ value: 'one' })
      assert.equal(offset, 0)
      assert.equal(await topics.deleteRecords({ topic: other, partition, before: 'latest' }), 1)
      const first = await topics.offsets({ topic: other, partition, at: 'earliest' })
      assert.equal(first.offset, 1)
      const deleted = await topics.delete([name, { id: made.value(other).id }, 'not-there'])
      assert.deepEqual(
        deleted.failures().map(([, { code }]) => code),
        ['UNKNOWN_TOPIC_OR_PARTITION'],
      )
    },
  },
  {
    name: 'settings of a topic are changed one by one',
    run: async ({ brokers }) => {
      await using kafka = new Kafka({ brokers })
      const { configs, topics } = kafka.admin
      const resource = { type: 'topic', name: uniqueName('admin') } as const
      await topics.create(resource.name, { configs: { 'retention.ms': 5_000_000_000 } })

      await configs.alter(resource, {
        'max.message.bytes': 2000,
        'cleanup.policy': { append: 'compact' },
      })
      await assert.rejects(configs.alter(resource, { 'retention.ms': 'soon' }), {
        code: 'INVALID_CONFIG',
      })
      await eventually(async () => {
        const entries = await configs.describe(resource, { synonyms: true })
        const valueOf = (key: string) => entries.find(({ name }) => name === key)?.value
        assert.equal(valueOf('max.message.bytes'), '2000')
        assert.equal(valueOf('retention.ms'), '5000000000')
        assert.equal(valueOf('cleanup.policy'), 'delete,compact')
      })
      await topics.delete(resource.name)
    },
  },
  {
    name: 'offsets of a group without members are set, moved and forgotten',
    run: async ({ brokers }) => {
      await using kafka = new Kafka({ brokers })
      const { groups, topics } = kafka.admin
      const [topic, group] = [uniqueName('admin'), uniqueName('admin')]
      await topics.create(topic, { partitions: 1 })
      const at = { topic, partition: 0 }
      await kafka.topic(topic).sendAll([{ value: 'a' }, { value: 'b' }, { value: 'c' }])

      const set = await groups.alterOffsets(group, [{ ...at, offset: 1 }])
      assert.ok(set.allOk)
      assert.equal((await groups.lag(group)).totalLag, 2)
      assert.equal((await groups.describe(group)).state, 'Empty')
      const moved = await groups.resetOffsets(group, { to: 'latest' })
      assert.deepEqual(moved.value(at), { from: 1, to: 3 })
      assert.ok((await groups.list({ states: ['Empty'] })).some((one) => one.groupId === group))
      assert.ok((await groups.deleteOffsets(group, [at])).allOk)
      assert.deepEqual((await groups.offsets(group)).keys(), [])
      await groups.delete(group).catch((error: unknown) => {
        // Kafka may already have let go of a group without members and offsets.
        assert.equal((error as { code: string }).code, 'GROUP_ID_NOT_FOUND')
      })
      await assert.rejects(groups.describe(group), { code: 'GROUP_ID_NOT_FOUND' })
      await topics.delete(topic)
    },
  },
  {
    name: 'the cluster tells its brokers and what they serve',
    run: async ({ brokers }) => {
      await using kafka = new Kafka({ brokers })
      const { nodes, controllerId } = await kafka.admin.cluster.describe()
      const [node] = nodes

      assert.equal(`${node?.host}:${node?.port}`, brokers)
      assert.equal(controllerId, node?.id)
      const [apis] = (await kafka.admin.cluster.apiVersions()).values()
      assert.ok(apis?.some(({ name }) => name === 'Produce'))
    },
  },
]
