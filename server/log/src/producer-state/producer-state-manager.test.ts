import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RecordBatchView } from '@ottla/records'
import { aBatch } from '../testing/log-fixture.ts'
import { ProducerStateManager } from './producer-state-manager.ts'

function applied(
  state: ProducerStateManager,
  producerId: number,
  options: { timestamp?: number; isTransactional?: boolean } = {},
): void {
  const { timestamp = 0, isTransactional = false } = options
  const batch = aBatch({
    producerId,
    producerEpoch: 0,
    baseSequence: 0,
    timestamp,
    isTransactional,
    baseOffset: state.mapEndOffset,
  })
  state.apply(new RecordBatchView().reset(batch, 0))
}

test('ProducerStateManager forgets the longest idle producers when it is full, never one with an open transaction', () => {
  const state = new ProducerStateManager(32)
  applied(state, 0, { timestamp: 0, isTransactional: true })
  for (let id = 1; id < 32; id++) applied(state, id, { timestamp: id })

  applied(state, 99, { timestamp: 99 })

  assert.equal(state.producerCount, 31)
  assert.ok(state.entry(0) !== undefined && state.entry(99) !== undefined)
  assert.deepEqual([state.entry(1), state.entry(2)], [undefined, undefined])
  assert.ok(state.entry(3) !== undefined)
})

test('ProducerStateManager.removeExpired() keeps open transactions', () => {
  const state = new ProducerStateManager()
  applied(state, 1, { timestamp: 100 })
  applied(state, 2, { timestamp: 100, isTransactional: true })
  applied(state, 3, { timestamp: 150 })

  state.removeExpired(200, 100)

  assert.deepEqual(
    [...state.entries()].map((entry) => entry.producerId),
    [2, 3],
  )
})

test('ProducerStateManager.restore() puts open transactions in the order of their offsets', () => {
  const state = new ProducerStateManager()
  for (const id of [5, 6, 7]) applied(state, id, { isTransactional: true })
  const entries = [...state.entries()].toReversed()

  const again = new ProducerStateManager()
  again.restore(entries, 3)

  assert.equal(again.firstOpenTransactionOffset, 0)
  assert.equal(again.mapEndOffset, 3)
})
