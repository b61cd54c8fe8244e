import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MalformedError } from '@ottla/base'
import {
  decodeAssignment,
  decodeSubscription,
  encodeAssignment,
  encodeSubscription,
} from './consumer-protocol.ts'

const SUBSCRIPTION = {
  topics: ['a', 'b'],
  ownedPartitions: [
    { topic: 'a', partition: 3 },
    { topic: 'a', partition: 1 },
  ],
  generationId: 7,
  rack: 'r1',
  userData: Buffer.from([1, 2]),
}

test('a subscription comes back as it was encoded', () => {
  assert.deepEqual(decodeSubscription(encodeSubscription(SUBSCRIPTION)), SUBSCRIPTION)
})

test('a subscription of version 0 has no owned partitions and no generation', () => {
  // version 0, one topic "t", no user data.
  const bytes = Buffer.from([0, 0, 0, 0, 0, 1, 0, 1, 0x74, 0xff, 0xff, 0xff, 0xff])

  const { topics, ownedPartitions, generationId, rack, userData } = decodeSubscription(bytes)

  assert.deepEqual([topics, ownedPartitions, generationId, rack], [['t'], [], -1, null])
  assert.equal(userData, null)
})

test('of a subscription newer than ours the known part is read', () => {
  const bytes = Buffer.concat([encodeSubscription(SUBSCRIPTION), Buffer.from([9, 9, 9])])
  bytes.writeInt16BE(12, 0)

  assert.deepEqual(decodeSubscription(bytes), SUBSCRIPTION)
})

test('an assignment comes back as it was encoded, and no bytes are no partitions', () => {
  const partitions = [
    { topic: 'x', partition: 0 },
    { topic: 'y', partition: 5 },
  ]

  assert.deepEqual(decodeAssignment(encodeAssignment(partitions)), partitions)
  assert.deepEqual(decodeAssignment(Buffer.alloc(0)), [])
})

test('a subscription or assignment that is cut short is malformed', () => {
  const subscription = encodeSubscription(SUBSCRIPTION)
  const assignment = encodeAssignment([{ topic: 'x', partition: 0 }])

  for (let length = 0; length < subscription.length; length++) {
    assert.throws(() => decodeSubscription(subscription.subarray(0, length)), MalformedError)
  }
  for (let length = 1; length < assignment.length; length++) {
    assert.throws(() => decodeAssignment(assignment.subarray(0, length)), MalformedError)
  }
})
