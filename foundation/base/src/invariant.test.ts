import assert from 'node:assert/strict'
import { test } from 'node:test'
import { InvariantError, invariant } from './invariant.ts'

test('invariant() lets pass what holds', () => {
  invariant(true, 'never shown', { value: 1 })
})

test('invariant() names what broke and the values', () => {
  assert.throws(
    () => invariant(false, 'offsets go up', { was: 5, is: 4 }),
    (error) =>
      error instanceof InvariantError &&
      error.message === 'Broken invariant: offsets go up {"was":5,"is":4}',
  )
  assert.throws(() => invariant(false, 'plain'), { message: 'Broken invariant: plain' })
})

// Whoever catches errors asks for the class: a TypeError from JSON would pass for an ordinary failure.
test('invariant() throws an InvariantError also for values that JSON can not show', () => {
  const circle: Record<string, unknown> = {}
  circle['self'] = circle

  assert.throws(() => invariant(false, 'a', { big: 1n }), {
    message: 'Broken invariant: a {"big":"1"}',
  })
  assert.throws(() => invariant(false, 'b', circle), { message: 'Broken invariant: b {self}' })
})
