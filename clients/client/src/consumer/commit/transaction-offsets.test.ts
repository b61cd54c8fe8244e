import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KafkaError } from '../../kafka-error.ts'
import { AssignedPartition } from '../assignment/assigned-partition.ts'
import { Assignment } from '../assignment/assignment.ts'
import { HeldRecords } from '../deliver/held-records.ts'
import type { GroupMember } from '../group/group-member.ts'
import { TransactionOffsets } from './transaction-offsets.ts'

const MEMBER = { groupId: 'billing', memberId: 'm-1', memberEpoch: 4 } as GroupMember

interface Under {
  readonly assignment: Assignment
  readonly offsets: TransactionOffsets
  /** Reads partition 0 from 10 to 15, partition 1 not at all. */
  readonly read: AssignedPartition
  readonly unread: AssignedPartition
}

function under(): Under {
  const assignment = new Assignment()
  const partitions = [0, 1].map((partition) => {
    const one = new AssignedPartition(
      { topic: 'orders', partition },
      { isCrcChecked: true, recordsBytesMax: 1024 },
    )
    one.committedOffset = 10
    one.moveTo(10)
    return one
  })
  assignment.add(partitions)
  const [read, unread] = partitions as [AssignedPartition, AssignedPartition]
  read.wasGiven = true
  read.moveTo(15)
  const offsets = new TransactionOffsets({
    assignment,
    held: new HeldRecords(),
    member: MEMBER,
    groupInstanceId: 'i-1',
    isMember: true,
  })
  return { assignment, offsets, read, unread }
}

function give(away: AssignedPartition, { assignment, offsets }: Under): void {
  assignment.remove([away])
  offsets.onGone([away])
}

const isRefusal = (error: unknown): boolean =>
  error instanceof KafkaError && error.code === 'ILLEGAL_GENERATION'

test('TransactionOffsets gives what is not committed, in the name of the member', () => {
  const { offsets } = under()

  const taken = offsets.take()

  assert.deepEqual(taken.group, { ...MEMBER, groupInstanceId: 'i-1' })
  assert.deepEqual(
    taken.offsets.map(({ partition, offset }) => [partition, offset]),
    [[0, 15]],
  )
})

test('TransactionOffsets gives the same again until it is committed', () => {
  const { offsets } = under()
  const { offsets: first } = offsets.take()
  assert.deepEqual(offsets.take().offsets, first)

  offsets.onCommitted(first)

  assert.deepEqual(offsets.take().offsets, [])
})

test('TransactionOffsets refuses once when a partition has gone with uncommitted messages', () => {
  const on = under()
  give(on.read, on)

  assert.throws(() => on.offsets.take(), isRefusal)
  assert.deepEqual(on.offsets.take().offsets, [])
})

test('TransactionOffsets does not mind a partition that has gone with nothing uncommitted', () => {
  const on = under()
  on.offsets.onCommitted(on.offsets.take().offsets)
  give(on.read, on)
  give(on.unread, on)

  assert.deepEqual(on.offsets.take().offsets, [])
})

test('TransactionOffsets does not mind a partition that has gone while its commit was under way', () => {
  const on = under()
  const { offsets: underWay } = on.offsets.take()
  give(on.read, on)
  on.offsets.onCommitted(underWay)

  assert.deepEqual(on.offsets.take().offsets, [])
})

test('TransactionOffsets refuses when what was under way was aborted', () => {
  const on = under()
  on.offsets.take()
  give(on.read, on)

  assert.throws(() => on.offsets.take(), isRefusal)
})

test('TransactionOffsets does not mind a partition that has gone unread, of which the group knows nothing yet', () => {
  const on = under()
  on.unread.committedOffset = -1
  give(on.unread, on)

  assert.equal(on.offsets.take().offsets.length, 1)
})
