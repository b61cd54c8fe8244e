import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ProducerEpoch, ProducerId } from '@ottla/base'
import { PartitionSequence } from './partition-sequence.ts'

test('PartitionSequence does not go back for an answer that comes late', () => {
  const sequence = new PartitionSequence()
  sequence.restart(1 as ProducerId, 0 as ProducerEpoch)
  sequence.take(6)

  sequence.onAcknowledged(0, 2, 0)
  sequence.onAcknowledged(4, 2, 4)
  sequence.onAcknowledged(2, 2, -1)

  assert.equal(sequence.lastAcknowledged, 5)
  assert.ok(sequence.isComplete)
})

test('PartitionSequence goes on past its largest number, in the middle of a batch or between two', () => {
  const sequence = new PartitionSequence()
  sequence.restart(1 as ProducerId, 0 as ProducerEpoch)
  sequence.putBack(0x7ffffffd)

  assert.equal(sequence.take(2), 0x7ffffffd)
  sequence.onAcknowledged(0x7ffffffd, 2, 10)
  assert.equal(sequence.take(3), 0x7fffffff)
  sequence.onAcknowledged(0x7fffffff, 3, 12)

  assert.equal(sequence.lastAcknowledged, 1)
  assert.equal(sequence.lastAcknowledgedOffset, 14)
  assert.ok(sequence.isComplete)
})

test('PartitionSequence is complete between its largest number and 0', () => {
  const sequence = new PartitionSequence()
  sequence.restart(1 as ProducerId, 0 as ProducerEpoch)
  sequence.putBack(0x7fffffff)

  sequence.onAcknowledged(sequence.take(1), 1, 0)

  assert.equal(sequence.next, 0)
  assert.ok(sequence.isComplete)
})

test('PartitionSequence keeps the last offset that it knows, and forgets it in a new epoch', () => {
  const sequence = new PartitionSequence()
  sequence.restart(1 as ProducerId, 0 as ProducerEpoch)
  sequence.onAcknowledged(sequence.take(2), 2, 7)
  sequence.onAcknowledged(sequence.take(1), 1, -1)

  assert.equal(sequence.lastAcknowledgedOffset, 8)
  assert.equal(sequence.hasRoomBefore(10, 1), true)
  assert.equal(sequence.hasRoomBefore(10, 2), false)
  assert.equal(sequence.hasRoomBefore(-1, 2), true)
  sequence.restart(1 as ProducerId, 1 as ProducerEpoch)
  assert.equal(sequence.hasRoomBefore(0, 1), true)
  assert.equal(sequence.isKnownToBroker, false)
})
