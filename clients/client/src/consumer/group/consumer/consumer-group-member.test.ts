import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { decodeMetadataRequest } from '@ottla/protocol/metadata-request'
import { encodeMetadataResponse } from '@ottla/protocol/metadata-response'
import { KafkaError } from '../../../kafka-error.ts'
import { FakeBroker } from '../../../testing/fake-broker.ts'
import { elapse, fakeWorld, outcomeOf, settle, until } from '../../../testing/fake-world.ts'
import { createGroupMember, type GroupOptions } from '../create-group-member.ts'
import { FakeConsumerGroup, type FakeConsumerGroupOptions } from '../testing/fake-consumer-group.ts'
import { clusterOf } from '../testing/group-world.ts'
import { Holders, RecordingListener } from '../testing/recording-listener.ts'

function setUp(
  options: Partial<GroupOptions> = {},
  topics: Readonly<Record<string, number>> = { t: 2 },
  groupOptions: FakeConsumerGroupOptions = {},
) {
  const world = fakeWorld()
  const broker = new FakeBroker(world.network, { topics })
  const group = new FakeConsumerGroup(broker, groupOptions)
  const cluster = clusterOf(world, broker.address)
  const holders = new Holders()
  const make = (name: string, own: Partial<GroupOptions> = {}) => {
    const member = createGroupMember(cluster, {
      groupId: 'g',
      protocol: 'consumer',
      topics: ['t'],
      ...options,
      ...own,
    })
    return { member, listener: new RecordingListener(name, holders) }
  }
  const { member, listener } = make('one')
  const joined = async (): Promise<void> => {
    await outcomeOf(world, member.join(listener), { withinMs: 10_000 })
  }
  return { world, broker, group, cluster, holders, make, member, listener, joined }
}

const BOTH = 'assigned t 0, t 1'

test('ConsumerGroupMember joins with all that there is to say, and then says what is new', async () => {
  const { world, group, joined, member, listener } = setUp({ rack: 'r1', serverAssignor: 'range' })

  await joined()
  await elapse(world, 1000)

  const [join, ack, quiet] = group.heartbeats
  assert.equal(join?.memberEpoch, 0)
  assert.equal(join?.rebalanceTimeoutMs, 300_000)
  assert.equal(join?.rackId, 'r1')
  assert.equal(join?.serverAssignor, 'range')
  assert.deepEqual(join?.subscribedTopicNames, ['t'])
  assert.deepEqual(join?.topicPartitions, [])
  assert.match(join?.memberId ?? '', /^[\w-]{22}$/)
  assert.equal(ack?.topicPartitions?.[0]?.partitions.length, 2)
  assert.equal(ack?.subscribedTopicNames, null)
  assert.equal(ack?.rebalanceTimeoutMs, -1)
  assert.equal(quiet?.topicPartitions, null)
  assert.deepEqual(listener.events, [BOTH])
  assert.equal(member.protocol, 'consumer')
  assert.equal(member.memberEpoch, 1)
  assert.equal(member.memberId, join?.memberId)
})

test('heartbeats keep the interval of the coordinator, also while the listener works', async () => {
  const { world, group, listener, member, joined } = setUp()
  await joined()
  await elapse(world, 500)
  const before = group.heartbeats.length

  for (let i = 0; i < 5; i++) await elapse(world, 1000)
  assert.equal(group.heartbeats.length, before + 5)
  const release = listener.holdUp('revoked')
  member.subscribe(['none'])
  await until(world, () => listener.events.length === 2, { withinMs: 3000 })
  const atRevoke = group.heartbeats.length
  for (let i = 0; i < 5; i++) await elapse(world, 1000)

  assert.equal(group.heartbeats.length, atRevoke + 5)
  // Not acknowledged before it is true.
  assert.ok(group.heartbeats.slice(atRevoke).every(({ topicPartitions }) => !topicPartitions))
  release()
  await until(world, () => member.assignment.length === 0)
  await settle(world)
  assert.deepEqual(group.heartbeats.at(-1)?.topicPartitions, [])
})

test('three members share, one leaves, one dies: nothing has two owners', async () => {
  const { world, group, make, holders, cluster } = setUp({}, { t: 7 })
  const one = make('one')
  const two = make('two')
  const three = make('three')
  const all = [one, two, three]
  const sizes = () => all.map(({ member }) => member.assignment.length)

  for (const { member, listener } of all) {
    await outcomeOf(world, member.join(listener), { withinMs: 10_000 })
  }
  await until(world, () => holders.count === 7 && Math.max(...sizes()) === 3, { withinMs: 20_000 })
  await outcomeOf(world, one.member.leave())
  await until(world, () => holders.count === 7, { withinMs: 20_000 })
  assert.deepEqual(
    sizes().toSorted((a, b) => a - b),
    [0, 3, 4],
  )
  // Thrown out by the coordinator, it hears of it with its next heartbeat.
  group.remove(two.member.memberId)
  await until(world, () => two.listener.events.some((event) => event.startsWith('lost')), {
    withinMs: 5000,
  })
  await until(world, () => holders.count === 7 && Math.max(...sizes()) === 4, { withinMs: 20_000 })

  await outcomeOf(world, Promise.all([two.member.leave(), three.member.leave()]))
  cluster.close()
  await settle(world)
  assert.equal(world.clock.timerCount, 0)
})

test('onRevoked that takes longer than a rebalance may last loses the partitions', async () => {
  const { world, member, listener, joined, group } = setUp({ rebalanceTimeoutMs: 5000 })
  await joined()
  const release = listener.holdUp('revoked')
  member.subscribe(['none'])
  await until(world, () => listener.events.length === 2, { withinMs: 3000 })

  await elapse(world, 4900)
  assert.equal(listener.events.length, 2)
  await elapse(world, 200)

  assert.equal(listener.events[2], 'lost t 0, t 1')
  const before = group.heartbeats.length
  release()
  await until(world, () => group.heartbeats.length > before)
  assert.equal(group.heartbeats.at(-1)?.memberEpoch, 0)
})

test('the time that a revocation may take counts from the assignment which asks for it', async () => {
  const { world, member, listener, joined } = setUp({ rebalanceTimeoutMs: 5000 })
  await joined()
  await elapse(world, 60_000)
  listener.holdUp('revoked')
  member.subscribe(['none'])
  await until(world, () => listener.events.length === 2, { withinMs: 3000 })

  await elapse(world, 4900)
  assert.equal(listener.events.length, 2)
  await elapse(world, 200)

  assert.equal(listener.events[2], 'lost t 0, t 1')
})

test('heartbeats that bring no assignment give a revocation no more time', async () => {
  const { world, member, listener } = setUp({ rebalanceTimeoutMs: 5000 })
  const taken = listener.holdUp('assigned')
  void member.join(listener)
  await until(world, () => listener.events.length === 1, { withinMs: 3000 })
  // The coordinator waits from here on, and the listener is still busy with what it was given before.
  member.subscribe(['none'])
  listener.holdUp('revoked')
  for (let i = 0; i < 3; i++) await elapse(world, 1000)
  taken()
  await until(world, () => listener.events.length === 2)

  await elapse(world, 1900)
  assert.equal(listener.events.length, 2)
  await elapse(world, 200)

  assert.equal(listener.events[2], 'lost t 0, t 1')
})

for (const name of ['FENCED_MEMBER_EPOCH', 'UNKNOWN_MEMBER_ID'] as const) {
  test(`${name}: the partitions are lost, and the member joins with epoch 0 when that is known`, async () => {
    const { world, group, listener, joined } = setUp()
    await joined()
    const release = listener.holdUp('lost')
    group.next.push(ErrorCode[name])
    await until(world, () => listener.events.length === 2, { withinMs: 3000 })
    const before = group.heartbeats.length

    await elapse(world, 5000)
    assert.equal(group.heartbeats.length, before)
    release()
    await until(world, () => listener.events.length === 3, { withinMs: 3000 })

    assert.deepEqual(listener.events, [BOTH, 'lost t 0, t 1', BOTH])
    const rejoin = group.heartbeats[before]
    assert.equal(rejoin?.memberEpoch, 0)
    assert.deepEqual(rejoin?.topicPartitions, [])
    assert.deepEqual(rejoin?.subscribedTopicNames, ['t'])
  })
}

test('after a failure everything is said again, as it may not have been heard', async () => {
  const { world, broker, group, joined, listener } = setUp()
  await joined()
  await settle(world)
  broker.cutAfterNext(ApiKey.ConsumerGroupHeartbeat, 'before')
  const before = group.heartbeats.length

  await elapse(world, 1000)
  await elapse(world, 500)

  assert.equal(group.heartbeats.length, before + 2)
  const again = group.heartbeats.at(-1)
  assert.equal(again?.memberEpoch, 1)
  assert.deepEqual(again?.subscribedTopicNames, ['t'])
  assert.equal(again?.topicPartitions?.[0]?.partitions.length, 2)
  assert.deepEqual(listener.events, [BOTH])
})

test('a coordinator that cannot be reached for a session costs the partitions', async () => {
  const { world, broker, joined, listener } = setUp({ sessionTimeoutMs: 10_000 })
  await joined()
  broker.stop()

  await until(world, () => listener.events.length === 2, { withinMs: 15_000 })
  broker.listen()
  await until(world, () => listener.events.length === 3, { withinMs: 20_000 })

  assert.deepEqual(listener.events, [BOTH, 'lost t 0, t 1', BOTH])
})

for (const [groupInstanceId, epoch] of [
  [undefined, -1],
  ['i', -2],
] as const) {
  test(`leave() revokes and sends epoch ${epoch}`, async () => {
    const { world, group, cluster, joined, member, listener } = setUp({ groupInstanceId })
    await joined()

    await outcomeOf(world, member.leave())

    assert.deepEqual(listener.events, [BOTH, 'revoked t 0, t 1'])
    assert.equal(group.heartbeats.at(-1)?.memberEpoch, epoch)
    assert.equal(group.heartbeats.at(-1)?.instanceId, groupInstanceId ?? null)
    cluster.close()
    await settle(world)
    assert.equal(world.clock.timerCount, 0)
  })
}

test('a pattern is matched by the coordinator', async () => {
  const topics = { 'log-a': 1, 'log-b': 1, other: 1 }
  const { group, joined, listener } = setUp({ topics: [], pattern: /^LOG-/i }, topics)

  await joined()

  assert.equal(group.heartbeats[0]?.subscribedTopicRegex, '(?i).*(?:^LOG-).*')
  assert.deepEqual(listener.events, ['assigned log-a 0, log-b 0'])
})

test('a pattern that the coordinator cannot read is matched here', async () => {
  const topics = { 'log-a': 1, 'log-b': 1, other: 1 }
  const { group, joined, listener } = setUp({ topics: [], pattern: /^log-(?!b)/ }, topics)
  group.isRegexRefused = true

  await joined()

  assert.deepEqual(group.heartbeats[1]?.subscribedTopicRegex, '')
  assert.deepEqual(group.heartbeats[1]?.subscribedTopicNames, ['log-a'])
  assert.deepEqual(listener.events, ['assigned log-a 0'])
})

test('a pattern that would match internal topics is matched here from then on', async () => {
  const { world, broker, cluster, group, joined, listener } = setUp(
    { topics: [], pattern: /./ },
    { a: 1 },
  )
  await joined()
  assert.equal(group.heartbeats[0]?.subscribedTopicRegex, '.*(?:.).*')

  broker.cluster.addTopic('__internal', { partitions: 1, isInternal: true })
  broker.cluster.addTopic('b', 1)
  cluster.refreshSoon()
  await until(world, () => listener.events.length === 2, { withinMs: 5000 })

  assert.deepEqual(listener.events, ['assigned a 0', 'assigned b 0'])
  assert.ok(group.heartbeats.some(({ subscribedTopicRegex }) => subscribedTopicRegex === ''))
})

test('a pattern is matched here for a coordinator that speaks version 0', async () => {
  const { world, broker, cluster, joined, listener } = setUp(
    { topics: [], pattern: /^log-/ },
    { 'log-a': 1, other: 1 },
    { version: 0 },
  )
  await joined()
  assert.deepEqual(listener.events, ['assigned log-a 0'])

  broker.cluster.addTopic('log-b', 1)
  cluster.refreshSoon()
  await until(world, () => listener.events.length === 2, { withinMs: 5000 })

  assert.deepEqual(listener.events[1], 'assigned log-b 0')
})

test('subscribe() is told at once, and reconciled', async () => {
  const { world, group, member, joined, listener } = setUp({}, { t: 2, u: 1 })
  await joined()
  await settle(world)
  const before = group.heartbeats.length

  member.subscribe(['u'])
  await settle(world)

  assert.deepEqual(group.heartbeats[before]?.subscribedTopicNames, ['u'])
  await until(world, () => listener.events.length === 3, { withinMs: 3000 })
  assert.deepEqual(listener.events, [BOTH, 'revoked t 0, t 1', 'assigned u 0'])
})

test('a refusal for good rejects join(), or is told through onFatal', async () => {
  const early = setUp()
  early.group.next.push(ErrorCode.GROUP_MAX_SIZE_REACHED)
  await assert.rejects(
    outcomeOf(early.world, early.member.join(early.listener)),
    (error: unknown) => error instanceof KafkaError && error.code === 'GROUP_MAX_SIZE_REACHED',
  )
  assert.equal(early.listener.fatal, undefined)

  const late = setUp({ groupInstanceId: 'i' })
  await late.joined()
  late.group.next.push(ErrorCode.FENCED_INSTANCE_ID)
  await until(late.world, () => late.listener.fatal, { withinMs: 3000 })

  assert.deepEqual(late.listener.events.slice(1), ['lost t 0, t 1', 'fatal FENCED_INSTANCE_ID'])
})

test('a listener that throws ends the membership, and the group is told', async () => {
  const { world, member, group, listener } = setUp()
  listener.onAssigned = () => Promise.reject(new Error('no disk'))

  await assert.rejects(
    outcomeOf(world, member.join(listener)),
    (error: unknown) => error instanceof KafkaError && error.code === 'LISTENER_FAILED',
  )

  await until(world, () => group.heartbeats.at(-1)?.memberEpoch === -1)
})

test('leaving a group that had let go of the member is no reason to warn', async () => {
  const { world, member, group, joined } = setUp()
  await joined()
  await elapse(world, 1000)
  group.next.push(ErrorCode.GROUP_ID_NOT_FOUND)

  await outcomeOf(world, member.leave())

  assert.equal(group.heartbeats.at(-1)?.memberEpoch, -1)
  assert.deepEqual(
    world.logLines.filter(({ level }) => level === 'warn'),
    [],
  )
})

test('who leaves while it joins is forgotten by the group, however often it is said', async () => {
  const { world, cluster, member, group, listener } = setUp()
  const heard = Promise.withResolvers<void>()
  group.gate = heard.promise
  const stop = new AbortController()
  const joining = member.join(listener, stop.signal)
  joining.catch(() => undefined)
  // The coordinator has the join, and is about to answer it.
  await settle(world)

  stop.abort(new Error('enough'))
  const leaving = [member.leave()]
  await settle(world)
  leaving.push(member.leave())
  heard.resolve()
  await outcomeOf(world, Promise.all(leaving))

  await assert.rejects(joining, /enough/)
  assert.deepEqual(
    group.heartbeats.map(({ memberEpoch }) => memberEpoch),
    [0, -1],
  )
  assert.equal(group.members.size, 0)
  assert.equal(cluster.openConnectionCount, 1)
  assert.deepEqual(
    world.logLines.filter(({ level }) => level === 'warn'),
    [],
  )
})

test('no join is sent behind the goodbye of who leaves before the metadata has come', async () => {
  const { world, broker, cluster, member, group, listener } = setUp({ topics: ['t', 'unknown'] })
  await outcomeOf(world, cluster.refresher.refresh())
  const learnt = Promise.withResolvers<void>()
  const goodbye = Promise.withResolvers<void>()
  group.gate = goodbye.promise
  broker.serve(
    ApiKey.Metadata,
    { min: 0, max: 13 },
    decodeMetadataRequest,
    encodeMetadataResponse,
    (request, version) => learnt.promise.then(() => broker.cluster.metadata(request, version)),
  )
  member.join(listener).catch(() => undefined)
  await settle(world)

  const leaving = member.leave()
  await settle(world)
  learnt.resolve()
  await settle(world)
  goodbye.resolve()
  await outcomeOf(world, leaving)
  await settle(world)

  assert.deepEqual(
    group.heartbeats.filter(({ memberEpoch }) => memberEpoch === 0),
    [],
  )
  assert.equal(group.members.size, 0)
})
