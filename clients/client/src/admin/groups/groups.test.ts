import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startOttla } from '@ottla/testing'
import { adminOfOttla, type AdminUnderTest } from '../testing/admin-under-test.ts'
import { joinGroup } from '../testing/join-group.ts'
import { produceTo } from '../testing/produce-to.ts'

const ORDERS_0 = { topic: 'orders', partition: 0 }
const ORDERS_1 = { topic: 'orders', partition: 1 }

async function withCommits({ admin }: AdminUnderTest): Promise<void> {
  await admin.groups.alterOffsets('billing', [
    { ...ORDERS_0, offset: 1, metadata: 'mark' },
    { ...ORDERS_1, offset: 0 },
  ])
}

test('groups.alterOffsets() commits for a group that nobody is in', async () => {
  await using ottla = await startOttla({ transport: 'memory', topics: { orders: 2 } })
  using under = adminOfOttla(ottla)
  const { groups } = under.admin

  await withCommits(under)

  const offsets = await groups.offsets('billing')
  assert.equal(offsets.size, 2)
  assert.deepEqual(offsets.value(ORDERS_0), { offset: 1, leaderEpoch: -1, metadata: 'mark' })
  assert.deepEqual((await groups.offsets('nobody')).keys(), [])
  assert.deepEqual(await groups.list({ states: ['Empty'] }), [
    { groupId: 'billing', type: 'classic', state: 'Empty', protocolType: '' },
  ])
  assert.deepEqual(await groups.list({ states: ['Stable'] }), [])
})

test('groups.lag() counts what is left to read', async () => {
  await using ottla = await startOttla({ transport: 'memory', topics: { orders: 2 } })
  using under = adminOfOttla(ottla)
  await produceTo(under, 'orders', 0, [1, 2, 3])
  await withCommits(under)

  const { totalLag, partitions } = await under.admin.groups.lag('billing')

  assert.equal(totalLag, 2)
  assert.deepEqual(partitions.value(ORDERS_0), { committedOffset: 1, endOffset: 3, lag: 2 })
  assert.deepEqual(partitions.value(ORDERS_1), { committedOffset: 0, endOffset: 0, lag: 0 })
})

test('groups.lag() keeps the other partitions when a topic is gone', async () => {
  await using ottla = await startOttla({ transport: 'memory', topics: { orders: 1 } })
  using under = adminOfOttla(ottla)
  await withCommits(under)

  const { partitions } = await under.admin.groups.lag('billing', {
    partitions: [ORDERS_0, { topic: 'gone', partition: 0 }],
  })

  assert.equal(partitions.value(ORDERS_0).endOffset, 0)
  assert.throws(() => partitions.value({ topic: 'gone', partition: 0 }), {
    code: 'UNKNOWN_TOPIC_OR_PARTITION',
  })
})

test('groups.describe() tells the members of a group and what they are assigned', async () => {
  await using ottla = await startOttla({ transport: 'memory', topics: { orders: 2 } })
  using under = adminOfOttla(ottla)
  const { memberId } = await joinGroup(under, 'billing', { topics: ['orders'], assign: [ORDERS_1] })

  const group = await under.admin.groups.describe('billing')

  assert.equal(group.state, 'Stable')
  assert.equal(group.type, 'classic')
  assert.equal(group.assignor, 'range')
  assert.equal(group.coordinator, ottla.brokers)
  const [member] = group.members
  assert.equal(member?.memberId, memberId)
  assert.deepEqual(member?.subscribedTopics, ['orders'])
  assert.deepEqual(member?.assignment, [ORDERS_1])
})

test('groups.describe() answers GROUP_ID_NOT_FOUND for a group that there is not', async () => {
  await using ottla = await startOttla({ transport: 'memory', topics: { orders: 2 } })
  using under = adminOfOttla(ottla)
  await withCommits(under)

  const described = await under.admin.groups.describe(['nobody', 'billing'])

  assert.throws(() => described.value('nobody'), { code: 'GROUP_ID_NOT_FOUND' })
  assert.equal(described.value('billing').state, 'Empty')
})

test('groups.resetOffsets() moves a group, and a dry run only says where to', async () => {
  await using ottla = await startOttla({ transport: 'memory', topics: { orders: 2 } })
  using under = adminOfOttla(ottla)
  const { groups } = under.admin
  await produceTo(under, 'orders', 0, [1000, 2000, 3000])
  await withCommits(under)
  const targetOf = async (to: Parameters<typeof groups.resetOffsets>[1]['to']) => {
    const plan = await groups.resetOffsets('billing', { to, dryRun: true })
    return plan.value(ORDERS_0).to
  }

  assert.equal(await targetOf('latest'), 3)
  assert.equal(await targetOf('earliest'), 0)
  assert.equal(await targetOf('current'), 1)
  assert.equal(await targetOf({ shift: 1 }), 2)
  assert.equal(await targetOf({ shift: -5 }), 0)
  assert.equal(await targetOf({ offset: 99 }), 3)
  assert.equal(await targetOf({ timestampMs: 2500 }), 2)
  assert.equal(await targetOf({ timestampMs: 9999 }), 3)
  assert.equal((await groups.offsets('billing')).value(ORDERS_0).offset, 1)
  const moved = await groups.resetOffsets('billing', { to: 'latest', topics: ['orders'] })
  assert.deepEqual(moved.value(ORDERS_0), { from: 1, to: 3 })
  assert.equal((await groups.offsets('billing')).value(ORDERS_0).offset, 3)
})

test('groups.resetOffsets() begins a group that has committed nothing', async () => {
  await using ottla = await startOttla({ transport: 'memory', topics: { orders: 1 } })
  using under = adminOfOttla(ottla)
  const { groups } = under.admin

  const moved = await groups.resetOffsets('new', { to: 'earliest', topics: ['orders'] })
  const refused = await groups.resetOffsets('newer', { to: { shift: 1 }, partitions: [ORDERS_0] })

  assert.deepEqual(moved.value(ORDERS_0), { from: undefined, to: 0 })
  assert.throws(() => refused.value(ORDERS_0), { code: 'INVALID_ARGUMENT' })
})

test('groups.alterOffsets() says in words that members are at work', async () => {
  await using ottla = await startOttla({ transport: 'memory', topics: { orders: 2 } })
  using under = adminOfOttla(ottla)
  await joinGroup(under, 'billing', { topics: ['orders'], assign: [ORDERS_0] })

  const altered = await under.admin.groups.alterOffsets('billing', [{ ...ORDERS_0, offset: 5 }])

  assert.throws(() => altered.value(ORDERS_0), {
    code: 'UNKNOWN_MEMBER_ID',
    message: /has members at work; stop them first/,
  })
})

test('groups.deleteOffsets() and delete() forget what was committed', async () => {
  await using ottla = await startOttla({ transport: 'memory', topics: { orders: 2 } })
  using under = adminOfOttla(ottla)
  const { groups } = under.admin
  await withCommits(under)

  const deleted = await groups.deleteOffsets('billing', [ORDERS_0])

  assert.ok(deleted.allOk)
  assert.deepEqual((await groups.offsets('billing')).keys(), [ORDERS_1])
  await groups.delete('billing')
  assert.deepEqual(await groups.list(), [])
  await assert.rejects(groups.delete('billing'), { code: 'GROUP_ID_NOT_FOUND' })
})

test('groups.removeMembers() throws members out, and the group can be deleted', async () => {
  await using ottla = await startOttla({ transport: 'memory', topics: { orders: 2 } })
  using under = adminOfOttla(ottla)
  const { groups } = under.admin
  const { memberId } = await joinGroup(under, 'billing', { topics: ['orders'], assign: [] })

  await assert.rejects(groups.delete('billing'), { code: 'NON_EMPTY_GROUP' })
  const removed = await groups.removeMembers('billing', 'all')
  const again = await groups.removeMembers('billing', [{ memberId }])

  assert.deepEqual(removed.keys(), [{ memberId }])
  assert.ok(removed.allOk)
  assert.throws(() => again.value({ memberId }), { code: 'UNKNOWN_MEMBER_ID' })
  await groups.delete('billing')
})
