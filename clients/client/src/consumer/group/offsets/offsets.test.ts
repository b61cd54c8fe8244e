/** Commits and fetches of offsets through a member, in every version and around every refusal. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ZERO_UUID } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import { KafkaError } from '../../../kafka-error.ts'
import { FakeBroker } from '../../../testing/fake-broker.ts'
import { elapse, fakeWorld, outcomeOf, settle, until } from '../../../testing/fake-world.ts'
import { createGroupMember, type GroupOptions } from '../create-group-member.ts'
import type { OffsetToCommit } from '../group-member.ts'
import { FakeConsumerGroup } from '../testing/fake-consumer-group.ts'
import { FakeOffsets } from '../testing/fake-offsets.ts'
import { clusterOf } from '../testing/group-world.ts'
import { RecordingListener } from '../testing/recording-listener.ts'
import { ScriptedGroup } from '../testing/scripted-group.ts'

function setUp(
  options: Partial<GroupOptions> = {},
  versions: { readonly commit: number; readonly fetch: number } = { commit: 10, fetch: 10 },
) {
  const world = fakeWorld()
  const broker = new FakeBroker(world.network, { topics: { t: 2, u: 1 } })
  const classic = new ScriptedGroup(broker)
  const consumer = new FakeConsumerGroup(broker)
  const offsets = new FakeOffsets(broker, versions)
  const cluster = clusterOf(world, broker.address)
  const member = createGroupMember(cluster, {
    groupId: 'g',
    protocol: 'classic',
    topics: ['t', 'u'],
    ...options,
  })
  const listener = new RecordingListener()
  const joined = async (): Promise<void> => {
    await outcomeOf(world, member.join(listener), { withinMs: 5000 })
  }
  return { world, broker, classic, consumer, offsets, cluster, member, listener, joined }
}

function at(topic: string, partition: number, offset: number): OffsetToCommit {
  return { topic, partition, offset, leaderEpoch: -1, metadata: '' }
}

const T0 = { topic: 't', partition: 0 }
const WITHIN = { withinMs: 70_000 }

function isCode(code: string) {
  return (error: unknown): boolean => error instanceof KafkaError && error.code === code
}

for (let version = 1; version <= 10; version++) {
  const commit = Math.max(2, version)
  test(`OffsetCommit ${commit} and OffsetFetch ${version} carry offsets there and back`, async () => {
    const { world, member, offsets, joined } = setUp({}, { commit, fetch: version })
    await joined()
    const wanted = [at('t', 0, 5), { ...at('t', 1, 2 ** 40), metadata: 'note' }, at('u', 0, 7)]

    const errors = await outcomeOf(world, member.commit(wanted))
    const found = await outcomeOf(
      world,
      member.committed([...wanted, { topic: 't', partition: 9 }]),
    )

    assert.equal(errors.size, 0)
    assert.deepEqual(found, [...wanted, { ...at('t', 9, -1) }])
    assert.equal(offsets.commits[0]?.generationIdOrMemberEpoch, 1)
    assert.equal(offsets.commits[0]?.memberId, 'member-1')
    assert.equal(offsets.fetches[0]?.requireStable, version >= 7)
  })
}

test('a commit goes by name when a topic has no id that is known', async () => {
  const { world, member, broker, offsets } = setUp()
  broker.cluster.addTopic('t', { partitions: 1, id: ZERO_UUID })

  await outcomeOf(world, member.commit([at('t', 0, 5)]))
  const found = await outcomeOf(world, member.committed([T0]))

  assert.equal(offsets.commits[0]?.topics[0]?.name, 't')
  assert.equal(found[0]?.offset, 5)
})

test('without membership the epoch is -1 and there is no member id', async () => {
  const { world, member, offsets } = setUp({ groupInstanceId: 'i' })

  await outcomeOf(world, member.commit([at('t', 0, 5)]))

  const { generationIdOrMemberEpoch, memberId, groupInstanceId } = offsets.commits[0] ?? {}
  assert.deepEqual([generationIdOrMemberEpoch, memberId, groupInstanceId], [-1, '', null])
})

test('a KIP-848 member commits and fetches under its epoch', async () => {
  const { world, member, offsets, joined } = setUp({ protocol: 'consumer' })
  await joined()

  await outcomeOf(world, member.commit([at('t', 0, 5)]))
  await outcomeOf(world, member.committed([T0]))

  assert.equal(offsets.commits[0]?.generationIdOrMemberEpoch, member.memberEpoch)
  assert.equal(offsets.commits[0]?.memberId, member.memberId)
  assert.equal(offsets.fetches[0]?.groups[0]?.memberId, member.memberId)
  assert.equal(offsets.fetches[0]?.groups[0]?.memberEpoch, member.memberEpoch)
})

test('a partition that is refused alone is told apart from the others', async () => {
  const { world, member, offsets } = setUp()
  offsets.errorOf.set('t 1', ErrorCode.OFFSET_METADATA_TOO_LARGE)

  const errors = await outcomeOf(world, member.commit([at('t', 0, 5), at('t', 1, 6)]))

  assert.deepEqual([...errors.keys()], ['t 1'])
  assert.equal(errors.get('t 1')?.code, 'OFFSET_METADATA_TOO_LARGE')
  assert.equal(offsets.committed.get('t 0')?.offset, 5)
})

test('a coordinator that moves or loads is asked again', async () => {
  const { world, member, offsets } = setUp()
  offsets.nextCommit.push(ErrorCode.NOT_COORDINATOR, ErrorCode.COORDINATOR_LOAD_IN_PROGRESS)
  offsets.nextFetch.push(ErrorCode.COORDINATOR_NOT_AVAILABLE, ErrorCode.UNSTABLE_OFFSET_COMMIT)

  await outcomeOf(world, member.commit([at('t', 0, 5)]), WITHIN)
  const found = await outcomeOf(world, member.committed([T0]), WITHIN)

  assert.equal(found[0]?.offset, 5)
  assert.equal(offsets.commits.length, 3)
  assert.equal(offsets.fetches.length, 3)
})

test('an offset that a transaction is about to replace is waited for', async () => {
  const { world, member, offsets } = setUp()
  offsets.errorOf.set('t 0', ErrorCode.UNSTABLE_OFFSET_COMMIT)
  const fetching = member.committed([T0])
  await elapse(world, 2000)
  const attempts = offsets.fetches.length

  offsets.errorOf.clear()
  const found = await outcomeOf(world, fetching, WITHIN)

  assert.ok(attempts > 1)
  assert.equal(found[0]?.offset, -1)
})

test('a commit during a rebalance is repeated under the new generation for what is kept', async () => {
  const { world, member, classic, offsets, joined } = setUp()
  await joined()
  offsets.nextCommit.push(ErrorCode.REBALANCE_IN_PROGRESS)

  await outcomeOf(world, member.commit([at('t', 0, 5)]), WITHIN)

  assert.equal(classic.generationId, 2)
  assert.equal(offsets.commits.at(-1)?.generationIdOrMemberEpoch, 2)
  assert.equal(offsets.committed.get('t 0')?.offset, 5)
})

test('a commit is never repeated under a new generation for what another member has now', async () => {
  const { world, member, classic, offsets, joined } = setUp()
  await joined()
  offsets.nextCommit.push(ErrorCode.REBALANCE_IN_PROGRESS)
  classic.assignment = [{ topic: 'u', partition: 0 }]

  await assert.rejects(
    outcomeOf(world, member.commit([at('t', 0, 5)]), WITHIN),
    isCode('ILLEGAL_GENERATION'),
  )

  assert.equal(offsets.commits.length, 1)
  assert.equal(offsets.committed.size, 0)
})

test('a commit that is refused as of an unknown member loses the partitions', async () => {
  const { world, member, offsets, listener, joined } = setUp()
  await joined()
  offsets.nextCommit.push(ErrorCode.UNKNOWN_MEMBER_ID)

  await assert.rejects(
    outcomeOf(world, member.commit([at('t', 0, 5)]), WITHIN),
    isCode('UNKNOWN_MEMBER_ID'),
  )

  await until(world, () => listener.events.length === 3, WITHIN)
  assert.equal(listener.events[1], 'lost t 0, t 1, u 0')
})

test('a member that was thrown out does not commit before it has joined again', async () => {
  const { world, member, classic, offsets, listener, joined } = setUp()
  await joined()
  const release = listener.holdUp('lost')
  classic.next.heartbeat.push(ErrorCode.UNKNOWN_MEMBER_ID)
  await until(world, () => listener.events.length === 2, WITHIN)

  await assert.rejects(
    outcomeOf(world, member.commit([at('t', 0, 5)])),
    isCode('UNKNOWN_MEMBER_ID'),
  )

  assert.equal(offsets.commits.length, 0)
  release()
})

test('a stale epoch is one that the next heartbeat mends', async () => {
  const { world, member, offsets, joined } = setUp({ protocol: 'consumer' })
  await joined()
  offsets.nextCommit.push(ErrorCode.STALE_MEMBER_EPOCH)
  offsets.nextFetch.push(ErrorCode.STALE_MEMBER_EPOCH)

  await outcomeOf(world, member.commit([at('t', 0, 5)]), WITHIN)
  const found = await outcomeOf(world, member.committed([T0]), WITHIN)

  assert.equal(found[0]?.offset, 5)
})

test('a commit does not wait behind the own JoinGroup', async () => {
  const { world, member, classic, offsets, joined } = setUp()
  await joined()
  classic.isParking = true
  classic.next.heartbeat.push(ErrorCode.REBALANCE_IN_PROGRESS)
  await elapse(world, 3100)

  await outcomeOf(world, member.commit([at('t', 0, 5)]))

  assert.equal(offsets.committed.get('t 0')?.offset, 5)
})

test('a commit that nobody answers gives up with its signal', async () => {
  const { world, member, broker } = setUp()
  broker.stop()
  await settle(world)
  const controller = new AbortController()
  const committing = member.commit([at('t', 0, 5)], controller.signal)
  committing.catch(() => undefined)
  await settle(world)

  controller.abort(new Error('enough'))

  await assert.rejects(committing, /enough/)
})

test('nothing to commit and nothing to fetch ask nobody', async () => {
  const { member, broker } = setUp()

  assert.equal((await member.commit([])).size, 0)
  assert.deepEqual(await member.committed([]), [])

  assert.equal(broker.requests.length, 0)
})
