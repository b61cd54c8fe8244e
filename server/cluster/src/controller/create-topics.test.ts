import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ZERO_UUID } from '@ottla/base'
import { freshStore, openCluster, openTwo, topic, topicNames } from '../cluster-under-test.ts'
import { interruptedStore, overriddenStore } from '../memory/overridden-store.ts'
import type { MetadataStore } from '../metadata-store.ts'
import type { CreateTopicRequest } from './create-topics.ts'

test('createTopics() makes topics with partitions, leaders and configs', async () => {
  const metadata = await openCluster()

  const [created] = await metadata.createTopics([
    topic('orders', { numPartitions: 3, configs: new Map([['retention.ms', '1000']]) }),
  ])

  const image = metadata.image.topic('orders')
  assert.deepEqual(created, {
    error: 'NONE',
    message: null,
    name: 'orders',
    topicId: image?.topicId,
    numPartitions: 3,
    replicationFactor: 1,
  })
  assert.equal(image?.isInternal, false)
  assert.equal(image?.configs.get('retention.ms'), '1000')
  assert.deepEqual(image?.partitions[2], {
    partition: 2,
    leaderId: 1,
    leaderEpoch: 0,
    partitionEpoch: 0,
    replicas: [1],
    isr: [1],
  })
  assert.equal(metadata.image.topicById(image.topicId), image)
})

test('createTopics() knows the internal topics', async () => {
  const metadata = await openCluster()

  await metadata.createTopics([topic('__consumer_offsets'), topic('__other')])

  assert.equal(metadata.image.topic('__consumer_offsets')?.isInternal, true)
  assert.equal(metadata.image.topic('__other')?.isInternal, false)
})

test('createTopics() answers for each topic on its own, in the words of Kafka', async () => {
  const metadata = await openCluster()
  await metadata.createTopics([topic('there'), topic('a.b')])

  const results = await metadata.createTopics([
    topic('there'),
    topic('a_b'),
    topic('new.x'),
    topic('new_x'),
    topic('bad name'),
    topic('none', { numPartitions: 0 }),
    topic('negative', { numPartitions: -2 }),
    topic('unreplicated', { replicationFactor: 0 }),
    topic('wide', { replicationFactor: 2 }),
    topic('twice'),
    topic('twice'),
    topic('huge', { configs: new Map([['k', 'x'.repeat(300_000)]]) }),
    topic('fine', { numPartitions: -1, replicationFactor: -1 }),
  ])

  const nonPositive = 'Number of partitions was set to an invalid non-positive value.'
  assert.deepEqual(
    results.map(({ name, error, message }) => [name, error, message]),
    [
      ['there', 'TOPIC_ALREADY_EXISTS', "Topic 'there' already exists."],
      ['a_b', 'INVALID_TOPIC_EXCEPTION', "Topic 'a_b' collides with existing topic: a.b"],
      ['new.x', 'NONE', null],
      ['new_x', 'INVALID_TOPIC_EXCEPTION', "Topic 'new_x' collides with existing topic: new.x"],
      [
        'bad name',
        'INVALID_TOPIC_EXCEPTION',
        "Topic name is invalid: 'bad name' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'",
      ],
      ['none', 'INVALID_PARTITIONS', nonPositive],
      ['negative', 'INVALID_PARTITIONS', nonPositive],
      [
        'unreplicated',
        'INVALID_REPLICATION_FACTOR',
        'Replication factor must be larger than 0, or -1 to use the default value.',
      ],
      [
        'wide',
        'INVALID_REPLICATION_FACTOR',
        'Unable to replicate the partition 2 time(s): The target replication factor of 2 cannot be reached because only 1 broker(s) are registered.',
      ],
      ['twice', 'INVALID_REQUEST', 'Duplicate topic name.'],
      ['huge', 'INVALID_CONFIG', 'The configs of one resource may take 262144 bytes together.'],
      ['fine', 'NONE', null],
    ],
  )
  assert.deepEqual(topicNames(metadata), ['a.b', 'fine', 'new.x', 'there'])
  assert.deepEqual(results[0]?.topicId, ZERO_UUID)
  assert.equal(results[0]?.numPartitions, -1)
})

test('createTopics() follows manual assignments and refuses wrong ones', async () => {
  const metadata = await openCluster({ brokerCount: 3 })
  const manual = (name: string, ...assignments: [number, number[]][]): CreateTopicRequest =>
    topic(name, {
      numPartitions: -1,
      replicationFactor: -1,
      assignments: assignments.map(([partition, replicas]) => ({ partition, replicas })),
    })

  const results = await metadata.createTopics([
    manual('good', [1, [3, 1]], [0, [2, 3]]),
    { ...manual('factor', [0, [1]]), replicationFactor: 1 },
    { ...manual('number', [0, [1]]), numPartitions: 1 },
    manual('gap', [0, [1]], [2, [1]]),
    manual('double', [0, [1]], [0, [2]]),
    manual('empty', [0, []]),
    manual('unknown', [0, [4]]),
    manual('repeated', [0, [1, 1]]),
    manual('uneven', [0, [1, 2]], [1, [1]]),
  ])

  const prefix = 'The manual partition assignment includes'
  assert.deepEqual(
    results.map(({ error, message }) => [error, message]),
    [
      ['NONE', null],
      [
        'INVALID_REQUEST',
        'A manual partition assignment was specified, but replication factor was not set to -1.',
      ],
      [
        'INVALID_REQUEST',
        'A manual partition assignment was specified, but numPartitions was not set to -1.',
      ],
      ['INVALID_REPLICA_ASSIGNMENT', 'partitions should be a consecutive 0-based integer sequence'],
      ['INVALID_REPLICA_ASSIGNMENT', 'Found multiple manual partition assignments for partition 0'],
      ['INVALID_REPLICA_ASSIGNMENT', `${prefix} an empty replica list.`],
      ['INVALID_REPLICA_ASSIGNMENT', `${prefix} broker 4, but no such broker is registered.`],
      ['INVALID_REPLICA_ASSIGNMENT', `${prefix} the broker 1 more than once.`],
      [
        'INVALID_REPLICA_ASSIGNMENT',
        `${prefix} a partition with 1 replica(s), but this is not consistent with previous partitions, which have 2 replica(s).`,
      ],
    ],
  )
  const partitions = metadata.image.topic('good')?.partitions
  assert.deepEqual(
    partitions?.map(({ replicas, leaderId, isr }) => [replicas, leaderId, isr]),
    [
      [[2, 3], 2, [2, 3]],
      [[3, 1], 3, [3, 1]],
    ],
  )
})

test('createTopics() with validateOnly checks everything and makes nothing', async () => {
  const metadata = await openCluster()
  const { revision } = metadata.image

  const results = await metadata.createTopics([topic('a', { numPartitions: 2 }), topic('b/c')], {
    validateOnly: true,
  })

  assert.deepEqual(
    results.map(({ error, numPartitions }) => [error, numPartitions]),
    [
      ['NONE', 2],
      ['INVALID_TOPIC_EXCEPTION', -1],
    ],
  )
  assert.equal(metadata.image.revision, revision)
  assert.deepEqual(topicNames(metadata), [])
})

test('createTopics() takes 10000 partitions a call, in one topic or many, and no more', async () => {
  const metadata = await openCluster()

  const large = topic('large', { numPartitions: 6_000 })
  const small = Array.from({ length: 40 }, (_, i) => topic(`s${i}`, { numPartitions: 100 }))
  const fitting = await metadata.createTopics([large, ...small])
  const refused = await metadata.createTopics([
    topic('x', { numPartitions: 10_000 }),
    topic('one-more'),
  ])

  assert.ok(fitting.every(({ error }) => error === 'NONE'))
  assert.equal(metadata.image.topic('large')?.partitions.length, 6_000)
  assert.equal(metadata.image.topicCount, 41)
  for (const { error, message } of refused) {
    assert.equal(error, 'POLICY_VIOLATION')
    assert.equal(message, 'Excessively large number of partitions per request.')
  }
})

test('createTopics() of one name at the same time on two brokers makes one topic', async () => {
  const { here, there } = await openTwo()

  const results = await Promise.all(
    Array.from({ length: 30 }, (_, i) =>
      (i % 2 === 0 ? here : there).createTopics([topic(`t${i >> 1}`, { numPartitions: 150 })]),
    ),
  )

  const errors = results.flat().map(({ error }) => error)
  assert.equal(errors.filter((error) => error === 'NONE').length, 15)
  assert.equal(errors.filter((error) => error === 'TOPIC_ALREADY_EXISTS').length, 15)
  for (const result of results.flat()) {
    if (result.error !== 'NONE') continue
    assert.equal(here.image.topic(result.name)?.topicId, result.topicId)
    assert.equal(here.image.topic(result.name)?.partitions.length, 150)
  }
})

test('createTopics() gives up with a retriable error when it always loses, and changes nothing', async () => {
  const store = freshStore()
  const losing = contended(store)
  const metadata = await openCluster({ store: losing.store })

  losing.start()
  const [result] = await metadata.createTopics([topic('a')])

  assert.equal(result?.error, 'REQUEST_TIMED_OUT')
  assert.equal(losing.lostCount(), 20)
  assert.equal(metadata.image.topic('a'), undefined)
})

test('a creation whose staged partitions are swept by another broker is decided anew', async () => {
  const store = freshStore()
  const { store: interrupted, arm } = interruptedStore(store, () =>
    openCluster({ store, brokerCount: 0, seed: 5 }),
  )
  const metadata = await openCluster({ store: interrupted })

  // Between the second batch of partitions and the commit.
  arm(3)
  const [created] = await metadata.createTopics([topic('a', { numPartitions: 150 })])

  assert.equal(created?.error, 'NONE')
  assert.equal(metadata.image.topic('a')?.topicId, created.topicId)
  assert.equal(metadata.image.topic('a')?.partitions.length, 150)
  assert.equal((await store.range('/c/p/')).kvs.length, 150)
})

/** Once started, every transaction finds its compares broken. */
function contended(store: MetadataStore) {
  let isContended = false
  let lost = 0
  const losing = overriddenStore(store, {
    txn: (txn) => {
      if (!isContended) return store.txn(txn)
      lost++
      const never = { key: 'nothing', target: 'version', op: '>', value: 0 } as const
      return store.txn({ compare: [never], success: [] })
    },
  })
  return { store: losing, start: () => (isContended = true), lostCount: () => lost }
}
