import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  aBatch,
  append,
  appendAndWrite,
  baseOffsets,
  LogFixture,
  readAll,
} from './testing/log-fixture.ts'

test('PartitionLog.append() assigns offsets without gaps', async () => {
  const log = await new LogFixture().openLog()

  const first = append(log, aBatch({ values: ['a', 'b', 'c'] }))
  const second = append(log, aBatch({ values: ['d'] }))
  log.write()

  assert.deepEqual([first.errorCode, first.baseOffset, first.lastOffset], [0, 0, 2])
  assert.deepEqual([second.errorCode, second.baseOffset, second.lastOffset], [0, 3, 3])
  assert.equal(log.logEndOffset, 4)
  assert.deepEqual(baseOffsets(readAll(log)), [0, 3])
})

test('PartitionLog: what was appended is not readable before write()', async () => {
  const log = await new LogFixture().openLog()

  append(log, aBatch())

  const options = { maxBytes: 1000, upToOffset: 1, minOneBatch: true }
  assert.equal(log.locate(0, options), undefined)
  log.write()
  assert.equal(log.locate(0, options)?.isHot, true)
})

test('PartitionLog: the log is the same after a clean stop', async () => {
  const fixture = new LogFixture()
  let log = await fixture.openLog()
  for (let i = 0; i < 100; i++) appendAndWrite(log, aBatch({ values: [`value ${i}`] }))
  const before = readAll(log)

  log = await fixture.closeAndOpenLog()

  assert.equal(log.logEndOffset, 100)
  assert.deepEqual(readAll(log), before)
  assert.equal(log.recoveryPoint, 100)
  assert.equal(appendAndWrite(log, aBatch()).baseOffset, 100)
})

test('PartitionLog: the log is the same after the process was killed', async () => {
  const fixture = new LogFixture()
  let log = await fixture.openLog()
  for (let i = 0; i < 100; i++) appendAndWrite(log, aBatch({ values: [`value ${i}`] }))
  const before = readAll(log)

  log = await fixture.crashAndOpenLog('process')

  assert.deepEqual(readAll(log), before)
  assert.equal(appendAndWrite(log, aBatch()).baseOffset, 100)
})

test('PartitionLog: what was flushed survives the loss of power', async () => {
  const fixture = new LogFixture()
  let log = await fixture.openLog()
  for (let i = 0; i < 50; i++) appendAndWrite(log, aBatch({ values: [`value ${i}`] }))
  assert.equal(fixture.flush(log), undefined)
  assert.equal(log.recoveryPoint, 50)
  const flushed = readAll(log)
  for (let i = 0; i < 50; i++) appendAndWrite(log, aBatch({ values: [`lost ${i}`] }))

  log = await fixture.crashAndOpenLog('power')

  assert.ok(log.logEndOffset >= 50)
  assert.deepEqual(readAll(log).subarray(0, flushed.length), flushed)
})

test('PartitionLog: segments roll by size and reads go across them', async () => {
  const fixture = new LogFixture({ config: { segmentBytes: 500 }, tailCacheBytesMax: 0 })
  let log = await fixture.openLog()
  for (let i = 0; i < 40; i++) append(log, aBatch({ values: ['x'.repeat(50)] }))
  log.write()
  assert.ok(log.segmentCount > 5)
  assert.deepEqual(
    baseOffsets(readAll(log)),
    Array.from({ length: 40 }, (_, i) => i),
  )
  const before = readAll(log)

  log = await fixture.crashAndOpenLog('process')
  assert.deepEqual(readAll(log), before)
  log = await fixture.closeAndOpenLog()
  assert.deepEqual(readAll(log), before)
})
