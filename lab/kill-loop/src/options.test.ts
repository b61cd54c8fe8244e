import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseOptions } from './options.ts'

test('parseOptions() kills 200 times by default, and until the time is over with --minutes', () => {
  const byDefault = parseOptions([], () => 7)
  const timed = parseOptions(['--minutes', '30'], () => 7)

  assert.equal(byDefault.killCount, 200)
  assert.equal(byDefault.seed, 7)
  assert.equal(timed.killCount, Infinity)
  assert.equal(timed.msMax, 1_800_000)
})

test('parseOptions() refuses what it does not know', () => {
  assert.throws(() => parseOptions(['--kills', 'many'], () => 7), /--kills "many"/)
  assert.throws(() => parseOptions(['--broker', 'other'], () => 7), /other/)
})
