import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ByteReader } from '@ottla/base'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { decodeMetadataRequest, type MetadataRequest } from '@ottla/protocol/metadata-request'
import { encodeMetadataResponse, type MetadataResponse } from '@ottla/protocol/metadata-response'
import { KafkaError } from '../kafka-error.ts'
import { ClientMetrics } from '../metrics/client-metrics.ts'
import { FakeCluster } from '../testing/fake-cluster.ts'
import { fakeWorld, settle } from '../testing/fake-world.ts'
import { stubConnection } from '../testing/stub-connection.ts'
import { Metadata } from './metadata.ts'
import { MetadataRefresher } from './metadata-refresher.ts'

const MAX_AGE_MS = 300_000
const MAX_IDLE_MS = 900_000

class Situation {
  readonly world = fakeWorld()
  readonly clock = this.world.clock
  readonly cluster = new FakeCluster()
  readonly stub = stubConnection(this.world.clock)
  readonly metadata = new Metadata()
  readonly metrics = new ClientMetrics()
  failure: Error | undefined
  readonly refresher = new MetadataRefresher({
    world: this.world,
    metadata: this.metadata,
    anyConnection: async () => {
      if (this.failure !== undefined) throw this.failure
      return this.stub.connection
    },
    metadataMaxAgeMs: MAX_AGE_MS,
    metadataMaxIdleMs: MAX_IDLE_MS,
    allowAutoTopicCreation: false,
    metrics: this.metrics,
  })

  constructor() {
    const nodes = [1, 2].map((nodeId) => ({ nodeId, host: `b${nodeId}`, port: 9092 }))
    this.cluster.nodes.push(...nodes.map((node) => ({ ...node, rack: null, isListening: true })))
    this.cluster.addTopic('orders', 2)
    this.cluster.addTopic('payments', 1)
  }

  get requests(): MetadataRequest[] {
    return this.stub.socket.requests.map(({ body, apiVersion }) =>
      decodeMetadataRequest(new ByteReader(body), apiVersion),
    )
  }

  /** Of each request, null for all. */
  get askedTopics(): (string[] | null)[] {
    return this.requests.map(({ topics }) => topics?.map(({ name }) => name ?? '') ?? null)
  }

  answer(change: Partial<MetadataResponse> = {}): void {
    const request = this.stub.socket.requestOf(ApiKey.Metadata)
    const message = this.requests.at(-1) as MetadataRequest
    this.stub.socket.answer(request, encodeMetadataResponse, {
      ...this.cluster.metadata(message, request.apiVersion),
      ...change,
    })
  }

  async refreshed(): Promise<void> {
    const refreshing = this.refresher.refresh()
    await settle(this)
    this.answer()
    await refreshing
    await settle(this)
  }
}

test('MetadataRefresher asks for the topics in use, and fills Metadata with the answer', async () => {
  const it = new Situation()
  it.refresher.use('orders')
  await it.refreshed()

  assert.deepEqual(it.askedTopics, [['orders']])
  assert.equal(it.requests[0]?.allowAutoTopicCreation, false)
  assert.equal(it.metadata.topic('orders')?.partitions.length, 2)
  assert.equal(it.metadata.topic('payments'), undefined)
  assert.equal(it.refresher.errorOf('orders'), 0)
})

test('MetadataRefresher asks for no topic before one is used, and for all while somebody wants them', async () => {
  const it = new Situation()
  await it.refreshed()
  const release = it.refresher.useAll()
  const releaseOther = it.refresher.useAll()
  await it.refreshed()
  assert.ok(it.metadata.topic('payments'))
  release()
  release()
  await it.refreshed()
  releaseOther()
  await it.refreshed()

  assert.deepEqual(it.askedTopics, [[], null, null, []])
})

test('MetadataRefresher gives who asks during a request the answer of the next one', async () => {
  const it = new Situation()
  const events: string[] = []
  const first = it.refresher.refresh().then(() => events.push('first'))
  await settle(it)
  it.refresher.use('orders')
  const second = it.refresher.refresh().then(() => events.push('second'))
  const third = it.refresher.refresh().then(() => events.push('third'))
  await settle(it)
  assert.equal(it.requests.length, 1, 'one at a time')

  it.answer()
  await settle(it)
  assert.deepEqual(events, ['first'])
  assert.deepEqual(it.askedTopics, [[], ['orders']])

  it.answer()
  await Promise.all([first, second, third])
  assert.deepEqual(events, ['first', 'second', 'third'])
  await settle(it)
  assert.equal(it.requests.length, 2)

  await it.refreshed()
  assert.equal(it.requests.length, 3)
})

test('MetadataRefresher has one request out also when somebody asks between two', async () => {
  const it = new Situation()
  const late: Promise<void>[] = []
  const first = it.refresher.refresh()
  // As soon as the first is over, while the one that waits for it has not begun.
  const between = first.then(() => {
    late.push(it.refresher.refresh())
  })
  await settle(it)
  const waiting = it.refresher.refresh()
  it.answer()
  await between
  await settle(it)
  assert.equal(it.requests.length, 2)

  it.answer()
  await Promise.all([waiting, ...late])
  await settle(it)
  assert.equal(it.requests.length, 2)
})

test('MetadataRefresher starts the next request although the one before it failed', async () => {
  const it = new Situation()
  const first = assert.rejects(it.refresher.refresh(), { code: 'UNKNOWN_SERVER_ERROR' })
  await settle(it)
  const second = it.refresher.refresh()
  it.answer({ errorCode: -1 })
  await first
  await settle(it)
  it.answer()

  await second
  assert.deepEqual(it.metrics.snapshot().metadata, { refreshCount: 1, failedRefreshCount: 1 })
})

test('MetadataRefresher asks again when the answer is old, by whatever it was caused', async () => {
  const it = new Situation()
  await it.refreshed()
  it.clock.advance(MAX_AGE_MS - 1)
  await it.refreshed()
  it.clock.advance(MAX_AGE_MS - 1)
  await settle(it)
  assert.equal(it.requests.length, 2)

  it.clock.advance(1)
  await settle(it)

  assert.equal(it.requests.length, 3)
})

test('MetadataRefresher tries again soon after a failure, and says so in the log', async () => {
  const it = new Situation()
  await it.refreshed()
  it.failure = new Error('nobody there')
  it.clock.advance(MAX_AGE_MS)
  await settle(it)
  assert.deepEqual(
    it.world.logLines.map(({ level }) => level),
    ['warn'],
  )
  it.failure = undefined

  it.clock.advance(10_000)
  await settle(it)

  assert.equal(it.requests.length, 2)
})

test('MetadataRefresher drops topics that nobody has used for long', async () => {
  const it = new Situation()
  it.refresher.use('orders')
  it.refresher.use('payments')
  await it.refreshed()
  for (let ageMs = 0; ageMs < MAX_IDLE_MS; ageMs += MAX_AGE_MS) {
    it.refresher.use('payments')
    it.clock.advance(MAX_AGE_MS)
    await settle(it)
    assert.deepEqual(it.askedTopics.at(-1), ['orders', 'payments'])
    it.answer()
    await settle(it)
  }
  it.clock.advance(MAX_AGE_MS)
  await settle(it)

  assert.deepEqual(it.askedTopics.at(-1), ['payments'])
  assert.equal(it.metadata.topic('orders'), undefined)
  assert.ok(it.metadata.topic('payments'))
})

test('MetadataRefresher notes the error of each topic, and forgets the topic that does not exist', async () => {
  const it = new Situation()
  it.refresher.use('orders')
  it.refresher.use('missing')
  await it.refreshed()
  assert.equal(it.refresher.errorOf('missing'), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  assert.equal(it.refresher.errorOf('orders'), 0)

  it.cluster.topics.delete('orders')
  it.cluster.addTopic('missing')
  await it.refreshed()

  assert.equal(it.refresher.errorOf('orders'), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  assert.equal(it.metadata.topic('orders'), undefined)
  assert.equal(it.refresher.errorOf('missing'), 0)
  assert.ok(it.metadata.topic('missing'))
})

test('MetadataRefresher knows from an answer about all topics which do not exist', async () => {
  const it = new Situation()
  it.refresher.useAll()
  it.refresher.use('missing')
  await it.refreshed()
  assert.equal(it.refresher.errorOf('missing'), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  assert.ok(it.metadata.topic('payments'))

  it.cluster.topics.delete('payments')
  await it.refreshed()

  assert.equal(it.metadata.topic('payments'), undefined)
})

test('MetadataRefresher starts from the bootstrap list when the broker says so (KIP-1102)', async () => {
  const it = new Situation()
  await it.refreshed()
  assert.equal(it.metadata.brokers.size, 2)

  const refused = assert.rejects(it.refresher.refresh(), (error) => {
    return error instanceof KafkaError && error.code === 'REBOOTSTRAP_REQUIRED' && error.retriable
  })
  await settle(it)
  it.answer({ errorCode: ErrorCode.REBOOTSTRAP_REQUIRED })

  await refused
  assert.equal(it.metadata.brokers.size, 0)
  assert.equal(it.stub.connection.isOpen, false)
})

test('MetadataRefresher.close() stops the period, also when a request is out', async () => {
  const it = new Situation()
  await it.refreshed()
  it.refresher.close()
  assert.equal(it.clock.timerCount, 1, 'that of the connection, which the test leaves open')
  it.stub.connection.close()
  assert.equal(it.clock.timerCount, 0)

  const other = new Situation()
  const refreshing = other.refresher.refresh()
  await settle(other)
  other.refresher.close()
  other.answer()
  await refreshing
  await settle(other)
  other.stub.connection.close()
  assert.equal(other.clock.timerCount, 0)
})
