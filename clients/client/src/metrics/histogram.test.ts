import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Histogram } from './histogram.ts'

test('Histogram knows count, sum, mean and largest exactly', () => {
  const histogram = new Histogram()
  for (const value of [1, 2, 3, 10]) histogram.record(value)

  const { count, sum, mean, max } = histogram.snapshot()

  assert.deepEqual([count, sum, mean, max], [4, 16, 4, 10])
})

test('Histogram is all zero while nothing was recorded', () => {
  assert.deepEqual(new Histogram().snapshot(), {
    count: 0,
    sum: 0,
    mean: 0,
    max: 0,
    p50: 0,
    p99: 0,
  })
})

test('Histogram.snapshot() has percentiles that are a fifth too high at most, over all sizes', () => {
  for (const scale of [0.1, 1, 1000, 1_000_000]) {
    const histogram = new Histogram()
    for (let i = 1; i <= 1000; i++) histogram.record(i * scale)

    const { p50, p99 } = histogram.snapshot()

    assert.ok(p50 >= 500 * scale && p50 <= 500 * scale * 1.2, `${p50} at ${scale}`)
    assert.ok(p99 >= 990 * scale && p99 <= 1000 * scale, `${p99} at ${scale}`)
  }
})

test('Histogram takes what is below its first and beyond its last bucket', () => {
  const histogram = new Histogram()
  for (const value of [0, -1, 1e-9]) histogram.record(value)
  assert.ok(histogram.snapshot().p99 <= 2 ** -7)

  histogram.record(1e15)
  assert.equal(histogram.snapshot().max, 1e15)
  assert.ok(histogram.snapshot().p99 > 1e9)
})
