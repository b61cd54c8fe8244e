import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildBatch } from '@ottla/records'
import { AssignedPartition } from './assigned-partition.ts'

test('AssignedPartition.fetchAgain() goes back to what was not given out, in the epoch of what was', () => {
  const partition = new AssignedPartition(
    { topic: 'orders', partition: 0 },
    { isCrcChecked: true, recordsBytesMax: 1024 },
  )
  partition.moveTo(4)
  for (const [baseOffset, partitionLeaderEpoch] of [
    [4, 1],
    [5, 2],
  ] as const) {
    const record = { key: null, value: Buffer.from('a'), timestamp: 0 }
    partition.queue.append(buildBatch([record], { baseOffset, partitionLeaderEpoch }), null)
    partition.fetchOffset = baseOffset + 1
    partition.fetchEpoch = partitionLeaderEpoch
  }
  assert.ok(partition.queue.peek())
  partition.tracker.end(partition.take())

  partition.fetchAgain()

  assert.ok(partition.queue.isEmpty)
  const { position, fetchOffset, fetchEpoch, done } = partition
  assert.deepEqual([position, fetchOffset, fetchEpoch], [5, 5, 1])
  assert.deepEqual(done, { offset: 5, leaderEpoch: 1 })
})
