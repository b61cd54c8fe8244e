import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildBatch, COMPRESSION_GZIP, RecordBatchView } from '@ottla/records'
import { appendAndWrite, aBatch, LogFixture } from '../testing/log-fixture.ts'

function batchOf(timestamps: readonly number[], compression = 0): Buffer {
  const records = timestamps.map((timestamp) => ({
    key: null,
    value: Buffer.from('some value'),
    timestamp,
  }))
  return buildBatch(records, { compression })
}

test('PartitionLog.offsetForTimestamp() is exact to the record, also inside a compressed batch', async () => {
  const log = await new LogFixture().openLog()
  appendAndWrite(log, batchOf([100, 110, 120]), 4)
  appendAndWrite(log, batchOf([130, 125, 140], COMPRESSION_GZIP), 5)

  const offsetAt = (timestamp: number) => log.offsetForTimestamp(timestamp)

  assert.deepEqual(offsetAt(0), { timestamp: 100, offset: 0, leaderEpoch: 4 })
  assert.deepEqual(offsetAt(101), { timestamp: 110, offset: 1, leaderEpoch: 4 })
  assert.deepEqual(offsetAt(121), { timestamp: 130, offset: 3, leaderEpoch: 5 })
  assert.deepEqual(offsetAt(131), { timestamp: 140, offset: 5, leaderEpoch: 5 })
  assert.equal(offsetAt(141), undefined)
})

test('PartitionLog.offsetOfMaxTimestamp() gives the earliest record with it', async () => {
  const log = await new LogFixture().openLog()
  assert.equal(log.offsetOfMaxTimestamp(), undefined)
  appendAndWrite(log, batchOf([100, 900, 120]))
  appendAndWrite(log, batchOf([900, 125]))

  assert.deepEqual(log.offsetOfMaxTimestamp(), { timestamp: 900, offset: 1, leaderEpoch: 0 })
})

test('PartitionLog.offsetOfMaxTimestamp() of records without a timestamp is none', async () => {
  const log = await new LogFixture().openLog()
  appendAndWrite(log, batchOf([-1]))

  assert.equal(log.offsetOfMaxTimestamp(), undefined)
})

test('PartitionLog: time lookups start at the log start offset', async () => {
  const log = await new LogFixture().openLog()
  appendAndWrite(log, batchOf([100, 110, 120]))
  log.deleteRecordsBefore(2)

  assert.equal(log.offsetForTimestamp(0)?.offset, 2)
})

for (const how of ['open', 'clean stop', 'kill', 'power'] as const) {
  test(`PartitionLog: time lookups agree with a walk over all records (${how})`, async () => {
    const fixture = new LogFixture({ config: { segmentBytes: 1500, indexIntervalBytes: 200 } })
    let log = await fixture.openLog()
    const timestamps: number[] = []
    let seed = 7
    for (let i = 0; i < 120; i++) {
      seed = (seed * 1103515245 + 12345) % 2147483648
      const batch = [i * 10 + (seed % 300), i * 10 + (seed % 70)]
      timestamps.push(...batch)
      appendAndWrite(log, batchOf(batch))
    }
    fixture.flush(log)
    if (how === 'clean stop') log = await fixture.closeAndOpenLog()
    if (how === 'kill') log = await fixture.crashAndOpenLog('process')
    if (how === 'power') log = await fixture.crashAndOpenLog('power')
    assert.ok(log.segmentCount > 4)

    for (let timestamp = 0; timestamp < 1600; timestamp += 7) {
      const expected = timestamps.findIndex((own) => own >= timestamp)
      assert.equal(log.offsetForTimestamp(timestamp)?.offset ?? -1, expected, `at ${timestamp}`)
    }
    const max = Math.max(...timestamps)
    assert.equal(log.offsetOfMaxTimestamp()?.offset, timestamps.indexOf(max))
  })
}

test('PartitionLog.offsetForTimestamp() answers with the batch when its records can not be read', async () => {
  const log = await new LogFixture().openLog()
  const batch = aBatch({ values: ['a', 'b'], timestamp: 500 })
  // A record that claims more bytes than there are; the checksum is made to fit.
  batch[61] = 0x7e
  new RecordBatchView().reset(batch, 0).setMaxTimestamp(500)
  appendAndWrite(log, batch)

  assert.deepEqual(log.offsetForTimestamp(400), { timestamp: 500, offset: 0, leaderEpoch: 0 })
})
