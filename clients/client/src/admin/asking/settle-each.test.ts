import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import {
  decodeCreateTopicsRequest,
  type CreateTopicsRequest,
} from '@ottla/protocol/create-topics-request'
import {
  encodeCreateTopicsResponse,
  type CreateTopicsResponse,
} from '@ottla/protocol/create-topics-response'
import { ZERO_UUID } from '@ottla/base'
import { FakeBroker, type RequestContext } from '../../testing/fake-broker.ts'
import { elapse, fakeWorld, settle } from '../../testing/fake-world.ts'
import { adminOfBrokers } from '../testing/admin-under-test.ts'

/** `codeOf` says what becomes of a topic in the so-manieth request that names it. */
function serveCreateTopics(broker: FakeBroker, codeOf: (name: string, count: number) => number) {
  return broker.serve(
    ApiKey.CreateTopics,
    { min: 2, max: 7 },
    decodeCreateTopicsRequest,
    encodeCreateTopicsResponse,
    (
      { topics }: CreateTopicsRequest,
      _: number,
      { count }: RequestContext,
    ): CreateTopicsResponse => ({
      throttleTimeMs: 0,
      topics: topics.map(({ name }) => ({
        name,
        topicId: ZERO_UUID,
        errorCode: codeOf(name, count),
        errorMessage: null,
        topicConfigErrorCode: 0,
        numPartitions: 1,
        replicationFactor: 1,
        configs: null,
      })),
    }),
  )
}

const namesIn = (requests: readonly { readonly message: CreateTopicsRequest }[]) =>
  requests.map(({ message }) => message.topics.map(({ name }) => name))

test('settleEach() asks again only about what failed with something that passes', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  const asked = serveCreateTopics(broker, (name, count) => {
    if (name === 'bad') return ErrorCode.INVALID_TOPIC_EXCEPTION
    return name === 'slow' && count < 3 ? ErrorCode.THROTTLING_QUOTA_EXCEEDED : 0
  })

  const made = await under.result(
    under.admin.topics.create([{ name: 'good' }, { name: 'bad' }, { name: 'slow' }]),
  )

  assert.deepEqual(namesIn(asked.requests), [['good', 'bad', 'slow'], ['slow'], ['slow']])
  assert.deepEqual(
    [...made].map(([name, { ok }]) => [name, ok]),
    [
      ['good', true],
      ['bad', false],
      ['slow', true],
    ],
  )
})

test('settleEach() keeps the last answer of each when the time is over', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  serveCreateTopics(broker, (name) => (name === 'good' ? 0 : ErrorCode.THROTTLING_QUOTA_EXCEEDED))
  const startedMs = world.clock.monotonicMs()

  const made = await under.result(
    under.admin.topics.create([{ name: 'good' }, { name: 'slow' }], { timeoutMs: 5000 }),
  )

  assert.ok(made.get('good')?.ok)
  assert.throws(() => made.value('slow'), { code: 'THROTTLING_QUOTA_EXCEEDED', retriable: true })
  assert.ok(world.clock.monotonicMs() - startedMs <= 5000)
})

test('settleEach() goes to the controller, and finds the next one when it has moved', async () => {
  const world = fakeWorld()
  await using first = new FakeBroker(world.network, { nodeId: 1 })
  await using second = new FakeBroker(world.network, { nodeId: 2, cluster: first.cluster })
  using under = adminOfBrokers(world, first)
  const refused = serveCreateTopics(first, () => {
    // The fake cluster names the first that listens as controller.
    first.cluster.nodes.reverse()
    return ErrorCode.NOT_CONTROLLER
  })
  const asked = serveCreateTopics(second, () => 0)

  const made = await under.result(under.admin.topics.create('orders'))

  assert.equal(made.name, 'orders')
  assert.equal(refused.requests.length, 1)
  assert.equal(asked.requests.length, 1)
})

test('settleEach() throws what keeps all of the question from being asked', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  broker.stop()
  using under = adminOfBrokers(world, broker)

  const making = under.admin.topics.create([{ name: 'a' }, { name: 'b' }], { timeoutMs: 3000 })

  await assert.rejects(under.result(making), {
    code: 'CONNECTION_FAILED',
    message: /given up after \d+ attempts/,
  })
})

test('settleEach() sends again after a lost connection', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  const asked = serveCreateTopics(broker, () => 0)
  broker.cutAfterNext(ApiKey.CreateTopics, 'unhandled')

  await under.result(under.admin.topics.create('orders'))

  assert.equal(asked.requests.length, 2)
})

test('settleEach() gives up with the reason of the signal', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  const asked = serveCreateTopics(broker, () => ErrorCode.THROTTLING_QUOTA_EXCEEDED)
  const stopping = new AbortController()

  const making = under.admin.topics.create([{ name: 'a' }], { signal: stopping.signal })
  const rejected = assert.rejects(making, /enough/)
  await settle(world)
  stopping.abort(new Error('enough'))

  await rejected
  const count = asked.requests.length
  await elapse(world, 10_000)
  assert.ok(count > 0)
  assert.equal(asked.requests.length, count)
})

test('settleEach() says which item the answer leaves out', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  broker.serve(
    ApiKey.CreateTopics,
    { min: 2, max: 7 },
    decodeCreateTopicsRequest,
    encodeCreateTopicsResponse,
    (): CreateTopicsResponse => ({ throttleTimeMs: 0, topics: [] }),
  )

  const making = under.result(under.admin.topics.create('orders'))

  await assert.rejects(making, { code: 'MALFORMED_RESPONSE', message: /leaves out "orders"/ })
})

test('settleEach() asks nobody about nothing', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)

  const made = await under.result(under.admin.topics.create([]))

  assert.equal(made.size, 0)
  assert.equal(broker.requests.length, 0)
})
