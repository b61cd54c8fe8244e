import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemClock } from './system-clock.ts'

test('systemClock reads the time of the process', () => {
  const before = Date.now()

  const wallMs = systemClock.wallMs()

  assert.ok(wallMs >= before && wallMs <= Date.now())
  const monotonicMs = systemClock.monotonicMs()
  assert.ok(systemClock.monotonicMs() >= monotonicMs)
})

test('systemClock.setTimer() fires once, after the delay', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  let firedCount = 0
  systemClock.setTimer(100, () => firedCount++)

  t.mock.timers.tick(99)
  assert.equal(firedCount, 0)

  t.mock.timers.tick(1)
  assert.equal(firedCount, 1)
  t.mock.timers.tick(1000)
  assert.equal(firedCount, 1)
})

test('systemClock.setTimer() gives a timer that can be cancelled', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  let firedCount = 0
  const timer = systemClock.setTimer(100, () => firedCount++)

  timer.cancel()

  t.mock.timers.tick(1000)
  assert.equal(firedCount, 0)
})

// Node takes a delay above 2^31 - 1 for 1 ms: "never" in a configuration would be at once.
test('systemClock.setTimer() waits for delays that Node can not take', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const monthMs = 31 * 24 * 60 * 60 * 1000
  let firedCount = 0
  systemClock.setTimer(monthMs, () => firedCount++)

  // In two steps: a timer that is set during a tick counts from the end of it.
  t.mock.timers.tick(2 ** 31 - 1)
  t.mock.timers.tick(monthMs - 2 ** 31)
  assert.equal(firedCount, 0)

  t.mock.timers.tick(1)
  assert.equal(firedCount, 1)
})

test('systemClock.setTimer() can be cancelled in any piece of a long delay', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  let firedCount = 0
  const timer = systemClock.setTimer(Number.MAX_SAFE_INTEGER, () => firedCount++)

  t.mock.timers.tick(2 ** 31)
  timer.cancel()

  t.mock.timers.tick(2 ** 33)
  assert.equal(firedCount, 0)
})

test('systemClock.setImmediate() runs after the events of this turn', async () => {
  const ran: string[] = []
  await new Promise<void>((resolve) => {
    systemClock.setImmediate(() => {
      ran.push('immediate')
      resolve()
    })
    ran.push('this turn')
  })

  assert.deepEqual(ran, ['this turn', 'immediate'])
})
