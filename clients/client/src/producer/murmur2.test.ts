import assert from 'node:assert/strict'
import { test } from 'node:test'
import { murmur2, partitionOfKey } from './murmur2.ts'

/** Of Kafka's UtilsTest.testMurmur2. */
const VECTORS: readonly (readonly [key: string, hash: number])[] = [
  ['21', -973932308],
  ['foobar', -790332482],
  ['a-little-bit-long-string', -985981536],
  ['a-little-bit-longer-string', -1486304829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
  ['abc', 479470107],
]

test('murmur2() gives the hashes that Kafka tests its own for', () => {
  for (const [key, hash] of VECTORS) assert.equal(murmur2(Buffer.from(key)), hash, key)
})

test('murmur2() reads bytes beyond 127 as Java does', () => {
  // Java's bytes are signed, and masked before they are shifted.
  assert.equal(murmur2(Buffer.from([0xff])), murmur2(new Uint8Array([255])))
  assert.equal(murmur2(Buffer.from([])), 275646681)
})

test('partitionOfKey() clears the sign instead of taking the absolute value', () => {
  const negative = Buffer.from('foobar')

  assert.equal(partitionOfKey(negative, 10), (-790332482 & 0x7fffffff) % 10)
  assert.notEqual(partitionOfKey(negative, 10), 790332482 % 10)
})
