import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeClock } from '@ottla/base'
import { RebalanceTimer } from './rebalance-timer.ts'

function timerOf(timeoutMs: number) {
  const clock = new FakeClock()
  let expiredCount = 0
  const timer = new RebalanceTimer({
    clock,
    timeoutMs,
    onExpired: () => {
      expiredCount++
    },
  })
  return { clock, timer, expiredCount: () => expiredCount }
}

test('RebalanceTimer counts from when the coordinator last waited for nobody', () => {
  const { clock, timer, expiredCount } = timerOf(1000)
  const calmMs = clock.monotonicMs()
  clock.advance(300)
  timer.calm(calmMs)
  timer.isRunning = true

  clock.advance(699)
  assert.equal(expiredCount(), 0)
  clock.advance(1)

  assert.equal(expiredCount(), 1)
})

test('RebalanceTimer does not go back to an answer that was sent earlier', () => {
  const { clock, timer, expiredCount } = timerOf(1000)
  const earlierMs = clock.monotonicMs()
  clock.advance(500)
  timer.calm(clock.monotonicMs())
  timer.calm(earlierMs)
  timer.isRunning = true

  clock.advance(999)
  assert.equal(expiredCount(), 0)
  clock.advance(1)

  assert.equal(expiredCount(), 1)
})

test('RebalanceTimer expires once while others wait, and again when they wait anew', () => {
  const { clock, timer, expiredCount } = timerOf(1000)
  timer.calm(clock.monotonicMs())
  timer.isRunning = true
  clock.advance(1000)
  timer.isRunning = true
  clock.advance(5000)
  assert.equal(expiredCount(), 1)

  timer.isRunning = false
  timer.calm(clock.monotonicMs())
  timer.isRunning = true
  clock.advance(1000)

  assert.equal(expiredCount(), 2)
})

test('RebalanceTimer leaves no timer behind when nobody waits any more', () => {
  const { clock, timer, expiredCount } = timerOf(1000)
  timer.calm(clock.monotonicMs())
  timer.isRunning = true
  assert.equal(clock.timerCount, 1)

  timer.isRunning = false

  assert.equal(clock.timerCount, 0)
  clock.advance(5000)
  assert.equal(expiredCount(), 0)
})
