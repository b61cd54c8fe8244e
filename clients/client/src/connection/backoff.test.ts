import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom, type Random } from '@ottla/base'
import { backoffMs } from './backoff.ts'

function always(fraction: number): Random {
  return { fraction: () => fraction, bytes: (byteCount) => Buffer.alloc(byteCount) }
}

test('backoffMs() doubles up to its ceiling, and stays there', () => {
  const delays = [1, 2, 3, 4, 5, 6, 2000].map((attempt) => backoffMs(always(0.5), attempt))

  assert.deepEqual(delays, [100, 200, 400, 800, 1000, 1000, 1000])
})

test('backoffMs() spreads by a fifth either way', () => {
  assert.equal(backoffMs(always(0), 1), 80)
  assert.ok(backoffMs(always(0.999), 1) > 119 && backoffMs(always(0.999), 1) < 120)
  const random = seededRandom(1)
  const delays = new Set(Array.from({ length: 100 }, () => backoffMs(random, 1)))
  assert.ok(delays.size > 90)
})

test('backoffMs() takes the times of the options', () => {
  const options = { firstMs: 50, maxMs: 150 }

  assert.deepEqual(
    [1, 2, 3].map((attempt) => backoffMs(always(0.5), attempt, options)),
    [50, 100, 150],
  )
})
