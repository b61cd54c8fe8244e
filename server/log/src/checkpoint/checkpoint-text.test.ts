import assert from 'node:assert/strict'
import { test } from 'node:test'
import { uuid } from '@ottla/base'
import {
  decodeEpochCheckpoint,
  decodeOffsetCheckpoint,
  encodeEpochCheckpoint,
  encodeOffsetCheckpoint,
} from './checkpoint-text.ts'
import { decodePartitionMetadata, encodePartitionMetadata } from './partition-metadata.ts'

test('offset checkpoints are written and read as Kafka writes them', () => {
  const entries = [
    { topic: 'orders', partition: 0, offset: 42 },
    { topic: 'a.b-c_d', partition: 11, offset: 9007199254740991 },
  ]
  const text = '0\n2\norders 0 42\na.b-c_d 11 9007199254740991\n'

  assert.equal(encodeOffsetCheckpoint(entries).toString(), text)
  assert.deepEqual(decodeOffsetCheckpoint(Buffer.from(text)), entries)
  assert.deepEqual(decodeOffsetCheckpoint(encodeOffsetCheckpoint([])), [])
})

test('a checkpoint that is cut anywhere is treated as missing', () => {
  const whole = encodeOffsetCheckpoint([
    { topic: 'orders', partition: 0, offset: 42 },
    { topic: 'orders', partition: 1, offset: 1000 },
  ])

  for (let length = 0; length < whole.length; length++) {
    assert.equal(decodeOffsetCheckpoint(whole.subarray(0, length)), undefined, `${length} bytes`)
  }
})

for (const text of [
  '1\n0\n',
  '0\n1\norders 0\n',
  '0\n1\norders 0 -1\n',
  '0\n1\norders x 1\n',
  '0\n1\n 0 1\n',
  '0\n1\norders 0 1 2\n',
  '0\n1\norders 0 99999999999999999999\n',
  '\0\0\0\0\0\0\n',
]) {
  test(`an offset checkpoint of ${JSON.stringify(text)} is treated as missing`, () => {
    assert.equal(decodeOffsetCheckpoint(Buffer.from(text)), undefined)
  })
}

test('epoch checkpoints read back, and only growing ones are believed', () => {
  const entries = [
    { epoch: 0, startOffset: 0 },
    { epoch: 3, startOffset: 17 },
  ]
  assert.equal(encodeEpochCheckpoint(entries).toString(), '0\n2\n0 0\n3 17\n')
  assert.deepEqual(decodeEpochCheckpoint(encodeEpochCheckpoint(entries)), entries)
  assert.equal(decodeEpochCheckpoint(Buffer.from('0\n2\n3 17\n3 18\n')), undefined)
  assert.equal(decodeEpochCheckpoint(Buffer.from('0\n2\n3 17\n4 17\n')), undefined)
})

test('partition.metadata reads back, as Kafka writes it too', () => {
  const id = uuid('abcdefghijklmnopqrst_-')
  assert.equal(decodePartitionMetadata(encodePartitionMetadata(id)), id)
  assert.equal(decodePartitionMetadata(Buffer.from(`version: 0\ntopic_id: ${id}\n`)), id)
  assert.equal(decodePartitionMetadata(Buffer.from(`version: 1\ntopic_id: ${id}\n`)), undefined)
  assert.equal(decodePartitionMetadata(Buffer.from('version: 0\ntopic_id: short\n')), undefined)
})
