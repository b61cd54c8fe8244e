import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ProducerEpoch, ProducerId } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import { verdictOn, type Verdict } from './batch-verdict.ts'
import { OutgoingBatch } from './outgoing-batch.ts'
import { PartitionQueue } from './partition-queue.ts'

interface Situation {
  readonly errorCode: number
  /** Of the batch of two records; -1 without idempotence. */
  readonly baseSequence: number
  /** Sequences up to this one are stored; -1 for none. */
  readonly storedTo?: number
  /** Where one is that was sent before it and is not settled. */
  readonly before?: 'inFlight' | 'retries'
  readonly logStartOffset?: number
}

function verdict(situation: Situation): Verdict {
  const { errorCode, baseSequence, storedTo = -1, before, logStartOffset = 0 } = situation
  const topic = { name: 'orders', onBatchEnd: () => {}, onTooLarge: () => {} }
  const queue = new PartitionQueue(topic, 0)
  queue.sequence.restart(1 as ProducerId, 0 as ProducerEpoch)
  if (storedTo >= 0) queue.sequence.onAcknowledged(0, storedTo + 1, 0)
  const batchOf = (order: number): OutgoingBatch => {
    const header = { baseSequence }
    const batch = new OutgoingBatch({ queue, createdMs: 0, deadlineMs: 1, header })
    batch.recordCount = 2
    batch.order = order
    return batch
  }
  const batch = batchOf(5)
  // Those behind it say nothing.
  for (const order of [6, 7]) queue.sendAgain(batchOf(order))
  if (before !== undefined) queue[before].unshift(batchOf(4))
  return verdictOn(batch, {
    index: 0,
    errorCode,
    baseOffset: -1,
    logAppendTimeMs: -1,
    logStartOffset,
    recordErrors: [],
    errorMessage: null,
    currentLeader: { leaderId: -1, leaderEpoch: -1 },
  })
}

const OUT_OF_ORDER = ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER

for (const before of ['inFlight', 'retries'] as const) {
  test(`verdictOn() sends again what is out of order behind others (${before}), without a new epoch`, () => {
    const situation = { errorCode: OUT_OF_ORDER, baseSequence: 6, storedTo: 3, before }

    assert.deepEqual(verdict(situation), { fate: 'retry' })
  })
}

test('verdictOn() takes a new epoch for what is out of order with nothing before it', () => {
  for (const baseSequence of [4, 6]) {
    assert.deepEqual(verdict({ errorCode: OUT_OF_ORDER, baseSequence, storedTo: 3 }), {
      fate: 'retry',
      needsNewEpoch: true,
    })
  }
})

test('verdictOn() gives up a batch behind which others are stored already', () => {
  assert.deepEqual(verdict({ errorCode: OUT_OF_ORDER, baseSequence: 0, storedTo: 3 }), {
    fate: 'fail',
  })
})

test('verdictOn() waits for an answer that tells where the log begins (UNKNOWN_PRODUCER_ID)', () => {
  const situation = { errorCode: ErrorCode.UNKNOWN_PRODUCER_ID, baseSequence: 4, storedTo: 3 }

  assert.notEqual(verdict({ ...situation, logStartOffset: -1 }).needsNewEpoch, true)
  assert.equal(verdict({ ...situation, logStartOffset: 9 }).needsNewEpoch, true)
})

test('verdictOn() fails what cannot be mended', () => {
  const { TOPIC_AUTHORIZATION_FAILED: errorCode } = ErrorCode

  assert.deepEqual(verdict({ errorCode, baseSequence: 4 }), { fate: 'fail' })
  assert.deepEqual(verdict({ errorCode, baseSequence: -1 }), { fate: 'fail' })
  assert.deepEqual(verdict({ errorCode: OUT_OF_ORDER, baseSequence: -1 }), { fate: 'fail' })
})

test('verdictOn() looks for another leader only where the place is to blame', () => {
  assert.equal(
    verdict({ errorCode: ErrorCode.NOT_LEADER_OR_FOLLOWER, baseSequence: 4 }).needsMetadata,
    true,
  )
  assert.deepEqual(verdict({ errorCode: ErrorCode.NOT_ENOUGH_REPLICAS, baseSequence: 4 }), {
    fate: 'retry',
  })
})
