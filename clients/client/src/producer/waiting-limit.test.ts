import assert from 'node:assert/strict'
import { test } from 'node:test'
import { WaitingLimit } from './waiting-limit.ts'

test('WaitingLimit admits as much as both of its limits say, and no more', () => {
  const limit = new WaitingLimit({ maxWaitingRecords: 3, maxWaitingBytes: 100 })
  limit.onEntered(40)

  assert.equal(limit.admits(60), true)
  assert.equal(limit.admits(61), false)
  limit.onEntered(1)
  limit.onEntered(1)
  assert.equal(limit.admits(1), false)
  limit.onLeft(1)
  assert.equal(limit.admits(1), true)
  assert.deepEqual([limit.count, limit.bytes], [2, 41])
})

test('WaitingLimit admits one record of whatever size', () => {
  const limit = new WaitingLimit({ maxWaitingRecords: 3, maxWaitingBytes: 100 })

  assert.equal(limit.admits(1000), true)
  limit.onEntered(1000)
  assert.equal(limit.admits(0), false)
  limit.onLeft(1000)
  assert.equal(limit.admits(1000), true)
})
