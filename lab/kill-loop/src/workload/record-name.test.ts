import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameRecord, readRecordName } from './record-name.ts'

test('readRecordName() reads what nameRecord() writes', () => {
  for (const name of [
    { lane: 0, index: 0 },
    { lane: 7, index: 123_456 },
    { lane: 65_535, index: 2 ** 32 - 1 },
  ]) {
    assert.deepEqual(readRecordName(nameRecord(name.lane, name.index)), name)
  }
})

test('readRecordName() refuses a record with any bit changed, cut or null', () => {
  const value = nameRecord(3, 99)
  for (let bit = 0; bit < value.length * 8; bit++) {
    const damaged = Buffer.from(value)
    damaged[bit >> 3] = (damaged[bit >> 3] as number) ^ (1 << (bit & 7))
    // A changed name asks for another filler.
    assert.equal(readRecordName(damaged), undefined)
  }

  assert.equal(readRecordName(value.subarray(0, -1)), undefined)
  assert.equal(readRecordName(null), undefined)
})
