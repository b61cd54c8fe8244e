import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aBatch, append, appendAndWrite, LogFixture } from '../testing/log-fixture.ts'
import type { StorageError } from '../storage-error.ts'

function countOf(fixture: LogFixture, operation: 'sync' | 'syncDirectory'): number {
  return fixture.disk.operationCounts.get(operation) ?? 0
}

test('PartitionLog.flush(): everyone who comes while a sync runs rides on the next one', async () => {
  const fixture = new LogFixture()
  const log = await fixture.openLog()
  appendAndWrite(log, aBatch())
  fixture.flush(log)
  const before = countOf(fixture, 'sync')
  const order: string[] = []

  appendAndWrite(log, aBatch())
  log.flush(() => order.push(`first at ${log.recoveryPoint}`))
  for (let i = 0; i < 50; i++) {
    appendAndWrite(log, aBatch())
    log.flush(() => order.push(`rider at ${log.recoveryPoint}`))
  }
  assert.deepEqual(order, [])
  for (let i = 0; i < 10; i++) fixture.clock.advance(0)

  assert.equal(countOf(fixture, 'sync') - before, 2)
  assert.deepEqual(order, ['first at 2', ...Array<string>(50).fill('rider at 52')])
})

test('PartitionLog.flush(): the recovery point moves only after the directory of a new file is synced', async () => {
  const fixture = new LogFixture()
  const log = await fixture.openLog()
  appendAndWrite(log, aBatch())
  const points: number[] = []
  fixture.disk.onOperation = (operation) => {
    if (operation === 'sync' || operation === 'syncDirectory') points.push(log.recoveryPoint)
    return undefined
  }

  fixture.flush(log)

  // The segment, its directory, the directory that holds it (and the epochs, which are new too).
  assert.ok(points.length >= 3)
  assert.ok(points.every((point) => point === 0))
  assert.equal(log.recoveryPoint, 1)
})

test('PartitionLog.flush(): a callback may ask for the next flush', async () => {
  const fixture = new LogFixture()
  const log = await fixture.openLog()
  appendAndWrite(log, aBatch())
  const done: number[] = []

  log.flush(() => {
    done.push(1)
    log.flush(() => done.push(2))
  })
  for (let i = 0; i < 20; i++) fixture.clock.advance(0)

  assert.deepEqual(done, [1, 2])
})

test('PartitionLog.flush(): a failed sync fences the log for good and is never tried again', async () => {
  const fixture = new LogFixture()
  const log = await fixture.openLog()
  appendAndWrite(log, aBatch())
  fixture.flush(log)
  appendAndWrite(log, aBatch())
  fixture.disk.onOperation = (operation) => (operation === 'sync' ? { code: 'EIO' } : undefined)

  const error = fixture.flush(log)

  assert.equal(error?.name, 'StorageError')
  assert.match(error?.message ?? '', /Cannot sync log "\/data\/t-0"/)
  assert.equal(log.recoveryPoint, 1)
  // The disk says it is well again, and would report success for pages it has dropped.
  fixture.disk.onOperation = undefined
  const before = countOf(fixture, 'sync')
  assert.equal(append(log, aBatch()).errorCode, 56)
  assert.notEqual(fixture.flush(log), undefined)
  fixture.clock.advance(20_000)
  assert.equal(countOf(fixture, 'sync') - before, 2, 'only the checkpoint files are synced')
  assert.equal(log.recoveryPoint, 1)
})

test('PartitionLog.flush(): a log with a failed sync leaves no mark of a clean stop', async () => {
  const fixture = new LogFixture()
  const log = await fixture.openLog()
  appendAndWrite(log, aBatch())
  fixture.disk.onOperation = (operation, path) =>
    operation === 'sync' && path.endsWith('.log') ? { code: 'EIO' } : undefined
  fixture.flush(log)

  await fixture.settled(fixture.manager.close())

  assert.equal(fixture.disk.exists('/data/.kafka_cleanshutdown'), false)
})

test('LogManager: what is written is flushed within a second or two, or at 8 MiB', async () => {
  const fixture = new LogFixture()
  const log = await fixture.openLog()
  appendAndWrite(log, aBatch())
  assert.equal(log.recoveryPoint, 0)

  fixture.clock.advance(1000)
  fixture.clock.advance(0)
  assert.equal(log.recoveryPoint, 1)

  const big = aBatch({ values: ['x'.repeat(1_000_000)] })
  for (let i = 0; i < 9; i++) appendAndWrite(log, Buffer.from(big))
  for (let i = 0; i < 5; i++) fixture.clock.advance(0)
  assert.ok(log.recoveryPoint > 1)
})

test('LogManager: with flushPolicy never nothing is flushed until the log is rolled or closed', async () => {
  const fixture = new LogFixture({ config: { flushPolicy: 'never' } })
  const log = await fixture.openLog()
  appendAndWrite(log, aBatch())

  fixture.clock.advance(60_000)
  assert.equal(log.recoveryPoint, 0)

  await fixture.settled(fixture.manager.close())
  assert.equal(log.recoveryPoint, 1)
})

test('SyncGate: syncs of many logs run a few at a time, and all of them end', async () => {
  const fixture = new LogFixture({ syncsInFlightMax: 2 })
  const manager = await fixture.open()
  const logs = Array.from({ length: 10 }, (_, partition) =>
    manager.create({ topic: 'many', topicId: fixture.topicId, partition, config: fixture.config }),
  )
  const errors: Array<StorageError | undefined> = []

  for (const log of logs) {
    appendAndWrite(log, aBatch())
    log.flush((error) => errors.push(error))
  }
  for (let i = 0; i < 100; i++) fixture.clock.advance(0)

  assert.deepEqual(errors, Array(10).fill(undefined))
})

test('PartitionLog.flush(): no room for the leader epochs does not fence the log, and no old ones are believed after a crash', async () => {
  const fixture = new LogFixture()
  const log = await fixture.openLog()
  appendAndWrite(log, aBatch(), 3)
  assert.equal(fixture.flush(log), undefined)
  fixture.disk.onOperation = (operation, path) =>
    operation === 'open' && path.includes('leader-epoch') ? { code: 'ENOSPC' } : undefined
  appendAndWrite(log, aBatch(), 4)

  assert.equal(fixture.flush(log), undefined)

  assert.deepEqual([log.failure, log.recoveryPoint], [undefined, 2])
  const again = await fixture.crashAndOpenLog('power')
  assert.deepEqual([again.failure, again.logEndOffset], [undefined, 2])
  assert.deepEqual([again.epochForOffset(0), again.epochForOffset(1)], [3, 4])
})
