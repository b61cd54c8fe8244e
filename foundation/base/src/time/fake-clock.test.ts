import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeClock } from './fake-clock.ts'

test('FakeClock stands still until it is moved', () => {
  const clock = new FakeClock(1000)

  assert.equal(clock.wallMs(), 1000)
  assert.equal(clock.monotonicMs(), 0)

  clock.advance(250)

  assert.equal(clock.wallMs(), 1250)
  assert.equal(clock.monotonicMs(), 250)
})

test('FakeClock.advance() fires timers in the order of their time, ties in the order they were set', () => {
  const clock = new FakeClock()
  const fired: string[] = []
  clock.setTimer(20, () => fired.push('late'))
  clock.setTimer(10, () => fired.push('first of a tie'))
  clock.setTimer(10, () => fired.push('second of a tie'))
  clock.setTimer(5, () => fired.push('early'))

  clock.advance(20)

  assert.deepEqual(fired, ['early', 'first of a tie', 'second of a tie', 'late'])
})

test('FakeClock.advance() shows each timer its own time', () => {
  const clock = new FakeClock()
  const seenMs: number[] = []
  clock.setTimer(3, () => seenMs.push(clock.monotonicMs()))
  clock.setTimer(7, () => seenMs.push(clock.monotonicMs()))

  clock.advance(10)

  assert.deepEqual(seenMs, [3, 7])
  assert.equal(clock.monotonicMs(), 10)
})

test('FakeClock.advance() leaves timers that are not due', () => {
  const clock = new FakeClock()
  let isFired = false
  clock.setTimer(11, () => {
    isFired = true
  })

  clock.advance(10)

  assert.equal(isFired, false)
  assert.equal(clock.timerCount, 1)
  clock.advance(1)
  assert.equal(isFired, true)
  assert.equal(clock.timerCount, 0)
})

test('FakeClock.advance() fires timers set on the way when they are due on the way', () => {
  const clock = new FakeClock()
  const seenMs: number[] = []
  clock.setTimer(5, () => {
    clock.setTimer(5, () => seenMs.push(clock.monotonicMs()))
    clock.setTimer(6, () => seenMs.push(clock.monotonicMs()))
  })

  clock.advance(10)

  assert.deepEqual(seenMs, [10])
})

test('FakeClock.advance(0) runs immediates, also those that immediates set', () => {
  const clock = new FakeClock()
  const ran: string[] = []
  clock.setImmediate(() => {
    ran.push('first')
    clock.setImmediate(() => ran.push('second'))
  })

  clock.advance(0)

  assert.deepEqual(ran, ['first', 'second'])
  assert.equal(clock.monotonicMs(), 0)
})

test('FakeClock.advanceOne() fires one timer, and moves time no further than to it', () => {
  const clock = new FakeClock()
  const ran: string[] = []
  clock.setTimer(50, () => ran.push('timer'))
  clock.setImmediate(() => {
    ran.push('immediate')
    clock.setImmediate(() => ran.push('immediate of immediate'))
  })

  clock.advanceOne()

  assert.deepEqual(ran, ['immediate'])
  clock.advanceOne()
  assert.deepEqual(ran, ['immediate', 'immediate of immediate'])
  assert.equal(clock.monotonicMs(), 0)
  clock.advanceOne()
  assert.equal(clock.monotonicMs(), 50)
  assert.equal(clock.advanceOne(), false)
})

test('a timer of FakeClock that was cancelled does not fire', () => {
  const clock = new FakeClock()
  let firedCount = 0
  const cancelledEarly = clock.setTimer(10, () => firedCount++)
  const cancelledByOther = clock.setTimer(10, () => firedCount++)
  clock.setTimer(5, () => {
    cancelledByOther.cancel()
  })
  cancelledEarly.cancel()

  clock.advance(10)

  assert.equal(firedCount, 0)
  assert.equal(clock.timerCount, 0)
})

test('a timer of FakeClock fires once, and may be cancelled afterwards', () => {
  const clock = new FakeClock()
  let firedCount = 0
  const timer = clock.setTimer(1, () => firedCount++)

  clock.advance(5)
  timer.cancel()
  clock.advance(5)

  assert.equal(firedCount, 1)
})

test('FakeClock never goes back when a timer moves it itself', () => {
  const clock = new FakeClock()
  clock.setTimer(1, () => {
    clock.advance(100)
  })

  clock.advance(10)

  assert.equal(clock.monotonicMs(), 101)
})
