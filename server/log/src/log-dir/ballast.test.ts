import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LogErrorCode } from '../log-error-code.ts'
import { aBatch, append, appendAndWrite, DIR, LogFixture, readAll } from '../testing/log-fixture.ts'
import { BALLAST_BYTES, BALLAST_FILE } from './ballast.ts'

const BALLAST = `${DIR}/${BALLAST_FILE}`

function fill(fixture: LogFixture): void {
  const { disk } = fixture
  disk.capacityBytes = 1e9
  disk.capacityBytes = 1e9 - disk.freeBytes(DIR)
}

test('LogManager.open() keeps a ballast that is really written', async () => {
  const fixture = new LogFixture()
  await fixture.open()

  assert.equal(fixture.disk.sizeInBytes(BALLAST), BALLAST_BYTES)
})

test('LogManager.open() on a disk without a free byte: readers are served, records are refused until there is room', async () => {
  const fixture = new LogFixture()
  const log = await fixture.openLog()
  appendAndWrite(log, aBatch())
  assert.equal(fixture.flush(log), undefined)
  fixture.disk.crash('power')
  // The next start has something to write down: that it is another boot.
  fixture.disk.open(BALLAST, { create: true }).write([Buffer.alloc(BALLAST_BYTES)], 0)
  fill(fixture)

  const again = await fixture.openLog()

  assert.equal(again.failure, undefined)
  assert.ok(readAll(again).length > 0)
  const refused = append(again, aBatch())
  assert.equal(refused.errorCode, LogErrorCode.KAFKA_STORAGE_ERROR)
  assert.match(refused.errorMessage ?? '', /disk is full; free some space/)
  assert.equal(fixture.disk.exists(BALLAST), false)
  fixture.clock.advance(1000)
  assert.equal(append(again, aBatch()).errorCode, LogErrorCode.KAFKA_STORAGE_ERROR)
  fixture.disk.capacityBytes += 2 * BALLAST_BYTES
  fixture.clock.advance(1000)
  assert.equal(fixture.disk.sizeInBytes(BALLAST), BALLAST_BYTES)
  assert.equal(appendAndWrite(again, aBatch()).baseOffset, 1)
})

test('LogManager.close() on a full disk is a clean stop, and leaves room for the next start', async () => {
  const fixture = new LogFixture()
  const log = await fixture.openLog()
  appendAndWrite(log, aBatch())
  fill(fixture)

  await fixture.settled(fixture.manager.close())

  assert.ok(fixture.disk.exists(`${DIR}/.kafka_cleanshutdown`))
  assert.ok(fixture.disk.sizeInBytes(BALLAST) > BALLAST_BYTES / 2)
  assert.equal(fixture.disk.freeBytes(DIR), 0)
  const again = await fixture.openLog()
  assert.equal(again.logEndOffset, 1)
})

test('LogManager.open() on a full disk without a ballast says what to do', async () => {
  const fixture = new LogFixture()
  await fixture.openLog()
  fixture.disk.crash('power')
  if (fixture.disk.exists(BALLAST)) fixture.disk.unlink(BALLAST)
  fill(fixture)

  await assert.rejects(fixture.open(), {
    name: 'StorageError',
    message: `Cannot open the log directory "${DIR}": the disk is full; free some space`,
  })
})

test('LogManager.open() makes no ballast on a disk that has little room, and takes records', async () => {
  const fixture = new LogFixture()
  fixture.disk.capacityBytes = BALLAST_BYTES + 1000

  const log = await fixture.openLog()

  assert.equal(fixture.disk.exists(BALLAST), false)
  assert.equal(appendAndWrite(log, aBatch()).errorCode, LogErrorCode.NONE)
})

test('LogManager.create() on a full disk leaves nothing half made', async () => {
  const fixture = new LogFixture()
  const manager = await fixture.open()
  fill(fixture)

  const { config, topicId } = fixture
  assert.throws(() => manager.create({ topic: 't', topicId, partition: 0, config }), {
    name: 'StorageError',
    message: `Cannot create log "${DIR}/t-0": the disk is full; free some space`,
  })

  assert.equal(fixture.disk.exists(`${DIR}/t-0`), false)
  assert.equal(manager.get('t', 0), undefined)
})
