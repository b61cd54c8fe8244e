import assert from 'node:assert/strict'
import { test } from 'node:test'
import { median, medianInterval } from './statistics.ts'

test('median() is the middle, or the mean of the two in the middle', () => {
  assert.equal(median([3, 1, 2]), 2)
  assert.equal(median([4, 1, 3, 2]), 2.5)
  assert.ok(Number.isNaN(median([])))
})

test('medianInterval() encloses the median and repeats itself', () => {
  const values = [1, 1.1, 0.9, 1.4, 1.2]
  const interval = medianInterval(values)
  assert.ok(interval.low <= 1.1 && interval.high >= 1.1 && interval.low < interval.high)
  assert.deepEqual(medianInterval(values), interval)
})

test('medianInterval() of equal values has no width', () => {
  assert.deepEqual(medianInterval([2, 2, 2]), { low: 2, high: 2 })
})
