import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeClock, seededRandom, ZERO_UUID } from '@ottla/base'
import { FetchSession, FetchSessionCache } from './fetch-session.ts'
import type { FetchTarget } from './fetch-target.ts'

function target(partition: number, fetchOffset = 0): FetchTarget {
  return {
    name: 'orders',
    topicId: ZERO_UUID,
    partition,
    fetchOffset,
    currentLeaderEpoch: -1,
    lastFetchedEpoch: -1,
    partitionMaxBytes: 100,
    sentHighWatermark: -1,
    sentLogStartOffset: -1,
    hadError: false,
  }
}

function emptySession(): FetchSession {
  return new FetchSession({ id: 1, usesTopicIds: false, nowMs: 0 })
}

test('FetchSession.advanceEpoch() goes from the largest epoch to 1, since 0 would open a session', () => {
  const session = emptySession()
  session.nextEpoch = 0x7fffffff

  session.advanceEpoch()

  assert.equal(session.nextEpoch, 1)
})

test('FetchSession serves a partition that got data after the others', () => {
  const session = emptySession()
  const [first, second, third] = [target(0), target(1), target(2)]
  session.update([first, second, third])

  session.moveToEnd(first)

  assert.deepEqual(
    session.targets.map(({ partition }) => partition),
    [1, 2, 0],
  )
})

test('FetchSession.update() renews the position of a partition in its place and keeps what was sent', () => {
  const session = emptySession()
  const first = target(0)
  session.update([first, target(1)])
  first.sentHighWatermark = 7

  session.update([target(0, 5)])

  assert.deepEqual(
    session.targets.map(({ partition, fetchOffset, sentHighWatermark }) => [
      partition,
      fetchOffset,
      sentHighWatermark,
    ]),
    [
      [0, 5, 7],
      [1, 0, -1],
    ],
  )
})

test('FetchSessionCache makes room only by a session that was unused for two minutes', () => {
  const clock = new FakeClock()
  const cache = new FetchSessionCache({ slotsMax: 2, clock, random: seededRandom(1) })
  const first = cache.create(false)
  const second = cache.create(false)
  assert.ok(first !== undefined && second !== undefined)

  assert.equal(cache.create(false), undefined)
  clock.advance(119_999)
  cache.use(first.id)
  assert.equal(cache.create(false), undefined)
  clock.advance(1)
  const third = cache.create(false)

  assert.ok(third !== undefined)
  assert.equal(cache.use(second.id), undefined)
  assert.equal(cache.use(first.id), first)
  assert.equal(cache.size, 2)
})
