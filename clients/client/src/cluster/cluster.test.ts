import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brokerId } from '@ottla/base'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { decodeMetadataRequest } from '@ottla/protocol/metadata-request'
import { encodeMetadataResponse } from '@ottla/protocol/metadata-response'
import { parseBrokers } from '../connection/broker-address.ts'
import { KafkaError } from '../kafka-error.ts'
import { FakeBroker, type FakeBrokerOptions } from '../testing/fake-broker.ts'
import { FakeCluster } from '../testing/fake-cluster.ts'
import { elapse, fakeWorld, outcomeOf, settle, until } from '../testing/fake-world.ts'
import { Cluster, type ClusterOptions } from './cluster.ts'

class Situation {
  readonly world = fakeWorld()
  readonly cluster = new FakeCluster()

  broker(nodeId: number, options: FakeBrokerOptions = {}): FakeBroker {
    const { network } = this.world
    return new FakeBroker(network, {
      nodeId,
      host: `b${nodeId}`,
      port: 9092,
      cluster: this.cluster,
      ...options,
    })
  }

  client(bootstrap: string, options: Partial<ClusterOptions> = {}): Cluster {
    return new Cluster(this.world, {
      bootstrap: parseBrokers(bootstrap),
      clientId: 'a-client',
      softwareVersion: '1.0.0',
      requestTimeoutMs: 30_000,
      setupTimeoutMs: 10_000,
      reconnectBackoff: { firstMs: 50, maxMs: 1000 },
      retryBackoff: { firstMs: 100, maxMs: 1000 },
      apiTimeoutMs: 60_000,
      metadataMaxAgeMs: 300_000,
      metadataMaxIdleMs: 300_000,
      connectionMaxIdleMs: 540_000,
      allowAutoTopicCreation: true,
      ...options,
    })
  }

  outcome<T>(promise: Promise<T>, withinMs = 0): Promise<T> {
    return outcomeOf(this.world, promise, { withinMs })
  }
}

function isError(code: string, text: RegExp, retriable = true) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof KafkaError, String(error))
    assert.equal(error.code, code, error.message)
    assert.match(error.message, text)
    assert.equal(error.retriable, retriable)
    return true
  }
}

test('Cluster.anyConnection() uses the bootstrap list first, and what is open afterwards', async () => {
  const it = new Situation()
  const first = it.broker(1)
  it.broker(2)
  const client = it.client('b1:9092')

  const connection = await it.outcome(client.anyConnection())
  await it.outcome(client.refresher.refresh())
  for (let i = 0; i < 20; i++) assert.equal(await client.anyConnection(), connection)

  assert.equal(connection.broker, 'b1:9092')
  assert.equal(client.metadata.brokers.size, 2)
  assert.equal(client.openConnectionCount, 1)
  assert.equal(first.acceptedCount, 1)
  client.close()
})

test('Cluster.anyConnection() tries the whole bootstrap list', async () => {
  const it = new Situation()
  it.broker(2)
  const client = it.client('b0:9092,b1:9092,b2:9092')

  assert.equal((await it.outcome(client.anyConnection())).broker, 'b2:9092')
  client.close()
})

test('Cluster.anyConnection() says which brokers it tried, and why the last one failed', async () => {
  const it = new Situation()
  const client = it.client('b0:9092,b1:9092')

  await assert.rejects(
    it.outcome(client.anyConnection()),
    isError('CONNECTION_FAILED', /No broker of b0:9092, b1:9092 can be reached: .*ECONNREFUSED/),
  )
  client.close()
})

test('Cluster.anyConnection() rejects with a wrong password itself, whichever broker said it', async () => {
  const it = new Situation()
  it.broker(1)
  const refusal = new KafkaError('SASL_AUTHENTICATION_FAILED', 'wrong password')
  for (const bootstrap of ['b0:9092,b1:9092', 'b1:9092,b0:9092']) {
    const client = it.client(bootstrap, { authenticate: () => Promise.reject(refusal) })

    await assert.rejects(it.outcome(client.anyConnection()), refusal)
    client.close()
  }
})

test('Cluster.anyConnection() goes back to the bootstrap list when all known brokers are gone (KIP-899)', async () => {
  const it = new Situation()
  const old = [it.broker(1), it.broker(2)]
  const client = it.client('old:9092', {})
  const balancer = it.broker(9, { host: 'old', cluster: new FakeCluster() })
  balancer.serve(
    ApiKey.Metadata,
    { min: 0, max: 13 },
    decodeMetadataRequest,
    encodeMetadataResponse,
    (request, version) => it.cluster.metadata(request, version),
  )
  await it.outcome(client.refresher.refresh())
  assert.deepEqual([...client.metadata.brokers.keys()], [1, 2])

  for (const broker of [...old, balancer]) broker.stop()
  await settle(it.world)
  balancer.listen()
  it.broker(7)
  await it.outcome(client.refresher.refresh())

  assert.deepEqual([...client.metadata.brokers.keys()], [7])
  client.close()
})

test('Cluster.connectionTo() connects by id, in lanes of its own', async () => {
  const it = new Situation()
  const [first, second] = [it.broker(1), it.broker(2)]
  const client = it.client('b1:9092')
  await it.outcome(client.refresher.refresh())

  const main = await it.outcome(client.connectionTo(brokerId(2)))
  const lane = client.newLane('fetch')
  const fetch = await it.outcome(client.connectionTo(brokerId(2), lane))

  assert.notEqual(main, fetch)
  assert.equal(client.openConnectionTo(brokerId(2)), main)
  assert.equal(client.openConnectionTo(brokerId(2), lane), fetch)
  assert.equal(client.openConnectionTo(brokerId(2), client.newLane('fetch')), undefined)
  assert.equal(client.openConnectionTo(brokerId(3)), undefined)
  assert.deepEqual([first.acceptedCount, second.acceptedCount], [1, 2])
  client.close()
  assert.equal(fetch.isOpen, false)
})

test('Cluster.connectionTo() rejects for a broker that the metadata does not know', async () => {
  const it = new Situation()
  const client = it.client('b1:9092')

  await assert.rejects(
    client.connectionTo(brokerId(5)),
    isError('BROKER_NOT_AVAILABLE', /Broker 5/),
  )
  client.close()
})

test('Cluster.connectionTo() explains the advertised address that cannot be reached from here', async () => {
  const it = new Situation()
  it.broker(1)
  it.cluster.nodes.push({ nodeId: 2, host: 'inner', port: 9092, rack: null, isListening: true })
  const client = it.client('b1:9092')
  await it.outcome(client.refresher.refresh())

  await assert.rejects(
    it.outcome(client.connectionTo(brokerId(2))),
    isError('CONNECTION_FAILED', /inner:9092.*broker 2 \(advertised\.listeners\)/),
  )
  client.close()
})

test('Cluster.topic() knows a topic after one question, and asks no more', async () => {
  const it = new Situation()
  const broker = it.broker(1, { topics: { orders: 3 } })
  const client = it.client('b1:9092')

  const topic = await it.outcome(client.topic('orders'))
  assert.equal(topic.partitions.length, 3)
  assert.equal(await client.topic('orders'), topic)

  assert.equal(broker.requestsOf(ApiKey.Metadata).length, 1)
  client.close()
})

test('Cluster.topic() waits for a topic that is being created, and for its leader', async () => {
  const it = new Situation()
  const broker = it.broker(1)
  const client = it.client('b1:9092')
  const waiting = client.topic('orders')
  await until(it.world, () => broker.requestsOf(ApiKey.Metadata).length === 2, { withinMs: 1000 })
  it.cluster.addTopic('orders', { leaders: [-1] })
  const before = broker.requestsOf(ApiKey.Metadata).length
  await until(it.world, () => broker.requestsOf(ApiKey.Metadata).length > before, {
    withinMs: 1000,
  })
  it.cluster.moveLeader('orders', 0, 1)

  const topic = await it.outcome(waiting, 2000)

  assert.equal(topic.partitions[0]?.leaderId, 1)
  client.close()
})

test('Cluster.topic() gives up in time, with the reason', async () => {
  const it = new Situation()
  it.broker(1)
  const client = it.client('b1:9092')

  const missing = assert.rejects(
    client.topic('missing', { timeoutMs: 1000 }),
    isError('UNKNOWN_TOPIC_OR_PARTITION', /topic "missing".*given up after \d+ attempts/),
  )
  it.cluster.addTopic('leaderless', { leaders: [-1] })
  const leaderless = assert.rejects(
    client.topic('leaderless', { timeoutMs: 1000 }),
    isError('LEADER_NOT_AVAILABLE', /topic "leaderless"/),
  )
  await elapse(it.world, 2000)

  await missing
  await leaderless
  client.close()
})

test('Cluster.topic() rejects at once with a refusal that stays', async () => {
  const it = new Situation()
  const broker = it.broker(1)
  broker.serve(
    ApiKey.Metadata,
    { min: 0, max: 13 },
    decodeMetadataRequest,
    encodeMetadataResponse,
    (request, version) => {
      const answer = it.cluster.metadata(request, version)
      for (const topic of answer.topics) topic.errorCode = ErrorCode.INVALID_TOPIC_EXCEPTION
      return answer
    },
  )
  const client = it.client('b1:9092')

  await assert.rejects(
    it.outcome(client.topic('no good name')),
    isError('INVALID_TOPIC_EXCEPTION', /topic "no good name"/, false),
  )
  client.close()
})

test('Cluster.topic() is given up by its signal', async () => {
  const it = new Situation()
  it.broker(1)
  const client = it.client('b1:9092')
  const controller = new AbortController()
  const reason = new Error('enough')
  const waiting = assert.rejects(client.topic('missing', { signal: controller.signal }), reason)
  await settle(it.world)

  controller.abort(reason)

  await waiting
  client.close()
})

test('Cluster.coordinator() connects to the coordinator, and asks anew when it cannot be reached', async () => {
  const it = new Situation()
  const [first, second] = [it.broker(1), it.broker(2)]
  first.unserve(ApiKey.FindCoordinator)
  const client = it.client('b2:9092')

  const connection = await it.outcome(client.coordinator('group', 'billing'))
  assert.equal(connection.broker, 'b2:9092')
  assert.notEqual(connection, await client.anyConnection(), 'a lane of its own')
  second.stop()
  await settle(it.world)
  await assert.rejects(
    it.outcome(client.coordinator('group', 'billing')),
    isError('CONNECTION_FAILED', /b2:9092/),
  )
  second.listen()
  await it.outcome(client.coordinator('group', 'billing'), 1000)

  assert.equal(second.requestsOf(ApiKey.FindCoordinator).length, 2)
  client.close()
})

test('Cluster.close() leaves no connection and no timer, and everything afterwards is refused', async () => {
  const it = new Situation()
  const broker = it.broker(1, { topics: { orders: 1 } })
  const client = it.client('b1:9092')
  await it.outcome(client.topic('orders'))
  await it.outcome(client.connectionTo(brokerId(1), client.newLane('group')))
  const waiting = assert.rejects(client.topic('missing'), isError('CLIENT_CLOSED', /closed/, false))
  await settle(it.world)

  client.close()
  await settle(it.world)

  assert.ok(client.isClosed)
  assert.equal(broker.connections.size, 0)
  await waiting
  assert.equal(it.world.clock.timerCount, 0)
  await assert.rejects(client.anyConnection(), isError('CLIENT_CLOSED', /closed/, false))
  await assert.rejects(client.topic('other'), isError('CLIENT_CLOSED', /closed/, false))
})

test('Cluster.refreshSoon() fails quietly into the log', async () => {
  const it = new Situation()
  const client = it.client('b1:9092')
  client.refreshSoon()
  await settle(it.world)

  assert.deepEqual(
    it.world.logLines.map(({ level, message }) => [level, message]),
    [['warn', 'Cannot refresh the metadata']],
  )
  client.close()
})
