/** Whole groups against a broker in this process: joins, leaves and kills, with one owner at a time. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Cluster } from '../../../cluster/cluster.ts'
import { KafkaError } from '../../../kafka-error.ts'
import { ClientMetrics } from '../../../metrics/client-metrics.ts'
import { elapse, outcomeOf, until } from '../../../testing/fake-world.ts'
import { createGroupMember, type GroupOptions } from '../create-group-member.ts'
import type { GroupMember } from '../group-member.ts'
import { startOttla, type OttlaInProcess } from '../testing/ottla-in-process.ts'
import { Holders, RecordingListener } from '../testing/recording-listener.ts'

interface Joined {
  readonly cluster: Cluster
  readonly member: GroupMember
  readonly listener: RecordingListener
}

const SESSION_TIMEOUT_MS = 10_000
const WITHIN = { withinMs: 60_000 }

function start(
  ottla: OttlaInProcess,
  holders: Holders,
  name: string,
  options: Partial<GroupOptions> = {},
): Joined & { readonly joining: Promise<void> } {
  const cluster = ottla.client()
  const member = createGroupMember(cluster, {
    groupId: 'g',
    sessionTimeoutMs: SESSION_TIMEOUT_MS,
    topics: ['t'],
    ...options,
  })
  const listener = new RecordingListener(name, holders)
  return { cluster, member, listener, joining: member.join(listener) }
}

function sizes(members: readonly Joined[]): number[] {
  return members.map(({ member }) => member.assignment.length).toSorted((a, b) => a - b)
}

/** All partitions held, as evenly as said, and the listeners know it. */
function isSettled(
  holders: Holders,
  members: readonly Joined[],
  wanted: readonly number[],
): boolean {
  const total = wanted.reduce((sum, size) => sum + size, 0)
  return (
    holders.count === total &&
    JSON.stringify(sizes(members)) === JSON.stringify(wanted) &&
    members.every(({ member, listener }) => listener.held.size === member.assignment.length)
  )
}

test('a member of its own gets everything, commits, and finds it again', async () => {
  await using ottla = await startOttla({ t: 3 })
  const { world } = ottla
  const holders = new Holders()
  const one = start(ottla, holders, 'one')
  await outcomeOf(world, one.joining, WITHIN)
  assert.equal(one.member.protocol, 'classic')
  assert.deepEqual(sizes([one]), [3])

  const offset = { topic: 't', partition: 1, offset: 42, leaderEpoch: 0, metadata: 'm' }
  const errors = await outcomeOf(world, one.member.commit([offset]), WITHIN)
  const found = await outcomeOf(
    world,
    one.member.committed([
      { topic: 't', partition: 0 },
      { topic: 't', partition: 1 },
    ]),
    WITHIN,
  )

  assert.equal(errors.size, 0)
  assert.equal(found[0]?.offset, -1)
  assert.deepEqual(found[1], offset)
  await outcomeOf(world, one.member.leave(), WITHIN)
})

for (const assignor of ['cooperative-sticky', 'range', 'roundrobin', 'sticky'] as const) {
  test(`three members share, leave and die with ${assignor}, and no partition has two owners`, async () => {
    await using ottla = await startOttla({ t: 7 })
    const { world } = ottla
    const holders = new Holders()
    const options = { assignors: [assignor] }
    const one = start(ottla, holders, 'one', options)
    await until(world, () => isSettled(holders, [one], [7]), WITHIN)

    const two = start(ottla, holders, 'two', options)
    await until(world, () => isSettled(holders, [one, two], [3, 4]), WITHIN)
    const three = start(ottla, holders, 'three', options)
    await until(world, () => isSettled(holders, [one, two, three], [2, 2, 3]), WITHIN)

    await outcomeOf(world, one.member.leave(), WITHIN)
    await until(world, () => isSettled(holders, [two, three], [3, 4]), WITHIN)
    // Dies without a word: the others wait for its session to expire.
    two.cluster.close()
    two.listener.die()
    await until(world, () => isSettled(holders, [three], [7]), WITHIN)

    assert.equal(two.listener.fatal?.code, 'CLIENT_CLOSED')
    await outcomeOf(world, three.member.leave(), WITHIN)
    assert.equal(holders.count, 0)
  })
}

test('a cooperative member goes on with what it keeps while the group rebalances', async () => {
  await using ottla = await startOttla({ t: 4 })
  const { world } = ottla
  const holders = new Holders()
  const one = start(ottla, holders, 'one')
  await until(world, () => isSettled(holders, [one], [4]), WITHIN)

  const two = start(ottla, holders, 'two')
  await until(world, () => isSettled(holders, [one, two], [2, 2]), WITHIN)

  const [all, revoked, ...rest] = one.listener.events
  assert.equal(all, 'assigned t 0, t 1, t 2, t 3')
  assert.match(revoked ?? '', /^revoked t \d, t \d$/)
  assert.deepEqual(rest, [])
  await outcomeOf(world, Promise.all([one.member.leave(), two.member.leave()]), WITHIN)
})

test('a cooperative member joins a group that knows range alone, and nothing has two owners', async () => {
  await using ottla = await startOttla({ t: 4 })
  const { world } = ottla
  const holders = new Holders()
  const one = start(ottla, holders, 'one', { assignors: ['range'] })
  await until(world, () => isSettled(holders, [one], [4]), WITHIN)

  const two = start(ottla, holders, 'two')
  await until(world, () => isSettled(holders, [one, two], [2, 2]), WITHIN)
  const three = start(ottla, holders, 'three')
  await until(world, () => isSettled(holders, [one, two, three], [1, 1, 2]), WITHIN)
  await outcomeOf(world, one.member.leave(), WITHIN)
  await until(world, () => isSettled(holders, [two, three], [2, 2]), WITHIN)

  assert.deepEqual(
    [one, two, three].map(({ listener }) => listener.fatal),
    [undefined, undefined, undefined],
  )
  await outcomeOf(world, Promise.all([two.member.leave(), three.member.leave()]), WITHIN)
})

test('what is committed while onRevoked is awaited counts, and the next owner starts there', async () => {
  await using ottla = await startOttla({ t: 2 })
  const { world } = ottla
  const holders = new Holders()
  const one = start(ottla, holders, 'one')
  await until(world, () => isSettled(holders, [one], [2]), WITHIN)
  one.listener.whileRevoking = async (partitions) => {
    const offsets = partitions.map((tp) => ({ ...tp, offset: 5, leaderEpoch: -1, metadata: '' }))
    assert.equal((await one.member.commit(offsets)).size, 0)
  }

  const two = start(ottla, holders, 'two')
  await until(world, () => isSettled(holders, [one, two], [1, 1]), WITHIN)
  const found = await outcomeOf(world, two.member.committed(two.member.assignment), WITHIN)

  assert.deepEqual(
    found.map(({ offset }) => offset),
    [5],
  )
  await outcomeOf(world, Promise.all([one.member.leave(), two.member.leave()]), WITHIN)
})

test("two members of one client do not wait for each other's JoinGroup", async () => {
  await using ottla = await startOttla({ t: 2 })
  const { world } = ottla
  const holders = new Holders()
  const cluster = ottla.client()
  const make = (name: string) => {
    const member = createGroupMember(cluster, { groupId: 'g', topics: ['t'] })
    const listener = new RecordingListener(name, holders)
    return { cluster, member, listener, joining: member.join(listener) }
  }

  const both = [make('one'), make('two')]
  await until(world, () => isSettled(holders, both, [1, 1]), { withinMs: 20_000 })

  await outcomeOf(world, Promise.all(both.map(({ member }) => member.leave())), WITHIN)
})

test('a static member that comes back within its session gets its partitions back, unnoticed', async () => {
  await using ottla = await startOttla({ t: 4 })
  const { world } = ottla
  const holders = new Holders()
  const one = start(ottla, holders, 'one', { groupInstanceId: 'i1' })
  const two = start(ottla, holders, 'two', { groupInstanceId: 'i2' })
  await until(world, () => isSettled(holders, [one, two], [2, 2]), WITHIN)
  const before = one.member.assignment
  const noticed = two.listener.events.length

  await outcomeOf(world, one.member.leave(), WITHIN)
  const again = start(ottla, holders, 'again', { groupInstanceId: 'i1' })
  await until(world, () => isSettled(holders, [again, two], [2, 2]), WITHIN)

  assert.deepEqual(again.member.assignment, before)
  assert.equal(two.listener.events.length, noticed)
  await outcomeOf(world, Promise.all([again.member.leave(), two.member.leave()]), WITHIN)
})

test('a second process with the same instance id fences the first', async () => {
  await using ottla = await startOttla({ t: 2 })
  const { world } = ottla
  const holders = new Holders()
  const one = start(ottla, holders, 'one', { groupInstanceId: 'same' })
  await until(world, () => isSettled(holders, [one], [2]), WITHIN)

  // Its partitions go to the second one before the first hears of it, as in Kafka.
  const two = start(ottla, new Holders(), 'two', { groupInstanceId: 'same' })
  await until(world, () => one.listener.fatal, WITHIN)

  assert.deepEqual(one.listener.events.slice(1), ['lost t 0, t 1', 'fatal FENCED_INSTANCE_ID'])
  await outcomeOf(world, two.joining, WITHIN)
  await outcomeOf(world, two.member.leave(), WITHIN)
})

test('offsets are committed and fetched without membership, for partitions chosen by hand', async () => {
  await using ottla = await startOttla({ t: 1 })
  const { world } = ottla
  const cluster = ottla.client()
  const member = createGroupMember(cluster, { groupId: 'by-hand' })

  const offset = { topic: 't', partition: 0, offset: 7, leaderEpoch: -1, metadata: '' }
  await outcomeOf(world, member.commit([offset]), WITHIN)
  const found = await outcomeOf(world, member.committed([{ topic: 't', partition: 0 }]), WITHIN)

  assert.equal(found[0]?.offset, 7)
  await outcomeOf(world, member.leave(), WITHIN)
})

test('a commit by hand into a group that has members is refused', async () => {
  await using ottla = await startOttla({ t: 1 })
  const { world } = ottla
  const one = start(ottla, new Holders(), 'one')
  await outcomeOf(world, one.joining, WITHIN)
  const byHand = createGroupMember(ottla.client(), { groupId: 'g' })

  const offset = { topic: 't', partition: 0, offset: 7, leaderEpoch: -1, metadata: '' }
  await assert.rejects(
    outcomeOf(world, byHand.commit([offset]), WITHIN),
    (error: unknown) => error instanceof KafkaError && error.code === 'UNKNOWN_MEMBER_ID',
  )

  await outcomeOf(world, one.member.leave(), WITHIN)
})

test('rebalances are counted and timed', async () => {
  await using ottla = await startOttla({ t: 2 })
  const { world } = ottla
  const metrics = new ClientMetrics()
  const cluster = ottla.client(world.network, { metrics })
  const holders = new Holders()
  const one = createGroupMember(cluster, { groupId: 'g', topics: ['t'] })
  const listener = new RecordingListener('one', holders)
  await outcomeOf(world, one.join(listener), WITHIN)
  assert.equal(metrics.consumer.snapshot().rebalanceCount, 1)

  const two = start(ottla, holders, 'two')
  await until(world, () => listener.held.size === 1 && two.listener.held.size === 1, WITHIN)
  await elapse(world, 10_000)

  // One that takes a partition from it, and one that gives that to the newcomer.
  assert.equal(metrics.consumer.snapshot().rebalanceCount, 2)
  await outcomeOf(world, Promise.all([one.leave(), two.member.leave()]), WITHIN)
})

test('a member that has left leaves no timer behind', async () => {
  await using ottla = await startOttla({ t: 1 })
  const { world } = ottla
  const cluster = ottla.client()
  const member = createGroupMember(cluster, { groupId: 'g', topics: ['t'] })
  await outcomeOf(world, member.join(new RecordingListener()), WITHIN)
  await elapse(world, 5000)

  await outcomeOf(world, member.leave(), WITHIN)

  // The main lane alone, which commits and LeaveGroup use.
  assert.equal(cluster.openConnectionCount, 1)
})
