import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutSharedChunks } from './shared-chunks.ts'

test('withoutSharedChunks() gives small chunks memory of their own, and no more than they need', () => {
  const shared = Buffer.alloc(16 * 1024, 'x')
  const small = shared.subarray(100, 140)

  const [copy] = withoutSharedChunks([small])

  assert.deepEqual(copy, small)
  assert.notEqual(copy?.buffer, shared.buffer)
  assert.equal(copy?.buffer.byteLength, 40)
})

test('withoutSharedChunks() leaves records linked, and the order as it is', () => {
  const header = Buffer.from('header')
  const records = Buffer.alloc(100_000)

  const chunks = withoutSharedChunks([header, records])

  assert.equal(chunks[1], records)
  assert.deepEqual(chunks[0], header)
})
