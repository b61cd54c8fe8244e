import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TopicsLedger, type FoundTopic } from './topics-ledger.ts'
import { Violations } from './violation.ts'

function aLedger(): { ledger: TopicsLedger; violations: Violations; kinds: () => string[] } {
  const violations = new Violations()
  const ledger = new TopicsLedger(violations)
  ledger.creating('a', 2)
  return { ledger, violations, kinds: () => violations.kept.map(({ kind }) => kind) }
}

function found(topics: Record<string, FoundTopic>): ReadonlyMap<string, FoundTopic> {
  return new Map(Object.entries(topics))
}

test('TopicsLedger reports a created topic that is not there', () => {
  const { ledger, kinds } = aLedger()
  ledger.created('a', 'id')

  ledger.found(found({}))

  assert.deepEqual(kinds(), ['topic lost'])
})

test('TopicsLedger reports a topic with another id or number of partitions', () => {
  const { ledger, kinds } = aLedger()
  ledger.created('a', 'id')

  ledger.found(found({ a: { topicId: 'other', partitionCount: 1 } }))

  assert.deepEqual(kinds(), ['topic lost', 'topic lost'])
})

test('TopicsLedger reports a deleted topic that is there again', () => {
  const { ledger, kinds } = aLedger()
  ledger.created('a', 'id')
  ledger.deleting('a')
  ledger.deleted('a')

  ledger.found(found({ a: { topicId: 'id', partitionCount: 2 } }))

  assert.deepEqual(kinds(), ['topic came back'])
})

test('TopicsLedger lets the next start settle a creation without an answer', () => {
  const there = aLedger()
  const gone = aLedger()

  there.ledger.found(found({ a: { topicId: 'id', partitionCount: 2 } }))
  gone.ledger.found(found({}))

  assert.deepEqual(there.ledger.present, ['a'])
  assert.deepEqual(gone.ledger.present, [])
  assert.deepEqual([...there.kinds(), ...gone.kinds()], [])
})

test('TopicsLedger holds the start after that to what was settled', () => {
  const there = aLedger()
  there.ledger.found(found({ a: { topicId: 'id', partitionCount: 2 } }))
  const gone = aLedger()
  gone.ledger.found(found({}))

  there.ledger.found(found({}))
  gone.ledger.found(found({ a: { topicId: 'id', partitionCount: 2 } }))

  assert.deepEqual(there.kinds(), ['topic lost'])
  assert.deepEqual(gone.kinds(), ['topic came back'])
})
