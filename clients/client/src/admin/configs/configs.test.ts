import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startOttla } from '@ottla/testing'
import { adminOfOttla } from '../testing/admin-under-test.ts'

const ORDERS = { type: 'topic', name: 'orders' } as const

test('configs.describe() tells values, where they come from, types and documentation', async () => {
  await using ottla = await startOttla({
    transport: 'memory',
    topics: { orders: { partitions: 1, configs: { 'retention.ms': '5000' } } },
  })
  using under = adminOfOttla(ottla)

  const entries = await under.admin.configs.describe(ORDERS, {
    synonyms: true,
    documentation: true,
  })

  const retention = entries.find(({ name }) => name === 'retention.ms')
  assert.equal(retention?.value, '5000')
  assert.equal(retention?.source, 'dynamic-topic')
  assert.equal(retention?.type, 'long')
  assert.equal(retention?.isDefault, false)
  assert.equal(retention?.synonyms[0]?.value, '5000')
  assert.ok((retention?.documentation ?? '').length > 0)
  const policy = entries.find(({ name }) => name === 'cleanup.policy')
  assert.equal(policy?.isDefault, true)
})

test('configs.describe() with keys tells only those', async () => {
  await using ottla = await startOttla({ transport: 'memory', topics: { orders: 1 } })
  using under = adminOfOttla(ottla)

  const entries = await under.admin.configs.describe(ORDERS, { keys: ['cleanup.policy'] })

  assert.deepEqual(
    entries.map(({ name }) => name),
    ['cleanup.policy'],
  )
  assert.equal(entries[0]?.documentation, undefined)
})

test('configs.describe() asks each broker for its own settings, and answers per resource', async () => {
  await using ottla = await startOttla({ transport: 'memory', topics: { orders: 1 } })
  using under = adminOfOttla(ottla)
  const [node] = await under.admin.cluster.nodes()
  const broker = { type: 'broker', name: String(node?.id) } as const
  const wrong = { type: 'broker', name: 'one' } as const
  const nothing = { type: 'topic', name: 'nothing' } as const

  const described = await under.admin.configs.describe([broker, ORDERS, wrong, nothing])

  assert.ok(described.value(broker).some(({ name }) => name === 'log.retention.hours'))
  assert.ok(described.value(ORDERS).length > 0)
  assert.throws(() => described.value(wrong), { code: 'INVALID_ARGUMENT' })
  assert.throws(() => described.value(nothing), { code: 'UNKNOWN_TOPIC_OR_PARTITION' })
})

test('configs.alter() changes what is named and leaves the rest', async () => {
  await using ottla = await startOttla({
    transport: 'memory',
    topics: {
      orders: { partitions: 1, configs: { 'retention.ms': '5000', 'segment.bytes': '1048576' } },
    },
  })
  using under = adminOfOttla(ottla)
  const { configs } = under.admin

  await configs.alter(ORDERS, {
    'segment.bytes': null,
    'max.message.bytes': 1000,
    'cleanup.policy': { append: 'compact' },
  })

  const entries = await configs.describe(ORDERS)
  const valueOf = (name: string) => entries.find((entry) => entry.name === name)
  assert.equal(valueOf('retention.ms')?.value, '5000')
  assert.equal(valueOf('segment.bytes')?.isDefault, true)
  assert.equal(valueOf('max.message.bytes')?.value, '1000')
  assert.equal(valueOf('cleanup.policy')?.value, 'delete,compact')
})

test('configs.alter() answers per resource, and validateOnly changes nothing', async () => {
  await using ottla = await startOttla({ transport: 'memory', topics: { orders: 1, other: 1 } })
  using under = adminOfOttla(ottla)
  const { configs } = under.admin
  const other = { type: 'topic', name: 'other' } as const

  const altered = await configs.alter(
    [
      { ...ORDERS, changes: { 'retention.ms': 1 } },
      { ...other, changes: { 'retention.ms': 'soon' } },
    ],
    { validateOnly: true },
  )

  assert.ok(altered.get(ORDERS)?.ok)
  assert.throws(() => altered.value(other), { code: 'INVALID_CONFIG' })
  const [entry] = await configs.describe(ORDERS, { keys: ['retention.ms'] })
  assert.equal(entry?.isDefault, true)
})
