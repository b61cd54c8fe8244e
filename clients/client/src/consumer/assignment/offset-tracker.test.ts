import assert from 'node:assert/strict'
import { test } from 'node:test'
import { OffsetTracker } from './offset-tracker.ts'

test('OffsetTracker stays at the oldest record that is not done, whatever is done after it', () => {
  const tracker = new OffsetTracker()
  const [first, second, third] = [10, 11, 15].map((offset) => tracker.begin(offset, 0))

  tracker.end(second as number)
  tracker.end(third as number)

  assert.equal(tracker.firstOffset, 10)
  tracker.end(first as number)
  assert.ok(tracker.isEmpty)
})

test('OffsetTracker keeps offsets and epochs when it grows, wherever its ring begins', () => {
  const tracker = new OffsetTracker()
  for (let i = 0; i < 10; i++) tracker.end(tracker.begin(i, 0))
  const numbers = Array.from({ length: 100 }, (_, i) => tracker.begin(1000 + i, i))

  for (const [i, number] of numbers.entries()) {
    assert.equal(tracker.firstOffset, 1000 + i)
    assert.equal(tracker.firstEpoch, i)
    tracker.end(number)
  }

  assert.ok(tracker.isEmpty)
})

test('OffsetTracker.end() of what was begun before a clear changes nothing', () => {
  const tracker = new OffsetTracker()
  const old = tracker.begin(5, 0)
  tracker.clear()
  tracker.begin(3, 0)

  tracker.end(old)

  assert.equal(tracker.firstOffset, 3)
  assert.equal(tracker.size, 1)
})
