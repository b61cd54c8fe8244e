/** The admin client on what Ottla does not serve yet: Apache Kafka alone answers. */
import assert from 'node:assert/strict'
import { Kafka } from '@ottla/client'
import type { Case } from '../suite.ts'
import { eventually } from './eventually.ts'
import { NEW_GROUPS } from './gap-names.ts'
import { uniqueName } from './names.ts'

const SECURITY = 'TLS, SASL, ACLs, delegation tokens, quotas, SCRAM users.'
const TRANSACTIONS = 'DescribeTransactions, ListTransactions, DescribeProducers'
const OPERATIONS = 'ListConfigResources, ElectLeaders, reassignments, DescribeLogDirs'

export const adminNotServed: Case[] = [
  {
    name: 'SCRAM users and quotas are set, told and taken away',
    gap: SECURITY,
    run: async ({ brokers }) => {
      await using kafka = new Kafka({ brokers })
      const { users, quotas } = kafka.admin
      const user = uniqueName('alice')
      const entity = { user, 'client-id': null }

      await users.upsert(user, { mechanism: 'SCRAM-SHA-512', password: 'secret' })
      const set = await quotas.alter([{ entity, set: { producer_byte_rate: 1_000_000 } }])
      assert.ok(set.allOk)
      await eventually(async () => {
        const [credential] = (await users.describe({ users: [user] })).value(user)
        assert.deepEqual(credential, { mechanism: 'SCRAM-SHA-512', iterations: 4096 })
        const match = { user: { name: user } }
        assert.equal(
          (await quotas.describe({ match })).value(entity).get('producer_byte_rate'),
          1e6,
        )
      })
      await users.delete(user, 'SCRAM-SHA-512')
      await assert.rejects(users.delete(user, 'SCRAM-SHA-256'), { code: 'RESOURCE_NOT_FOUND' })
      await quotas.alter([{ entity, set: { producer_byte_rate: null } }])
    },
  },
  {
    name: 'ACLs and tokens are refused in words where there is no security',
    gap: SECURITY,
    run: async ({ brokers }) => {
      await using kafka = new Kafka({ brokers })

      await assert.rejects(kafka.admin.acls.list(), { code: 'SECURITY_DISABLED' })
      await assert.rejects(kafka.admin.tokens.describe(), { code: /^DELEGATION_TOKEN_/ })
    },
  },
  {
    name: 'a transactional id is fenced, listed and described',
    gap: TRANSACTIONS,
    run: async ({ brokers }) => {
      await using kafka = new Kafka({ brokers })
      const { transactions } = kafka.admin
      const id = uniqueName('mover')

      const first = await transactions.fence(id)
      const second = await transactions.fence(id)

      assert.equal(second.producerId, first.producerId)
      assert.equal(second.producerEpoch, first.producerEpoch + 1)
      assert.equal((await transactions.describe(id)).state, 'Empty')
      const listed = await transactions.list({ states: ['Empty'] })
      assert.ok(listed.some(({ transactionalId }) => transactionalId === id))
      await assert.rejects(transactions.describe(`${id}-other`), {
        code: 'TRANSACTIONAL_ID_NOT_FOUND',
      })
    },
  },
  {
    name: 'replicas, leaders, log directories, features and the quorum are told',
    gap: OPERATIONS,
    run: async ({ brokers }) => {
      await using kafka = new Kafka({ brokers })
      const { cluster, configs, partitions, topics } = kafka.admin
      const topic = uniqueName('admin')
      await topics.create(topic, { partitions: 1 })
      const at = { topic, partition: 0 }
      const [node] = await cluster.nodes()

      const moved = await partitions.reassign([{ ...at, replicas: [node?.id ?? 0] }])
      assert.ok(moved.allOk)
      assert.equal((await partitions.listReassignments()).size, 0)
      const called = await partitions.cancelReassignments([at])
      assert.throws(() => called.value(at), { code: 'NO_REASSIGNMENT_IN_PROGRESS' })
      assert.equal((await partitions.electLeaders([at])).value(at), 'not-needed')
      const [directories] = (await cluster.logDirs({ partitions: [at] })).values()
      assert.ok(directories?.some((one) => one.ok && one.value.replicas[0]?.topic === topic))
      const quorum = await cluster.quorum()
      assert.equal(quorum.voters[0]?.id, quorum.leaderId)
      assert.ok((await cluster.features()).finalized.has('metadata.version'))
      const resources = await configs.list(['topic'])
      assert.ok(resources.some(({ name }) => name === topic))
      await assert.rejects(cluster.unregisterBroker(99), { code: 'BROKER_ID_NOT_REGISTERED' })
      await topics.delete(topic)
    },
  },
  {
    name: 'a share group gets a place to start from',
    gap: NEW_GROUPS,
    run: async ({ brokers }) => {
      await using kafka = new Kafka({ brokers })
      const { shareGroups, topics } = kafka.admin
      const [topic, group] = [uniqueName('admin'), uniqueName('jobs')]
      await topics.create(topic, { partitions: 1 })
      const at = { topic, partition: 0 }
      await kafka.topic(topic).send({ value: 'one' })

      // The first share group of a cluster makes the topic that keeps them, which takes a moment.
      await eventually(async () => {
        const altered = await shareGroups.alterOffsets(group, [{ ...at, startOffset: 1 }])
        assert.ok(altered.allOk)
      })
      await eventually(async () => {
        assert.equal((await shareGroups.describe(group)).state, 'Empty')
        assert.equal((await shareGroups.offsets(group)).value(at).startOffset, 1)
      })
      await eventually(async () => {
        assert.ok((await shareGroups.deleteOffsets(group, [topic])).allOk)
      })
      await topics.delete(topic)
    },
  },
]
