import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LogConfig } from '../log-config.ts'
import type { PartitionLog } from '../partition-log.ts'
import {
  aBatch,
  append,
  appendAndWrite,
  baseOffsets,
  DIR,
  LogFixture,
  readAll,
} from '../testing/log-fixture.ts'

const DAY_MS = 86_400_000

/** One batch of one record per segment; record `i` is of the day `i`. */
async function daily(
  days: number,
  config: Partial<LogConfig>,
): Promise<{ fixture: LogFixture; log: PartitionLog; startMs: number }> {
  const fixture = new LogFixture({
    config: { segmentBytes: 150, messageTimestampAfterMaxMs: Number.MAX_SAFE_INTEGER, ...config },
  })
  const log = await fixture.openLog()
  const startMs = fixture.clock.wallMs()
  for (let day = 0; day < days; day++) {
    appendAndWrite(log, aBatch({ values: ['x'.repeat(50)], timestamp: startMs + day * DAY_MS }))
  }
  assert.equal(log.segmentCount, days)
  return { fixture, log, startMs }
}

function files(fixture: LogFixture, suffix: string): string[] {
  return fixture.disk.list(`${DIR}/t-0`).filter((name) => name.endsWith(suffix))
}

test('PartitionLog.applyRetention() deletes segments older than retention.ms', async () => {
  const { log, startMs } = await daily(5, { retentionMs: 2 * DAY_MS })

  assert.equal(log.applyRetention(startMs + 4 * DAY_MS), 2)

  assert.equal(log.logStartOffset, 2)
  assert.deepEqual(baseOffsets(readAll(log)), [2, 3, 4])
})

test('PartitionLog.applyRetention() stops at the first segment that is kept, whatever comes after', async () => {
  const fixture = new LogFixture({
    config: {
      segmentBytes: 150,
      retentionMs: DAY_MS,
      messageTimestampAfterMaxMs: Number.MAX_SAFE_INTEGER,
    },
  })
  const log = await fixture.openLog()
  const nowMs = fixture.clock.wallMs()
  // A record from the future holds back what lies behind it.
  for (const timestamp of [nowMs - 9 * DAY_MS, nowMs + 9 * DAY_MS, nowMs - 9 * DAY_MS, nowMs]) {
    appendAndWrite(log, aBatch({ values: ['x'.repeat(50)], timestamp }))
  }

  assert.equal(log.applyRetention(nowMs), 1)
  assert.equal(log.logStartOffset, 1)
})

test('PartitionLog.applyRetention() deletes by size only while the rest is large enough', async () => {
  const { log, startMs } = await daily(5, { retentionMs: -1 })
  const segmentBytes = log.sizeInBytes / 5

  log.updateConfig({ ...log.config, retentionBytes: segmentBytes * 3 - 1 })
  assert.equal(log.applyRetention(startMs), 2)
  assert.equal(log.sizeInBytes, segmentBytes * 3)
  log.updateConfig({ ...log.config, retentionBytes: segmentBytes * 3 })
  assert.equal(log.applyRetention(startMs), 0)
})

test('PartitionLog.applyRetention() deletes all of an expired log and goes on with its offsets', async () => {
  const { log, startMs, fixture } = await daily(3, { retentionMs: DAY_MS })

  assert.equal(log.applyRetention(startMs + 99 * DAY_MS), 3)

  assert.deepEqual([log.logStartOffset, log.logEndOffset, log.segmentCount], [3, 3, 1])
  assert.equal(log.applyRetention(startMs + 99 * DAY_MS), 0)
  assert.equal(appendAndWrite(log, aBatch()).baseOffset, 3)
  const again = await fixture.closeAndOpenLog()
  assert.deepEqual([again.logStartOffset, again.logEndOffset], [3, 4])
})

test('PartitionLog.applyRetention() keeps what is at or above the given offset', async () => {
  const { log, startMs } = await daily(5, { retentionMs: 0 })

  assert.equal(log.applyRetention(startMs + 99 * DAY_MS, 2), 2)

  assert.equal(log.logStartOffset, 2)
})

test('PartitionLog.applyRetention() leaves compacted topics alone, apart from deleted records', async () => {
  const { log, startMs } = await daily(1, { retentionMs: 0 })
  log.updateConfig({ ...log.config, cleanupPolicy: ['compact'] })

  assert.equal(log.applyRetention(startMs + 99 * DAY_MS), 0)
})

test('PartitionLog.applyRetention() waits for the write of what was appended', async () => {
  const { log, startMs } = await daily(2, { retentionMs: 0 })
  append(log, aBatch())

  assert.equal(log.applyRetention(startMs + 99 * DAY_MS), 0)
})

test('PartitionLog: deleted segments are renamed at once and unlinked after file.delete.delay.ms', async () => {
  const { log, startMs, fixture } = await daily(3, { retentionMs: DAY_MS, fileDeleteDelayMs: 500 })

  log.applyRetention(startMs + 99 * DAY_MS)
  assert.equal(files(fixture, '.log.deleted').length, 3)
  assert.equal(files(fixture, '.log').length, 1)

  fixture.clock.advance(500)
  assert.deepEqual(files(fixture, '.deleted'), [])
  assert.ok(files(fixture, '.snapshot').every((name) => Number(name.slice(0, 20)) >= 3))
})

test('PartitionLog: files that were on their way out when the broker stopped go with the next start', async () => {
  const { log, startMs, fixture } = await daily(3, { retentionMs: DAY_MS })
  log.applyRetention(startMs + 99 * DAY_MS)

  await fixture.closeAndOpenLog()

  assert.deepEqual(files(fixture, '.deleted'), [])
})

test('PartitionLog.deleteRecordsBefore() moves the start inside a batch, and the checkpoint keeps it', async () => {
  const fixture = new LogFixture()
  let log = await fixture.openLog()
  for (let i = 0; i < 4; i++) appendAndWrite(log, aBatch({ values: ['a', 'b', 'c'] }))

  log.deleteRecordsBefore(4)
  assert.deepEqual([log.logStartOffset, log.segmentCount], [4, 1])
  log.deleteRecordsBefore(2)
  assert.equal(log.logStartOffset, 4, 'never back')

  fixture.flush(log)
  fixture.clock.advance(5000)
  for (let i = 0; i < 10; i++) fixture.clock.advance(0)
  log = await fixture.crashAndOpenLog('power')
  assert.equal(log.logStartOffset, 4)
  log = await fixture.closeAndOpenLog()
  assert.equal(log.logStartOffset, 4)
})

test('PartitionLog.deleteRecordsBefore() removes the segments that lie wholly before', async () => {
  const { log } = await daily(5, { retentionMs: -1 })

  log.deleteRecordsBefore(3)
  assert.deepEqual([log.logStartOffset, log.segmentCount], [3, 2])
  log.deleteRecordsBefore(5)
  assert.deepEqual([log.logStartOffset, log.segmentCount], [5, 1])
})

test('LogManager applies retention by the clock', async () => {
  const fixture = new LogFixture({
    config: { segmentBytes: 150, retentionMs: DAY_MS },
    logRetentionCheckIntervalMs: 60_000,
  })
  const log = await fixture.openLog()
  for (let i = 0; i < 3; i++) appendAndWrite(log, aBatch({ values: ['x'.repeat(50)] }))

  fixture.clock.advance(60_000)

  assert.deepEqual([log.logStartOffset, log.segmentCount], [3, 1])
})

test('PartitionLog.applyRetention() on a full disk deletes what is before the active segment, and makes room with it', async () => {
  const { fixture, log, startMs } = await daily(5, { retentionMs: DAY_MS })
  const nowMs = startMs + 99 * DAY_MS
  fixture.disk.onOperation = (operation, path) =>
    operation === 'open' && path.endsWith('.snapshot') ? { code: 'ENOSPC' } : undefined

  assert.equal(log.applyRetention(nowMs), 4)
  assert.deepEqual([log.logStartOffset, log.segmentCount], [4, 1])
  assert.equal(log.applyRetention(nowMs), 0)
  fixture.disk.onOperation = undefined

  assert.equal(log.applyRetention(nowMs), 1)
  assert.deepEqual([log.logStartOffset, log.logEndOffset, log.sizeInBytes], [5, 5, 0])
})

test('PartitionLog.deleteRecordsBefore() does not move the recovery point: a removed file may come back until the directory is synced', async () => {
  const { fixture, log } = await daily(5, {})

  log.deleteRecordsBefore(3)

  assert.deepEqual([log.segmentCount, log.recoveryPoint], [2, 0])
  assert.equal(fixture.flush(log), undefined)
  assert.equal(log.recoveryPoint, 5)
})
