import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LogConfig } from '../log-config.ts'
import type { PartitionLog } from '../partition-log.ts'
import { aBatch, appendAndWrite, LogFixture } from '../testing/log-fixture.ts'

/** Time passes in steps; what waits for the device is done within the last of them. */
function pass(fixture: LogFixture, ms: number): void {
  fixture.clock.advance(ms)
  for (let i = 0; i < 10; i++) fixture.clock.advance(0)
}

async function aLog(
  config: Partial<LogConfig>,
): Promise<{ fixture: LogFixture; log: PartitionLog }> {
  const fixture = new LogFixture({ config })
  return { fixture, log: await fixture.openLog() }
}

test('flush.ms: a log is on the device that long after it was written, and no sooner', async () => {
  const { fixture, log } = await aLog({ flushMs: 50 })
  const timerCount = fixture.clock.timerCount
  appendAndWrite(log, aBatch())
  pass(fixture, 30)
  appendAndWrite(log, aBatch())
  assert.equal(fixture.clock.timerCount, timerCount + 1, 'one timer, however often it is written')

  pass(fixture, 19)
  assert.equal(log.recoveryPoint, 0)
  pass(fixture, 1)

  assert.equal(log.recoveryPoint, 2)
  assert.equal(fixture.clock.timerCount, timerCount, 'none for a log that is idle')
  appendAndWrite(log, aBatch())
  pass(fixture, 50)
  assert.equal(log.recoveryPoint, 3)
})

test('flush.ms of a second or more leaves it to the flush of every second', async () => {
  for (const flushMs of [1000, 60_000, Number.MAX_SAFE_INTEGER]) {
    const { fixture, log } = await aLog({ flushMs })
    const timerCount = fixture.clock.timerCount
    appendAndWrite(log, aBatch())

    assert.equal(fixture.clock.timerCount, timerCount)
    pass(fixture, 1000)

    assert.equal(log.recoveryPoint, 1)
  }
})

test('flush.ms=0 flushes whatever was written, at once', async () => {
  const { fixture, log } = await aLog({ flushMs: 0 })
  for (let i = 1; i <= 3; i++) {
    appendAndWrite(log, aBatch())
    pass(fixture, 0)
    assert.equal(log.recoveryPoint, i)
  }
})

test('flush.ms: what is written while a flush runs has its own time, and the device is asked once at a time', async () => {
  const { fixture, log } = await aLog({ flushMs: 50 })
  appendAndWrite(log, aBatch())
  let syncs = 0
  fixture.disk.onOperation = (operation, path) => {
    if (operation !== 'sync' || !path.endsWith('.log')) return undefined
    syncs++
    // Half of the time has passed for them when this flush ends.
    if (syncs === 1) {
      for (let i = 0; i < 5; i++) appendAndWrite(log, aBatch())
      fixture.clock.advance(25)
    }
    return undefined
  }
  pass(fixture, 50)
  assert.deepEqual([syncs, log.recoveryPoint], [1, 1])

  pass(fixture, 24)
  assert.deepEqual([syncs, log.recoveryPoint], [1, 1])
  pass(fixture, 1)

  assert.deepEqual([syncs, log.recoveryPoint], [2, 6])
})

test('flush.ms: the policy "never" wins, and a log that failed is left alone', async () => {
  const never = await aLog({ flushMs: 50, flushPolicy: 'never' })
  appendAndWrite(never.log, aBatch())
  pass(never.fixture, 50)
  assert.equal(never.log.recoveryPoint, 0)

  const failing = await aLog({ flushMs: 50 })
  const timerCount = failing.fixture.clock.timerCount
  appendAndWrite(failing.log, aBatch())
  failing.fixture.disk.onOperation = (operation) =>
    operation === 'sync' ? { code: 'EIO' } : undefined
  pass(failing.fixture, 50)
  assert.notEqual(failing.log.failure, undefined)
  failing.fixture.disk.onOperation = undefined
  assert.equal(failing.fixture.clock.timerCount, timerCount)
})

test('flush.ms: a log that is deleted, and a manager that is closed, leave no timer', async () => {
  const { fixture, log } = await aLog({ flushMs: 50, fileDeleteDelayMs: 10_000 })
  appendAndWrite(log, aBatch())
  const timerCount = fixture.clock.timerCount
  fixture.manager.delete('t', 0)
  // That of the flush went, that of the removal came.
  assert.equal(fixture.clock.timerCount, timerCount)

  const { config, topicId } = fixture
  appendAndWrite(fixture.manager.create({ topic: 't', topicId, partition: 0, config }), aBatch())
  await fixture.settled(fixture.manager.close())

  assert.equal(fixture.clock.timerCount, 0)
})

test('flush.ms that is given to a topic later holds for what is written next', async () => {
  const { fixture, log } = await aLog({})
  log.updateConfig({ ...log.config, flushMs: 50 })
  appendAndWrite(log, aBatch())

  pass(fixture, 50)

  assert.equal(log.recoveryPoint, 1)
})
