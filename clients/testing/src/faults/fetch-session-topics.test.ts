import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ZERO_UUID } from '@ottla/base'
import type { FetchRequest } from '@ottla/protocol/fetch-request'
import { FetchSessionTopics } from './fetch-session-topics.ts'

type Partitions = Record<string, number[]>

function fetch(sessionEpoch: number, named: Partitions, forgotten: Partitions = {}): FetchRequest {
  const topics = Object.entries(named).map(([topic, partitions]) => ({
    topic,
    topicId: ZERO_UUID,
    partitions: partitions.map((partition) => ({ partition })),
  }))
  const forgottenTopicsData = Object.entries(forgotten).map(([topic, partitions]) => ({
    topic,
    topicId: ZERO_UUID,
    partitions,
  }))
  return { sessionEpoch, topics, forgottenTopicsData } as unknown as FetchRequest
}

function asked({ topics }: FetchRequest): Partitions {
  return Object.fromEntries(
    topics.map(({ topic, partitions }) => [topic, partitions.map(({ partition }) => partition)]),
  )
}

test('FetchSessionTopics.whole() adds what the session has, and takes away what was forgotten', () => {
  const session = new FetchSessionTopics()

  assert.deepEqual(asked(session.whole(fetch(0, { a: [0, 1] }))), { a: [0, 1] })
  assert.deepEqual(asked(session.whole(fetch(1, {}))), { a: [0, 1] })
  assert.deepEqual(asked(session.whole(fetch(2, { b: [3] }, { a: [1] }))), { a: [0], b: [3] })
  assert.deepEqual(asked(session.whole(fetch(3, { a: [0] }, { b: [3] }))), { a: [0] })
})

test('FetchSessionTopics.whole() begins anew with a session, and adds nothing without one', () => {
  const session = new FetchSessionTopics()
  session.whole(fetch(0, { a: [0] }))

  assert.deepEqual(asked(session.whole(fetch(0, { b: [0] }))), { b: [0] })
  assert.deepEqual(asked(session.whole(fetch(-1, { c: [0] }))), { c: [0] })
  assert.deepEqual(asked(session.whole(fetch(1, {}))), {})
})
