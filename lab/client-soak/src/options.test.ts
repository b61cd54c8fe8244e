import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseOptions } from './options.ts'

test('parseOptions() takes numbers with fractions and has defaults', () => {
  const options = parseOptions(['--minutes', '0.5', '--broker', 'kafka', '--json'])

  assert.deepEqual(options, {
    isHelp: false,
    isJson: true,
    broker: 'kafka',
    minutes: 0.5,
    rate: 2000,
    everySeconds: 8,
  })
})

test('parseOptions() refuses in words what makes no sense', () => {
  assert.throws(() => parseOptions(['--minutes', 'long']), /--minutes is "long"/)
  assert.throws(() => parseOptions(['--rate', '-1']), /--rate/)
  assert.throws(() => parseOptions(['--broker', 'rabbit']), /ottla or kafka expected/)
  assert.throws(() => parseOptions(['--forever']), /--forever/)
})
