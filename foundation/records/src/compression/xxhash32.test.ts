import assert from 'node:assert/strict'
import { test } from 'node:test'
import { xxhash32 } from './xxhash32.ts'

// Vectors of the reference implementation for seed 0.
test('xxhash32() gives the published values', () => {
  assert.equal(xxhash32(Buffer.from('')), 0x02cc5d05)
  assert.equal(xxhash32(Buffer.from('a')), 0x550d7456)
  assert.equal(xxhash32(Buffer.from('abc')), 0x32d153ff)
  assert.equal(xxhash32(Buffer.from('Nobody inspects the spammish repetition')), 0xe2293b2f)
})

test('xxhash32() hashes a range of a buffer', () => {
  const inside = Buffer.from('..Nobody inspects the spammish repetition..')

  assert.equal(xxhash32(inside, 2, inside.length - 2), 0xe2293b2f)
})
