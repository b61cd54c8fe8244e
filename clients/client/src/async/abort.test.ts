import assert from 'node:assert/strict'
import { test } from 'node:test'
import { getEventListeners } from 'node:events'
import { FakeClock } from '@ottla/base'
import { linkedSignal, pause, untilAborted } from './abort.ts'

const REASON = new Error('enough')

function listenerCount(signal: AbortSignal): number {
  return getEventListeners(signal, 'abort').length
}

test('untilAborted() gives what the promise gives, and listens no more', async () => {
  const { signal } = new AbortController()

  assert.equal(await untilAborted(Promise.resolve(7), signal), 7)
  await assert.rejects(untilAborted(Promise.reject(REASON), signal), REASON)
  assert.equal(await untilAborted(Promise.resolve(7), undefined), 7)

  assert.equal(listenerCount(signal), 0)
})

test('untilAborted() rejects with the reason of the signal, before and during the wait', async () => {
  const controller = new AbortController()
  const during = untilAborted(new Promise<void>(() => {}), controller.signal)
  controller.abort(REASON)
  await assert.rejects(during, REASON)

  // What fails afterwards is heard by nobody, and does not end the process.
  await assert.rejects(untilAborted(Promise.reject(new RangeError()), controller.signal), REASON)
  assert.equal(listenerCount(controller.signal), 0)
})

test('pause() ends after its time and leaves nothing behind', async () => {
  const clock = new FakeClock()
  const { signal } = new AbortController()
  const paused = pause(clock, 100, signal)
  clock.advance(99)
  assert.equal(clock.timerCount, 1)
  clock.advance(1)

  await paused

  assert.equal(clock.timerCount, 0)
  assert.equal(listenerCount(signal), 0)
})

test('pause() is given up by the signal, with its reason and without a timer', async () => {
  const clock = new FakeClock()
  const controller = new AbortController()
  const paused = pause(clock, 100, controller.signal)
  controller.abort(REASON)

  await assert.rejects(paused, REASON)
  await assert.rejects(pause(clock, 100, controller.signal), REASON)
  assert.equal(clock.timerCount, 0)
})

test('linkedSignal() aborts with the first of its signals, and lets go of them', () => {
  const [one, other] = [new AbortController(), new AbortController()]
  const linked = linkedSignal(one.signal, undefined, other.signal)
  assert.equal(linked.signal.aborted, false)
  other.abort(REASON)
  one.abort(new Error('later'))
  assert.equal(linked.signal.reason, REASON)

  assert.equal(linkedSignal(other.signal).signal.reason, REASON)
  const third = new AbortController()
  const released = linkedSignal(third.signal)
  released.release()
  assert.equal(listenerCount(third.signal), 0)
  third.abort(REASON)
  assert.equal(released.signal.aborted, false)
})
