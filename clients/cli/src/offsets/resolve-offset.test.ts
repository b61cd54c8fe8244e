import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseOffset } from './parse-offset.ts'
import { resolveRange, type PartitionBounds } from './resolve-offset.ts'

const resolve = (text: string, bounds: Partial<PartitionBounds> = {}) => {
  const { fromOffset, untilOffset } = resolveRange(parseOffset(text, 0), {
    startOffset: 100,
    endOffset: 200,
    ...bounds,
  })
  return [fromOffset, untilOffset]
}

test('resolveRange() begins where the log begins, ends, or was told to', () => {
  assert.deepEqual(resolve('start'), [100, Infinity])
  assert.deepEqual(resolve('end'), [200, Infinity])
  assert.deepEqual(resolve('150'), [150, Infinity])
  assert.deepEqual(resolve('150:160'), [150, 160])
  assert.deepEqual(resolve(':end'), [100, 200])
})

test('resolveRange() counts records from either end and stays inside the log', () => {
  assert.deepEqual(resolve('+5'), [105, Infinity])
  assert.deepEqual(resolve('-5'), [195, Infinity])
  assert.deepEqual(resolve('+500'), [200, Infinity])
  assert.deepEqual(resolve('-500'), [100, Infinity])
})

test('resolveRange() begins at the log start when the offset is deleted already', () => {
  assert.deepEqual(resolve('5'), [100, Infinity])
})

test('resolveRange() waits for an offset that does not exist yet', () => {
  assert.deepEqual(resolve('500'), [500, Infinity])
})

test('resolveRange() takes the end for a time after every record', () => {
  assert.deepEqual(resolve('@5:10'), [200, 200])
  assert.deepEqual(resolve('@5:10', { fromTimeOffset: 120, untilTimeOffset: 180 }), [120, 180])
})

test('resolveRange() goes on at the stored offset, or at the start without one', () => {
  assert.deepEqual(resolve('stored', { storedOffset: 130 }), [130, Infinity])
  assert.deepEqual(resolve('stored'), [100, Infinity])
})
