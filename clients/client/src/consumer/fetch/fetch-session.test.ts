import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ZERO_UUID, uuid, type Uuid } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import { FetchSession, type SessionPartition, type SessionRequest } from './fetch-session.ts'

const OTHER_ID = uuid('AAAAAAAAAAAAAAAAAAAAAQ')

function one(partition: number, fetchOffset = 0, topicId: Uuid = ZERO_UUID): SessionPartition {
  const key = `orders ${partition}`
  const rest = { currentLeaderEpoch: 0, maxBytes: 1000 }
  return { topic: 'orders', topicId, partition, key, fetchOffset, ...rest }
}

function named({ topics }: SessionRequest): number[][] {
  return topics.flatMap(({ partitions }) => partitions.map((p) => [p.partition, p.fetchOffset]))
}

function forgotten({ forgottenTopicsData }: SessionRequest): number[] {
  return forgottenTopicsData.flatMap(({ partitions }) => partitions)
}

test('FetchSession names everything first, then what has changed, and forgets what is not wanted', () => {
  const session = new FetchSession()

  const full = session.next([one(0), one(1), one(2)])
  session.onAnswer(0, 77)
  const second = session.next([one(0, 5), one(1)])
  session.onAnswer(0, 77)
  const third = session.next([one(0, 5), one(1), one(2)])

  assert.deepEqual([full.sessionId, full.sessionEpoch], [0, 0])
  assert.equal(named(full).length, 3)
  assert.deepEqual([second.sessionId, second.sessionEpoch], [77, 1])
  assert.deepEqual(named(second), [[0, 5]])
  assert.deepEqual(forgotten(second), [2])
  assert.equal(third.sessionEpoch, 2)
  assert.deepEqual(named(third), [[2, 0]])
})

test('FetchSession asks in full again and again of a broker that has no room for a session', () => {
  const session = new FetchSession()
  session.next([one(0)])
  session.onAnswer(0, 0)

  const request = session.next([one(0)])

  assert.deepEqual([request.sessionId, request.sessionEpoch], [0, 0])
  assert.equal(named(request).length, 1)
})

test('FetchSession begins again when the broker has forgotten it, and closes the old one after a lost answer', () => {
  const session = new FetchSession()
  session.next([one(0)])
  session.onAnswer(0, 77)
  session.next([one(0)])

  assert.ok(session.onAnswer(ErrorCode.FETCH_SESSION_ID_NOT_FOUND, 0))
  const afresh = session.next([one(0)])
  session.onAnswer(0, 78)
  session.next([one(0)])
  session.onFailed()
  const afterLoss = session.next([one(0)])

  assert.deepEqual([afresh.sessionId, afresh.sessionEpoch], [0, 0])
  assert.deepEqual([afterLoss.sessionId, afterLoss.sessionEpoch], [78, 0])
  assert.equal(named(afterLoss).length, 1)
})

test('FetchSession forgets a topic that was made anew under its name, and names the new one', () => {
  const session = new FetchSession()
  session.next([one(0)])
  session.onAnswer(0, 77)

  const request = session.next([one(0, 0, OTHER_ID)])

  assert.deepEqual(
    request.forgottenTopicsData.map(({ topicId }) => topicId),
    [ZERO_UUID],
  )
  assert.deepEqual(
    request.topics.map(({ topicId }) => topicId),
    [OTHER_ID],
  )
})

test('FetchSession.last() closes a session that the broker has given, once', () => {
  const session = new FetchSession()
  assert.equal(session.last(), undefined)
  session.next([one(0)])
  session.onAnswer(0, 77)

  const last = session.last()

  assert.deepEqual([last?.sessionId, last?.sessionEpoch], [77, -1])
  assert.equal(session.last(), undefined)
})
