import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TopicPartitionMap } from './topic-partition-map.ts'

test('TopicPartitionMap counts partitions, not changes', () => {
  const map = new TopicPartitionMap<string>()

  map.set('a', 0, 'x')
  map.set('a', 0, 'y')
  map.set('a', 1, 'z')
  map.delete('a', 7)
  map.delete('b', 0)

  assert.equal(map.size, 2)
  assert.equal(map.get('a', 0), 'y')
})

test('TopicPartitionMap forgets a topic with its last partition', () => {
  const map = new TopicPartitionMap<string>()
  map.set('a', 0, 'x')

  map.delete('a', 0)

  assert.deepEqual([...map.topics()], [])
  assert.equal(map.partitions('a').size, 0)
  assert.equal(map.size, 0)
})
