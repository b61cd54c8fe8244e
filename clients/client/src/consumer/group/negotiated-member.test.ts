import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { KafkaError } from '../../kafka-error.ts'
import { FakeBroker } from '../../testing/fake-broker.ts'
import { fakeWorld, outcomeOf, settle } from '../../testing/fake-world.ts'
import { createGroupMember } from './create-group-member.ts'
import { FakeConsumerGroup } from './testing/fake-consumer-group.ts'
import { clusterOf } from './testing/group-world.ts'
import { RecordingListener } from './testing/recording-listener.ts'
import { ScriptedGroup } from './testing/scripted-group.ts'

function setUp({ isServed = true } = {}) {
  const world = fakeWorld()
  const broker = new FakeBroker(world.network, { topics: { t: 2 } })
  const classic = new ScriptedGroup(broker)
  const consumer = isServed ? new FakeConsumerGroup(broker) : undefined
  const cluster = clusterOf(world, broker.address)
  const member = createGroupMember(cluster, { groupId: 'g', topics: ['t'] })
  const listener = new RecordingListener()
  return { world, broker, classic, consumer, cluster, member, listener }
}

test('auto takes KIP-848 where the coordinator serves it', async () => {
  const { world, member, listener, broker } = setUp()

  await outcomeOf(world, member.join(listener), { withinMs: 1000 })

  assert.equal(member.protocol, 'consumer')
  assert.equal(broker.requestsOf(ApiKey.JoinGroup).length, 0)
  assert.deepEqual(listener.events, ['assigned t 0, t 1'])
})

test('auto is classic where the coordinator does not serve KIP-848', async () => {
  const { world, member, listener, broker } = setUp({ isServed: false })

  await outcomeOf(world, member.join(listener), { withinMs: 1000 })

  // The main lane and the member's own: asking costs no connection.
  assert.equal(broker.acceptedCount, 2)

  assert.equal(member.protocol, 'classic')
  assert.deepEqual(listener.events, ['assigned t 0, t 1'])
})

for (const name of ['GROUP_ID_NOT_FOUND', 'UNSUPPORTED_VERSION'] as const) {
  test(`auto is classic where the coordinator answers ${name}, and nobody is told`, async () => {
    const { world, member, listener, consumer, cluster } = setUp()
    consumer?.next.push(ErrorCode[name])

    await outcomeOf(world, member.join(listener), { withinMs: 1000 })

    assert.equal(member.protocol, 'classic')
    assert.deepEqual(listener.events, ['assigned t 0, t 1'])
    await outcomeOf(world, member.leave())
    cluster.close()
    await settle(world)
    assert.equal(world.clock.timerCount, 0)
  })
}

test('auto does not fall back when the group refuses for another reason', async () => {
  const { world, member, listener, consumer } = setUp()
  consumer?.next.push(ErrorCode.GROUP_AUTHORIZATION_FAILED)

  await assert.rejects(
    outcomeOf(world, member.join(listener), { withinMs: 1000 }),
    (error: unknown) => error instanceof KafkaError && error.code === 'GROUP_AUTHORIZATION_FAILED',
  )
})

test('auto waits for a broker that cannot be reached, and stops waiting when it is left', async () => {
  const { world, member, listener, broker, cluster } = setUp()
  broker.stop()
  await settle(world)
  const joining = member.join(listener)
  joining.catch(() => undefined)
  await settle(world)

  await outcomeOf(world, member.leave())

  await assert.rejects(joining, (error: unknown) => {
    return error instanceof KafkaError && error.code === 'CLIENT_CLOSED'
  })
  cluster.close()
  await settle(world)
  assert.equal(world.clock.timerCount, 0)
})
