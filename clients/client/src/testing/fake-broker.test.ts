import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ZERO_UUID, systemClock, type ByteReader } from '@ottla/base'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { encodeApiVersionsRequest } from '@ottla/protocol/api-versions-request'
import { decodeApiVersionsResponse } from '@ottla/protocol/api-versions-response'
import {
  decodeFindCoordinatorRequest,
  encodeFindCoordinatorRequest,
} from '@ottla/protocol/find-coordinator-request'
import {
  decodeFindCoordinatorResponse,
  encodeFindCoordinatorResponse,
} from '@ottla/protocol/find-coordinator-response'
import { decodeHeartbeatRequest, encodeHeartbeatRequest } from '@ottla/protocol/heartbeat-request'
import {
  decodeHeartbeatResponse,
  encodeHeartbeatResponse,
} from '@ottla/protocol/heartbeat-response'
import { encodeMetadataRequest } from '@ottla/protocol/metadata-request'
import { decodeMetadataResponse } from '@ottla/protocol/metadata-response'
import { defineApi } from '../connection/api.ts'
import type { BrokerConnection } from '../connection/broker-connection.ts'
import { openConnection } from '../connection/open-connection.ts'
import type { KafkaError } from '../kafka-error.ts'
import { coordinator } from './default-apis.ts'
import { FakeBroker, RawAnswer, SILENT, type FakeHandler } from './fake-broker.ts'
import { elapse, fakeWorld, outcomeOf, settle, until } from './fake-world.ts'
import type { FakeWorld } from './fake-world.ts'

const METADATA = defineApi(ApiKey.Metadata, encodeMetadataRequest, decodeMetadataResponse)
const FIND_COORDINATOR = defineApi(
  ApiKey.FindCoordinator,
  encodeFindCoordinatorRequest,
  decodeFindCoordinatorResponse,
)
const HEARTBEAT = defineApi(ApiKey.Heartbeat, encodeHeartbeatRequest, decodeHeartbeatResponse)
const API_VERSIONS = defineApi(ApiKey.ApiVersions, encodeApiVersionsRequest, (reader: ByteReader) =>
  decodeApiVersionsResponse(reader, 0),
)
const ALL_TOPICS = {
  topics: null,
  allowAutoTopicCreation: true,
  includeClusterAuthorizedOperations: false,
  includeTopicAuthorizedOperations: false,
}

function connectTo(world: FakeWorld, { host, port }: FakeBroker): Promise<BrokerConnection> {
  const opening = openConnection(
    world,
    { host, port },
    {
      clientId: 'me',
      softwareVersion: '1',
      requestTimeoutMs: 1000,
      setupTimeoutMs: 1000,
      onClosed: () => undefined,
    },
  )
  return outcomeOf(world, opening)
}

type HeartbeatHandler = FakeHandler<ReturnType<typeof decodeHeartbeatRequest>, object>

function serveHeartbeat(broker: FakeBroker, handler: HeartbeatHandler) {
  return broker.serve(
    ApiKey.Heartbeat,
    { min: 0, max: 4 },
    decodeHeartbeatRequest,
    encodeHeartbeatResponse,
    handler as never,
  )
}

function heartbeat(connection: BrokerConnection, memberId: string): Promise<{ errorCode: number }> {
  return connection.request(HEARTBEAT, {
    groupId: 'g',
    generationId: 1,
    memberId,
    groupInstanceId: null,
  })
}

const FINE = { throttleTimeMs: 0, errorCode: 0 }

test('FakeBroker says in ApiVersions what it serves, and nothing else', async () => {
  const world = fakeWorld()
  const broker = new FakeBroker(world.network)
  broker.serve(
    ApiKey.FindCoordinator,
    { min: 1, max: 3 },
    decodeFindCoordinatorRequest,
    encodeFindCoordinatorResponse,
    ({ key }) => coordinator(broker, [key]),
  )

  const connection = await connectTo(world, broker)

  assert.equal(connection.versionOf(FIND_COORDINATOR as never), 3)
  assert.equal(connection.versionOf(METADATA as never), 13)
  assert.equal(connection.versionOf(HEARTBEAT as never), undefined)
  connection.close()
})

test('FakeBroker answers a version of ApiVersions that it does not know in version 0', async () => {
  const world = fakeWorld()
  const broker = new FakeBroker(world.network)
  const connection = await connectTo(world, broker)
  const asking = new Promise<{ errorCode: number } | undefined>((resolve) => {
    const request = { clientSoftwareName: 'x', clientSoftwareVersion: '1', clusterId: null }
    connection.sendVersion(API_VERSIONS, 5, { ...request, nodeId: -1 }, (_error, response) => {
      resolve(response)
    })
  })

  const response = await outcomeOf(world, asking)

  assert.equal(response?.errorCode, ErrorCode.UNSUPPORTED_VERSION)
  connection.close()
})

test('FakeBrokers of one cluster tell of each other, of topics, and of leaders that moved', async () => {
  const world = fakeWorld()
  const first = new FakeBroker(world.network, { nodeId: 1, topics: { orders: 2 } })
  const second = new FakeBroker(world.network, { nodeId: 2, host: 'b', cluster: first.cluster })
  const connection = await connectTo(world, first)

  const before = await outcomeOf(world, connection.request(METADATA, ALL_TOPICS))
  first.cluster.moveLeader('orders', 0, 2)
  const after = await outcomeOf(world, connection.request(METADATA, ALL_TOPICS))

  assert.deepEqual(
    before.brokers.map(({ nodeId, host, port }) => [nodeId, host, port]),
    [
      [1, 'broker', first.port],
      [2, 'b', second.port],
    ],
  )
  const leaders = ({ topics }: typeof before) => topics[0]?.partitions.map((p) => p.leaderId)
  assert.deepEqual(leaders(before), [1, 2])
  assert.deepEqual(leaders(after), [2, 2])
  assert.equal(after.topics[0]?.partitions[0]?.leaderEpoch, 1)
  assert.equal(after.topics[0]?.topicId, first.cluster.topics.get('orders')?.id)
  connection.close()
})

test('FakeBroker says of a topic that it does not have that it is unknown', async () => {
  const world = fakeWorld()
  const broker = new FakeBroker(world.network)
  const connection = await connectTo(world, broker)
  const topics = [{ topicId: ZERO_UUID, name: 'nowhere' }]

  const response = await outcomeOf(world, connection.request(METADATA, { ...ALL_TOPICS, topics }))

  assert.equal(response.topics[0]?.errorCode, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  connection.close()
})

test('FakeBroker records requests in order, with what was asked', async () => {
  const world = fakeWorld()
  const broker = new FakeBroker(world.network)
  const served = serveHeartbeat(broker, () => FINE)
  const connection = await connectTo(world, broker)

  await outcomeOf(world, Promise.all([heartbeat(connection, 'a'), heartbeat(connection, 'b')]))

  assert.deepEqual(
    broker.requests.map(({ apiName }) => apiName),
    ['ApiVersions', 'Heartbeat', 'Heartbeat'],
  )
  assert.deepEqual(
    served.requests.map(({ message, clientId, version }) => [message.memberId, clientId, version]),
    [
      ['a', 'me', 4],
      ['b', 'me', 4],
    ],
  )
  connection.close()
})

test('FakeBroker keeps the order of answers, however late a handler resolves', async () => {
  const world = fakeWorld()
  const broker = new FakeBroker(world.network)
  const first = Promise.withResolvers<object>()
  serveHeartbeat(broker, ({ memberId }) => (memberId === 'slow' ? first.promise : FINE))
  const connection = await connectTo(world, broker)
  const answered: string[] = []
  const slow = heartbeat(connection, 'slow').then(() => answered.push('slow'))
  const quick = heartbeat(connection, 'quick').then(() => answered.push('quick'))

  await settle(world)
  assert.deepEqual(answered, [])
  first.resolve(FINE)
  await outcomeOf(world, Promise.all([slow, quick]))

  assert.deepEqual(answered, ['slow', 'quick'])
  connection.close()
})

test('FakeBroker never answers what its handler returns undefined for', async () => {
  const world = fakeWorld()
  const broker = new FakeBroker(world.network)
  serveHeartbeat(broker, () => undefined)
  const connection = await connectTo(world, broker)

  const asking = heartbeat(connection, 'a')
  await assert.rejects(outcomeOf(world, asking, { withinMs: 1000 }), { code: 'TIMED_OUT' })

  assert.equal(connection.isOpen, false)
})

test('FakeBroker goes on behind a request that wants no answer', async () => {
  const world = fakeWorld()
  const broker = new FakeBroker(world.network)
  serveHeartbeat(broker, ({ memberId }) => (memberId === 'silent' ? SILENT : FINE))
  const connection = await connectTo(world, broker)
  const request = { groupId: 'g', generationId: 1, memberId: 'silent', groupInstanceId: null }
  connection.send(HEARTBEAT, request, () => undefined, { isAnswered: false })

  const response = await outcomeOf(world, heartbeat(connection, 'loud'))

  assert.equal(response.errorCode, 0)
  connection.close()
})

for (const moment of ['unhandled', 'before', 'mid-frame', 'after'] as const) {
  test(`FakeBroker.cutAfterNext('${moment}') cuts the connection there, once`, async () => {
    const world = fakeWorld()
    const broker = new FakeBroker(world.network)
    let handledCount = 0
    const served = serveHeartbeat(broker, () => {
      handledCount++
      return FINE
    })
    broker.cutAfterNext(ApiKey.Heartbeat, moment)
    const connection = await connectTo(world, broker)

    const outcome = await outcomeOf(world, heartbeat(connection, 'a')).catch(
      (error: unknown) => error,
    )
    await until(world, () => !connection.isOpen)

    if (moment === 'after') assert.equal((outcome as typeof FINE).errorCode, 0)
    else assert.equal((outcome as KafkaError).code, 'CONNECTION_LOST')
    assert.equal(handledCount, moment === 'unhandled' ? 0 : 1)
    assert.equal(served.requests.length, 1)
    assert.equal(broker.connections.size, 0)
    const again = await connectTo(world, broker)
    await outcomeOf(world, heartbeat(again, 'a'))
    again.close()
  })
}

test('FakeBroker.stop() drops its connections and refuses others until it listens again', async () => {
  const world = fakeWorld()
  const broker = new FakeBroker(world.network)
  const connection = await connectTo(world, broker)

  broker.stop()
  await until(world, () => !connection.isOpen)

  await assert.rejects(connectTo(world, broker), { code: 'CONNECTION_FAILED' })
  broker.listen()
  const again = await connectTo(world, broker)
  assert.ok(again.isOpen)
  again.close()
})

test('FakeBroker cuts the connection of whoever asks for what it does not serve', async () => {
  const world = fakeWorld()
  const broker = new FakeBroker(world.network)
  const connection = await connectTo(world, broker)
  const asking = new Promise((resolve) => {
    const request = { groupId: 'g', generationId: 1, memberId: '', groupInstanceId: null }
    connection.sendVersion(HEARTBEAT, 4, request, resolve)
  })

  const error = await outcomeOf(world, asking)

  assert.equal((error as KafkaError).code, 'CONNECTION_LOST')
  assert.equal(broker.requestsOf(ApiKey.Heartbeat)[0]?.message, undefined)
})

test('a RawAnswer of a FakeBroker goes out as it is', async () => {
  const world = fakeWorld()
  const broker = new FakeBroker(world.network)
  serveHeartbeat(broker, () => new RawAnswer(Buffer.from([0, 0, 0, 4, 9, 9, 9, 9])))
  const connection = await connectTo(world, broker)

  const asking = outcomeOf(world, heartbeat(connection, 'a'))

  await assert.rejects(asking, { code: 'MALFORMED_RESPONSE' })
})

test('until() moves a FakeClock no further than it is told, and says what it waited for', async () => {
  const world = fakeWorld()
  const fired: string[] = []
  world.clock.setTimer(100, () => fired.push('near'))
  world.clock.setTimer(1000, () => fired.push('far'))

  await until(world, () => fired.includes('near'), { withinMs: 100 })
  assert.equal(world.clock.monotonicMs(), 100)

  const waiting = until(world, () => fired.includes('far'), { withinMs: 500, what: 'far' })
  await assert.rejects(waiting, /Waited in vain for: far/)
})

test('until() waits for real events when the clock is the system’s', async () => {
  const world = fakeWorld({ clock: systemClock })
  let isDone = false
  world.clock.setTimer(1, () => {
    isDone = true
  })

  await until(world, () => isDone)
})

test('elapse() gives what promises set going on the way its time too', async () => {
  const world = fakeWorld()
  let rounds = 0
  const pause = () => new Promise<void>((resolve) => void world.clock.setTimer(10, resolve))
  const loop = async (): Promise<void> => {
    while (rounds < 5) {
      await pause()
      rounds++
    }
  }
  const looping = loop()

  await elapse(world, 200)

  assert.equal(rounds, 5)
  await looping
})
