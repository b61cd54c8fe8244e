import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ZERO_UUID, uuid } from '@ottla/base'
import { freshStore, openCluster, topic, topicNames } from '../cluster-under-test.ts'

test('deleteTopics() by name and by id removes topic, configs and partitions', async () => {
  const store = freshStore()
  const metadata = await openCluster({ store })
  const [a, b] = await metadata.createTopics([
    topic('a', { configs: new Map([['retention.ms', '1']]), numPartitions: 3 }),
    topic('b', { numPartitions: 300 }),
    topic('c'),
  ])
  const unknownId = uuid('abcdefghijklmnopqrstuv')

  const results = await metadata.deleteTopics([
    { name: 'a' },
    { topicId: b?.topicId ?? ZERO_UUID },
    { name: 'nothing' },
    { topicId: unknownId },
    { name: null, topicId: ZERO_UUID },
    { name: 'c', topicId: unknownId },
  ])

  assert.deepEqual(
    results.map(({ name, topicId, error, message }) => [name, topicId, error, message]),
    [
      ['a', a?.topicId, 'NONE', null],
      ['b', b?.topicId, 'NONE', null],
      [
        'nothing',
        ZERO_UUID,
        'UNKNOWN_TOPIC_OR_PARTITION',
        'This server does not host this topic-partition.',
      ],
      [null, unknownId, 'UNKNOWN_TOPIC_ID', 'This server does not host this topic ID.'],
      [null, ZERO_UUID, 'INVALID_REQUEST', 'Neither topic name nor id were specified.'],
      ['c', unknownId, 'INVALID_REQUEST', 'You may not specify both topic name and topic id.'],
    ],
  )
  assert.deepEqual(topicNames(metadata), ['c'])
  const left = (await store.range('/c/')).kvs.map(({ key }) => key)
  assert.equal(left.filter((key) => key.startsWith('/c/p/')).length, 1)
  assert.equal(left.filter((key) => key.startsWith('/c/config/')).length, 0)
})

test('deleteTopics() refuses a topic that is named twice, in any way', async () => {
  const metadata = await openCluster()
  const [a] = await metadata.createTopics([topic('a'), topic('b')])
  const topicId = a?.topicId ?? ZERO_UUID

  const twice = await metadata.deleteTopics([{ name: 'b' }, { name: 'b' }])
  const both = await metadata.deleteTopics([{ topicId }, { name: 'a' }])

  assert.deepEqual(
    twice.map(({ error, message }) => [error, message]),
    [['INVALID_REQUEST', 'Duplicate topic name.']],
  )
  assert.deepEqual(
    both.map(({ error, message }) => [error, message]),
    [
      ['NONE', null],
      ['INVALID_REQUEST', 'The provided topic name maps to an ID that was already supplied.'],
    ],
  )
  assert.deepEqual(topicNames(metadata), ['b'])
})

test('a topic that is created again has a new id and none of the old configs', async () => {
  const metadata = await openCluster()
  const [before] = await metadata.createTopics([topic('a', { configs: new Map([['x', '1']]) })])
  await metadata.deleteTopics([{ name: 'a' }])

  const [again] = await metadata.createTopics([topic('a')])

  assert.notEqual(again?.topicId, before?.topicId)
  assert.equal(metadata.image.topic('a')?.configs.size, 0)
  assert.equal(metadata.image.topicById(before?.topicId ?? ZERO_UUID), undefined)
})
