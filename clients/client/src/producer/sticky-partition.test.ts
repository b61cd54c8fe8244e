import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom, type BrokerId, type LeaderEpoch } from '@ottla/base'
import type { PartitionMetadata } from '../cluster/metadata.ts'
import { StickyPartition } from './sticky-partition.ts'

function partitions(...leaders: number[]): PartitionMetadata[] {
  return leaders.map((leaderId, partition) => ({
    partition,
    leaderId: leaderId as BrokerId,
    leaderEpoch: 0 as LeaderEpoch,
    replicas: [],
    inSyncReplicas: [],
    offlineReplicas: [],
  }))
}

test('StickyPartition stays until its bytes are produced and the batch is at its end', () => {
  const sticky = new StickyPartition(seededRandom(1), 100)
  const all = partitions(1, 1, 1, 1, 1, 1, 1, 1)
  const first = sticky.current(all)

  sticky.onProduced(99)
  sticky.onBatchEnd(first)
  assert.equal(sticky.current(all), first)
  sticky.onProduced(1)
  assert.equal(sticky.current(all), first)
  sticky.onBatchEnd(first)

  const seen = new Set<number>()
  for (let i = 0; i < 100; i++) {
    const current = sticky.current(all)
    seen.add(current)
    sticky.onProduced(100)
    sticky.onBatchEnd(current)
  }
  assert.deepEqual(
    [...seen].sort((a, b) => a - b),
    [0, 1, 2, 3, 4, 5, 6, 7],
  )
})

test('StickyPartition passes over partitions without a leader while others have one', () => {
  const sticky = new StickyPartition(seededRandom(2), 10)
  const some = partitions(-1, 1, -1, 2)

  const seen = new Set<number>()
  for (let i = 0; i < 50; i++) {
    const current = sticky.current(some)
    seen.add(current)
    sticky.onProduced(10)
    sticky.onBatchEnd(current)
  }

  assert.deepEqual(
    [...seen].sort((a, b) => a - b),
    [1, 3],
  )
  assert.ok(sticky.current(partitions(-1, -1)) < 2)
})

test('StickyPartition leaves a partition that loses its leader', () => {
  const sticky = new StickyPartition(seededRandom(3), 1000)
  const before = sticky.current(partitions(1, 1))
  const leaders = [1, 1]
  leaders[before] = -1

  assert.equal(sticky.current(partitions(...leaders)), 1 - before)
})

test('StickyPartition.following() takes one after the other', () => {
  const sticky = new StickyPartition(seededRandom(4), 10)
  const all = partitions(1, 1, -1, 1)

  const seen = Array.from({ length: 6 }, () => sticky.following(all))

  assert.deepEqual(
    [...new Set(seen)].sort((a, b) => a - b),
    [0, 1, 3],
  )
  assert.deepEqual(seen.slice(0, 3), seen.slice(3))
})
