import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeCodec } from './codec.contract.ts'
import { gzip } from './gzip.ts'

describeCodec('gzip', gzip)

test('gzip.compress() takes a level', () => {
  const content = Buffer.from(Array.from({ length: 9000 }, (_, i) => i * i).join())

  const fast = gzip.compress(content, 1)
  const small = gzip.compress(content, 9)

  assert.ok(small.length < fast.length)
  assert.ok(gzip.decompress(fast, content.length).equals(content))
  assert.ok(gzip.decompress(small, content.length).equals(content))
})

test('gzip.compress() leaves a level that does not exist to its caller', () => {
  assert.throws(() => gzip.compress(Buffer.from('a'), 99), RangeError)
})

test('gzip.decompress() reads members that follow each other', () => {
  const twice = Buffer.concat([gzip.compress(Buffer.from('ab')), gzip.compress(Buffer.from('cd'))])

  assert.equal(gzip.decompress(twice, 4).toString(), 'abcd')
})
