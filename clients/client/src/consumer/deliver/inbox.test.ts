import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildBatch } from '@ottla/records'
import { AssignedPartition } from '../assignment/assigned-partition.ts'
import { Assignment } from '../assignment/assignment.ts'
import { Inbox } from './inbox.ts'
import { Taken, type RecordTaker } from './record-taker.ts'

/** Partitions that have something each, and as many records as the test says. */
function inboxOf(recordCounts: readonly number[]): () => number | undefined {
  const left = [...recordCounts]
  const assignment = new Assignment()
  const taker = {
    takeFrom: (partition: AssignedPartition, taken: Taken) => {
      taken.partition = partition
      return (left[partition.partition] as number)-- > 0
    },
  }
  const inbox = new Inbox(assignment, taker as RecordTaker)
  for (const partition of recordCounts.keys()) {
    const one = new AssignedPartition(
      { topic: 'orders', partition },
      { isCrcChecked: true, recordsBytesMax: 1024 },
    )
    one.moveTo(0)
    const record = { key: null, value: Buffer.from('a'), timestamp: 0 }
    one.queue.append(buildBatch([record], { baseOffset: 0 }), null)
    assignment.add([one])
    inbox.onChanged(one)
  }
  const taken = new Taken()
  return () => (inbox.take(taken) === true ? taken.partition?.partition : undefined)
}

test('a partition that always has more leaves its turn to the others after 500 records', () => {
  const next = inboxOf([Infinity, Infinity])

  const order = Array.from({ length: 1100 }, next)

  assert.equal(order.indexOf(1), 500)
  assert.equal(order.indexOf(0, 500), 1000)
  assert.equal(order.lastIndexOf(1), 999)
})

test('a turn is whole, however long the one before it was', () => {
  const next = inboxOf([300, Infinity, Infinity])

  const order = Array.from({ length: 1400 }, next)

  assert.equal(order.lastIndexOf(0), 299)
  assert.equal(order.indexOf(2), 800)
  assert.equal(order.indexOf(1, 800), 1300)
})
