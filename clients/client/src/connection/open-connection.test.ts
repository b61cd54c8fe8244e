import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { test } from 'node:test'
import type { ByteSocket, ConnectOptions, Network } from '@ottla/net'
import { ApiKey } from '@ottla/protocol'
import { decodeApiVersionsRequest } from '@ottla/protocol/api-versions-request'
import { encodeApiVersionsResponse } from '@ottla/protocol/api-versions-response'
import { encodeHeartbeatRequest, decodeHeartbeatRequest } from '@ottla/protocol/heartbeat-request'
import {
  decodeHeartbeatResponse,
  encodeHeartbeatResponse,
} from '@ottla/protocol/heartbeat-response'
import { KafkaError } from '../kafka-error.ts'
import { ClientMetrics } from '../metrics/client-metrics.ts'
import { FakeBroker } from '../testing/fake-broker.ts'
import { fakeWorld, outcomeOf, settle, until, type FakeWorld } from '../testing/fake-world.ts'
import { defineApi } from './api.ts'
import type { BrokerConnection } from './broker-connection.ts'
import { openConnection, type OpenOptions } from './open-connection.ts'

const HEARTBEAT = defineApi(ApiKey.Heartbeat, encodeHeartbeatRequest, decodeHeartbeatResponse)
const SETUP_TIMEOUT_MS = 10_000

class Situation {
  readonly world: FakeWorld
  readonly broker: FakeBroker
  readonly metrics = new ClientMetrics()
  readonly closed: BrokerConnection[] = []

  constructor(world = fakeWorld()) {
    this.world = world
    this.broker = new FakeBroker(world.network)
  }

  open(options: Partial<OpenOptions> = {}, network?: Network): Promise<BrokerConnection> {
    const { host, port } = this.broker
    const world = network === undefined ? this.world : { ...this.world, network }
    return openConnection(
      world,
      { host, port },
      {
        clientId: 'a-client',
        softwareVersion: '1.2.3',
        requestTimeoutMs: 30_000,
        setupTimeoutMs: SETUP_TIMEOUT_MS,
        metrics: this.metrics,
        onClosed: (connection) => this.closed.push(connection),
        ...options,
      },
    )
  }

  /** Neither a timer nor a socket is left on either side. */
  async assertNothingLeft(): Promise<void> {
    await settle(this.world)
    assert.equal(this.broker.connections.size, 0)
    assert.equal(this.world.clock.timerCount, 0)
    assert.equal(this.metrics.snapshot().brokers['broker:9093']?.openConnectionCount, 0)
  }
}

/** Connects nobody; `sockets` are those that somebody waits for. */
class SilentNetwork implements Network {
  waitingCount = 0
  onGivenUp: ((error: Error) => void) | undefined

  listen(): never {
    throw new Error('not here')
  }

  connect({ signal }: ConnectOptions): Promise<ByteSocket> {
    this.waitingCount++
    return new Promise((_, reject) => {
      signal?.addEventListener('abort', () => {
        this.waitingCount--
        reject(signal.reason as Error)
      })
    })
  }
}

function isFailed(code: string, text: RegExp, retriable = true) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof KafkaError, String(error))
    assert.equal(error.code, code)
    assert.match(error.message, text)
    assert.equal(error.retriable, retriable)
    return true
  }
}

test('openConnection() tells the broker who is there, and learns what it serves', async () => {
  const it = new Situation()
  it.broker.serve(
    ApiKey.Heartbeat,
    { min: 1, max: 3 },
    decodeHeartbeatRequest,
    encodeHeartbeatResponse,
    () => ({
      throttleTimeMs: 0,
      errorCode: 0,
    }),
  )

  const connection = await outcomeOf(it.world, it.open())

  assert.equal(connection.versionOf(HEARTBEAT), 3)
  const [asked] = it.broker.requests
  assert.equal(asked?.clientId, 'a-client')
  assert.equal(asked?.version, 4)
  const { clientSoftwareName, clientSoftwareVersion } = asked.message as Record<string, unknown>
  assert.deepEqual([clientSoftwareName, clientSoftwareVersion], ['ottla-client', '1.2.3'])
  assert.equal(it.metrics.snapshot().brokers['broker:9093']?.openConnectionCount, 1)

  connection.close()
  assert.deepEqual(it.closed, [connection])
  await it.assertNothingLeft()
})

test('openConnection() asks an older broker again in the version that it names', async () => {
  const it = new Situation()
  it.broker.serve(
    ApiKey.ApiVersions,
    { min: 0, max: 2 },
    decodeApiVersionsRequest,
    encodeApiVersionsResponse,
    () => ({
      errorCode: 0,
      apiKeys: [{ apiKey: ApiKey.Heartbeat, minVersion: 0, maxVersion: 1 }],
      throttleTimeMs: 0,
      supportedFeatures: [],
      finalizedFeaturesEpoch: -1,
      finalizedFeatures: [],
      zkMigrationReady: false,
    }),
  )

  const connection = await outcomeOf(it.world, it.open())

  assert.deepEqual(
    it.broker.requests.map(({ version }) => version),
    [4, 2],
  )
  assert.equal(connection.versionOf(HEARTBEAT), 1)
  connection.close()
  await it.assertNothingLeft()
})

test('openConnection() rejects when the broker refuses ApiVersions', async () => {
  const it = new Situation()
  it.broker.serve(
    ApiKey.ApiVersions,
    { min: 0, max: 4 },
    decodeApiVersionsRequest,
    encodeApiVersionsResponse,
    () => ({
      errorCode: 42,
      apiKeys: [],
      throttleTimeMs: 0,
      supportedFeatures: [],
      finalizedFeaturesEpoch: -1,
      finalizedFeatures: [],
      zkMigrationReady: false,
    }),
  )

  await assert.rejects(
    outcomeOf(it.world, it.open()),
    isFailed('INVALID_REQUEST', /ApiVersions was answered/, false),
  )
  await it.assertNothingLeft()
})

test('openConnection() rejects when nobody listens, with the words of the system', async () => {
  const it = new Situation()
  it.broker.stop()
  await settle(it.world)

  await assert.rejects(
    outcomeOf(it.world, it.open()),
    isFailed('CONNECTION_FAILED', /Cannot connect to broker:9093: connect ECONNREFUSED/),
  )
  assert.equal(it.metrics.snapshot().brokers['broker:9093']?.failedConnectionCount, 1)
  assert.equal(it.world.clock.timerCount, 0)
})

test('openConnection() gives up in time when the network says nothing, and does not go on connecting', async () => {
  const it = new Situation()
  const silent = new SilentNetwork()
  const opening = it.open({}, silent)
  const rejected = assert.rejects(
    opening,
    isFailed('CONNECTION_FAILED', /no answer within 10000 ms/),
  )
  await settle(it.world)
  it.world.clock.advance(SETUP_TIMEOUT_MS - 1)
  await settle(it.world)
  assert.equal(silent.waitingCount, 1)

  it.world.clock.advance(1)

  await rejected
  assert.equal(silent.waitingCount, 0)
  assert.equal(it.world.clock.timerCount, 0)
})

test('openConnection() gives up in time when the broker does not answer', async () => {
  const it = new Situation()
  it.broker.serve(
    ApiKey.ApiVersions,
    { min: 0, max: 4 },
    decodeApiVersionsRequest,
    encodeApiVersionsResponse,
    () => undefined,
  )
  const rejected = assert.rejects(
    it.open(),
    isFailed('CONNECTION_FAILED', /no answer within 10000 ms/),
  )
  await until(it.world, () => it.broker.requests.length === 1)

  it.world.clock.advance(SETUP_TIMEOUT_MS)

  await rejected
  await it.assertNothingLeft()
})

test('openConnection() is given up by its signal, in every phase', async () => {
  const reason = new Error('closed')
  const it = new Situation()
  await assert.rejects(it.open({ signal: AbortSignal.abort(reason) }), reason)

  const connecting = new AbortController()
  const silent = new SilentNetwork()
  const first = assert.rejects(it.open({ signal: connecting.signal }, silent), reason)
  connecting.abort(reason)
  await first
  assert.equal(silent.waitingCount, 0)

  const authenticating = new AbortController()
  let isAuthenticating = false
  const second = assert.rejects(
    it.open({
      signal: authenticating.signal,
      authenticate: () => {
        isAuthenticating = true
        return new Promise(() => {})
      },
    }),
    reason,
  )
  await until(it.world, () => isAuthenticating)
  authenticating.abort(reason)
  await second
  await it.assertNothingLeft()
})

test('openConnection() that has succeeded does not listen to its signal any more', async () => {
  const it = new Situation()
  const controller = new AbortController()
  const connection = await outcomeOf(it.world, it.open({ signal: controller.signal }))

  assert.equal(getEventListeners(controller.signal, 'abort').length, 0)
  controller.abort(new Error('too late'))
  await settle(it.world)

  assert.ok(connection.isOpen)
  connection.close()
  await it.assertNothingLeft()
})

test('openConnection() rejects and closes when the broker hangs up', async () => {
  const it = new Situation()
  it.broker.cutAfterNext(ApiKey.ApiVersions, 'mid-frame')

  await assert.rejects(
    outcomeOf(it.world, it.open()),
    isFailed('CONNECTION_LOST', /The connection to broker:9093 is lost/),
  )
  await it.assertNothingLeft()
})

test('a connection that is hung up on says what the listener may have wanted', async () => {
  const it = new Situation()
  it.broker.cutAfterNext(ApiKey.ApiVersions)
  await assert.rejects(outcomeOf(it.world, it.open()), isFailed('CONNECTION_LOST', /set `tls`/))

  // A listener that wants SASL answers ApiVersions, and closes at the first request after it.
  const connection = await outcomeOf(it.world, it.open())
  connection.versions = new Map([[ApiKey.Heartbeat, { min: 0, max: 4 }]])
  const message = { groupId: 'g', generationId: 1, memberId: 'm', groupInstanceId: null }
  await assert.rejects(
    outcomeOf(it.world, connection.request(HEARTBEAT, message)),
    isFailed('CONNECTION_LOST', /set `sasl`/),
  )

  const other = await outcomeOf(it.world, it.open({ authenticate: async () => {}, tls: {} }))
  it.broker.cut()
  await settle(it.world)
  await assert.rejects(other.request(HEARTBEAT, message), (error) => !/set `/.test(String(error)))
  await it.assertNothingLeft()
})

test('openConnection() authenticates after ApiVersions, and closes when that fails', async () => {
  const it = new Situation()
  const refusal = new KafkaError('SASL_AUTHENTICATION_FAILED', 'wrong password')
  const order: number[] = []

  await assert.rejects(
    outcomeOf(
      it.world,
      it.open({
        authenticate: async (connection) => {
          order.push(it.broker.requests.length)
          assert.ok(connection.isOpen)
          throw refusal
        },
      }),
    ),
    refusal,
  )

  assert.deepEqual(order, [1])
  await it.assertNothingLeft()
})

test('openConnection() works over a network that gives single bytes', async () => {
  const it = new Situation(fakeWorld({ network: { chunkBytesMax: 1 } }))

  const connection = await outcomeOf(it.world, it.open())

  assert.ok(connection.isOpen)
  connection.close()
  await it.assertNothingLeft()
})
