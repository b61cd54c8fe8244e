import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { InvariantError } from '@ottla/base'
import { BatchBuilder, buildBatch, type BatchOptions } from './batch-builder.ts'
import { capturedBatch, CAPTURED_RECORDS } from './captured-batches.ts'
import { COMPRESSION_NAMES } from './compression/compression-type.ts'
import { RecordBatchView } from './record-batch-view.ts'
import { RecordCursor } from './record-cursor.ts'
import { readRecords } from './read-records.ts'
import type { SimpleRecord } from './simple-record.ts'

const CAPTURED_OPTIONS: BatchOptions = {
  baseOffset: 100,
  partitionLeaderEpoch: 3,
  producerId: 9,
  producerEpoch: 2,
  baseSequence: 7,
}

test('BatchBuilder writes the very bytes that Kafka writes', () => {
  assert.deepEqual(buildBatch(CAPTURED_RECORDS, CAPTURED_OPTIONS), capturedBatch('none'))
})

test('BatchBuilder writes the emptied batch that Kafka leaves', () => {
  const empty = buildBatch([], {
    ...CAPTURED_OPTIONS,
    lastOffsetDelta: 2,
    maxTimestamp: 1700000000001,
    compression: 3,
  })

  assert.deepEqual(empty, capturedBatch('empty'))
})

const anyBytes = fc.option(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  { nil: null },
)
const plainObject = { noNullPrototype: true }
const anyHeader = fc.record({ key: fc.string({ unit: 'grapheme' }), value: anyBytes }, plainObject)
const anyRecord: fc.Arbitrary<SimpleRecord> = fc.record(
  {
    key: anyBytes,
    value: anyBytes,
    timestamp: fc.integer({ min: -1, max: 2 ** 45 }),
    headers: fc.array(anyHeader, { maxLength: 4 }),
  },
  plainObject,
)
const anyOptions: fc.Arbitrary<BatchOptions> = fc.record({
  baseOffset: fc.integer({ min: 0, max: 2 ** 50 }),
  partitionLeaderEpoch: fc.integer({ min: -1, max: 0x7fffffff }),
  compression: fc.integer({ min: 0, max: 4 }),
  producerId: fc.integer({ min: -1, max: 2 ** 50 }),
  producerEpoch: fc.integer({ min: -1, max: 0x7fff }),
  baseSequence: fc.integer({ min: 0, max: 0x7fffffff }),
  isTransactional: fc.boolean(),
  isControl: fc.boolean(),
})

test('BatchBuilder: any records with any options come back', () => {
  const batch = new RecordBatchView()
  fc.assert(
    fc.property(
      fc.array(anyRecord, { minLength: 1, maxLength: 20 }),
      anyOptions,
      (records, options) => {
        const bytes = buildBatch(records, options)
        batch.reset(bytes, 0)

        assert.ok(batch.isCrcValid())
        assert.equal(batch.sizeInBytes, bytes.length)
        assert.equal(batch.baseOffset, options.baseOffset)
        assert.equal(batch.partitionLeaderEpoch, options.partitionLeaderEpoch)
        assert.equal(batch.compressionType, options.compression)
        assert.equal(batch.producerId, options.producerId)
        assert.equal(batch.producerEpoch, options.producerEpoch)
        assert.equal(batch.baseSequence, options.baseSequence)
        assert.equal(batch.isTransactional, options.isTransactional)
        assert.equal(batch.isControl, options.isControl)
        assert.equal(batch.lastOffsetDelta, records.length - 1)
        assert.equal(batch.maxTimestamp, Math.max(...records.map((record) => record.timestamp)))
        const read = Array.from(readRecords(batch), ({ key, value, timestamp, headers }) => ({
          key,
          value,
          timestamp,
          headers,
        }))
        assert.deepEqual(read, records)
      },
    ),
    { numRuns: 200 },
  )
})

test('BatchBuilder.sizeWith() says exactly what append() then takes', () => {
  const builder = new BatchBuilder({ baseOffset: 5 })
  assert.equal(builder.sizeInBytes, 61)
  fc.assert(
    fc.property(anyRecord, (record) => {
      const promised = builder.sizeWith(record)
      builder.append(record)

      assert.equal(builder.sizeInBytes, promised)
    }),
    { numRuns: 300 },
  )
  assert.equal(builder.finish().length, builder.sizeInBytes)
})

test('BatchBuilder.finish() gives bytes that the next batch does not touch', () => {
  const builder = new BatchBuilder(CAPTURED_OPTIONS)
  for (const record of CAPTURED_RECORDS) builder.append(record)
  const first = builder.finish()

  builder.reset({}).append({ timestamp: 5, key: null, value: Buffer.alloc(500) })
  const second = builder.finish()

  assert.deepEqual(first, capturedBatch('none'))
  assert.deepEqual(second, buildBatch([{ timestamp: 5, key: null, value: Buffer.alloc(500) }]))
})

test('BatchBuilder grows for a record larger than all its room', () => {
  const value = Buffer.alloc(3_000_000, 'v')
  const bytes = buildBatch([{ timestamp: 1, key: Buffer.from('k'), value }])

  const [record] = Array.from(readRecords(new RecordBatchView().reset(bytes, 0)))

  assert.ok(record?.value?.equals(value))
})

test('BatchBuilder keeps holes between offsets and the last offset of a compacted batch', () => {
  const builder = new BatchBuilder({ ...CAPTURED_OPTIONS, lastOffsetDelta: 9 })
  builder.append({ timestamp: 1, key: null, value: null, offset: 102 })
  builder.append({ timestamp: 1, key: null, value: null, offset: 107 })
  const batch = new RecordBatchView().reset(builder.finish(), 0)

  const read = Array.from(readRecords(batch), ({ offset, sequence }) => [offset, sequence])

  assert.deepEqual(read, [
    [102, 9],
    [107, 14],
  ])
  assert.equal(batch.recordCount, 2)
  assert.equal(batch.lastOffset, 109)
  assert.equal(batch.lastSequence, 16)
})

test('BatchBuilder.appendFrom() carries a record over byte by byte, into any codec', () => {
  COMPRESSION_NAMES.forEach((from) => {
    const source = new RecordBatchView().reset(capturedBatch(from), 0)
    COMPRESSION_NAMES.forEach((to, compression) => {
      const builder = new BatchBuilder({ ...CAPTURED_OPTIONS, compression })
      const cursor = new RecordCursor().reset(source)
      while (cursor.next()) builder.appendFrom(cursor)

      const copy = new RecordBatchView().reset(builder.finish(), 0)

      assert.equal(copy.compressionType, compression)
      assert.deepEqual(
        Array.from(readRecords(copy)),
        Array.from(readRecords(source)),
        `${from} to ${to}`,
      )
    })
  })
})

test('BatchBuilder.appendFrom() leaves out records and keeps the places of the others', () => {
  const source = new RecordBatchView().reset(capturedBatch('lz4'), 0)
  const builder = new BatchBuilder({ ...CAPTURED_OPTIONS, lastOffsetDelta: 2, compression: 3 })
  const cursor = new RecordCursor().reset(source)
  while (cursor.next()) if (cursor.offset !== 101) builder.appendFrom(cursor)

  const batch = new RecordBatchView().reset(builder.finish(), 0)

  const read = Array.from(readRecords(batch), (r) => [r.offset, r.timestamp, r.sequence])
  assert.deepEqual(read, [
    [100, 1700000000000, 7],
    [102, 1699999999995, 9],
  ])
  assert.equal(batch.lastOffset, 102)
  assert.equal(batch.maxTimestamp, 1700000000000)
})

test('BatchBuilder stands the delete horizon in place of the base timestamp', () => {
  const bytes = buildBatch(CAPTURED_RECORDS, { deleteHorizonMs: 1800000000000 })
  const batch = new RecordBatchView().reset(bytes, 0)

  assert.equal(batch.hasDeleteHorizon, true)
  assert.equal(batch.baseTimestamp, 1800000000000)
  assert.equal(batch.maxTimestamp, 1700000000001)
  const times = Array.from(readRecords(batch), (record) => record.timestamp)
  assert.deepEqual(
    times,
    CAPTURED_RECORDS.map((record) => record.timestamp),
  )
})

test('BatchBuilder makes a log-append-time batch', () => {
  const bytes = buildBatch(CAPTURED_RECORDS, { timestampType: 1, maxTimestamp: 1800000000000 })
  const batch = new RecordBatchView().reset(bytes, 0)

  assert.equal(batch.timestampType, 1)
  for (const record of readRecords(batch)) assert.equal(record.timestamp, 1800000000000)
})

test('BatchBuilder takes offsets that do not rise, and an end before them, for bugs', () => {
  const record = { timestamp: 1, key: null, value: null }
  const builder = new BatchBuilder({ baseOffset: 10, lastOffsetDelta: 0 })

  assert.throws(() => builder.append({ ...record, offset: 9 }), InvariantError)
  builder.append({ ...record, offset: 11 })
  assert.throws(() => builder.append({ ...record, offset: 11 }), InvariantError)
  assert.throws(() => builder.finish(), InvariantError)
  assert.throws(() => new BatchBuilder().finish(), InvariantError)
})
