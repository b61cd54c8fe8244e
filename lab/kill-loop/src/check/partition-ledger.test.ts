import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PartitionLedger } from './partition-ledger.ts'
import { Violations, type ViolationKind } from './violation.ts'

interface World {
  readonly ledger: PartitionLedger
  readonly violations: Violations
  readonly lane: number
}

/** Lane "p" has sent ten records and had five acknowledged, at offsets 0 to 4. */
function fiveAcked(isIdempotent = true): World {
  const violations = new Violations()
  const ledger = new PartitionLedger('t-0', violations)
  const lane = ledger.addLane({ name: 'p', isIdempotent })
  ledger.sent(lane, 0, 10)
  ledger.acked(lane, 0, 5, 0)
  return { ledger, violations, lane }
}

/** A scan that finds these records of the lane from the offset that it has to begin at. */
function scan({ ledger, lane }: World, indexes: readonly number[], overlapCount = 0): void {
  let offset = ledger.beginScan(overlapCount)
  for (const index of indexes) ledger.scanned(offset++, lane, index)
  ledger.endScan(offset)
}

function kindsOf({ violations }: World): ViolationKind[] {
  return [...new Set(violations.kept.map(({ kind }) => kind))]
}

test('PartitionLedger accepts acknowledged records, and unacknowledged ones behind them', () => {
  const world = fiveAcked()

  scan(world, [0, 1, 2, 3, 4, 5, 6])
  world.ledger.acked(world.lane, 5, 5, 5)
  scan(world, [5, 6, 7, 8, 9], 2)
  world.ledger.checkComplete()

  assert.deepEqual(world.violations.kept, [])
})

test('PartitionLedger reports an acknowledged record that is gone from the end', () => {
  const world = fiveAcked()

  scan(world, [0, 1, 2, 3])

  assert.deepEqual(kindsOf(world), ['lost'])
})

test('PartitionLedger reports an acknowledged record that is gone from the middle', () => {
  const world = fiveAcked()

  scan(world, [0, 1, 3, 4, 5])

  assert.ok(kindsOf(world).includes('changed'))
})

test('PartitionLedger reports acknowledged records that another scan has already found', () => {
  const world = fiveAcked()
  scan(world, [0, 1, 2, 3, 4])

  world.ledger.restart()
  scan(world, [0, 1, 2])

  assert.deepEqual(kindsOf(world), ['lost'])
})

test('PartitionLedger reports a batch that was appended twice', () => {
  const world = fiveAcked()

  scan(world, [0, 1, 2, 3, 4, 3, 4])

  assert.deepEqual(kindsOf(world), ['duplicated'])
})

test('PartitionLedger reports a duplicate of records that nobody acknowledged', () => {
  const world = fiveAcked()

  scan(world, [0, 1, 2, 3, 4, 5, 5])

  assert.deepEqual(kindsOf(world), ['duplicated'])
})

test('PartitionLedger reports a batch that is acknowledged at two offsets', () => {
  const world = fiveAcked()

  world.ledger.acked(world.lane, 3, 2, 7)

  assert.deepEqual(kindsOf(world), ['duplicated'])
})

test('PartitionLedger reports records in another order than they were sent', () => {
  const world = fiveAcked(false)

  scan(world, [0, 1, 2, 3, 4, 7, 6])

  assert.deepEqual(kindsOf(world), ['reordered'])
})

test('PartitionLedger reports a hole in an idempotent lane, not in another', () => {
  const idempotent = fiveAcked(true)
  const plain = fiveAcked(false)

  scan(idempotent, [0, 1, 2, 3, 4, 6])
  scan(plain, [0, 1, 2, 3, 4, 6])

  assert.deepEqual(kindsOf(idempotent), ['gap'])
  assert.deepEqual(kindsOf(plain), [])
})

test('PartitionLedger reports an offset that is missing', () => {
  const world = fiveAcked()
  const { ledger, lane } = world

  ledger.beginScan(0)
  ledger.scanned(0, lane, 0)
  ledger.scanned(2, lane, 2)

  assert.ok(kindsOf(world).includes('gap'))
})

test('PartitionLedger reports a record in place of one that a consumer has read', () => {
  const world = fiveAcked()
  world.ledger.seen(5, world.lane, 5)

  world.ledger.acked(world.lane, 6, 1, 5)

  assert.deepEqual(kindsOf(world), ['changed'])
})

test('PartitionLedger reports a high watermark below what a consumer has read', () => {
  const world = fiveAcked()
  world.ledger.seen(5, world.lane, 5)

  scan(world, [0, 1, 2, 3, 4])

  assert.deepEqual(kindsOf(world), ['lost'])
})

test('PartitionLedger reports a record that was never sent', () => {
  const world = fiveAcked()

  scan(world, [0, 1, 2, 3, 4, 11])

  assert.ok(kindsOf(world).includes('never sent'))
})

test('PartitionLedger reports an idempotent lane that ends early although it was finished', () => {
  const world = fiveAcked()
  scan(world, [0, 1, 2, 3, 4])

  world.ledger.checkComplete()

  assert.deepEqual(kindsOf(world), ['lost'])
})

test('PartitionLedger keeps the lanes of one partition apart', () => {
  const world = fiveAcked()
  const { ledger } = world
  const other = ledger.addLane({ name: 'q', isIdempotent: true })
  ledger.sent(other, 0, 2)

  ledger.beginScan(0)
  const found = [
    [world.lane, 0],
    [world.lane, 1],
    [world.lane, 2],
    [world.lane, 3],
    [world.lane, 4],
    [other, 0],
    [world.lane, 5],
    [other, 1],
  ] as const
  found.forEach(([lane, index], offset) => ledger.scanned(offset, lane, index))
  ledger.endScan(found.length)

  assert.deepEqual(world.violations.kept, [])
})
