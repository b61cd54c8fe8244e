import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BatchBuilder, buildBatch, type BatchOptions } from './batch-builder.ts'
import { capturedBatch, CAPTURED_RECORDS } from './captured-batches.ts'
import { COMPRESSION_NAMES } from './compression/compression-type.ts'
import { RecordBatchView } from './record-batch-view.ts'
import { validateRecords, WHOLE_BATCH } from './validate-records.ts'

test('validateRecords() finds nothing wrong with batches of Kafka', () => {
  for (const name of [...COMPRESSION_NAMES, 'commit', 'abort'] as const) {
    const errors = validateRecords(viewOf(capturedBatch(name)), { isMaxTimestampChecked: true })

    assert.deepEqual(errors, [], name)
  }
})

test('validateRecords() names each record without a key where keys are required', () => {
  const records = [null, 'a', null].map((key) => ({
    timestamp: 1,
    key: key === null ? null : Buffer.from(key),
    value: null,
  }))
  const batch = viewOf(buildBatch(records))

  assert.deepEqual(validateRecords(batch), [])
  const errors = validateRecords(batch, { isKeyRequired: true })
  assert.deepEqual(
    errors.map((error) => [error.batchIndex, error.kind]),
    [
      [0, 'record'],
      [2, 'record'],
    ],
  )
})

test('validateRecords() names each timestamp outside the range, and none when there is no time', () => {
  const batch = viewOf(recordsAt([99, 100, 150, 200, 201, -1]))

  const errors = validateRecords(batch, { timestampMin: 100, timestampMax: 200 })

  assert.deepEqual(
    errors.map((error) => [error.batchIndex, error.kind]),
    [
      [0, 'timestamp'],
      [4, 'timestamp'],
    ],
  )
})

test('validateRecords() leaves the times of a log-append-time batch alone', () => {
  const batch = viewOf(recordsAt([1], { timestampType: 1, maxTimestamp: 5 }))

  const errors = validateRecords(batch, { timestampMin: 100, isMaxTimestampChecked: true })

  assert.deepEqual(errors, [])
})

test('validateRecords() compares the maximum timestamp when asked to', () => {
  const batch = viewOf(recordsAt([1, 2], { maxTimestamp: 3 }))

  assert.deepEqual(validateRecords(batch), [])
  const [error, ...others] = validateRecords(batch, { isMaxTimestampChecked: true })
  assert.equal(error?.batchIndex, WHOLE_BATCH)
  assert.equal(error?.kind, 'timestamp')
  assert.deepEqual(others, [])
})

test('validateRecords() notices holes between the offset deltas', () => {
  const builder = new BatchBuilder()
  builder.append({ timestamp: 1, key: null, value: null })
  builder.append({ timestamp: 1, key: null, value: null, offset: 2 })

  const errors = validateRecords(viewOf(builder.finish()))

  assert.deepEqual(
    errors.map((error) => error.batchIndex),
    [WHOLE_BATCH, 1],
  )
})

test('validateRecords() ends at the record that cannot be read', () => {
  const bytes = capturedBatch('none')
  // The second record's length, after 61 bytes of header and 14 of the first record.
  bytes[75] = 0x01

  const errors = validateRecords(viewOf(bytes))

  assert.equal(errors.length, 1)
  assert.equal(errors[0]?.batchIndex, 1)
  assert.equal(errors[0]?.kind, 'record')
})

test('validateRecords() reports rubbish after the last record for the whole batch', () => {
  const bytes = Buffer.concat([capturedBatch('none'), Buffer.from('rubbish')])
  bytes.writeInt32BE(bytes.length - 12, 8)

  const errors = validateRecords(viewOf(bytes))

  assert.equal(errors.length, 1)
  assert.equal(errors[0]?.batchIndex, WHOLE_BATCH)
})

test('validateRecords() reports what does not decompress, or not within the limit', () => {
  const unreadable = capturedBatch('gzip')
  unreadable[61] = 0

  const broken = validateRecords(viewOf(unreadable))
  const large = validateRecords(viewOf(capturedBatch('zstd')), { recordsBytesMax: 100 })

  assert.equal(broken[0]?.batchIndex, WHOLE_BATCH)
  assert.match(large[0]?.message ?? '', /limit of 100 bytes/)
})

test('validateRecords() lists no more errors than it is asked for', () => {
  const records = Array.from({ length: 500 }, () => ({ timestamp: 1, key: null, value: null }))
  const batch = viewOf(buildBatch(records))

  assert.equal(validateRecords(batch, { isKeyRequired: true }).length, 100)
  assert.equal(validateRecords(batch, { isKeyRequired: true, recordErrorsMax: 7 }).length, 7)
})

test('validateRecords() does not change the batch', () => {
  const bytes = capturedBatch('snappy')
  validateRecords(viewOf(bytes), { isKeyRequired: true })

  assert.deepEqual(bytes, capturedBatch('snappy'))
  assert.equal(CAPTURED_RECORDS.length, 3)
})

function viewOf(bytes: Buffer): RecordBatchView {
  return new RecordBatchView().reset(bytes, 0)
}

function recordsAt(timestamps: number[], options: BatchOptions = {}): Buffer {
  return buildBatch(
    timestamps.map((timestamp) => ({ timestamp, key: Buffer.from('k'), value: null })),
    options,
  )
}
