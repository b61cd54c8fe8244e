import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode } from '@ottla/protocol'
import { PartitionLedger } from '../check/partition-ledger.ts'
import { Violations } from '../check/violation.ts'
import { ProducerLane, type ProducerBatch } from './producer-lane.ts'

const FAILED = { errorCode: ErrorCode.NOT_LEADER_OR_FOLLOWER, baseOffset: -1 }
const OUT_OF_ORDER = { errorCode: ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, baseOffset: -1 }

function aLane(isIdempotent: boolean): { lane: ProducerLane; violations: Violations } {
  const violations = new Violations()
  const ledger = new PartitionLedger('t-0', violations)
  const lane = new ProducerLane({
    name: 'p',
    isIdempotent,
    ledger,
    violations,
    nextCount: () => 10,
  })
  return { lane, violations }
}

function takeAll(lane: ProducerLane, mayBegin = true): ProducerBatch[] {
  const batches: ProducerBatch[] = []
  for (let batch = lane.next(mayBegin); batch !== undefined; batch = lane.next(mayBegin)) {
    batches.push(batch)
  }
  return batches
}

function ackAt(baseOffset: number) {
  return { errorCode: ErrorCode.NONE, baseOffset }
}

test('ProducerLane has five batches under way', () => {
  const { lane } = aLane(true)

  const batches = takeAll(lane)

  assert.deepEqual(
    batches.map(({ firstIndex }) => firstIndex),
    [0, 10, 20, 30, 40],
  )
})

test('ProducerLane sends again, in order, what was under way when the connection was lost', () => {
  const { lane } = aLane(true)
  const [first, ...others] = takeAll(lane) as [ProducerBatch, ...ProducerBatch[]]
  lane.answered(first, ackAt(0))

  for (const batch of others) lane.lost(batch)

  assert.deepEqual(takeAll(lane, false), others)
})

test('ProducerLane waits for every answer before it sends a failed batch again', () => {
  const { lane, violations } = aLane(true)
  const batches = takeAll(lane)
  const last = batches.at(-1) as ProducerBatch

  lane.answered(batches[0] as ProducerBatch, FAILED)
  for (const batch of batches.slice(1, -1)) lane.answered(batch, OUT_OF_ORDER)
  const meanwhile = lane.next(true)
  lane.answered(last, OUT_OF_ORDER)

  assert.equal(meanwhile, undefined)
  assert.deepEqual(takeAll(lane), batches)
  assert.equal(violations.count, 0)
})

test('ProducerLane reports a batch that is out of order although nothing before it failed', () => {
  const { lane, violations } = aLane(true)
  const [first] = takeAll(lane)

  lane.answered(first as ProducerBatch, OUT_OF_ORDER)

  assert.equal(violations.kept[0]?.kind, 'refused')
})

test('ProducerLane without idempotence sends nothing twice', () => {
  const { lane } = aLane(false)
  for (const batch of takeAll(lane)) lane.lost(batch)

  const batches = takeAll(lane)

  assert.deepEqual(
    batches.map(({ firstIndex }) => firstIndex),
    [50, 60, 70, 80, 90],
  )
})
