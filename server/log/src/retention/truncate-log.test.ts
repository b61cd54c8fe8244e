import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  aBatch,
  append,
  appendAndWrite,
  baseOffsets,
  LogFixture,
  readAll,
} from '../testing/log-fixture.ts'

async function twentyBatches(): Promise<LogFixture> {
  const fixture = new LogFixture({ config: { segmentBytes: 500, indexIntervalBytes: 150 } })
  const log = await fixture.openLog()
  for (let i = 0; i < 20; i++) {
    const batch = aBatch({
      values: ['x'.repeat(30), 'y'],
      producerId: 1,
      producerEpoch: 0,
      baseSequence: i * 2,
      timestamp: i,
    })
    appendAndWrite(log, batch, Math.floor(i / 5))
  }
  return fixture
}

for (let offset = 0; offset <= 40; offset++) {
  test(`PartitionLog.truncateTo(${offset}) leaves the whole batches before it, and all that follows from them`, async () => {
    const fixture = await twentyBatches()
    const log = fixture.manager.get('t', 0)
    assert.ok(log !== undefined)
    fixture.flush(log)

    log.truncateTo(offset)

    const end = offset - (offset % 2)
    assert.equal(log.logEndOffset, end)
    assert.ok(log.recoveryPoint <= end)
    assert.deepEqual(
      baseOffsets(readAll(log)),
      Array.from({ length: end / 2 }, (_, i) => i * 2),
    )
    const lastEpoch = end === 0 ? -1 : Math.floor((end - 1) / 10)
    assert.equal(log.latestEpoch, lastEpoch)
    assert.equal(log.offsetForTimestamp(end / 2), undefined)
    const next = aBatch({ values: ['z'], producerId: 1, producerEpoch: 0, baseSequence: end })
    assert.equal(appendAndWrite(log, next, 9).errorCode, 0)
    const before = readAll(log)

    const again = await fixture.crashAndOpenLog('process')
    assert.equal(again.failure, undefined)
    assert.deepEqual(readAll(again), before)
    assert.deepEqual(again.endOffsetForEpoch(9), { leaderEpoch: 9, endOffset: end + 1 })
  })
}

test('PartitionLog.truncateTo() inside a batch leaves a recovery point that the log has', async () => {
  for (const offset of [1, 9, 39]) {
    const fixture = await twentyBatches()
    const log = fixture.manager.get('t', 0)
    assert.ok(log !== undefined)
    fixture.flush(log)
    log.truncateTo(offset)

    const again = await fixture.crashAndOpenLog('power')

    assert.equal(again.failure, undefined)
    assert.equal(again.logEndOffset, offset - 1)
  }
})

test('PartitionLog.truncateTo(): after a crash an epoch begins where it was written anew', async () => {
  const fixture = new LogFixture()
  const log = await fixture.openLog()
  appendAndWrite(log, aBatch(), 0)
  appendAndWrite(log, aBatch(), 0)
  appendAndWrite(log, aBatch(), 1)
  fixture.flush(log)
  log.truncateTo(1)
  appendAndWrite(log, aBatch(), 1)

  const again = await fixture.crashAndOpenLog('process')

  assert.equal(again.logEndOffset, 2)
  assert.deepEqual(again.endOffsetForEpoch(0), { leaderEpoch: 0, endOffset: 1 })
})

test('PartitionLog.truncateTo() below the start begins the log anew there', async () => {
  const fixture = await twentyBatches()
  const log = fixture.manager.get('t', 0)
  assert.ok(log !== undefined)
  log.deleteRecordsBefore(30)
  assert.ok(log.segmentCount < 5)

  log.truncateTo(3)

  assert.deepEqual([log.logStartOffset, log.logEndOffset, log.segmentCount], [3, 3, 1])
  assert.equal(appendAndWrite(log, aBatch()).baseOffset, 3)
})

test('PartitionLog.truncateTo(): a flush under way does not count for what is written afterwards', async () => {
  const fixture = await twentyBatches()
  const log = fixture.manager.get('t', 0)
  assert.ok(log !== undefined)
  fixture.flush(log)
  appendAndWrite(log, aBatch({ values: ['old'] }), 4)
  log.flush(() => {})

  log.truncateTo(40)
  append(log, aBatch({ values: ['new'] }), 5)
  log.write()
  fixture.clock.advance(0)

  assert.equal(log.recoveryPoint, 40)
  fixture.flush(log)
  assert.equal(log.recoveryPoint, 41)
})
