/** CreateTopics, CreatePartitions, DeleteTopics, DeleteRecords: conformance M5 to M19, R1. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ZERO_UUID, type Uuid } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import {
  createPartitions,
  createTopics,
  deleteRecords,
  deleteTopics,
  fetch,
  metadata,
  produce,
} from '../testing/apis.ts'
import { startBroker, type BrokerUnderTest } from '../testing/broker-under-test.ts'
import {
  batchOf,
  createTopicsRequest,
  fetchRequest,
  metadataRequest,
  produceRequest,
} from '../testing/requests.ts'

async function create(under: BrokerUnderTest, ...request: Parameters<typeof createTopicsRequest>) {
  const { topics } = await under.client.ask(createTopics, 7, createTopicsRequest(...request))
  const [topic] = topics
  assert.ok(topic !== undefined)
  return topic
}

test('a created topic tells its id, partitions and configuration', async () => {
  await using under = await startBroker({ 'num.partitions': '4' })

  const topic = await create(under, 'orders', {
    numPartitions: -1,
    replicationFactor: -1,
    configs: { 'retention.ms': '1000' },
  })

  assert.deepEqual([topic.errorCode, topic.numPartitions, topic.replicationFactor], [0, 4, 1])
  assert.notEqual(topic.topicId, ZERO_UUID)
  const retention = topic.configs?.find(({ name }) => name === 'retention.ms')
  assert.deepEqual([retention?.value, retention?.configSource], ['1000', 1])
})

for (const [what, name, options, expected] of [
  ['a bad name', 'a b', {}, ErrorCode.INVALID_TOPIC_EXCEPTION],
  ['no partitions', 'orders', { numPartitions: 0 }, ErrorCode.INVALID_PARTITIONS],
  [
    'more replicas than brokers',
    'orders',
    { replicationFactor: 2 },
    ErrorCode.INVALID_REPLICATION_FACTOR,
  ],
  [
    'an unknown configuration',
    'orders',
    { configs: { 'retention.mss': '1' } },
    ErrorCode.INVALID_CONFIG,
  ],
  ['a bad value', 'orders', { configs: { 'retention.ms': 'x' } }, ErrorCode.INVALID_CONFIG],
] as const) {
  test(`CreateTopics refuses ${what}`, async () => {
    await using under = await startBroker()

    const topic = await create(under, name, options)

    assert.equal(topic.errorCode, expected)
    assert.notEqual(topic.errorMessage, null)
  })
}

test('a name that exists, or that looks like another to metrics, is refused', async () => {
  await using under = await startBroker()
  await create(under, 'a.b')

  assert.equal((await create(under, 'a.b')).errorCode, ErrorCode.TOPIC_ALREADY_EXISTS)
  assert.equal((await create(under, 'a_b')).errorCode, ErrorCode.INVALID_TOPIC_EXCEPTION)
})

test('validate only checks and makes nothing', async () => {
  await using under = await startBroker()

  const checked = await create(under, 'orders', { validateOnly: true })
  const after = await under.client.ask(metadata, 12, metadataRequest(['orders'], false))

  assert.equal(checked.errorCode, ErrorCode.NONE)
  assert.equal(after.topics[0]?.errorCode, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
})

test('the same name twice in one request is refused', async () => {
  await using under = await startBroker()
  const request = createTopicsRequest('orders')

  const { topics } = await under.client.ask(createTopics, 7, {
    ...request,
    topics: [...request.topics, ...request.topics],
  })

  assert.deepEqual(
    topics.map(({ errorCode }) => errorCode),
    [ErrorCode.INVALID_REQUEST],
  )
})

test('partitions are added, never taken away', async () => {
  await using under = await startBroker()
  await create(under, 'orders', { numPartitions: 2 })
  const grow = async (count: number) => {
    const { results } = await under.client.ask(createPartitions, 3, {
      topics: [{ name: 'orders', count, assignments: null }],
      timeoutMs: 1000,
      validateOnly: false,
    })
    return results[0]?.errorCode
  }

  assert.equal(await grow(5), ErrorCode.NONE)
  assert.equal(await grow(5), ErrorCode.INVALID_PARTITIONS)
  assert.equal(await grow(1), ErrorCode.INVALID_PARTITIONS)
  const answer = await under.client.ask(
    produce,
    9,
    produceRequest(batchOf(['a']), { partition: 4 }),
  )
  assert.equal(answer.responses[0]?.partitionResponses[0]?.errorCode, ErrorCode.NONE)
})

test('a deleted topic is gone, and one created again under its name is another', async () => {
  await using under = await startBroker()
  const first = await create(under, 'orders')
  await under.client.ask(produce, 9, produceRequest(batchOf(['old'])))
  const remove = (name: string | null, topicId: Uuid) =>
    under.client.ask(deleteTopics, 6, {
      topics: [{ name, topicId }],
      topicNames: [],
      timeoutMs: 1000,
    })

  const deleted = await remove('orders', ZERO_UUID)
  const again = await remove('orders', ZERO_UUID)
  const both = await remove('orders', first.topicId)
  const second = await create(under, 'orders')
  const oldId = await under.client.ask(fetch, 13, fetchRequest({ topicId: first.topicId }))
  const newId = await under.client.ask(fetch, 13, fetchRequest({ topicId: second.topicId }))

  assert.equal(deleted.responses[0]?.errorCode, ErrorCode.NONE)
  assert.equal(again.responses[0]?.errorCode, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  assert.equal(both.responses[0]?.errorCode, ErrorCode.INVALID_REQUEST)
  assert.equal(oldId.responses[0]?.partitions[0]?.errorCode, ErrorCode.UNKNOWN_TOPIC_ID)
  assert.equal(newId.responses[0]?.partitions[0]?.highWatermark, 0)
})

test('DeleteRecords refuses offsets beyond the watermark, compacted and internal topics', async () => {
  await using under = await startBroker()
  await create(under, 'orders')
  await create(under, 'compacted', { configs: { 'cleanup.policy': 'compact' } })
  await under.broker.context.topics.ensureConsumerOffsets()
  const trim = async (name: string, offset: number) => {
    const { topics } = await under.client.ask(deleteRecords, 2, {
      topics: [{ name, partitions: [{ partitionIndex: 0, offset }] }],
      timeoutMs: 1000,
    })
    return topics[0]?.partitions[0]?.errorCode
  }

  assert.equal(await trim('orders', 1), ErrorCode.OFFSET_OUT_OF_RANGE)
  assert.equal(await trim('orders', -2), ErrorCode.OFFSET_OUT_OF_RANGE)
  assert.equal(await trim('compacted', 0), ErrorCode.POLICY_VIOLATION)
  assert.equal(await trim('__consumer_offsets', 0), ErrorCode.INVALID_TOPIC_EXCEPTION)
  assert.equal(await trim('nowhere', 0), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
})
