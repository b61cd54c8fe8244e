import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KafkaError } from '../../../kafka-error.ts'
import { joinModes } from './assignor-list.ts'
import type { AssignorName } from './assignor.ts'

function modes(...names: AssignorName[]): [isCooperative: boolean, names: string[]][] {
  return joinModes(names).map(({ isCooperative, assignors }) => [
    isCooperative,
    assignors.map(({ name }) => name),
  ])
}

test('joinModes() tries the cooperative assignors alone before it becomes eager', () => {
  assert.deepEqual(modes('cooperative-sticky', 'range'), [
    [true, ['cooperative-sticky']],
    [false, ['cooperative-sticky', 'range']],
  ])
})

test('joinModes() is eager from the start when an eager assignor is preferred', () => {
  assert.deepEqual(modes('range', 'cooperative-sticky'), [[false, ['range', 'cooperative-sticky']]])
})

test('joinModes() is never eager without an eager assignor', () => {
  assert.deepEqual(modes('cooperative-sticky'), [[true, ['cooperative-sticky']]])
})

test('joinModes() refuses a list that is empty or names what it does not know', () => {
  const isInvalid = (error: unknown) =>
    error instanceof KafkaError && error.code === 'INVALID_ARGUMENT'

  assert.throws(() => joinModes([]), isInvalid)
  assert.throws(() => joinModes(['fair' as AssignorName]), isInvalid)
})
