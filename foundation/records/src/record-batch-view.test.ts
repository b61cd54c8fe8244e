import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  leaderEpoch,
  MalformedError,
  offset,
  producerEpoch,
  producerId,
  seededRandom,
} from '@ottla/base'
import { buildBatch } from './batch-builder.ts'
import { capturedBatch, CAPTURED_RECORDS } from './captured-batches.ts'
import { COMPRESSION_NAMES } from './compression/compression-type.ts'
import { compressionTypeAt, RecordBatchView } from './record-batch-view.ts'
import { readRecords } from './read-records.ts'

test('RecordBatchView reads every header field of a batch written by Kafka', () => {
  COMPRESSION_NAMES.forEach((name, compressionType) => {
    const bytes = capturedBatch(name)
    const batch = new RecordBatchView().reset(bytes, 0)

    assert.equal(batch.buffer, bytes)
    assert.equal(batch.position, 0)
    assert.equal(batch.baseOffset, 100)
    assert.equal(batch.batchLength, bytes.length - 12)
    assert.equal(batch.sizeInBytes, bytes.length)
    assert.equal(batch.isComplete, true)
    assert.equal(batch.partitionLeaderEpoch, 3)
    assert.equal(batch.magic, 2)
    assert.equal(batch.attributes, compressionType)
    assert.equal(batch.compressionType, compressionType)
    assert.equal(batch.timestampType, 0)
    assert.equal(batch.isTransactional, false)
    assert.equal(batch.isControl, false)
    assert.equal(batch.hasDeleteHorizon, false)
    assert.equal(batch.lastOffsetDelta, 2)
    assert.equal(batch.lastOffset, 102)
    assert.equal(batch.baseTimestamp, 1700000000000)
    assert.equal(batch.maxTimestamp, 1700000000001)
    assert.equal(batch.producerId, producerId(9))
    assert.equal(batch.producerEpoch, producerEpoch(2))
    assert.equal(batch.baseSequence, 7)
    assert.equal(batch.lastSequence, 9)
    assert.equal(batch.recordCount, 3)
    assert.equal(batch.isCrcValid(), true)
  })
})

test('RecordBatchView reads -1 where a batch has no producer, epoch or sequence', () => {
  const batch = new RecordBatchView().reset(buildBatch(CAPTURED_RECORDS), 0)

  assert.equal(batch.partitionLeaderEpoch, -1)
  assert.equal(batch.producerId, -1)
  assert.equal(batch.producerEpoch, -1)
  assert.equal(batch.baseSequence, -1)
  assert.equal(batch.lastSequence, -1)
})

test('RecordBatchView sees the flags of a transaction marker', () => {
  const batch = new RecordBatchView().reset(capturedBatch('commit'), 0)

  assert.equal(batch.isTransactional, true)
  assert.equal(batch.isControl, true)
  assert.equal(batch.compressionType, 0)
})

test('RecordBatchView.reset() moves from batch to batch', () => {
  const first = capturedBatch('lz4')
  const bytes = Buffer.concat([first, capturedBatch('commit'), capturedBatch('none')])
  const batch = new RecordBatchView()
  const seen: number[] = []

  for (let at = 0; at < bytes.length; at += batch.sizeInBytes) {
    seen.push(batch.reset(bytes, at).baseOffset)
    assert.ok(batch.isCrcValid())
  }

  assert.deepEqual(seen, [100, 42, 100])
})

test('RecordBatchView.lastSequence goes on with 0 after 2^31 - 1', () => {
  const records = CAPTURED_RECORDS
  const bytes = buildBatch(records, { producerId: 1, producerEpoch: 0, baseSequence: 0x7ffffffe })
  const batch = new RecordBatchView().reset(bytes, 0)

  assert.equal(batch.lastSequence, 0)
  assert.deepEqual(
    Array.from(readRecords(batch), (record) => record.sequence),
    [0x7ffffffe, 0x7fffffff, 0],
  )
})

test('RecordBatchView keeps the checksum valid when base offset and leader epoch are set', () => {
  const batch = new RecordBatchView().reset(capturedBatch('none'), 0)

  batch.setBaseOffset(offset(2 ** 40 + 5))
  batch.setPartitionLeaderEpoch(leaderEpoch(77))

  assert.equal(batch.baseOffset, 2 ** 40 + 5)
  assert.equal(batch.lastOffset, 2 ** 40 + 7)
  assert.equal(batch.partitionLeaderEpoch, 77)
  assert.ok(batch.isCrcValid())
})

test('RecordBatchView.setLogAppendTime() dates all records and makes the checksum anew', () => {
  for (const name of COMPRESSION_NAMES) {
    const batch = new RecordBatchView().reset(capturedBatch(name), 0)

    batch.setLogAppendTime(1800000000000)

    assert.equal(batch.timestampType, 1)
    assert.equal(batch.maxTimestamp, 1800000000000)
    assert.ok(batch.isCrcValid())
    for (const record of readRecords(batch)) assert.equal(record.timestamp, 1800000000000)
  }
})

test('RecordBatchView.setMaxTimestamp() leaves the create times alone', () => {
  const batch = new RecordBatchView().reset(capturedBatch('none'), 0)

  batch.setMaxTimestamp(1700000000009)

  assert.equal(batch.timestampType, 0)
  assert.equal(batch.maxTimestamp, 1700000000009)
  assert.ok(batch.isCrcValid())
  const times = Array.from(readRecords(batch), (record) => record.timestamp)
  assert.deepEqual(times, [1700000000000, 1700000000001, 1699999999995])
})

test('RecordBatchView.isCrcValid() notices each changed bit from the attributes on', () => {
  const bytes = capturedBatch('none')
  const batch = new RecordBatchView()
  for (let at = 17; at < bytes.length; at++) {
    for (let bit = 0; bit < 8; bit++) {
      bytes[at] = (bytes[at] as number) ^ (1 << bit)
      assert.equal(batch.reset(bytes, 0).isCrcValid(), false, `byte ${at}, bit ${bit}`)
      bytes[at] = (bytes[at] as number) ^ (1 << bit)
    }
  }
})

test('RecordBatchView: a batch cut at any byte is refused or known to be incomplete', () => {
  for (const name of COMPRESSION_NAMES) {
    const whole = capturedBatch(name)
    for (let cut = 0; cut < whole.length; cut++) {
      const bytes = whole.subarray(0, cut)
      if (cut < 61) {
        assert.throws(() => new RecordBatchView().reset(bytes, 0), MalformedError)
        continue
      }
      const batch = new RecordBatchView().reset(bytes, 0)

      assert.equal(batch.isComplete, false)
      assert.equal(batch.isCrcValid(), false)
      assert.throws(() => Array.from(readRecords(batch)), MalformedError)
    }
  }
})

test('RecordBatchView.reset() refuses a length below that of the header', () => {
  const bytes = capturedBatch('none')
  for (const length of [48, 0, -1, -0x80000000]) {
    bytes.writeInt32BE(length, 8)
    assert.throws(() => new RecordBatchView().reset(bytes, 0), MalformedError)
  }
  bytes.writeInt32BE(49, 8)
  assert.equal(new RecordBatchView().reset(bytes, 0).sizeInBytes, 61)
})

test('RecordBatchView.reset() refuses positions outside the buffer', () => {
  const bytes = capturedBatch('none')
  for (const position of [-1, bytes.length - 60, bytes.length, bytes.length + 100]) {
    assert.throws(() => new RecordBatchView().reset(bytes, position), MalformedError)
  }
})

test('RecordBatchView reads any 61 bytes with a possible length without failing', () => {
  const random = seededRandom(3)
  const batch = new RecordBatchView()
  for (let i = 0; i < 2000; i++) {
    const bytes = random.bytes(61)
    bytes.writeInt32BE(49 + Math.floor(random.fraction() * 1000), 8)
    batch.reset(bytes, 0)

    assert.ok(Number.isSafeInteger(batch.baseOffset))
    assert.ok(Number.isSafeInteger(batch.producerId))
    assert.ok(Number.isSafeInteger(batch.maxTimestamp))
    assert.ok(Number.isInteger(batch.lastSequence))
    assert.equal(batch.isCrcValid(), false)
  }
})

test('compressionTypeAt() tells the codec of a batch, and none where bytes are missing', () => {
  const bytes = Buffer.concat([capturedBatch('gzip'), capturedBatch('zstd')])

  assert.equal(compressionTypeAt(bytes, 0), 1)
  assert.equal(compressionTypeAt(bytes, capturedBatch('gzip').length), 4)
  assert.equal(compressionTypeAt(Buffer.from([1]), 0), 0)
})

test('RecordBatchView.isRecordCountPossible compares the count with the bytes', () => {
  // The smallest record: no key, no value, no headers, at the time and offset of the batch.
  const smallest = Array.from({ length: 3 }, () => ({ key: null, value: null, timestamp: 0 }))
  const plain = buildBatch(smallest)
  assert.equal(plain.length, 61 + 3 * 7)
  const RECORD_COUNT_AT = 57
  const view = new RecordBatchView()

  assert.equal(view.reset(plain, 0).isRecordCountPossible, true)
  plain.writeInt32BE(4, RECORD_COUNT_AT)
  assert.equal(view.reset(plain, 0).isRecordCountPossible, false)
  const compressed = buildBatch(smallest, { compression: 1 })
  compressed.writeInt32BE(64 * 1024, RECORD_COUNT_AT)
  assert.equal(view.reset(compressed, 0).isRecordCountPossible, true)
  compressed.writeInt32BE(2 ** 31 - 1, RECORD_COUNT_AT)
  assert.equal(view.reset(compressed, 0).isRecordCountPossible, false)
})
