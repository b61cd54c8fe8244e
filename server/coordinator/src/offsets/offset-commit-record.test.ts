import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ByteReader, MalformedError, ZERO_UUID, type Uuid } from '@ottla/base'
import type { OffsetAndMetadata } from './offset-and-metadata.ts'
import {
  offsetCommitRecord,
  offsetCommitTombstone,
  readOffsetCommitKey,
  readOffsetCommitValue,
} from './offset-commit-record.ts'

const KEY = { groupId: 'g', topic: 'orders', partition: 2 }
const VALUE: OffsetAndMetadata = {
  committedOffset: 42,
  leaderEpoch: 7,
  metadata: 'm',
  commitTimestampMs: 1_700_000_000_000,
  expireTimestampMs: -1,
  topicId: ZERO_UUID,
}

function valueOf(value: OffsetAndMetadata): Buffer {
  const { value: bytes } = offsetCommitRecord(KEY, value)
  assert.notEqual(bytes, null)
  return bytes as Buffer
}

/** Spaces are there for the reader. */
function hex(text: string): string {
  return text.replaceAll(' ', '')
}

test('offsetCommitRecord() writes the layout that Kafka reads', () => {
  const { key, value } = offsetCommitRecord(KEY, VALUE)

  // Type 1 | length 1 "g" | length 6 "orders" | partition 2.
  assert.equal(key.toString('hex'), hex('0001 000167 00066f7264657273 00000002'))
  // Version 4 | offset 42 | epoch 7 | compact "m" | timestamp | no tags.
  const expected = hex('0004 000000000000002a 00000007 026d 0000018bcfe56800 00')
  assert.equal(value?.toString('hex'), expected)
})

test('an offset comes back from its record as it went in', () => {
  const withId = { ...VALUE, topicId: 'ordersAAAAAAAAAAAAAAAA' as Uuid }
  const { key } = offsetCommitTombstone(KEY)

  const keyReader = new ByteReader(key)
  assert.equal(keyReader.readInt16(), 1)
  assert.deepEqual(readOffsetCommitKey(keyReader), KEY)
  assert.deepEqual(readOffsetCommitValue(new ByteReader(valueOf(withId))), withId)
})

test('an expiry is kept at the price of epoch and topic id, which version 1 does not have', () => {
  const expiring = { ...VALUE, expireTimestampMs: 1_800_000_000_000 }

  const bytes = valueOf(expiring)

  assert.equal(bytes.readInt16BE(0), 1)
  assert.deepEqual(readOffsetCommitValue(new ByteReader(bytes)), { ...expiring, leaderEpoch: -1 })
})

test('readOffsetCommitValue() reads all older versions', () => {
  const head = '000000000000002a'
  const timestamp = '0000018bcfe56800'
  const older = [
    `0000${head}00016d${timestamp}`,
    `0001${head}00016d${timestamp}ffffffffffffffff`,
    `0002${head}00016d${timestamp}`,
    `0003${head}0000000700016d${timestamp}`,
  ]

  for (const [version, hex] of older.entries()) {
    const read = readOffsetCommitValue(new ByteReader(Buffer.from(hex, 'hex')))
    assert.deepEqual(read, { ...VALUE, leaderEpoch: version === 3 ? 7 : -1 }, hex)
  }
})

test('readOffsetCommitValue() refuses versions it does not know, and every cut-off value', () => {
  const bytes = valueOf(VALUE)
  assert.throws(
    () => readOffsetCommitValue(new ByteReader(Buffer.from('0005', 'hex'))),
    MalformedError,
  )
  for (let length = 0; length < bytes.length; length++) {
    const reader = new ByteReader(bytes.subarray(0, length))
    assert.throws(() => readOffsetCommitValue(reader), MalformedError, `cut at ${length}`)
  }
})
