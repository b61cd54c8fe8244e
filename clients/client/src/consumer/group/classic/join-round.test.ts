import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { elapse, outcomeOf, until } from '../../../testing/fake-world.ts'
import { classicWorld } from '../testing/classic-world.ts'

const BOTH = 'assigned t 0, t 1'

test('the time that a rebalance may take counts from the assignment before it, however long that took', async () => {
  const { world, group, listener, member, broker } = classicWorld({
    assignors: ['range'],
    rebalanceTimeoutMs: 10_000,
  })
  const synced = Promise.withResolvers<void>()
  group.syncGate = synced.promise
  const joined = member.join(listener)
  await until(world, () => broker.requestsOf(ApiKey.SyncGroup).length === 1, { withinMs: 1000 })
  await elapse(world, 20_000)
  synced.resolve()
  await outcomeOf(world, joined)
  listener.holdUp('revoked')
  // No heartbeat has been answered well since.
  group.next.heartbeat.push(ErrorCode.REBALANCE_IN_PROGRESS)
  await elapse(world, 3000)
  assert.equal(listener.events.length, 2)

  await elapse(world, 6900)
  assert.deepEqual(listener.events, [BOTH, 'revoked t 0, t 1'])
  await elapse(world, 200)

  assert.equal(listener.events[2], 'lost t 0, t 1')
})

test('a JoinGroup that was held for longer than a session and then cut costs nothing, also after one that was cut before', async () => {
  const { world, group, listener, joined, broker, member } = classicWorld({
    assignors: ['cooperative-sticky'],
    sessionTimeoutMs: 6000,
    heartbeatIntervalMs: 1000,
  })
  await joined()
  broker.cutAfterNext(ApiKey.JoinGroup)
  group.next.heartbeat.push(ErrorCode.REBALANCE_IN_PROGRESS)
  await elapse(world, 3000)
  assert.equal(member.memberEpoch, group.generationId)

  group.isParking = true
  group.next.heartbeat.push(ErrorCode.REBALANCE_IN_PROGRESS)
  const before = broker.requestsOf(ApiKey.JoinGroup).length
  await until(world, () => broker.requestsOf(ApiKey.JoinGroup).length > before, { withinMs: 2000 })
  await elapse(world, 20_000)
  group.isParking = false
  broker.cut()
  await elapse(world, 3000)

  assert.deepEqual(listener.events, [BOTH])
  assert.equal(member.memberEpoch, group.generationId)
  assert.ok(group.generationId > 2)
})
