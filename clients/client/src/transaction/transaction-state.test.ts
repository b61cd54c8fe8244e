import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KafkaError } from '../kafka-error.ts'
import { TransactionState } from './transaction-state.ts'

function openState(isServerSide: boolean): TransactionState {
  const state = new TransactionState('billing-1')
  state.speak(isServerSide)
  state.takeEpoch({ producerId: 7, producerEpoch: 3 })
  state.begin()
  return state
}

test('TransactionState needs an epoch before the first transaction, and not for the second', () => {
  const state = new TransactionState('billing-1')
  assert.equal(state.needsEpoch, true)
  state.takeEpoch({ producerId: 7, producerEpoch: 0 })
  state.begin()
  state.onTelling()
  state.onTold()
  state.complete('commit')
  state.onEnded()

  assert.equal(state.needsEpoch, false)
  assert.equal(state.phase, 'idle')
})

test('TransactionState has nothing to end while nothing was told', () => {
  const state = openState(false)
  assert.equal(state.mustBeEnded, false)

  state.onTelling()

  assert.equal(state.mustBeEnded, true)
})

test('TransactionState keeps the first failure, and is open no more', () => {
  const state = openState(true)
  const first = new Error('first')

  assert.equal(state.fail(first), true)
  assert.equal(state.fail(new Error('second')), false)

  assert.equal(state.failure, first)
  assert.equal(state.isOpen, false)
})

test('TransactionState renews the epoch after a failure, unless EndTxn 5 has given one', () => {
  const clientSide = openState(false)
  clientSide.onTelling()
  clientSide.fail(new Error('lost'))
  clientSide.complete('abort')
  clientSide.onEnded()
  const serverSide = openState(true)
  serverSide.onTelling()
  serverSide.fail(new Error('lost'))
  serverSide.complete('abort')
  serverSide.onEnded({ producerId: 8, producerEpoch: 0 })

  assert.equal(clientSide.needsEpoch, true)
  assert.equal(serverSide.needsEpoch, false)
  assert.deepEqual([serverSide.producerId, serverSide.producerEpoch], [8, 0])
})

test('TransactionState takes no epoch from an answer that has none', () => {
  const state = openState(true)
  state.onTelling()
  state.complete('commit')
  state.onEnded({ producerId: -1, producerEpoch: -1 })

  assert.deepEqual([state.producerId, state.producerEpoch], [7, 3])
})

test('TransactionState needs an epoch when the way to speak has changed', () => {
  const state = openState(false)
  state.onEnded()
  state.speak(false)
  assert.equal(state.needsEpoch, false)

  state.speak(true)

  assert.equal(state.needsEpoch, true)
})

test('TransactionState believes that there is nothing to abort only when nothing was heard of', () => {
  const unheard = openState(false)
  unheard.onTelling()
  unheard.fail(new Error('lost'))
  unheard.complete('abort')
  const heard = openState(false)
  heard.onTelling()
  heard.onTold()
  heard.fail(new Error('lost'))
  heard.complete('abort')

  assert.equal(unheard.onNothingToAbort(), true)
  assert.equal(unheard.needsEpoch, true)
  assert.equal(heard.onNothingToAbort(), false)
  assert.equal(heard.needsAbort, true)
})

test('TransactionState begins anew when the coordinator has forgotten the id', () => {
  const state = openState(false)
  state.onTelling()
  state.fail(new Error('lost'))
  state.complete('abort')

  state.onForgotten()

  assert.deepEqual([state.producerId, state.producerEpoch, state.needsEpoch], [-1, -1, true])
  assert.equal(state.needsAbort, false)
})

test('TransactionState that is fatal stays so, with its first reason', () => {
  const state = openState(true)
  const fenced = new KafkaError('PRODUCER_FENCED', 'fenced', { fatal: true })
  state.failForGood(fenced)
  state.failForGood(new KafkaError('TIMED_OUT', 'later', { fatal: true }))

  assert.equal(state.fatal, fenced)
  assert.equal(state.failure, fenced)
  assert.equal(state.isOpen, false)
})
