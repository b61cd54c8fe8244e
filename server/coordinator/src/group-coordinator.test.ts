import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MalformedError } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import type { HeartbeatResponse } from '@ottla/protocol/heartbeat-response'
import type { JoinGroupRequest } from '@ottla/protocol/join-group-request'
import type { JoinGroupResponse } from '@ottla/protocol/join-group-response'
import type { ListGroupsResponse } from '@ottla/protocol/list-groups-response'
import type { SyncGroupResponse } from '@ottla/protocol/sync-group-response'
import { DEFAULT_GROUP_LIMITS } from './group-coordinator-config.ts'
import { answerOf, answersOf } from './testing/answer-of.ts'
import {
  commitRequest,
  contextOf,
  joinRequest,
  syncRequest,
  TEST_CONFIG,
  TestCoordinator,
} from './testing/test-coordinator.ts'

function join(
  test: TestCoordinator,
  apiVersion: number,
  overrides: Partial<JoinGroupRequest> = {},
): JoinGroupResponse[] {
  return answersOf((reply) => {
    test.coordinator.joinGroup(contextOf(apiVersion), joinRequest(overrides), reply)
  })
}

function list(test: TestCoordinator, states: string[] = [], types: string[] = []) {
  const request = { statesFilter: states, typesFilter: types }
  return answerOf<ListGroupsResponse>((reply) => {
    test.coordinator.listGroups(contextOf(5), request, reply)
  })
}

test('JoinGroup before version 7 has an empty protocol name where there is none', async () => {
  const test = await TestCoordinator.loaded()

  assert.equal(join(test, 6)[0]?.protocolName, '')
  assert.equal(join(test, 7)[0]?.protocolName, null)
})

test('JoinGroup 0 takes the session timeout for the rebalance timeout it does not have', async () => {
  const test = await TestCoordinator.loaded()
  const first = join(test, 0, { sessionTimeoutMs: 8000, rebalanceTimeoutMs: -1 })
  test.clock.advance(3000)
  const leader = first[0]?.memberId ?? ''
  join(test, 0, { memberId: leader, sessionTimeoutMs: 8000, rebalanceTimeoutMs: -1 })
  assert.notEqual(leader, '')
  test.clock.advance(7000)
  const second = join(test, 0, { sessionTimeoutMs: 9000, rebalanceTimeoutMs: -1 })

  // The leader has not synced: 8 s after its second join it is out and the newcomer leads.
  test.clock.advance(2000)

  assert.equal(second[0]?.leader, second[0]?.memberId)
})

test('a held join copies what it keeps: the frame it came in is reused', async () => {
  const test = await TestCoordinator.loaded()
  const metadata = Buffer.from('0000000000010006', 'hex')
  const protocols = [{ name: 'range', metadata }]
  const answers = join(test, 3, { protocols })

  metadata.fill(0xff)
  test.clock.advance(3000)

  assert.equal(answers[0]?.members[0]?.metadata.toString('hex'), '0000000000010006')
})

test('a synced assignment copies what it keeps', async () => {
  const test = await TestCoordinator.loaded()
  const [joined] = (() => {
    const answers = join(test, 3)
    test.clock.advance(3000)
    return answers
  })()
  const memberId = joined?.memberId ?? ''
  const assignment = Buffer.from('p0')
  const sync = () =>
    answerOf<SyncGroupResponse>((reply) => {
      const assignments = [{ memberId, assignment }]
      test.coordinator.syncGroup(contextOf(5), syncRequest({ memberId, assignments }), reply)
    })

  sync()
  assignment.fill(0)

  assert.equal(sync().assignment.toString(), 'p0')
})

test('JoinGroup refuses more bytes or protocols than a member may have', async () => {
  const limits = { ...DEFAULT_GROUP_LIMITS, memberMetadataBytesMax: 10, memberProtocolsMax: 2 }
  const test = await TestCoordinator.loaded({ limits })
  const protocols = (count: number, bytes: number) =>
    Array.from({ length: count }, (_, i) => ({ name: `p${i}`, metadata: Buffer.alloc(bytes) }))

  assert.equal(
    join(test, 4, { protocols: protocols(2, 5) })[0]?.errorCode,
    ErrorCode.MEMBER_ID_REQUIRED,
  )
  assert.equal(
    join(test, 4, { protocols: protocols(2, 6) })[0]?.errorCode,
    ErrorCode.INVALID_REQUEST,
  )
  assert.equal(
    join(test, 4, { protocols: protocols(3, 1) })[0]?.errorCode,
    ErrorCode.INVALID_REQUEST,
  )
})

test('the longest names that are accepted fit into the records', async () => {
  const test = await TestCoordinator.loaded()
  // Three bytes for each character, as for bytes that were no UTF-8.
  const name = '\ufffd'.repeat(DEFAULT_GROUP_LIMITS.nameCharactersMax)
  const overrides = {
    groupId: name,
    groupInstanceId: name,
    protocolType: name,
    protocols: [{ name, metadata: Buffer.alloc(1) }],
  }
  const request = joinRequest(overrides)
  const answers = answersOf<JoinGroupResponse>((reply) => {
    test.coordinator.joinGroup(contextOf(9, `${name}${name}`), request, reply)
  })
  test.clock.advance(3000)
  const { memberId } = answers[0] ?? assert.fail()
  const sync = { ...overrides, memberId, protocolName: name }
  const synced = answerOf<SyncGroupResponse>((reply) => {
    test.coordinator.syncGroup(contextOf(5), syncRequest(sync), reply)
  })

  assert.equal(synced.errorCode, ErrorCode.NONE)
  const over = `${name}x`
  const errorOf = (longer: Partial<JoinGroupRequest>) => join(test, 9, longer)[0]?.errorCode
  assert.equal(errorOf({ groupId: over }), ErrorCode.INVALID_GROUP_ID)
  assert.equal(errorOf({ groupInstanceId: over }), ErrorCode.INVALID_REQUEST)
  assert.equal(errorOf({ protocolType: over }), ErrorCode.INVALID_REQUEST)
  const protocols = [{ name: over, metadata: Buffer.alloc(1) }]
  assert.equal(errorOf({ protocols }), ErrorCode.INVALID_REQUEST)
})

test('JoinGroup makes no more groups than a partition may have', async () => {
  const limits = { ...DEFAULT_GROUP_LIMITS, groupsPerPartitionMax: 2 }
  const test = await TestCoordinator.loaded({ limits })
  const joinInto = (groupId: string) => join(test, 4, { groupId })[0]?.errorCode

  assert.equal(joinInto('g1'), ErrorCode.MEMBER_ID_REQUIRED)
  assert.equal(joinInto('g2'), ErrorCode.MEMBER_ID_REQUIRED)
  assert.equal(joinInto('g3'), ErrorCode.POLICY_VIOLATION)
  assert.equal(joinInto('g1'), ErrorCode.MEMBER_ID_REQUIRED)
})

test('the oldest pending member gives way when there are too many', async () => {
  const limits = { ...DEFAULT_GROUP_LIMITS, pendingMembersMax: 2 }
  const test = await TestCoordinator.loaded({ limits })
  const ids = [0, 1, 2].map(() => join(test, 4)[0]?.memberId ?? '')

  const oldest = join(test, 4, { memberId: ids[0] ?? '' })
  const others = [ids[1], ids[2]].map((memberId) => join(test, 4, { memberId: memberId ?? '' }))
  test.clock.advance(6000)

  assert.equal(oldest[0]?.errorCode, ErrorCode.UNKNOWN_MEMBER_ID)
  assert.deepEqual(
    others.map(([answer]) => answer?.errorCode),
    [0, 0],
  )
})

test('SyncGroup 5 without protocol names is refused before anything else', () => {
  const test = new TestCoordinator()
  const sync = (apiVersion: number) =>
    answerOf<SyncGroupResponse>((reply) => {
      const request = syncRequest({ groupId: '', protocolType: null, protocolName: null })
      test.coordinator.syncGroup(contextOf(apiVersion), request, reply)
    }).errorCode

  assert.equal(sync(5), ErrorCode.INCONSISTENT_GROUP_PROTOCOL)
  assert.equal(sync(4), ErrorCode.INVALID_GROUP_ID)
})

test('while a partition is loading, heartbeats are answered and everything else has to wait', async () => {
  const test = new TestCoordinator()
  const loading = test.coordinator.load(0)
  const { COORDINATOR_LOAD_IN_PROGRESS } = ErrorCode

  const heartbeat = answerOf<HeartbeatResponse>((reply) => {
    const request = { groupId: 'g', generationId: 1, memberId: 'm', groupInstanceId: null }
    test.coordinator.heartbeat(contextOf(4), request, reply)
  })
  assert.equal(heartbeat.errorCode, ErrorCode.NONE)
  assert.equal(join(test, 9)[0]?.errorCode, COORDINATOR_LOAD_IN_PROGRESS)
  assert.equal(list(test).errorCode, COORDINATOR_LOAD_IN_PROGRESS)

  await loading
  assert.equal(join(test, 9)[0]?.errorCode, ErrorCode.MEMBER_ID_REQUIRED)
})

test('load() that is overtaken by unload() leaves nothing behind', async () => {
  const test = new TestCoordinator()
  const first = test.coordinator.load(0)

  test.coordinator.unload(0)
  await first
  assert.equal(join(test, 9)[0]?.errorCode, ErrorCode.NOT_COORDINATOR)
  assert.equal(test.clock.timerCount, 0)

  await test.coordinator.load(0)
  assert.equal(join(test, 9)[0]?.errorCode, ErrorCode.MEMBER_ID_REQUIRED)
})

test('load() again while it is loaded keeps what is there', async () => {
  const test = await TestCoordinator.loaded()
  join(test, 9)

  await test.coordinator.load(0)

  assert.equal(list(test).groups.length, 1)
})

test('load() of a broken record fails, and the partition is not served', async () => {
  const test = new TestCoordinator()
  test.log.records(0).push({ key: Buffer.from('0001', 'hex'), value: null })

  await assert.rejects(test.coordinator.load(0), MalformedError)

  assert.equal(join(test, 9)[0]?.errorCode, ErrorCode.NOT_COORDINATOR)
})

test('load() passes over the records of other kinds of groups', async () => {
  const test = new TestCoordinator()
  // ConsumerGroupMetadataKey, type 3, and a share group's, type 10.
  test.log.records(0).push({ key: Buffer.from('0003000167', 'hex'), value: Buffer.alloc(2) })
  test.log.records(0).push({ key: Buffer.from('000a000167', 'hex'), value: null })

  await test.coordinator.load(0)

  assert.deepEqual(list(test).groups, [])
})

test('close() refuses everything and leaves no timer behind', async () => {
  const test = await TestCoordinator.loaded()
  const held = join(test, 3)

  test.coordinator.close()

  assert.equal(held[0]?.errorCode, ErrorCode.NOT_COORDINATOR)
  assert.equal(join(test, 3)[0]?.errorCode, ErrorCode.COORDINATOR_NOT_AVAILABLE)
  assert.equal(list(test).errorCode, ErrorCode.COORDINATOR_NOT_AVAILABLE)
  assert.equal(test.clock.timerCount, 0)
})

test('a client that sends its next request from within the answer finds the group in order', async () => {
  const test = await TestCoordinator.loaded()
  const events: string[] = []
  const sync = (memberId: string) => {
    test.coordinator.syncGroup(contextOf(5), syncRequest({ memberId }), ({ errorCode }) => {
      events.push(`sync ${errorCode}`)
    })
  }
  for (let i = 0; i < 2; i++) {
    test.coordinator.joinGroup(contextOf(3), joinRequest(), ({ memberId }) => {
      events.push('join')
      sync(memberId)
    })
  }

  test.clock.advance(6000)

  // Both joins are answered before the sync of the leader, though that was sent from within the first.
  assert.deepEqual(events, ['join', 'join', 'sync 0', 'sync 0'])
  // Had a nested effect been overtaken, a timer for syncs would still be set and end the group.
  test.clock.advance(9_000)
  assert.deepEqual(
    list(test).groups.map((group) => group.groupState),
    ['Stable'],
  )
})

test('a loaded group larger than group.max.size rebalances, and the last to join are refused', async () => {
  const test = await TestCoordinator.loaded()
  const members = Array.from({ length: 3 }, () => join(test, 3))
  test.clock.advance(6000)
  const ids = members.map(([answer]) => answer?.memberId ?? '')
  for (const memberId of [...ids.slice(1), ids[0] ?? '']) {
    test.coordinator.syncGroup(contextOf(5), syncRequest({ memberId }), () => {})
  }
  const smaller = new TestCoordinator({
    config: { ...TEST_CONFIG, groupMaxSize: 2 },
    log: test.log,
  })

  await smaller.coordinator.load(0)
  const rejoins = ids.map((memberId) => join(smaller, 3, { memberId }))

  assert.deepEqual(
    rejoins.map(([answer]) => answer?.errorCode),
    [ErrorCode.NONE, ErrorCode.NONE, ErrorCode.GROUP_MAX_SIZE_REACHED],
  )
})

test('ListGroups filters by state and type in any case of letters', async () => {
  const test = await TestCoordinator.loaded()
  answerOf((reply) => {
    test.coordinator.commitOffsets(contextOf(9), commitRequest({ orders: 1 }), reply)
  })
  join(test, 3, { groupId: 'h' })
  const ids = (states: string[], types: string[] = []) =>
    list(test, states, types).groups.map(({ groupId }) => groupId)

  assert.deepEqual(ids([]), ['g', 'h'])
  assert.deepEqual(ids(['EMPTY']), ['g'])
  assert.deepEqual(ids(['preparingrebalance', 'Stable']), ['h'])
  assert.deepEqual(ids([], ['Classic']), ['g', 'h'])
  assert.deepEqual(ids([], ['consumer']), [])
  assert.deepEqual(list(test, ['empty']).groups, [
    { groupId: 'g', protocolType: '', groupState: 'Empty', groupType: 'classic' },
  ])
})

test('DescribeGroups 6 says that a group is not there where older versions show a dead one', async () => {
  const test = await TestCoordinator.loaded()
  const describe = (apiVersion: number) =>
    answerOf<{ groups: { errorCode: number; groupState: string; errorMessage: string | null }[] }>(
      (reply) => {
        const request = { groups: ['nobody'], includeAuthorizedOperations: false }
        test.coordinator.describeGroups(contextOf(apiVersion), request, reply)
      },
    ).groups[0]

  const { errorCode, groupState, errorMessage } = describe(5) ?? assert.fail()
  assert.deepEqual([errorCode, groupState, errorMessage], [0, 'Dead', null])
  const newer = describe(6) ?? assert.fail()
  assert.equal(newer.errorCode, ErrorCode.GROUP_ID_NOT_FOUND)
  assert.equal(newer.groupState, 'Dead')
  assert.equal(newer.errorMessage, 'Group nobody not found.')
})

test('nobody coordinates while __consumer_offsets does not exist', () => {
  const test = new TestCoordinator({ partitionCount: () => 0 })

  assert.equal(join(test, 9)[0]?.errorCode, ErrorCode.NOT_COORDINATOR)
  assert.deepEqual(list(test), { throttleTimeMs: 0, errorCode: ErrorCode.NONE, groups: [] })
})
