import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MalformedError } from '@ottla/base'
import { capturedBatch } from './captured-batches.ts'
import {
  buildEndTxnMarkerBatch,
  CONTROL_TYPE_ABORT,
  CONTROL_TYPE_COMMIT,
  controlTypeOf,
  decodeEndTxnMarker,
  encodeEndTxnMarker,
} from './control-record.ts'
import { RecordBatchView } from './record-batch-view.ts'
import { readRecords } from './read-records.ts'

const PRODUCER = {
  producerId: 9,
  producerEpoch: 2,
  partitionLeaderEpoch: 3,
  timestamp: 1700000000000,
}

test('buildEndTxnMarkerBatch() writes the very bytes that Kafka writes', () => {
  const commit = buildEndTxnMarkerBatch(
    { type: CONTROL_TYPE_COMMIT, coordinatorEpoch: 5 },
    { ...PRODUCER, baseOffset: 42 },
  )
  const abort = buildEndTxnMarkerBatch(
    { type: CONTROL_TYPE_ABORT, coordinatorEpoch: 5 },
    { ...PRODUCER, baseOffset: 43 },
  )

  assert.deepEqual(commit, capturedBatch('commit'))
  assert.deepEqual(abort, capturedBatch('abort'))
})

test('decodeEndTxnMarker() reads the markers that Kafka wrote', () => {
  for (const [name, type] of [
    ['commit', CONTROL_TYPE_COMMIT],
    ['abort', CONTROL_TYPE_ABORT],
  ] as const) {
    const [record] = Array.from(readRecords(new RecordBatchView().reset(capturedBatch(name), 0)))

    const marker = decodeEndTxnMarker(record?.key ?? null, record?.value ?? null)

    assert.deepEqual(marker, { type, coordinatorEpoch: 5 })
  }
})

test('decodeEndTxnMarker() reads a later version as far as it is known', () => {
  const { key, value } = encodeEndTxnMarker({ type: CONTROL_TYPE_COMMIT, coordinatorEpoch: 8 })
  key.writeInt16BE(1, 0)
  value.writeInt16BE(1, 0)

  const marker = decodeEndTxnMarker(key, Buffer.concat([value, Buffer.from('more')]))

  assert.deepEqual(marker, { type: CONTROL_TYPE_COMMIT, coordinatorEpoch: 8 })
})

test('decodeEndTxnMarker() refuses nulls, cut records, negative versions and other types', () => {
  const { key, value } = encodeEndTxnMarker({ type: CONTROL_TYPE_ABORT, coordinatorEpoch: 1 })
  const leaderChange = encodeEndTxnMarker({ type: 2, coordinatorEpoch: 1 }).key
  const negative = Buffer.from('ffff', 'hex')

  assert.throws(() => decodeEndTxnMarker(null, value), MalformedError)
  assert.throws(() => decodeEndTxnMarker(key, null), MalformedError)
  assert.throws(() => decodeEndTxnMarker(leaderChange, value), MalformedError)
  for (let cut = 0; cut < key.length; cut++) {
    assert.throws(() => decodeEndTxnMarker(key.subarray(0, cut), value), MalformedError)
  }
  for (let cut = 0; cut < value.length; cut++) {
    assert.throws(() => decodeEndTxnMarker(key, value.subarray(0, cut)), MalformedError)
  }
  const negativeKey = Buffer.concat([negative, key.subarray(2)])
  assert.throws(() => decodeEndTxnMarker(negativeKey, value), MalformedError)
  const negativeValue = Buffer.concat([negative, value.subarray(2)])
  assert.throws(() => decodeEndTxnMarker(key, negativeValue), MalformedError)
})

test('controlTypeOf() tells the types that this package does not know as well', () => {
  assert.equal(controlTypeOf(Buffer.from('00000002', 'hex')), 2)
})
