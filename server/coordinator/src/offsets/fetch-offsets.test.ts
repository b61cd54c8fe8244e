import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ZERO_UUID, type Uuid } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import type { OffsetFetchRequest } from '@ottla/protocol/offset-fetch-request'
import type { OffsetFetchResponse } from '@ottla/protocol/offset-fetch-response'
import { answerOf, answersOf } from '../testing/answer-of.ts'
import {
  commitRequest,
  contextOf,
  TEST_TOPIC_IDS,
  TestCoordinator,
} from '../testing/test-coordinator.ts'

const ORDERS_ID = TEST_TOPIC_IDS.get('orders') as Uuid
const PAYMENTS_ID = TEST_TOPIC_IDS.get('payments') as Uuid
const OTHER_ID = 'otherAAAAAAAAAAAAAAAAA' as Uuid

type Fetch = Partial<OffsetFetchRequest>

function fetch(test: TestCoordinator, apiVersion: number, request: Fetch): OffsetFetchResponse {
  const whole = { groupId: '', topics: [], groups: [], requireStable: false, ...request }
  return answerOf((reply) => {
    test.coordinator.fetchOffsets(contextOf(apiVersion), whole, reply)
  })
}

function byName(groupId: string, name: string, ...partitionIndexes: number[]) {
  const topics = [{ name, topicId: ZERO_UUID, partitionIndexes }]
  return { groupId, memberId: null, memberEpoch: -1, topics }
}

function byId(topicId: Uuid, ...partitionIndexes: number[]) {
  return {
    ...byName('g', '', ...partitionIndexes),
    topics: [{ name: '', topicId, partitionIndexes }],
  }
}

async function withOrdersAt5(): Promise<TestCoordinator> {
  const test = await TestCoordinator.loaded()
  const request = commitRequest({ orders: 5 })
  const [topic] = request.topics
  Object.assign(topic?.partitions[0] ?? {}, { committedLeaderEpoch: 3, committedMetadata: 'note' })
  answerOf((reply) => {
    test.coordinator.commitOffsets(contextOf(9), request, reply)
  })
  return test
}

const AT_5 = {
  partitionIndex: 0,
  committedOffset: 5,
  committedLeaderEpoch: 3,
  metadata: 'note',
  errorCode: 0,
}
const NOTHING = {
  partitionIndex: 1,
  committedOffset: -1,
  committedLeaderEpoch: -1,
  metadata: '',
  errorCode: 0,
}

test('OffsetFetch 1 to 7 answers one group at the top', async () => {
  const coordinator = await withOrdersAt5()

  const topics = [{ name: 'orders', partitionIndexes: [0, 1] }]
  const response = fetch(coordinator, 7, { groupId: 'g', topics })

  assert.deepEqual(response, {
    throttleTimeMs: 0,
    errorCode: 0,
    topics: [{ name: 'orders', partitions: [AT_5, NOTHING] }],
    groups: [],
  })
})

test('OffsetFetch with null topics lists everything the group committed, and nothing else', async () => {
  const coordinator = await withOrdersAt5()

  const all = fetch(coordinator, 5, { groupId: 'g', topics: null })
  const none = fetch(coordinator, 5, { groupId: 'nobody', topics: null })

  assert.deepEqual(all.topics, [{ name: 'orders', partitions: [AT_5] }])
  assert.deepEqual(none.topics, [])
})

test('OffsetFetch 8 answers many groups, each with its own error', async () => {
  const coordinator = await withOrdersAt5()

  const groups = [byName('g', 'orders', 0), byName('nobody', 'orders', 1)]
  const response = fetch(coordinator, 8, { groups })

  const [own, other] = response.groups
  assert.deepEqual(own?.topics[0]?.partitions, [AT_5])
  assert.deepEqual(other?.topics[0]?.partitions, [NOTHING])
  assert.equal(other?.errorCode, 0)
  assert.deepEqual(response.topics, [])
})

test('OffsetFetch 10 knows topics by id only', async () => {
  const coordinator = await withOrdersAt5()

  const groups = [byId(ORDERS_ID, 0), byId(OTHER_ID, 0), byId(PAYMENTS_ID, 1)]
  const response = fetch(coordinator, 10, { groups })

  const [orders, other, payments] = response.groups.map((group) => group.topics[0])
  assert.deepEqual(orders?.partitions, [AT_5])
  assert.equal(other?.topicId, OTHER_ID)
  assert.equal(other?.partitions[0]?.errorCode, ErrorCode.UNKNOWN_TOPIC_ID)
  assert.deepEqual(payments?.partitions, [NOTHING])
})

test('OffsetFetch 10 of all topics gives ids and leaves out topics that have none any more', async () => {
  const coordinator = await withOrdersAt5()
  const groups = [{ groupId: 'g', memberId: null, memberEpoch: -1, topics: null }]

  const before = fetch(coordinator, 10, { groups }).groups[0]?.topics
  coordinator.topicIds.delete('orders')
  const after = fetch(coordinator, 10, { groups }).groups[0]?.topics

  assert.deepEqual(
    before?.map(({ topicId }) => topicId),
    [ORDERS_ID],
  )
  assert.deepEqual(after, [])
})

test('OffsetFetch does not give the offset of a deleted topic to one of the same name', async () => {
  const coordinator = await withOrdersAt5()
  coordinator.topicIds.set('orders', OTHER_ID)

  const topics = [{ name: 'orders', partitionIndexes: [0] }]
  const named = fetch(coordinator, 7, { groupId: 'g', topics }).topics
  const all = fetch(coordinator, 7, { groupId: 'g', topics: null }).topics
  const byNewId = fetch(coordinator, 10, { groups: [byId(OTHER_ID, 0)] }).groups[0]?.topics

  const nothingAt0 = { ...NOTHING, partitionIndex: 0 }
  assert.deepEqual(named[0]?.partitions, [nothingAt0])
  assert.deepEqual(all, [])
  assert.deepEqual(byNewId?.[0]?.partitions, [nothingAt0])
})

test('OffsetFetch 1 has no place for the error of a group but the partitions', () => {
  const test = new TestCoordinator()
  const topics = [{ name: 'orders', partitionIndexes: [0] }]

  const first = fetch(test, 1, { groupId: 'g', topics })
  const second = fetch(test, 2, { groupId: 'g', topics })

  assert.equal(first.topics[0]?.partitions[0]?.errorCode, ErrorCode.NOT_COORDINATOR)
  assert.equal(second.errorCode, ErrorCode.NOT_COORDINATOR)
  assert.deepEqual(second.topics, [])
})

test('OffsetFetch of stable offsets waits for every group that it asks for', async () => {
  const { coordinator, log } = await withOrdersAt5()
  log.isHolding = true
  const commits = answersOf((reply) => {
    coordinator.commitOffsets(contextOf(9), commitRequest({ orders: 6 }), reply)
  })
  const groups = [byName('g', 'orders', 0), byName('h', 'orders', 0)]
  const request = { groupId: '', topics: null, groups, requireStable: true }

  const answers = answersOf<OffsetFetchResponse>((reply) => {
    coordinator.fetchOffsets(contextOf(9), request, reply)
  })
  assert.deepEqual([commits.length, answers.length], [0, 0])
  log.release()

  const [own, other] = answers[0]?.groups ?? []
  assert.equal(commits.length, 1)
  assert.equal(own?.topics[0]?.partitions[0]?.committedOffset, 6)
  assert.equal(other?.topics[0]?.partitions[0]?.committedOffset, -1)
})

test('OffsetFetch without groups is answered without groups', async () => {
  const test = await TestCoordinator.loaded()

  assert.deepEqual(fetch(test, 8, { groups: [] }).groups, [])
})
