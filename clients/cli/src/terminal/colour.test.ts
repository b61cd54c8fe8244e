import assert from 'node:assert/strict'
import { test } from 'node:test'
import { OptionValues } from '../parse/option-values.ts'
import { CapturedTerminal } from '../testing/captured-terminal.ts'
import { paintFor } from './colour.ts'

const COLOUR = { name: 'color', value: 'WHEN', about: '' }

function isPainted(isTty: boolean, env: Record<string, string>, when?: string): boolean {
  const terminal = new CapturedTerminal({ isTty, env })
  const options = new OptionValues([COLOUR], new Map(when === undefined ? [] : [['color', [when]]]))
  return paintFor(terminal.stdout, terminal, options)('red', 'x') !== 'x'
}

test('paintFor() paints on a terminal that can, unless it is told not to', () => {
  assert.equal(isPainted(true, {}), true)
  assert.equal(isPainted(false, {}), false)
  assert.equal(isPainted(true, { TERM: 'dumb' }), false)
  assert.equal(isPainted(true, { NO_COLOR: '1' }), false)
  assert.equal(isPainted(true, { NO_COLOR: '' }), true)
  assert.equal(isPainted(false, { FORCE_COLOR: '1' }), true)
  assert.equal(isPainted(false, { FORCE_COLOR: '0' }), false)
})

test('paintFor() obeys --color before anything else', () => {
  assert.equal(isPainted(false, { NO_COLOR: '1' }, 'always'), true)
  assert.equal(isPainted(true, { FORCE_COLOR: '1' }, 'never'), false)
  assert.equal(isPainted(true, {}, 'auto'), true)
})
