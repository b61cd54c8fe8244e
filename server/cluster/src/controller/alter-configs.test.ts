import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshStore, openCluster, openTwo, topic } from '../cluster-under-test.ts'
import { interruptedStore } from '../memory/overridden-store.ts'

test('alterConfigs() sets and removes on topics and brokers', async () => {
  const metadata = await openCluster()
  await metadata.createTopics([
    topic('a', {
      configs: new Map([
        ['x', '1'],
        ['y', '2'],
      ]),
    }),
  ])

  const results = await metadata.alterConfigs([
    {
      type: 'topic',
      name: 'a',
      set: new Map([
        ['x', '9'],
        ['z', '3'],
      ]),
      remove: ['y', 'unset'],
    },
    { type: 'broker', name: '1', set: new Map([['log.retention.ms', '7']]), remove: [] },
    { type: 'broker', name: '', set: new Map([['log.retention.ms', '8']]), remove: [] },
  ])

  assert.deepEqual(
    results.map(({ type, name, error }) => [type, name, error]),
    [
      ['topic', 'a', 'NONE'],
      ['broker', '1', 'NONE'],
      ['broker', '', 'NONE'],
    ],
  )
  assert.deepEqual(
    [...(metadata.image.topic('a')?.configs ?? [])],
    [
      ['x', '9'],
      ['z', '3'],
    ],
  )
  assert.equal(metadata.image.brokerConfigs(1).get('log.retention.ms'), '7')
  assert.equal(metadata.image.brokerConfigs('').get('log.retention.ms'), '8')
  assert.equal(metadata.image.brokerConfigs(2).size, 0)

  await metadata.alterConfigs([{ type: 'topic', name: 'a', set: new Map(), remove: ['x', 'z'] }])
  assert.equal(metadata.image.topic('a')?.configs.size, 0)
  await metadata.alterConfigs([
    { type: 'topic', name: 'a', set: new Map([['x', '1']]), remove: [] },
  ])
  assert.equal(metadata.image.topic('a')?.configs.get('x'), '1')
})

test('alterConfigs() refuses what is not there and what comes twice', async () => {
  const metadata = await openCluster()
  await metadata.createTopics([topic('a')])
  const one = (type: 'topic' | 'broker', name: string, value = '1') =>
    ({ type, name, set: new Map([['x', value]]), remove: [] }) as const

  const results = await metadata.alterConfigs([
    one('topic', 'nothing'),
    one('broker', '7'),
    one('broker', 'seven'),
    one('topic', 'a'),
    one('topic', 'a', '2'),
    one('broker', '1', 'x'.repeat(300_000)),
  ])

  assert.deepEqual(
    results.map(({ error, message }) => [error, message]),
    [
      ['UNKNOWN_TOPIC_OR_PARTITION', "The topic 'nothing' does not exist."],
      ['BROKER_ID_NOT_REGISTERED', 'No node with id 7 found.'],
      ['INVALID_REQUEST', 'Invalid broker name seven'],
      ['INVALID_REQUEST', 'Each resource must appear at most once.'],
      ['INVALID_CONFIG', 'The configs of one resource may take 262144 bytes together.'],
    ],
  )
  assert.equal(metadata.image.topic('a')?.configs.size, 0)
})

test('alterConfigs() writes nothing for configs that stay the same, or with validateOnly', async () => {
  const metadata = await openCluster()
  await metadata.createTopics([topic('a', { configs: new Map([['x', '1']]) })])
  const { revision } = metadata.image
  const set = (value: string) =>
    [{ type: 'topic', name: 'a', set: new Map([['x', value]]), remove: [] }] as const

  const same = await metadata.alterConfigs(set('1'))
  const tried = await metadata.alterConfigs(set('2'), { validateOnly: true })

  assert.deepEqual(
    [...same, ...tried].map(({ error }) => error),
    ['NONE', 'NONE'],
  )
  assert.equal(metadata.image.revision, revision)
})

test('alterConfigs() of two brokers at the same time loses neither change', async () => {
  const { here, there } = await openTwo()
  await here.createTopics([topic('a')])

  await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      (i % 2 === 0 ? here : there).alterConfigs([
        { type: 'topic', name: 'a', set: new Map([[`k${i}`, 'v']]), remove: [] },
      ]),
    ),
  )

  assert.equal(here.image.topic('a')?.configs.size, 20)
})

test('alterConfigs() of a topic that another broker deletes leaves no configs behind', async () => {
  const store = freshStore()
  const there = await openCluster({ store, seed: 2 })
  await there.createTopics([topic('a')])
  const { store: interrupted, arm } = interruptedStore(store, () =>
    there.deleteTopics([{ name: 'a' }]),
  )
  const here = await openCluster({ store: interrupted })

  arm()
  const [result] = await here.alterConfigs([
    { type: 'topic', name: 'a', set: new Map([['x', '1']]), remove: [] },
  ])

  assert.equal(result?.error, 'UNKNOWN_TOPIC_OR_PARTITION')
  assert.deepEqual((await store.range('/c/config/')).kvs, [])
})
