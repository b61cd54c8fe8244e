import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildBatch } from '@ottla/records'
import { AssignedPartition } from '../assignment/assigned-partition.ts'
import { Assignment } from '../assignment/assignment.ts'
import { Inbox } from './inbox.ts'
import { Taken, type RecordTaker } from './record-taker.ts'

test('a partition that always has more leaves its turn to the others after 500 records', () => {
  const assignment = new Assignment()
  const taker = {
    takeFrom: (partition: AssignedPartition, taken: Taken) => {
      taken.partition = partition
      return true
    },
  }
  const inbox = new Inbox(assignment, taker as RecordTaker)
  for (const partition of [0, 1]) {
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

  const order = Array.from({ length: 1100 }, () => {
    assert.equal(inbox.take(taken), true)
    return taken.partition?.partition
  })

  assert.equal(order.indexOf(1), 500)
  assert.equal(order.indexOf(0, 500), 1000)
  assert.equal(order.lastIndexOf(1), 999)
})
