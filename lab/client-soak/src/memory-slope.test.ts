import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addSample, slopePerMinute, type MemorySample } from './memory-slope.ts'

const samplesOf = (heapBytesAt: (minute: number) => number) =>
  Array.from({ length: 10 }, (_, minute) => ({
    atMs: minute * 60_000,
    heapBytes: heapBytesAt(minute),
    rssBytes: 1000,
  }))

test('slopePerMinute() is the growth of a minute, without that of the warm-up', () => {
  const samples = samplesOf((minute) => (minute < 4 ? minute * 1e6 : 4e6 + minute * 50))

  assert.ok(Math.abs(slopePerMinute(samples, 'heapBytes') - 50) < 1e-6)
  assert.equal(slopePerMinute(samples, 'rssBytes'), 0)
  assert.equal(slopePerMinute(samples.slice(0, 1), 'heapBytes'), 0)
})

test('slopePerMinute() is not moved by a sample that was taken at a bad moment', () => {
  const samples = samplesOf((minute) => (minute === 9 ? 1e9 : 4e6 + minute * 50))

  assert.ok(Math.abs(slopePerMinute(samples, 'heapBytes') - 50) < 1e-6)
})

test('addSample() keeps a bounded number of samples of a run of any length', () => {
  const samples: MemorySample[] = []
  for (let i = 0; i < 10_000; i++) addSample(samples, { atMs: i, heapBytes: i, rssBytes: 0 })

  assert.ok(samples.length < 400)
  assert.equal(samples[0]?.atMs, 0)
})
