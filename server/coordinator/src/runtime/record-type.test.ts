import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeTagged } from './record-type.ts'

test('encodeTagged() leaves nothing of a record that could not be encoded to the next one', () => {
  assert.throws(() =>
    encodeTagged(1, (writer) => {
      writer.writeInt32(99)
      throw new RangeError('too long')
    }),
  )

  const record = encodeTagged(2, (writer) => {
    writer.writeInt8(3)
  })

  assert.equal(record.toString('hex'), '000203')
})

test('encodeTagged() never changes what it has returned', () => {
  const records = Array.from({ length: 5000 }, (_, i) =>
    encodeTagged(1, (writer) => {
      writer.writeInt32(i)
    }),
  )

  for (const [i, record] of records.entries()) assert.equal(record.readInt32BE(2), i)
})
