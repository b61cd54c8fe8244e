import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CommittedOffsetsLedger } from './committed-offsets-ledger.ts'
import { Violations } from './violation.ts'

/** 10 is acknowledged, 20 was sent and has no answer. */
function tenAcked(): { ledger: CommittedOffsetsLedger; violations: Violations } {
  const violations = new Violations()
  const ledger = new CommittedOffsetsLedger('g partition 0', violations)
  ledger.sent(10)
  ledger.acked(10)
  ledger.sent(20)
  return { ledger, violations }
}

for (const found of [10, 20]) {
  test(`CommittedOffsetsLedger accepts ${found} when 10 was acknowledged and 20 was under way`, () => {
    const { ledger, violations } = tenAcked()

    ledger.found(found)
    ledger.found(found)

    assert.deepEqual(violations.kept, [])
  })
}

test('CommittedOffsetsLedger reports an offset below the acknowledged one', () => {
  const { ledger, violations } = tenAcked()

  ledger.found(9)

  assert.deepEqual(
    violations.kept.map(({ kind }) => kind),
    ['offset went back'],
  )
})

test('CommittedOffsetsLedger reports an offset that goes back from one start to the next', () => {
  const { ledger, violations } = tenAcked()
  ledger.found(20)

  ledger.found(10)

  assert.deepEqual(
    violations.kept.map(({ kind }) => kind),
    ['offset went back'],
  )
})

test('CommittedOffsetsLedger reports a commit that appears one start too late', () => {
  const { ledger, violations } = tenAcked()
  ledger.found(10)

  ledger.found(20)

  assert.deepEqual(
    violations.kept.map(({ kind }) => kind),
    ['offset never committed'],
  )
})

test('CommittedOffsetsLedger reports a group that is forgotten', () => {
  const { ledger, violations } = tenAcked()

  ledger.found(-1)

  assert.equal(violations.count, 1)
})
