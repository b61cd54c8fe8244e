import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { LatencyHistogram } from './latency-histogram.ts'

test('LatencyHistogram.percentileMs() is within 1 % of the exact value, and never below it', () => {
  const latency = fc.double({ min: 0, max: 600_000, noNaN: true })
  fc.assert(
    fc.property(
      fc.array(latency, { minLength: 1, maxLength: 200 }),
      fc.double({ min: 0.001, max: 1, noNaN: true }),
      (latencies, share) => {
        const histogram = new LatencyHistogram()
        for (const ms of latencies) histogram.record(ms)
        const sorted = latencies.map((ms) => Math.round(ms * 1000) / 1000).sort((a, b) => a - b)
        const exact = sorted[Math.ceil(share * sorted.length) - 1] as number

        const found = histogram.percentileMs(share)

        assert.ok(found >= exact - 1e-9 && found <= exact * 1.01 + 0.001, `${found} for ${exact}`)
      },
    ),
  )
})

test('LatencyHistogram.summary() keeps the smallest, the largest and the mean exactly', () => {
  const histogram = new LatencyHistogram()
  for (const ms of [1, 2, 3, 1000]) histogram.record(ms)

  const { count, min, mean, max, p50 } = histogram.summary()

  assert.deepEqual([count, min, mean, max], [4, 1, 251.5, 1000])
  assert.ok(p50 >= 2 && p50 < 2.02)
})

test('LatencyHistogram takes what is out of range for its edges', () => {
  const histogram = new LatencyHistogram()
  histogram.record(-5)
  histogram.record(1e12)

  assert.equal(histogram.summary().min, 0)
  assert.equal(histogram.summary().max, 0x7fffffff / 1000)
})

test('LatencyHistogram without records has no percentiles and a summary of zeros', () => {
  const histogram = new LatencyHistogram()

  assert.ok(Number.isNaN(histogram.percentileMs(0.5)))
  assert.equal(histogram.summary().p99, 0)
})
