import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeClock } from '@ottla/base'
import { DeadlineTimer } from './deadline-timer.ts'

function aTimer(): { clock: FakeClock; timer: DeadlineTimer; firedAtMs: number[] } {
  const clock = new FakeClock()
  const firedAtMs: number[] = []
  const timer = new DeadlineTimer(clock, () => firedAtMs.push(clock.monotonicMs()))
  return { clock, timer, firedAtMs }
}

test('DeadlineTimer fires once, at the last deadline that was set', () => {
  const { clock, timer, firedAtMs } = aTimer()

  timer.set(100)
  clock.advance(60)
  timer.set(100)
  clock.advance(1000)

  assert.deepEqual(firedAtMs, [160])
})

test('DeadlineTimer.set() to a later time leaves the timer of the clock alone', () => {
  const { clock, timer } = aTimer()
  timer.set(100)

  for (let i = 0; i < 50; i++) timer.set(100 + i)

  assert.equal(clock.timerCount, 1)
})

test('DeadlineTimer.set() to an earlier time fires earlier', () => {
  const { clock, timer, firedAtMs } = aTimer()

  timer.set(300_000)
  timer.set(10)
  clock.advance(400_000)

  assert.deepEqual(firedAtMs, [10])
})

test('DeadlineTimer.cancel() keeps it from firing and takes its timer along', () => {
  const { clock, timer, firedAtMs } = aTimer()
  timer.set(100)

  timer.cancel()
  clock.advance(1000)

  assert.deepEqual(firedAtMs, [])
  assert.equal(clock.timerCount, 0)
})

test('DeadlineTimer waits longer than one timer of the platform can', () => {
  const { clock, timer, firedAtMs } = aTimer()
  const delayMs = 5 * 2 ** 31

  timer.set(delayMs)
  clock.advance(delayMs - 1)
  const before = [...firedAtMs]
  clock.advance(1)

  assert.deepEqual(before, [])
  assert.deepEqual(firedAtMs, [delayMs])
})
