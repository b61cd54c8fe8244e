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

test('PartitionSequence goes on past its largest number', () => {
  const sequence = new PartitionSequence()
  sequence.restart(1 as ProducerId, 0 as ProducerEpoch)
  sequence.putBack(0x7ffffffe)

  assert.equal(sequence.take(2), 0x7ffffffe)
  sequence.onAcknowledged(0x7ffffffe, 2, 10)
  assert.equal(sequence.take(1), 0)
  sequence.onAcknowledged(0, 1, 12)

  assert.equal(sequence.lastAcknowledged, 0)
  assert.equal(sequence.lastAcknowledgedOffset, 12)
})
