import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { decodeFindCoordinatorRequest } from '@ottla/protocol/find-coordinator-request'
import { encodeFindCoordinatorResponse } from '@ottla/protocol/find-coordinator-response'
import type { JoinGroupRequest } from '@ottla/protocol/join-group-request'
import {
  decodeLeaveGroupRequest,
  type LeaveGroupRequest,
} from '@ottla/protocol/leave-group-request'
import {
  encodeLeaveGroupResponse,
  type LeaveGroupResponse,
} from '@ottla/protocol/leave-group-response'
import { KafkaError } from '../../../kafka-error.ts'
import { coordinator } from '../../../testing/default-apis.ts'
import { elapse, outcomeOf, settle, until } from '../../../testing/fake-world.ts'
import { classicWorld } from '../testing/classic-world.ts'
import { decodeSubscription } from './consumer-protocol.ts'

const BOTH = 'assigned t 0, t 1'

test('ClassicMember joins, leads, and is given its partitions', async () => {
  const { member, listener, joined, broker } = classicWorld()

  await joined()

  assert.deepEqual(listener.events, [BOTH])
  assert.equal(member.memberId, 'member-1')
  assert.equal(member.memberEpoch, 1)
  assert.equal(member.protocol, 'classic')
  const [first, second] = broker.requestsOf<JoinGroupRequest>(ApiKey.JoinGroup)
  assert.equal(first?.message.memberId, '')
  assert.equal(second?.message.memberId, 'member-1')
  assert.equal(second?.message.rebalanceTimeoutMs, 300_000)
})

for (let version = 0; version <= 9; version++) {
  test(`ClassicMember speaks JoinGroup ${version}`, async () => {
    const versions = {
      join: version,
      sync: Math.min(version, 5),
      heartbeat: Math.min(version, 4),
      leave: Math.min(version, 5),
    }
    const { world, member, listener, joined, broker } = classicWorld({}, versions)

    await joined()
    await elapse(world, 3100)
    await outcomeOf(world, member.leave())

    assert.deepEqual(listener.events, [BOTH, 'revoked t 0, t 1'])
    assert.equal(broker.requestsOf(ApiKey.Heartbeat).length, 1)
    assert.equal(broker.requestsOf(ApiKey.LeaveGroup).length, 1)
  })
}

test('ClassicMember tells the leader what it holds, in which generation, and where it is', async () => {
  const { world, group, joined, broker } = classicWorld({ rack: 'r1' })
  await joined()

  group.next.heartbeat.push(ErrorCode.REBALANCE_IN_PROGRESS)
  await until(world, () => group.generationId === 2, { withinMs: 4000 })

  const last = broker.requestsOf<JoinGroupRequest>(ApiKey.JoinGroup).at(-1)?.message
  assert.equal(last?.protocols[0]?.name, 'cooperative-sticky')
  const metadata = last?.protocols[0]?.metadata ?? Buffer.alloc(0)
  const { ownedPartitions, generationId, rack } = decodeSubscription(metadata)
  assert.equal(ownedPartitions.length, 2)
  assert.equal(generationId, 1)
  assert.equal(rack, 'r1')
  assert.equal(last?.reason, 'the group rebalances')
})

test('heartbeats go on while the listener works', async () => {
  const { world, group, listener, joined, broker } = classicWorld({ assignors: ['range'] })
  await joined()
  const release = listener.holdUp('revoked')
  group.next.heartbeat.push(ErrorCode.REBALANCE_IN_PROGRESS)
  await until(world, () => listener.events.length === 2, { withinMs: 4000 })
  const before = broker.requestsOf(ApiKey.Heartbeat).length

  for (let i = 0; i < 10; i++) await elapse(world, 3000)

  assert.equal(broker.requestsOf(ApiKey.Heartbeat).length, before + 10)
  assert.equal(group.generationId, 1)
  release()
  await until(world, () => listener.events.length === 3, { withinMs: 1000 })
  assert.deepEqual(listener.events, [BOTH, 'revoked t 0, t 1', BOTH])
})

test('heartbeats go on while onAssigned works', async () => {
  const { world, listener, member, broker } = classicWorld()
  const release = listener.holdUp('assigned')
  const joined = member.join(listener)
  await until(world, () => listener.events.length === 1, { withinMs: 1000 })

  for (let i = 0; i < 3; i++) await elapse(world, 3000)

  assert.equal(broker.requestsOf(ApiKey.Heartbeat).length, 3)
  release()
  await outcomeOf(world, joined)
})

test('heartbeats pause while the coordinator holds SyncGroup, for however long that takes', async () => {
  const { world, group, listener, member, broker } = classicWorld()
  group.isParkingSync = true
  void member.join(listener)
  await until(world, () => broker.requestsOf(ApiKey.SyncGroup).length === 1, { withinMs: 1000 })

  await elapse(world, 60_000)

  assert.equal(broker.requestsOf(ApiKey.Heartbeat).length, 0)
  assert.equal(broker.requestsOf(ApiKey.SyncGroup).length, 1)
  assert.equal(broker.requestsOf(ApiKey.JoinGroup).length, 2)
})

test('a rebalance that the listener holds up for too long costs the partitions', async () => {
  const { world, group, listener, joined, broker } = classicWorld({
    assignors: ['range'],
    rebalanceTimeoutMs: 10_000,
  })
  await joined()
  const release = listener.holdUp('revoked')
  group.next.heartbeat.push(ErrorCode.REBALANCE_IN_PROGRESS)

  await until(world, () => listener.events.length === 3, { withinMs: 20_000 })

  assert.deepEqual(listener.events, [BOTH, 'revoked t 0, t 1', 'lost t 0, t 1'])
  await until(world, () => broker.requestsOf(ApiKey.LeaveGroup).length === 1, { withinMs: 1000 })
  // Back again when the listener has come to its end, not before.
  await elapse(world, 5000)
  assert.equal(group.generationId, 1)
  release()
  await until(world, () => listener.events.length === 4, { withinMs: 2000 })
  assert.equal(listener.events[3], BOTH)
})

test('the time that a rebalance may take counts from when it may have begun', async () => {
  const { world, group, listener, joined } = classicWorld({
    assignors: ['range'],
    rebalanceTimeoutMs: 10_000,
  })
  await joined()
  listener.holdUp('revoked')
  // The first heartbeat, at 3 s, is answered well; the second says that the group rebalances.
  group.next.heartbeat.push(0, ErrorCode.REBALANCE_IN_PROGRESS)
  await elapse(world, 3000)
  await elapse(world, 3000)
  assert.equal(listener.events.length, 2)

  await elapse(world, 6900)
  assert.equal(listener.events.length, 2)
  await elapse(world, 200)

  assert.deepEqual(listener.events[2], 'lost t 0, t 1')
})

for (const name of ['UNKNOWN_MEMBER_ID', 'ILLEGAL_GENERATION'] as const) {
  test(`${name} in a heartbeat: the partitions are lost, and the member joins again`, async () => {
    const { world, group, listener, joined } = classicWorld()
    await joined()

    group.next.heartbeat.push(ErrorCode[name])
    await until(world, () => listener.events.length === 3, { withinMs: 5000 })

    assert.deepEqual(listener.events, [BOTH, 'lost t 0, t 1', BOTH])
  })
}

test('a session that expires without a word from the coordinator loses the partitions', async () => {
  const { world, listener, joined, broker, group } = classicWorld({ sessionTimeoutMs: 10_000 })
  await joined()
  broker.stop()

  await elapse(world, 9000)
  assert.deepEqual(listener.events, [BOTH])
  await until(world, () => listener.events.length === 2, { withinMs: 5000 })

  assert.deepEqual(listener.events, [BOTH, 'lost t 0, t 1'])
  broker.listen()
  await until(world, () => listener.events.length === 3, { withinMs: 20_000 })
  assert.equal(group.generationId, 2)
})

test('a session expires while a member that holds partitions cannot rejoin', async () => {
  const { world, broker, member, joined, listener } = classicWorld({
    assignors: ['cooperative-sticky'],
    sessionTimeoutMs: 6000,
    heartbeatIntervalMs: 1000,
  })
  await joined()

  broker.stop()
  member.subscribe(['t', 'u'])
  await elapse(world, 15_000)

  assert.deepEqual(listener.events, [BOTH, 'lost t 0, t 1'])
})

test('a connection that is cut is mended by the next heartbeat, and nothing is lost', async () => {
  const { world, listener, joined, broker, group } = classicWorld()
  await joined()

  broker.cutAfterNext(ApiKey.Heartbeat, 'before')
  await elapse(world, 3100)
  await elapse(world, 3100)

  assert.deepEqual(listener.events, [BOTH])
  assert.equal(group.generationId, 1)
  assert.ok(broker.requestsOf(ApiKey.Heartbeat).length >= 2)
  assert.ok(broker.requestsOf(ApiKey.FindCoordinator).length >= 2)
})

test('a connection that swallows heartbeats is given up before the session ends', async () => {
  const { world, listener, joined, group, broker } = classicWorld()
  await joined()
  group.isParkingHeartbeats = true
  await elapse(world, 3000)
  group.isParkingHeartbeats = false

  await elapse(world, 15_000)
  await elapse(world, 3000)
  await elapse(world, 40_000)

  assert.ok(broker.requestsOf(ApiKey.Heartbeat).length > 2)
  assert.deepEqual(listener.events, [BOTH])
})

test('a JoinGroup or SyncGroup whose answer is lost is sent again', async () => {
  const { joined, broker, listener } = classicWorld()
  broker.cutAfterNext(ApiKey.JoinGroup, 'mid-frame')
  broker.cutAfterNext(ApiKey.SyncGroup, 'before')

  await joined()

  assert.deepEqual(listener.events, [BOTH])
})

test('a coordinator that moves or loads is waited for', async () => {
  const { joined, group, broker, listener } = classicWorld()
  group.next.join.push(
    ErrorCode.NOT_COORDINATOR,
    ErrorCode.COORDINATOR_LOAD_IN_PROGRESS,
    ErrorCode.COORDINATOR_NOT_AVAILABLE,
  )

  await joined()

  assert.deepEqual(listener.events, [BOTH])
  // Asked anew where the answer says that it is another one, and not while it loads.
  assert.equal(broker.requestsOf(ApiKey.FindCoordinator).length, 3)
})

test('join() rejects when the group refuses for good, and leaves nothing behind', async () => {
  const { world, member, group, listener, cluster } = classicWorld()
  group.next.join.push(ErrorCode.GROUP_AUTHORIZATION_FAILED)

  await assert.rejects(
    outcomeOf(world, member.join(listener)),
    (error: unknown) => error instanceof KafkaError && error.code === 'GROUP_AUTHORIZATION_FAILED',
  )

  assert.deepEqual(listener.events, [])
  cluster.close()
  await settle(world)
  assert.equal(world.clock.timerCount, 0)
})

test('a refusal for good after it has joined is told through onFatal, after onLost', async () => {
  const { world, group, listener, joined, cluster } = classicWorld({ groupInstanceId: 'i' })
  await joined()

  group.next.heartbeat.push(ErrorCode.FENCED_INSTANCE_ID)
  await until(world, () => listener.fatal, { withinMs: 4000 })

  assert.deepEqual(listener.events, [BOTH, 'lost t 0, t 1', 'fatal FENCED_INSTANCE_ID'])
  cluster.close()
  await settle(world)
  assert.equal(world.clock.timerCount, 0)
})

test('a listener that throws ends the membership, aloud', async () => {
  const { world, member, broker, listener } = classicWorld()
  listener.onAssigned = () => Promise.reject(new Error('no disk'))

  await assert.rejects(
    outcomeOf(world, member.join(listener)),
    (error: unknown) => error instanceof KafkaError && error.code === 'LISTENER_FAILED',
  )

  await until(world, () => broker.requestsOf(ApiKey.LeaveGroup).length === 1)
})

test('leave() awaits onRevoked, says goodbye, and leaves no timer and no connection', async () => {
  const { world, member, joined, listener, broker, cluster } = classicWorld()
  await joined()
  const release = listener.holdUp('revoked')

  const leaving = member.leave()
  await elapse(world, 7000)
  assert.equal(broker.requestsOf(ApiKey.LeaveGroup).length, 0)
  release()
  await outcomeOf(world, leaving)

  const [leave] = broker.requestsOf<LeaveGroupRequest>(ApiKey.LeaveGroup)
  assert.equal(leave?.message.members[0]?.memberId, 'member-1')
  assert.equal(cluster.openConnectionCount, 1)
  cluster.close()
  await settle(world)
  assert.equal(world.clock.timerCount, 0)
})

test('leave() that is said twice waits for the goodbye each time', async () => {
  const { world, member, joined, broker } = classicWorld()
  await joined()
  const heard = Promise.withResolvers<LeaveGroupResponse>()
  const goodbyes = broker.serve(
    ApiKey.LeaveGroup,
    { min: 5, max: 5 },
    decodeLeaveGroupRequest,
    encodeLeaveGroupResponse,
    () => heard.promise,
  )
  const first = member.leave()
  await until(world, () => goodbyes.requests.length === 1)
  let isLeft = false

  const second = member.leave().then(() => {
    isLeft = true
  })
  await settle(world)
  assert.equal(isLeft, false)
  heard.resolve({ throttleTimeMs: 0, errorCode: 0, members: [] })
  await outcomeOf(world, Promise.all([first, second]))

  assert.equal(goodbyes.requests.length, 1)
})

test('a group that had let go of the member is no reason to warn, a goodbye that failed is', async () => {
  const warnings = async (errorCode: number): Promise<string[]> => {
    const { world, member, group, joined } = classicWorld()
    await joined()
    group.next.leave.push(errorCode)
    await outcomeOf(world, member.leave())
    return world.logLines.filter(({ level }) => level === 'warn').map(({ message }) => message)
  }

  assert.deepEqual(await warnings(ErrorCode.UNKNOWN_MEMBER_ID), [])
  assert.deepEqual(await warnings(ErrorCode.GROUP_AUTHORIZATION_FAILED), [
    'Cannot leave the group; it waits for the session timeout',
  ])
})

test('leave() of a static member revokes, and tells the group nothing', async () => {
  const { world, member, joined, listener, broker } = classicWorld({ groupInstanceId: 'i' })
  await joined()

  await outcomeOf(world, member.leave())

  assert.deepEqual(listener.events, [BOTH, 'revoked t 0, t 1'])
  assert.equal(broker.requestsOf(ApiKey.LeaveGroup).length, 0)
})

test('leave() while JoinGroup is held does not wait for it', async () => {
  const { world, member, group, listener, broker } = classicWorld()
  group.isParking = true
  const joining = member.join(listener)
  joining.catch(() => undefined)
  await until(world, () => broker.requestsOf(ApiKey.JoinGroup).length === 1)

  await outcomeOf(world, member.leave())

  await assert.rejects(joining, (error: unknown) => {
    return error instanceof KafkaError && error.code === 'CLIENT_CLOSED'
  })
})

test('a coordinator that is found when the member has left is neither asked nor connected to', async () => {
  // A static member would be in the group with its first JoinGroup.
  const { world, member, listener, broker, cluster } = classicWorld({ groupInstanceId: 'i' })
  const found = Promise.withResolvers<undefined>()
  broker.serve(
    ApiKey.FindCoordinator,
    { min: 4, max: 6 },
    decodeFindCoordinatorRequest,
    encodeFindCoordinatorResponse,
    ({ coordinatorKeys }) => found.promise.then(() => coordinator(broker, coordinatorKeys)),
  )
  member.join(listener).catch(() => undefined)
  await until(world, () => broker.requestsOf(ApiKey.FindCoordinator).length === 1)
  await outcomeOf(world, member.leave())

  found.resolve(undefined)
  await settle(world)

  assert.equal(broker.requestsOf(ApiKey.JoinGroup).length, 0)
  assert.equal(cluster.openConnectionCount, 1)
})

test('leave() gives up when its signal aborts, without a timer left', async () => {
  const { world, member, joined, listener, cluster } = classicWorld()
  await joined()
  listener.holdUp('revoked')
  const controller = new AbortController()

  const leaving = member.leave(controller.signal)
  leaving.catch(() => undefined)
  controller.abort(new Error('enough'))

  await assert.rejects(leaving, /enough/)
  cluster.close()
  await settle(world)
  assert.equal(world.clock.timerCount, 0)
})

test('leave() after one that was given up has nothing left to wait for', async () => {
  const { world, member, joined, listener } = classicWorld()
  await joined()
  listener.holdUp('revoked')
  await assert.rejects(
    outcomeOf(world, member.leave(AbortSignal.abort(new Error('enough')))),
    /enough/,
  )

  await outcomeOf(world, member.leave())

  assert.equal(listener.events.at(-1), 'revoked t 0, t 1')
})

test('join() rejects with the reason of its signal, and the member leaves', async () => {
  const { world, member, group, listener } = classicWorld()
  group.isParking = true
  const controller = new AbortController()
  const joining = member.join(listener, controller.signal)
  joining.catch(() => undefined)
  await settle(world)

  controller.abort(new Error('changed my mind'))

  await assert.rejects(joining, /changed my mind/)
})

test('subscribe() rebalances, and what is not wanted any more is revoked', async () => {
  const { world, broker, member, joined, listener, group } = classicWorld()
  broker.cluster.addTopic('u', 1)
  await joined()

  member.subscribe(['u'])
  await until(world, () => listener.events.length === 3, { withinMs: 5000 })

  assert.deepEqual(listener.events, [BOTH, 'revoked t 0, t 1', 'assigned u 0'])
  assert.equal(group.generationId, 2)
})

test('a leader that sees the topic grow starts a rebalance', async () => {
  const { world, broker, cluster, joined, listener } = classicWorld()
  await joined()
  broker.cluster.addTopic('t', { partitions: 3, id: cluster.metadata.topic('t')!.id })
  cluster.refreshSoon()

  await until(world, () => listener.events.length === 2, { withinMs: 5000 })

  assert.deepEqual(listener.events, [BOTH, 'assigned t 2'])
})

test('no heartbeat is sent behind a JoinGroup, which would not be answered before that is', async () => {
  const { world, broker, cluster, joined, group } = classicWorld()
  await joined()
  const { length: before } = broker.requestsOf(ApiKey.Heartbeat)
  group.isParking = true
  broker.cluster.addTopic('t', { partitions: 3, id: cluster.metadata.topic('t')!.id })
  cluster.refreshSoon()

  // The leader looks at its topics when a heartbeat is due.
  await until(world, () => broker.requestsOf(ApiKey.JoinGroup).length === 3, { withinMs: 5000 })
  await elapse(world, 60_000)

  assert.equal(broker.requestsOf(ApiKey.Heartbeat).length, before)
  assert.equal(broker.requestsOf(ApiKey.JoinGroup).length, 3)
})

test('a topic that appears later is assigned soon, not when the metadata is old', async () => {
  const { world, broker, joined, listener } = classicWorld({ topics: ['later'] })
  await joined()
  assert.deepEqual(listener.events, [])

  broker.cluster.addTopic('later', 1)
  await until(world, () => listener.events.length === 1, { withinMs: 10_000 })

  assert.deepEqual(listener.events, ['assigned later 0'])
})

test('a pattern is matched here, and topics that match later follow', async () => {
  const { world, broker, cluster, joined, listener } = classicWorld({
    topics: [],
    pattern: /^log-/,
  })
  broker.cluster.addTopic('log-a', 1)
  await joined()
  assert.deepEqual(listener.events, ['assigned log-a 0'])

  broker.cluster.addTopic('log-b', 1)
  cluster.refreshSoon()
  await until(world, () => listener.events.length === 2, { withinMs: 10_000 })

  assert.deepEqual(listener.events, ['assigned log-a 0', 'assigned log-b 0'])
})

test('an eager group is joined eagerly when it refuses cooperative members', async () => {
  const { joined, group, broker, listener } = classicWorld()
  group.next.join.push(ErrorCode.INCONSISTENT_GROUP_PROTOCOL)

  await joined()

  const names = broker
    .requestsOf<JoinGroupRequest>(ApiKey.JoinGroup)
    .map(({ message }) => message.protocols.map(({ name }) => name))
  assert.deepEqual(names[0], ['cooperative-sticky'])
  assert.deepEqual(names.at(-1), ['cooperative-sticky', 'range'])
  assert.deepEqual(listener.events, [BOTH])
})

test('a broker too old for static members is named as the reason', async () => {
  const { world, member, listener } = classicWorld({ groupInstanceId: 'i' }, { join: 4 })

  await assert.rejects(
    outcomeOf(world, member.join(listener)),
    (error: unknown) => error instanceof KafkaError && error.code === 'UNSUPPORTED_VERSION',
  )
})
