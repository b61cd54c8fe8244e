import assert from 'node:assert/strict'
import { test } from 'node:test'
import { subscription } from '../../testing/test-coordinator.ts'
import { subscribedTopics } from './subscribed-topics.ts'

test('subscribedTopics() joins the topics of all members', () => {
  const topics = subscribedTopics([subscription('a', 'b'), subscription('b', 'c')])

  assert.deepEqual(topics, new Set(['a', 'b', 'c']))
})

test('subscribedTopics() of nobody are none, which is not the same as unknown', () => {
  assert.deepEqual(subscribedTopics([]), new Set())
})

test('subscribedTopics() reads the shared prefix of versions that are not known yet', () => {
  const newer = Buffer.concat([subscription('a'), Buffer.from('fields of version 99')])
  newer.writeInt16BE(99, 0)

  assert.deepEqual(subscribedTopics([newer]), new Set(['a']))
})

test('subscribedTopics() are unknown when one subscription cannot be read', () => {
  const whole = subscription('a')
  for (const broken of [Buffer.alloc(0), Buffer.from('x'), whole.subarray(0, 6), undefined]) {
    assert.equal(subscribedTopics([whole, broken]), undefined)
  }
})
