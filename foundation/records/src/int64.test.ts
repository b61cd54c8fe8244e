import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { readInt64, writeInt64 } from './int64.ts'

test('readInt64() and writeInt64() agree with BigInt for every exact number', () => {
  const buffer = Buffer.alloc(12)
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      writeInt64(buffer, 3, value)

      assert.equal(buffer.readBigInt64BE(3), BigInt(value))
      assert.equal(readInt64(buffer, 3), value)
    }),
  )
})

test('readInt64() saturates beyond 2^53', () => {
  const buffer = Buffer.alloc(8)

  buffer.writeBigInt64BE(2n ** 63n - 1n)
  assert.equal(readInt64(buffer, 0), Number.MAX_SAFE_INTEGER)
  buffer.writeBigInt64BE(-(2n ** 63n))
  assert.equal(readInt64(buffer, 0), Number.MIN_SAFE_INTEGER)
})
