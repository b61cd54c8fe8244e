import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ZERO_UUID } from '@ottla/base'
import { startOttla } from '@ottla/testing'
import { KafkaError } from '../../kafka-error.ts'
import { adminOfOttla } from '../testing/admin-under-test.ts'
import { produceTo } from '../testing/produce-to.ts'

test('topics.create() makes a topic that list() and describe() show', async () => {
  await using ottla = await startOttla({ transport: 'memory' })
  using under = adminOfOttla(ottla)
  const { topics } = under.admin

  const made = await topics.create('orders', { partitions: 3, configs: { 'retention.ms': 1000 } })

  assert.equal(made.partitionCount, 3)
  assert.notEqual(made.id, ZERO_UUID)
  assert.deepEqual(await topics.list(), [
    { name: 'orders', id: made.id, isInternal: false, partitionCount: 3 },
  ])
  const described = await topics.describe('orders')
  assert.equal(described.id, made.id)
  assert.deepEqual(
    described.partitions.map(({ partition, leader }) => [partition, leader !== undefined]),
    [
      [0, true],
      [1, true],
      [2, true],
    ],
  )
  const [entry] = await under.admin.configs.describe(
    { type: 'topic', name: 'orders' },
    { keys: ['retention.ms'] },
  )
  assert.equal(entry?.value, '1000')
})

test('topics.create() with a list answers for each topic', async () => {
  await using ottla = await startOttla({ transport: 'memory', topics: { orders: 1 } })
  using under = adminOfOttla(ottla)

  const made = await under.admin.topics.create([
    { name: 'fresh', partitions: 2 },
    { name: 'orders' },
    { name: 'bad name' },
  ])

  assert.equal(made.value('fresh').partitionCount, 2)
  assert.deepEqual(
    made.failures().map(([name, { code }]) => [name, code]),
    [
      ['orders', 'TOPIC_ALREADY_EXISTS'],
      ['bad name', 'INVALID_TOPIC_EXCEPTION'],
    ],
  )
  assert.throws(() => made.values(), { code: 'TOPIC_ALREADY_EXISTS' })
})

test('topics.create() with validateOnly makes nothing', async () => {
  await using ottla = await startOttla({ transport: 'memory' })
  using under = adminOfOttla(ottla)

  await under.admin.topics.create('orders', { partitions: 3, validateOnly: true })

  assert.deepEqual(await under.admin.topics.list(), [])
})

test('topics.describe() says at once that a topic does not exist, and does not make it', async () => {
  await using ottla = await startOttla({ transport: 'memory' })
  using under = adminOfOttla(ottla)
  const { topics } = under.admin

  await assert.rejects(topics.describe('nothing'), (error) => {
    assert.ok(error instanceof KafkaError)
    assert.equal(error.code, 'UNKNOWN_TOPIC_OR_PARTITION')
    assert.match(error.message, /topic "nothing".*no such topic/)
    return true
  })
  await assert.rejects(topics.offsets('nothing', 'latest'), { code: 'UNKNOWN_TOPIC_OR_PARTITION' })
  assert.deepEqual(await topics.list(), [])
})

test('topics.describe() gets a topic of many partitions page by page, and by id', async () => {
  await using ottla = await startOttla({ transport: 'memory', topics: { a: 3, b: 8, c: 1 } })
  using under = adminOfOttla(ottla)
  const { topics } = under.admin

  const described = await topics.describe(['b', 'c', 'a'], { partitionsPerPage: 2 })

  assert.deepEqual(
    described.successes().map(([, { name, partitions }]) => [name, partitions.length]),
    [
      ['b', 8],
      ['c', 1],
      ['a', 3],
    ],
  )
  const { id } = described.value('b')
  assert.equal((await topics.describe({ id })).partitions.length, 8)
})

test('topics.delete() deletes by name and by id', async () => {
  await using ottla = await startOttla({ transport: 'memory', topics: { a: 1, b: 1, c: 1 } })
  using under = adminOfOttla(ottla)
  const { topics } = under.admin
  const { id } = await topics.describe('b')

  await topics.delete('a')
  const deleted = await topics.delete(['nothing', { id }])

  assert.ok(deleted.get({ id })?.ok)
  assert.deepEqual(
    deleted.failures().map(([, { code }]) => code),
    ['UNKNOWN_TOPIC_OR_PARTITION'],
  )
  assert.deepEqual(
    (await topics.list()).map(({ name }) => name),
    ['c'],
  )
})

test('topics.createPartitions() grows a topic and refuses to shrink it', async () => {
  await using ottla = await startOttla({ transport: 'memory', topics: { orders: 2 } })
  using under = adminOfOttla(ottla)
  const { topics } = under.admin

  await topics.createPartitions('orders', 4)
  const refused = topics.createPartitions('orders', 1)

  await assert.rejects(refused, { code: 'INVALID_PARTITIONS' })
  assert.equal((await topics.describe('orders')).partitions.length, 4)
})

test('topics.offsets() finds ends, and the records of a moment', async () => {
  await using ottla = await startOttla({ transport: 'memory', topics: { orders: 2 } })
  using under = adminOfOttla(ottla)
  const { topics } = under.admin
  await produceTo(under, 'orders', 0, [1000, 2000, 3000])

  const ends = await topics.offsets('orders', 'latest')
  const first = { topic: 'orders', partition: 0 }

  assert.deepEqual(
    ends.successes().map(([{ partition }, { offset }]) => [partition, offset]),
    [
      [0, 3],
      [1, 0],
    ],
  )
  const at = await topics.offsets({ ...first, at: { timestampMs: 1500 } })
  assert.deepEqual([at.offset, at.timestampMs], [1, 2000])
  assert.equal((await topics.offsets({ ...first, at: { timestampMs: 9999 } })).offset, -1)
  assert.equal((await topics.offsets({ ...first, at: 'maxTimestamp' })).offset, 2)
  assert.equal((await topics.offsets({ ...first, at: 'earliest' })).offset, 0)
})

test('topics.offsets() answers for each partition, also for one that is not there', async () => {
  await using ottla = await startOttla({ transport: 'memory', topics: { orders: 1 } })
  using under = adminOfOttla(ottla)

  const ends = await under.admin.topics.offsets([
    { topic: 'orders', partition: 0, at: 'latest' },
    { topic: 'orders', partition: 7, at: 'latest' },
  ])

  assert.equal(ends.value({ topic: 'orders', partition: 0 }).offset, 0)
  assert.throws(() => ends.value({ topic: 'orders', partition: 7 }), {
    code: 'UNKNOWN_TOPIC_OR_PARTITION',
  })
})

test('topics.deleteRecords() trims a partition', async () => {
  await using ottla = await startOttla({ transport: 'memory', topics: { orders: 1 } })
  using under = adminOfOttla(ottla)
  const { topics } = under.admin
  await produceTo(under, 'orders', 0, [1000, 2000, 3000])
  const partition = { topic: 'orders', partition: 0 }

  const low = await topics.deleteRecords({ ...partition, before: 2 })
  const beyond = await topics.deleteRecords([{ ...partition, before: 99 }])
  const all = await topics.deleteRecords({ ...partition, before: 'latest' })

  assert.equal(low, 2)
  assert.equal(all, 3)
  assert.throws(() => beyond.value(partition), { code: 'OFFSET_OUT_OF_RANGE' })
  assert.equal((await topics.offsets({ ...partition, at: 'earliest' })).offset, 3)
})
