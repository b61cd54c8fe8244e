import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode } from '@ottla/protocol'
import type { ListGroupsResponse } from '@ottla/protocol/list-groups-response'
import type { OffsetFetchResponse } from '@ottla/protocol/offset-fetch-response'
import { groupMetadataRecord } from '../group/group-metadata-record.ts'
import { answerOf } from '../testing/answer-of.ts'
import { stableMember } from '../testing/stable-member.ts'
import {
  commitRequest,
  contextOf,
  joinRequest,
  TEST_CONFIG,
  TestCoordinator,
} from '../testing/test-coordinator.ts'
import { offsetCommitRecord } from './offset-commit-record.ts'

const MINUTE_MS = 60_000

/** Twenty minutes of retention, looked at every ten: shorter than the session of a member. */
function aCoordinator(): Promise<TestCoordinator> {
  return TestCoordinator.loaded({
    config: { ...TEST_CONFIG, offsetsRetentionMs: 20 * MINUTE_MS },
  })
}

function storedTopics(test: TestCoordinator): string[] {
  const request = { groupId: 'g', topics: null, groups: [], requireStable: false }
  const { topics } = answerOf<OffsetFetchResponse>((reply) => {
    test.coordinator.fetchOffsets(contextOf(7), request, reply)
  })
  return topics.map(({ name }) => name)
}

function listedGroups(test: TestCoordinator): string[] {
  const { groups } = answerOf<ListGroupsResponse>((reply) => {
    test.coordinator.listGroups(contextOf(5), { statesFilter: [], typesFilter: [] }, reply)
  })
  return groups.map(({ groupId }) => groupId)
}

function commitAs(
  test: TestCoordinator,
  { memberId, generationId }: { memberId: string; generationId: number },
): void {
  const claim = { memberId, generationIdOrMemberEpoch: generationId }
  answerOf((reply) => {
    const request = commitRequest({ orders: 1, payments: 2 }, claim)
    test.coordinator.commitOffsets(contextOf(9), request, reply)
  })
}

test('a stable consumer keeps the offsets of its topics and loses those of others', async () => {
  const test = await aCoordinator()
  commitAs(test, stableMember(test))

  test.clock.advance(29 * MINUTE_MS)
  assert.deepEqual(storedTopics(test), ['orders', 'payments'])

  test.clock.advance(MINUTE_MS - 3000)
  assert.deepEqual(storedTopics(test), ['orders'])
})

test('nothing of a group expires whose subscription cannot be understood, or that is not consumers', async () => {
  for (const protocolType of ['consumer', 'connect']) {
    const test = await aCoordinator()
    const protocols = [{ name: 'range', metadata: Buffer.from('?') }]
    commitAs(test, stableMember(test, { protocolType, protocols }))

    test.clock.advance(30 * MINUTE_MS - 3000)

    assert.deepEqual(storedTopics(test), ['orders', 'payments'], protocolType)
  }
})

test('nothing expires while a group rebalances', async () => {
  const test = await aCoordinator()
  const member = stableMember(test)
  commitAs(test, member)
  const { memberId } = member
  const rejoin = joinRequest({ memberId, sessionTimeoutMs: 1_800_000 })
  test.coordinator.joinGroup(contextOf(3), rejoin, () => {})
  test.coordinator.joinGroup(contextOf(3), joinRequest({ rebalanceTimeoutMs: 1_800_000 }), () => {})

  test.clock.advance(25 * MINUTE_MS)

  assert.deepEqual(storedTopics(test), ['orders', 'payments'])
})

test('a group without offsets goes away once it is empty, with a tombstone', async () => {
  const test = await aCoordinator()
  const { memberId } = stableMember(test)
  const members = [{ memberId, groupInstanceId: null, reason: null }]
  answerOf((reply) => {
    test.coordinator.leaveGroup(contextOf(5), { groupId: 'g', memberId: '', members }, reply)
  })
  assert.deepEqual(listedGroups(test), ['g'])

  test.clock.advance(10 * MINUTE_MS)

  assert.deepEqual(listedGroups(test), [])
  assert.equal(test.log.records(0).at(-1)?.value, null)
})

test('a group of an old record, which does not say since when it is empty, counts from the commit', async () => {
  const test = new TestCoordinator()
  const value = {
    protocolType: 'consumer',
    generation: 3,
    protocol: null,
    leader: null,
    members: [],
  }
  const commitTimestampMs = test.clock.wallMs()
  const offset = { committedOffset: 1, leaderEpoch: -1, metadata: '', expireTimestampMs: -1 }
  const key = { groupId: 'g', topic: 'orders', partition: 0 }
  const topicId = test.topicIds.get('orders') ?? assert.fail()
  test.log
    .records(0)
    .push(
      groupMetadataRecord('g', { ...value, currentStateTimestamp: -1 }),
      offsetCommitRecord(key, { ...offset, commitTimestampMs, topicId }),
    )
  await test.coordinator.load(0)

  test.clock.advance(TEST_CONFIG.offsetsRetentionMs - 1)
  assert.deepEqual(storedTopics(test), ['orders'])

  test.clock.advance(1)
  assert.deepEqual(storedTopics(test), [])
  assert.deepEqual(listedGroups(test), [])
})

test('an offset with a commit on its way does not expire', async () => {
  const test = await aCoordinator()
  answerOf((reply) => {
    test.coordinator.commitOffsets(contextOf(9), commitRequest({ orders: 1 }), reply)
  })
  test.log.isHolding = true
  test.clock.advance(19 * MINUTE_MS)
  test.coordinator.commitOffsets(contextOf(9), commitRequest({ orders: 2 }), () => {})

  test.clock.advance(MINUTE_MS)
  test.log.release()

  assert.deepEqual(storedTopics(test), ['orders'])
})

test('expiry that cannot be written is tried again the next time', async () => {
  const test = await aCoordinator()
  answerOf((reply) => {
    test.coordinator.commitOffsets(contextOf(9), commitRequest({ orders: 1 }), reply)
  })
  test.log.failWith = ErrorCode.NOT_ENOUGH_REPLICAS
  test.clock.advance(20 * MINUTE_MS)
  assert.deepEqual(storedTopics(test), ['orders'])

  test.log.failWith = ErrorCode.NONE
  test.clock.advance(10 * MINUTE_MS)
  assert.deepEqual(storedTopics(test), [])
})

test('onTopicsDeleted() that cannot be written keeps the offsets', async () => {
  const test = await aCoordinator()
  answerOf((reply) => {
    test.coordinator.commitOffsets(contextOf(9), commitRequest({ orders: 1 }), reply)
  })
  test.log.failWith = ErrorCode.NOT_ENOUGH_REPLICAS

  test.coordinator.onTopicsDeleted(['orders'])

  assert.deepEqual(storedTopics(test), ['orders'])
})

test('a deletion that fails does not change since when the group is empty', async () => {
  const test = await aCoordinator()
  const member = stableMember(test)
  commitAs(test, member)
  const members = [{ memberId: member.memberId, groupInstanceId: null, reason: null }]
  answerOf((reply) => {
    test.coordinator.leaveGroup(contextOf(5), { groupId: 'g', memberId: '', members }, reply)
  })
  test.clock.advance(9 * MINUTE_MS)
  test.log.failWith = ErrorCode.NOT_ENOUGH_REPLICAS
  answerOf((reply) => {
    test.coordinator.deleteGroups(contextOf(2), { groupsNames: ['g'] }, reply)
  })
  test.log.failWith = ErrorCode.NONE

  test.clock.advance(10 * MINUTE_MS)
  assert.deepEqual(storedTopics(test), ['orders', 'payments'])

  test.clock.advance(11 * MINUTE_MS)
  assert.deepEqual(storedTopics(test), [])
})
