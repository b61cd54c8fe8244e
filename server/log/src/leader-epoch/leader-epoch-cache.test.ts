import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LeaderEpochCache } from './leader-epoch-cache.ts'

function aCache(
  ...entries: ReadonlyArray<readonly [epoch: number, startOffset: number]>
): LeaderEpochCache {
  const cache = new LeaderEpochCache()
  for (const [epoch, startOffset] of entries) cache.assign(epoch, startOffset)
  return cache
}

function entriesOf(cache: LeaderEpochCache): number[][] {
  return cache.entries.map(({ epoch, startOffset }) => [epoch, startOffset])
}

test('LeaderEpochCache.assign() takes growing epochs and forgets one in which nothing was written', () => {
  const cache = aCache([0, 0], [1, 10], [1, 12], [0, 15], [3, 10], [5, 20])

  assert.deepEqual(entriesOf(cache), [
    [0, 0],
    [3, 10],
    [5, 20],
  ])
})

test('LeaderEpochCache.endOffsetFor() answers as KIP-279 says', () => {
  const cache = aCache([2, 10], [4, 20])

  assert.deepEqual(cache.endOffsetFor(4, 30), { leaderEpoch: 4, endOffset: 30 })
  assert.deepEqual(cache.endOffsetFor(3, 30), { leaderEpoch: 2, endOffset: 20 })
  assert.deepEqual(cache.endOffsetFor(2, 30), { leaderEpoch: 2, endOffset: 20 })
  assert.deepEqual(cache.endOffsetFor(1, 30), { leaderEpoch: 1, endOffset: 10 })
  assert.deepEqual(cache.endOffsetFor(5, 30), { leaderEpoch: -1, endOffset: -1 })
  assert.deepEqual(cache.endOffsetFor(-1, 30), { leaderEpoch: -1, endOffset: -1 })
  assert.deepEqual(aCache().endOffsetFor(0, 0), { leaderEpoch: -1, endOffset: -1 })
})

test('LeaderEpochCache is cut from both ends', () => {
  const cache = aCache([0, 0], [1, 10], [2, 20], [3, 30])

  cache.truncateFromEnd(30)
  cache.truncateFromStart(15)

  assert.deepEqual(entriesOf(cache), [
    [1, 15],
    [2, 20],
  ])
  assert.deepEqual([cache.epochFor(14), cache.epochFor(15), cache.epochFor(99)], [-1, 1, 2])
})
