import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshStore, openCluster, openTwo, topic } from '../cluster-under-test.ts'
import { interruptedStore } from '../memory/overridden-store.ts'

test('createPartitions() adds partitions and keeps those that are there', async () => {
  const metadata = await openCluster({ brokerCount: 3 })
  await metadata.createTopics([topic('a', { replicationFactor: 2 }), topic('b')])
  const first = metadata.image.topic('a')?.partitions[0]

  const results = await metadata.createPartitions([
    {
      name: 'a',
      count: 3,
      assignments: [
        [1, 2],
        [3, 1],
      ],
    },
    { name: 'b', count: 250 },
  ])

  assert.ok(results.every(({ error }) => error === 'NONE'))
  const partitions = metadata.image.topic('a')?.partitions
  assert.equal(partitions?.length, 3)
  assert.equal(partitions[0], first)
  assert.deepEqual(partitions[2]?.replicas, [3, 1])
  const leaders = metadata.image.topic('b')?.partitions.map(({ leaderId }) => leaderId) ?? []
  const counts = [1, 2, 3].map((id) => leaders.filter((leader) => leader === id).length)
  assert.ok(Math.max(...counts) - Math.min(...counts) <= 1, `leaders are ${counts.join()}`)
})

test('createPartitions() answers for each topic on its own, in the words of Kafka', async () => {
  const metadata = await openCluster({ brokerCount: 2 })
  await metadata.createTopics(
    ['a', 'b', 'c', 'd', 'e'].map((name) => topic(name, { numPartitions: 2 })),
  )

  const results = await metadata.createPartitions([
    { name: 'nothing', count: 4 },
    { name: 'a', count: 2 },
    { name: 'b', count: 1 },
    { name: 'c', count: 4, assignments: [[1]] },
    { name: 'd', count: 3, assignments: [[9]] },
    { name: 'e', count: 3 },
    { name: 'e', count: 4 },
  ])

  assert.deepEqual(
    results.map(({ name, error, message }) => [name, error, message]),
    [
      ['nothing', 'UNKNOWN_TOPIC_OR_PARTITION', 'This server does not host this topic-partition.'],
      ['a', 'INVALID_PARTITIONS', 'Topic already has 2 partition(s).'],
      [
        'b',
        'INVALID_PARTITIONS',
        'The topic b currently has 2 partition(s); 1 would not be an increase.',
      ],
      [
        'c',
        'INVALID_REPLICA_ASSIGNMENT',
        'Attempted to add 2 additional partition(s), but only 1 assignment(s) were specified.',
      ],
      [
        'd',
        'INVALID_REPLICA_ASSIGNMENT',
        'The manual partition assignment includes broker 9, but no such broker is registered.',
      ],
      ['e', 'INVALID_REQUEST', 'Duplicate topic name.'],
    ],
  )
  assert.ok([...metadata.image.topics()].every(({ partitions }) => partitions.length === 2))
})

test('createPartitions() with validateOnly makes nothing, and more than 10000 are refused', async () => {
  const metadata = await openCluster()
  await metadata.createTopics([topic('a')])

  const [valid] = await metadata.createPartitions([{ name: 'a', count: 2 }], { validateOnly: true })
  const [refused] = await metadata.createPartitions([{ name: 'a', count: 2_000_000_000 }])

  assert.equal(valid?.error, 'NONE')
  assert.equal(refused?.error, 'POLICY_VIOLATION')
  assert.equal(metadata.image.topic('a')?.partitions.length, 1)
})

test('createPartitions() of one topic on two brokers grows it to one of the two counts', async () => {
  const { here, there } = await openTwo()
  await here.createTopics([topic('a')])

  const results = await Promise.all([
    here.createPartitions([{ name: 'a', count: 240 }]),
    there.createPartitions([{ name: 'a', count: 350 }]),
  ])

  const errors = results.flat().map(({ error }) => error)
  const count = here.image.topic('a')?.partitions.length
  assert.ok(errors.includes('NONE'))
  assert.ok(count === 350 || (count === 240 && errors[1] === 'INVALID_PARTITIONS'), `${count}`)
})

test('createPartitions() that another broker overtakes never shrinks the topic', async () => {
  const store = freshStore()
  const there = await openCluster({ store, seed: 2 })
  await there.createTopics([topic('a')])
  const { store: interrupted, arm } = interruptedStore(store, () =>
    there.createPartitions([{ name: 'a', count: 80 }]),
  )
  const here = await openCluster({ store: interrupted })

  arm()
  const [result] = await here.createPartitions([{ name: 'a', count: 50 }])

  assert.equal(result?.error, 'INVALID_PARTITIONS')
  assert.equal(there.image.topic('a')?.partitions.length, 80)
})
