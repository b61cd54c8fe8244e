import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  BATCH_OVERHEAD_BYTES,
  COMPRESSION_GZIP,
  COMPRESSION_NONE,
  COMPRESSION_ZSTD,
  readRecords,
  RecordBatchView,
  TIMESTAMP_TYPE_LOG_APPEND,
} from '@ottla/records'
import { LogErrorCode } from '../log-error-code.ts'
import {
  aBatch,
  append,
  appendAndWrite,
  baseOffsets,
  LogFixture,
  readAll,
} from '../testing/log-fixture.ts'

const HOUR_MS = 3_600_000

/** Computes the checksum anew after the test has changed the batch. */
function sealed(batch: Buffer, change: (batch: Buffer) => void): Buffer {
  change(batch)
  const view = new RecordBatchView().reset(batch, 0)
  // Setting the maximum timestamp is the way in for a new checksum.
  const timestampType = view.timestampType
  if (timestampType === TIMESTAMP_TYPE_LOG_APPEND) view.setLogAppendTime(view.maxTimestamp)
  else view.setMaxTimestamp(view.maxTimestamp)
  return batch
}

const RECORD_COUNT_AT = 57
const LAST_OFFSET_DELTA_AT = 23
const ATTRIBUTES_AT = 21

/** Claims `count` records, in both fields that say so. */
function counted(batch: Buffer, count: number): Buffer {
  return sealed(batch, (bytes) => {
    bytes.writeInt32BE(count, RECORD_COUNT_AT)
    bytes.writeInt32BE(count - 1, LAST_OFFSET_DELTA_AT)
  })
}

interface Refused {
  readonly what: string
  readonly batch: () => Buffer
  readonly errorCode: number
}

const REFUSED: readonly Refused[] = [
  { what: 'nothing', batch: () => Buffer.alloc(0), errorCode: LogErrorCode.INVALID_RECORD },
  {
    what: 'less than a header',
    batch: () => aBatch().subarray(0, 60),
    errorCode: LogErrorCode.INVALID_RECORD,
  },
  {
    what: 'a batch that is cut off',
    batch: () => aBatch().subarray(0, -1),
    errorCode: LogErrorCode.INVALID_RECORD,
  },
  {
    what: 'two batches',
    batch: () => Buffer.concat([aBatch(), aBatch()]),
    errorCode: LogErrorCode.INVALID_RECORD,
  },
  {
    what: 'a wrong checksum',
    batch: () => {
      const batch = aBatch()
      batch[batch.length - 1] = 1
      return batch
    },
    errorCode: LogErrorCode.CORRUPT_MESSAGE,
  },
  {
    what: 'format 1',
    batch: () => {
      const batch = aBatch()
      batch[16] = 1
      return batch
    },
    errorCode: LogErrorCode.INVALID_RECORD,
  },
  {
    what: 'format 3',
    batch: () => {
      const batch = aBatch()
      batch[16] = 3
      return batch
    },
    errorCode: LogErrorCode.CORRUPT_MESSAGE,
  },
  {
    what: 'a base offset of its own',
    batch: () => aBatch({ baseOffset: 5 }),
    errorCode: LogErrorCode.INVALID_RECORD,
  },
  {
    what: 'a control batch',
    batch: () => aBatch({ isControl: true }),
    errorCode: LogErrorCode.INVALID_RECORD,
  },
  {
    what: 'a record count that does not fit the offsets',
    batch: () => sealed(aBatch(), (batch) => batch.writeInt32BE(2, RECORD_COUNT_AT)),
    errorCode: LogErrorCode.INVALID_RECORD,
  },
  {
    what: 'a record count of 0',
    batch: () => sealed(aBatch(), (batch) => batch.writeInt32BE(0, RECORD_COUNT_AT)),
    errorCode: LogErrorCode.INVALID_RECORD,
  },
  {
    what: 'more records than its bytes can hold',
    batch: () => counted(aBatch({ values: ['v', 'w'] }), 3),
    errorCode: LogErrorCode.INVALID_RECORD,
  },
  {
    what: 'more compressed records than anybody unpacks',
    batch: () => counted(aBatch({ compression: COMPRESSION_GZIP }), 2 ** 31 - 1),
    errorCode: LogErrorCode.INVALID_RECORD,
  },
  {
    what: 'a producer without a sequence',
    batch: () => aBatch({ producerId: 7, producerEpoch: 0 }),
    errorCode: LogErrorCode.INVALID_RECORD,
  },
  {
    what: 'a codec that is none',
    batch: () => sealed(aBatch(), (batch) => batch.writeInt16BE(7, ATTRIBUTES_AT)),
    errorCode: LogErrorCode.UNSUPPORTED_COMPRESSION_TYPE,
  },
  {
    what: 'log append time from a producer',
    batch: () => aBatch({ timestampType: TIMESTAMP_TYPE_LOG_APPEND }),
    errorCode: LogErrorCode.INVALID_TIMESTAMP,
  },
  {
    what: 'more bytes than max.message.bytes',
    batch: () => aBatch({ values: ['x'.repeat(1000)] }),
    errorCode: LogErrorCode.RECORD_TOO_LARGE,
  },
]

for (const { what, batch, errorCode } of REFUSED) {
  test(`PartitionLog.append() refuses ${what} from a client and leaves no trace`, async () => {
    const log = await new LogFixture({ config: { maxMessageBytes: 500 } }).openLog()
    appendAndWrite(log, aBatch())

    const outcome = append(log, batch())
    log.write()

    assert.equal(outcome.errorCode, errorCode)
    assert.ok((outcome.errorMessage ?? '').length > 0)
    assert.deepEqual([outcome.baseOffset, outcome.lastOffset], [-1, -1])
    assert.equal(log.logEndOffset, 1)
    assert.deepEqual(baseOffsets(readAll(log)), [0])
  })
}

test('PartitionLog.append() refuses a batch larger than a segment', async () => {
  const log = await new LogFixture({ config: { segmentBytes: 500 } }).openLog()

  const outcome = append(log, aBatch({ values: ['x'.repeat(1000)] }))

  assert.equal(outcome.errorCode, LogErrorCode.RECORD_LIST_TOO_LARGE)
})

test('PartitionLog.append() takes no notice of rubbish after the batch, as in Kafka', async () => {
  const log = await new LogFixture().openLog()
  const batch = aBatch()

  const outcome = appendAndWrite(log, Buffer.concat([batch, Buffer.alloc(100, 7)]))

  assert.equal(outcome.errorCode, 0)
  assert.equal(readAll(log).length, batch.length)
})

test('PartitionLog.append() sets the leader epoch and keeps the checksum valid', async () => {
  const log = await new LogFixture().openLog()

  append(log, aBatch(), 3)
  append(log, aBatch(), 5)
  log.write()

  const bytes = readAll(log)
  const view = new RecordBatchView()
  assert.equal(view.reset(bytes, 0).partitionLeaderEpoch, 3)
  assert.equal(view.isCrcValid(), true)
  assert.equal(view.reset(bytes, view.sizeInBytes).partitionLeaderEpoch, 5)
  assert.deepEqual(log.endOffsetForEpoch(3), { leaderEpoch: 3, endOffset: 1 })
  assert.deepEqual(log.endOffsetForEpoch(4), { leaderEpoch: 3, endOffset: 1 })
  assert.deepEqual(log.endOffsetForEpoch(5), { leaderEpoch: 5, endOffset: 2 })
  assert.deepEqual(log.endOffsetForEpoch(6), { leaderEpoch: -1, endOffset: -1 })
  assert.deepEqual([log.epochForOffset(0), log.epochForOffset(1)], [3, 5])
})

test('PartitionLog.append() names the records whose timestamp is out of range', async () => {
  const fixture = new LogFixture()
  const log = await fixture.openLog()
  const nowMs = fixture.clock.wallMs()

  const outcome = append(log, aBatch({ values: ['a', 'b'], timestamp: nowMs + 2 * HOUR_MS }))

  assert.equal(outcome.errorCode, LogErrorCode.INVALID_TIMESTAMP)
  assert.deepEqual(
    outcome.recordErrors.map((error) => error.batchIndex),
    [0, 1],
  )
  assert.equal(append(log, aBatch({ timestamp: nowMs + HOUR_MS })).errorCode, 0)
})

test('PartitionLog.append() refuses records older than the limit where there is one', async () => {
  const fixture = new LogFixture({ config: { messageTimestampBeforeMaxMs: HOUR_MS } })
  const log = await fixture.openLog()
  const nowMs = fixture.clock.wallMs()

  const old = append(log, aBatch({ timestamp: nowMs - HOUR_MS - 1 }))

  assert.equal(old.errorCode, LogErrorCode.INVALID_TIMESTAMP)
  assert.deepEqual(
    old.recordErrors.map((error) => error.batchIndex),
    [0],
  )
  assert.equal(append(log, aBatch({ timestamp: nowMs - HOUR_MS })).errorCode, 0)
})

test('PartitionLog.append() stamps the batches of a LogAppendTime topic', async () => {
  const fixture = new LogFixture({ config: { messageTimestampType: 'LogAppendTime' } })
  const log = await fixture.openLog()
  const nowMs = fixture.clock.wallMs()

  const outcome = appendAndWrite(log, aBatch({ values: ['a', 'b'], timestamp: 5 }))

  assert.equal(outcome.logAppendTimeMs, nowMs)
  const view = new RecordBatchView().reset(readAll(log), 0)
  assert.equal(view.isCrcValid(), true)
  assert.equal(view.timestampType, TIMESTAMP_TYPE_LOG_APPEND)
  assert.deepEqual(
    [...readRecords(view)].map((record) => record.timestamp),
    [nowMs, nowMs],
  )
})

test('PartitionLog.append() refuses records without a key on a compacted topic', async () => {
  const log = await new LogFixture({ config: { cleanupPolicy: ['compact'] } }).openLog()

  const outcome = append(log, aBatch({ values: ['a', 'b'] }))

  assert.equal(outcome.errorCode, LogErrorCode.INVALID_RECORD)
  assert.deepEqual(
    outcome.recordErrors.map((error) => error.batchIndex),
    [0, 1],
  )
  assert.equal(append(log, aBatch({ key: 'k' })).errorCode, 0)
})

test('PartitionLog.append() brings batches into the codec of the topic', async () => {
  const log = await new LogFixture({ config: { compressionType: 'zstd' } }).openLog()
  const values = ['a'.repeat(500), 'b'.repeat(500)]

  for (const compression of [COMPRESSION_NONE, COMPRESSION_GZIP, COMPRESSION_ZSTD]) {
    assert.equal(appendAndWrite(log, aBatch({ values, compression })).errorCode, 0)
  }

  const bytes = readAll(log)
  const view = new RecordBatchView()
  for (let position = 0; position < bytes.length; position += view.sizeInBytes) {
    view.reset(bytes, position)
    assert.equal(view.compressionType, COMPRESSION_ZSTD)
    assert.equal(view.isCrcValid(), true)
    assert.deepEqual(
      [...readRecords(view)].map((record) => record.value?.toString()),
      values,
    )
  }
  assert.deepEqual(baseOffsets(bytes), [0, 2, 4])
})

test('PartitionLog.append() measures a batch again after it was recompressed', async () => {
  const config = { compressionType: 'uncompressed', maxMessageBytes: 500 }
  const log = await new LogFixture({ config }).openLog()

  const outcome = append(log, aBatch({ values: ['a'.repeat(5000)], compression: COMPRESSION_GZIP }))

  assert.equal(outcome.errorCode, LogErrorCode.RECORD_TOO_LARGE)
})

test('PartitionLog.append() refuses a compressed batch that it must open and can not', async () => {
  const log = await new LogFixture({ config: { compressionType: 'zstd' } }).openLog()
  const batch = sealed(aBatch({ compression: COMPRESSION_GZIP }), (bytes) => {
    bytes.fill(0xff, 65)
  })

  assert.equal(append(log, batch).errorCode, LogErrorCode.CORRUPT_MESSAGE)
})

test('PartitionLog.append() refuses a batch that it must open and whose offsets do not rise', async () => {
  const log = await new LogFixture({ config: { compressionType: 'zstd' } }).openLog()
  // Length, attributes and timestamp delta of the first record take a byte each; then the offset delta.
  const offsetDeltaAt = BATCH_OVERHEAD_BYTES + 3
  for (const [first, expected] of [
    [1, [0]],
    [0xfe, [0]],
  ] as const) {
    const batch = sealed(aBatch({ values: ['a', 'b', 'c'] }), (bytes) => {
      bytes[offsetDeltaAt] = first << 1
    })

    const outcome = append(log, batch)

    assert.equal(outcome.errorCode, LogErrorCode.INVALID_RECORD, `offset delta ${first}`)
    assert.deepEqual(
      outcome.recordErrors.map((error) => error.batchIndex),
      expected,
    )
  }
  assert.equal(append(log, aBatch({ values: ['a'] })).baseOffset, 0)
})

test('PartitionLog.append() from a replica keeps offsets and epochs, several batches at once', async () => {
  const log = await new LogFixture().openLog()
  const batches = Buffer.concat([
    aBatch({ values: ['a', 'b'], baseOffset: 0, partitionLeaderEpoch: 2 }),
    aBatch({ baseOffset: 2, partitionLeaderEpoch: 4 }),
  ])

  const outcome = log.append(batches, { origin: 'replica', leaderEpoch: 9 })
  log.write()

  assert.deepEqual([outcome.errorCode, outcome.baseOffset, outcome.lastOffset], [0, 0, 2])
  assert.deepEqual(readAll(log), batches)
  assert.deepEqual(log.endOffsetForEpoch(2), { leaderEpoch: 2, endOffset: 2 })
})

test('PartitionLog.append() refuses what would take offsets that are not exact any more', async () => {
  const log = await new LogFixture().openLog()
  const last = Number.MAX_SAFE_INTEGER - 3
  const replica = { origin: 'replica', leaderEpoch: 0 } as const
  assert.equal(log.append(aBatch({ baseOffset: last }), replica).errorCode, 0)

  const tooMany = append(log, aBatch({ values: ['a', 'b', 'c'] }))

  assert.equal(tooMany.errorCode, LogErrorCode.INVALID_RECORD)
  assert.equal(append(log, aBatch({ values: ['a', 'b'] })).baseOffset, last + 1)
  log.write()
  assert.equal(log.logEndOffset, Number.MAX_SAFE_INTEGER)
  assert.equal(append(log, aBatch()).errorCode, LogErrorCode.INVALID_RECORD)
  const beyond = log.append(aBatch({ baseOffset: Number.MAX_SAFE_INTEGER }), replica)
  assert.equal(beyond.errorCode, LogErrorCode.INVALID_RECORD)
})

test('PartitionLog.append() from a replica takes all batches or none', async () => {
  const log = await new LogFixture().openLog()
  const good = aBatch({ baseOffset: 0, partitionLeaderEpoch: 0 })
  const bad = aBatch({ baseOffset: 1, partitionLeaderEpoch: 0 })
  bad[bad.length - 1] = 0xee

  const outcome = log.append(Buffer.concat([good, bad]), { origin: 'replica', leaderEpoch: 0 })
  log.write()

  assert.equal(outcome.errorCode, LogErrorCode.CORRUPT_MESSAGE)
  assert.equal(log.logEndOffset, 0)
})

test('PartitionLog.append() from a replica refuses offsets that go back', async () => {
  const log = await new LogFixture().openLog()
  appendAndWrite(log, aBatch({ values: ['a', 'b'] }))

  const outcome = log.append(aBatch({ baseOffset: 1 }), { origin: 'replica', leaderEpoch: 0 })

  assert.equal(outcome.errorCode, LogErrorCode.INVALID_RECORD)
})

test('PartitionLog.append() from a coordinator gives each batch its offsets', async () => {
  const log = await new LogFixture().openLog()
  appendAndWrite(log, aBatch())

  const outcome = log.append(Buffer.concat([aBatch({ values: ['a', 'b'] }), aBatch()]), {
    origin: 'coordinator',
    leaderEpoch: 1,
  })
  log.write()

  assert.deepEqual([outcome.baseOffset, outcome.lastOffset], [1, 3])
  assert.deepEqual(baseOffsets(readAll(log)), [0, 1, 3])
})
