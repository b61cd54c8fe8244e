import assert from 'node:assert/strict'
import { test } from 'node:test'
import { InvariantError, ZERO_UUID } from '@ottla/base'
import type { OffsetAndMetadata } from './offset-and-metadata.ts'
import { OffsetStore, type OffsetKey } from './offset-store.ts'

const KEY: OffsetKey = { groupId: 'g', topic: 't', partition: 0 }
const VALUE: OffsetAndMetadata = {
  committedOffset: 5,
  leaderEpoch: -1,
  metadata: '',
  commitTimestampMs: 0,
  expireTimestampMs: -1,
  topicId: ZERO_UUID,
}

test('OffsetStore.keysOf() covers commits on their way, and each partition once', () => {
  const store = new OffsetStore()
  store.put(KEY, VALUE)
  store.beginCommit(KEY)
  store.beginCommit({ ...KEY, partition: 1 })
  store.beginCommit({ ...KEY, partition: 1 })

  const partitions = [...store.keysOf('g')].map(({ partition }) => partition)

  assert.deepEqual(partitions, [0, 1])
})

test('OffsetStore forgets a group only when nothing of it is stored or on its way', () => {
  const store = new OffsetStore()
  store.put(KEY, VALUE)
  store.beginCommit(KEY)
  store.beginCommit(KEY)

  store.remove(KEY)
  store.endCommit(KEY)
  assert.notEqual(store.group('g'), undefined)

  store.endCommit(KEY)
  assert.equal(store.group('g'), undefined)
  assert.deepEqual([...store.groupIds()], [])
})

test('OffsetStore.endCommit() without a beginning is a bug', () => {
  assert.throws(() => {
    new OffsetStore().endCommit(KEY)
  }, InvariantError)
})
