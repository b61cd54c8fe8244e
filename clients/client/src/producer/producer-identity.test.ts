import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Cluster } from '../cluster/cluster.ts'
import { PartitionQueue } from './partition-queue.ts'
import { ProducerIdentity } from './producer-identity.ts'
import type { ProducerTransaction } from './producer-transaction.ts'

/** Nothing is asked of it. */
const NO_CLUSTER = {} as Cluster

function emptyQueue(): PartitionQueue {
  return new PartitionQueue({ name: 'orders', onBatchEnd: () => {}, onTooLarge: () => {} }, 0)
}

test('ProducerIdentity numbers nothing without an id', () => {
  const queue = emptyQueue()
  queue.sequence.restart(
    7 as ProducerTransaction['producerId'],
    0x7fff as ProducerTransaction['producerEpoch'],
  )
  const identity = new ProducerIdentity(NO_CLUSTER)

  assert.equal(identity.canNumber(queue), false)

  // What it was numbered by is still known, for what is in flight.
  assert.equal(queue.sequence.producerId, 7)
})
