import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BufferPool } from './buffer-pool.ts'

const MIB = 1024 * 1024

test('BufferPool.take() returns a buffer that was given back, when it is large enough', () => {
  const buffers = new BufferPool(8 * MIB)
  const first = buffers.take(MIB)

  buffers.giveBack(first)

  assert.equal(buffers.take(MIB - 1000), first)
  assert.notEqual(buffers.take(MIB - 1000), first)
})

test('BufferPool never hands one buffer to two takers', () => {
  const buffers = new BufferPool(8 * MIB)

  const taken = Array.from({ length: 8 }, () => buffers.take(MIB))

  assert.equal(new Set(taken).size, 8)
})

test('BufferPool keeps no more idle memory than its bound', () => {
  const buffers = new BufferPool(2 * MIB)
  const taken = Array.from({ length: 4 }, () => buffers.take(MIB))

  for (const buffer of taken) buffers.giveBack(buffer)

  assert.equal(buffers.idleBytes, 2 * MIB)
})

test('BufferPool keeps no empty buffer, of which its bound would take any number', () => {
  const buffers = new BufferPool(MIB)
  const empty = buffers.take(0)

  buffers.giveBack(empty)

  assert.notEqual(buffers.take(0), empty)
  assert.equal(buffers.idleCount, 0)
})

test('BufferPool does not keep small and very large buffers', () => {
  const buffers = new BufferPool(64 * MIB)

  buffers.giveBack(buffers.take(1000))
  buffers.giveBack(buffers.take(20 * MIB))

  assert.equal(buffers.idleBytes, 0)
})
