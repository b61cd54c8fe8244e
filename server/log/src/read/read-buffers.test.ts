import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ReadBuffers } from './read-buffers.ts'

const MIB = 1024 * 1024

test('ReadBuffers.take() returns a buffer that was given back, when it is large enough', () => {
  const buffers = new ReadBuffers(8 * MIB)
  const first = buffers.take(MIB)

  buffers.giveBack(first)

  assert.equal(buffers.take(MIB - 1000), first)
  assert.notEqual(buffers.take(MIB - 1000), first)
})

test('ReadBuffers never hands one buffer to two takers', () => {
  const buffers = new ReadBuffers(8 * MIB)

  const taken = Array.from({ length: 8 }, () => buffers.take(MIB))

  assert.equal(new Set(taken).size, 8)
})

test('ReadBuffers keeps no more idle memory than its bound', () => {
  const buffers = new ReadBuffers(2 * MIB)
  const taken = Array.from({ length: 4 }, () => buffers.take(MIB))

  for (const buffer of taken) buffers.giveBack(buffer)

  assert.equal(buffers.idleBytes, 2 * MIB)
})

test('ReadBuffers does not keep small and very large buffers', () => {
  const buffers = new ReadBuffers(64 * MIB)

  buffers.giveBack(buffers.take(1000))
  buffers.giveBack(buffers.take(20 * MIB))

  assert.equal(buffers.idleBytes, 0)
})
