import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeClock } from '@ottla/base'
import { heartbeatTimeoutMs, SessionTimer } from './session-timer.ts'

function setUp() {
  const clock = new FakeClock()
  const expiredMs: number[] = []
  const timer = new SessionTimer({
    clock,
    timeoutMs: 100,
    onExpired: () => expiredMs.push(clock.monotonicMs()),
  })
  return { clock, timer, expiredMs }
}

test('SessionTimer expires once, its timeout after it was heard last', () => {
  const { clock, timer, expiredMs } = setUp()
  timer.hear()
  clock.advance(60)
  timer.hear()

  clock.advance(1000)

  assert.deepEqual(expiredMs, [160])
  assert.equal(clock.timerCount, 0)
})

test('SessionTimer counts from when the request was sent that was answered', () => {
  const { clock, timer, expiredMs } = setUp()
  timer.hear()
  clock.advance(60)
  timer.hear(40)

  clock.advance(1000)

  assert.deepEqual(expiredMs, [140])
})

test('SessionTimer stands still while it is suspended, and goes on from what it heard', () => {
  const { clock, timer, expiredMs } = setUp()
  timer.hear()
  timer.suspend()
  clock.advance(500)
  assert.deepEqual(expiredMs, [])

  timer.resume()
  clock.advance(0)

  assert.deepEqual(expiredMs, [500])
})

test('SessionTimer sets no timer for a rest that no clock can measure', () => {
  const { clock, timer, expiredMs } = setUp()
  timer.hear()
  clock.advance(50)
  timer.hear(1e-12)

  clock.advance(1000)

  assert.equal(expiredMs.length, 1)
})

test('SessionTimer does not resume what was never heard, and leaves no timer when it stops', () => {
  const { clock, timer, expiredMs } = setUp()
  timer.resume()
  timer.hear()
  timer.stop()
  timer.resume()

  clock.advance(1000)

  assert.deepEqual(expiredMs, [])
  assert.equal(clock.timerCount, 0)
})

test('heartbeatTimeoutMs() leaves time for another attempt within the session', () => {
  assert.equal(heartbeatTimeoutMs({ sessionTimeoutMs: 9000 }, { requestTimeoutMs: 30_000 }), 3000)
  assert.equal(
    heartbeatTimeoutMs({ sessionTimeoutMs: 900_000 }, { requestTimeoutMs: 30_000 }),
    30_000,
  )
})
