import assert from 'node:assert/strict'
import { test } from 'node:test'
import { StorageError } from '../storage-error.ts'
import { listeningLogger } from '../testing/listening-logger.ts'
import { aBatch, append, appendAndWrite, DIR, LogFixture, readAll } from '../testing/log-fixture.ts'

const SEGMENT = `${DIR}/t-0/00000000000000000000.log`

test('PartitionLog.write(): short writes are gone on with until all is written', async () => {
  const fixture = new LogFixture()
  const log = await fixture.openLog()
  for (let i = 0; i < 5; i++) append(log, aBatch({ values: [`value ${i}`] }))
  let bite = 1
  fixture.disk.onOperation = (operation) =>
    operation === 'write' ? { shortBytes: (bite = (bite * 7) % 50) + 1 } : undefined

  log.write()

  fixture.disk.onOperation = undefined
  const before = readAll(log)
  const again = await fixture.crashAndOpenLog('process')
  assert.equal(again.logEndOffset, 5)
  assert.deepEqual(readAll(again), before)
})

test('PartitionLog.write(): a full disk takes back the whole turn and the log goes on when there is space', async () => {
  const fixture = new LogFixture()
  const log = await fixture.openLog()
  const batch = (sequence: number): Buffer =>
    aBatch({ values: ['x'.repeat(100)], producerId: 3, producerEpoch: 0, baseSequence: sequence })
  appendAndWrite(log, batch(0))
  const sizeBytes = log.sizeInBytes
  fixture.disk.capacityBytes = usedBytes(fixture) + 250

  for (let i = 1; i < 4; i++) assert.equal(append(log, batch(i)).errorCode, 0)
  assert.throws(
    () => {
      log.write()
    },
    (error) => error instanceof StorageError && error.code === 'ENOSPC',
  )

  assert.deepEqual([log.logEndOffset, log.sizeInBytes], [1, sizeBytes])
  assert.equal(fixture.disk.sizeInBytes(SEGMENT), sizeBytes)
  assert.equal(append(log, batch(1)).errorCode, 56, 'refused while the disk was just seen full')
  fixture.disk.capacityBytes = Number.MAX_SAFE_INTEGER
  fixture.clock.advance(1000)
  const outcomes = [1, 2, 3].map((sequence) => appendAndWrite(log, batch(sequence)))
  assert.deepEqual(
    outcomes.map(({ errorCode, baseOffset }) => [errorCode, baseOffset]),
    [
      [0, 1],
      [0, 2],
      [0, 3],
    ],
  )
  const before = readAll(log)
  assert.deepEqual(readAll(await fixture.crashAndOpenLog('process')), before)
})

test('PartitionLog.write(): another write error fences the log; what was written stays readable', async () => {
  const fixture = new LogFixture()
  const log = await fixture.openLog()
  appendAndWrite(log, aBatch())
  fixture.disk.onOperation = (operation) => (operation === 'write' ? { code: 'EIO' } : undefined)
  append(log, aBatch())

  assert.throws(() => {
    log.write()
  }, /Cannot append to log "\/data\/t-0\/0{20}\.log"/)

  fixture.disk.onOperation = undefined
  fixture.clock.advance(100_000)
  assert.equal(append(log, aBatch()).errorCode, 56)
  assert.equal(log.logEndOffset, 1)
  assert.equal(readAll(log).length, log.sizeInBytes)
})

test('PartitionLog: a write that fails because a segment is rolled in the middle of a turn is reported at its end', async () => {
  const fixture = new LogFixture({ config: { segmentBytes: 300 } })
  const log = await fixture.openLog()
  const batch = (): Buffer => aBatch({ values: ['x'.repeat(100)] })
  assert.equal(append(log, batch()).errorCode, 0)
  fixture.disk.onOperation = (operation) => (operation === 'write' ? { code: 'ENOSPC' } : undefined)

  assert.equal(append(log, batch()).errorCode, 56)
  fixture.disk.onOperation = undefined

  assert.throws(() => {
    log.write()
  }, /the disk is full/)
  assert.equal(log.logEndOffset, 0)
  log.write()
})

test('PartitionLog: a roll that fails leaves the log on its segment', async () => {
  const fixture = new LogFixture({ config: { segmentBytes: 300 } })
  const log = await fixture.openLog()
  const batch = (): Buffer => aBatch({ values: ['x'.repeat(100)] })
  appendAndWrite(log, batch())
  fixture.disk.onOperation = (operation, path) =>
    operation === 'open' && path.endsWith('.snapshot') ? { code: 'ENOSPC' } : undefined

  const refused = append(log, batch())
  assert.equal(refused.errorCode, 56)
  assert.match(refused.errorMessage ?? '', /Cannot roll .*: the disk is full; free some space$/)
  assert.equal(log.segmentCount, 1)
  fixture.disk.onOperation = undefined
  fixture.clock.advance(1000)

  assert.equal(appendAndWrite(log, batch()).baseOffset, 1)
  assert.equal(log.segmentCount, 2)
  assert.equal(appendAndWrite(log, batch()).baseOffset, 2)
})

test('PartitionLog.append(): the operator is told which file failed, a client is not', async () => {
  const { logger, errors } = listeningLogger()
  const fixture = new LogFixture({ logger, config: { segmentBytes: 300 } })
  const log = await fixture.openLog()
  const batch = (): Buffer => aBatch({ values: ['x'.repeat(100)] })
  appendAndWrite(log, batch())
  fixture.disk.onOperation = (operation, path) =>
    operation === 'open' && path.endsWith('.snapshot') ? { code: 'EIO' } : undefined

  // Again and again: a client that is refused tries at once.
  const refused = Array.from({ length: 10 }, () => append(log, batch()))

  for (const { errorMessage } of refused) {
    assert.equal(errorMessage, 'Cannot roll the log: EIO; check the disk')
  }
  assert.equal(errors.length, 1)
  assert.match(errors[0] ?? '', /Cannot append to a log .*\/data\/t-0\/0{19}1\.snapshot/)
  fixture.clock.advance(1000)
  append(log, batch())
  assert.equal(errors.length, 2)
})

test('PartitionLog.append(): a log that refuses says why without naming files', async () => {
  const fixture = new LogFixture()
  const log = await fixture.openLog()
  fixture.disk.onOperation = (operation) => (operation === 'write' ? { code: 'EIO' } : undefined)
  append(log, aBatch())
  assert.throws(() => {
    log.write()
  }, StorageError)

  assert.equal(
    append(log, aBatch()).errorMessage,
    'Cannot append to the log: EIO; check the disk and restart the broker',
  )
})

function usedBytes(fixture: LogFixture): number {
  const { disk } = fixture
  let bytes = 0
  for (const name of disk.list(`${DIR}/t-0`)) bytes += disk.sizeInBytes(`${DIR}/t-0/${name}`)
  for (const name of disk.list(DIR)) bytes += disk.sizeInBytes(`${DIR}/${name}`)
  return bytes
}
