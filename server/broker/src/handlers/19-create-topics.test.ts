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
  valuesOf,
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

for (const [what, options, expected] of [
  ['fewer than no partitions', { numPartitions: -2 }, ErrorCode.INVALID_PARTITIONS],
  ['no replicas', { replicationFactor: 0 }, ErrorCode.INVALID_REPLICATION_FACTOR],
  ['fewer than no replicas', { replicationFactor: -2 }, ErrorCode.INVALID_REPLICATION_FACTOR],
  ['more than 10,000 partitions', { numPartitions: 10_001 }, ErrorCode.POLICY_VIOLATION],
] as const) {
  test(`CreateTopics refuses ${what}, also when it only validates`, async () => {
    await using under = await startBroker()

    const checked = await create(under, 'orders', { ...options, validateOnly: true })
    const made = await create(under, 'orders', options)

    assert.deepEqual([checked.errorCode, made.errorCode], [expected, expected])
    assert.equal(under.broker.context.metadata.image.topic('orders'), undefined)
  })
}

test('a manual assignment decides partitions and replicas, and nothing else may', async () => {
  await using under = await startBroker()
  const assigned = async (
    name: string,
    assignments: [partitionIndex: number, brokerIds: number[]][],
    counts: { numPartitions?: number; replicationFactor?: number } = {},
  ) => {
    const { topics } = await under.client.ask(createTopics, 7, {
      topics: [
        {
          name,
          numPartitions: counts.numPartitions ?? -1,
          replicationFactor: counts.replicationFactor ?? -1,
          assignments: assignments.map(([partitionIndex, brokerIds]) => ({
            partitionIndex,
            brokerIds,
          })),
          configs: [],
        },
      ],
      timeoutMs: 1000,
      validateOnly: false,
    })
    return [topics[0]?.errorCode, topics[0]?.numPartitions]
  }

  assert.deepEqual(
    await assigned('good', [
      [0, [1]],
      [1, [1]],
    ]),
    [ErrorCode.NONE, 2],
  )
  const invalid = [ErrorCode.INVALID_REQUEST, -1]
  assert.deepEqual(await assigned('count', [[0, [1]]], { numPartitions: 1 }), invalid)
  assert.deepEqual(await assigned('factor', [[0, [1]]], { replicationFactor: 1 }), invalid)
  const misplaced = [ErrorCode.INVALID_REPLICA_ASSIGNMENT, -1]
  assert.deepEqual(await assigned('gap', [[1, [1]]]), misplaced)
  assert.deepEqual(await assigned('double', [[0, [1, 1]]]), misplaced)
  assert.deepEqual(await assigned('stranger', [[0, [7]]]), misplaced)
})

test('the longest name of a topic can be created and used, one character more cannot', async () => {
  await using under = await startBroker()
  const longest = 'n'.repeat(249)

  assert.equal((await create(under, longest)).errorCode, ErrorCode.NONE)
  const answer = await under.client.ask(
    produce,
    9,
    produceRequest(batchOf(['a']), { topic: longest }),
  )
  assert.equal(answer.responses[0]?.partitionResponses[0]?.errorCode, ErrorCode.NONE)
  assert.equal((await create(under, `${longest}n`)).errorCode, ErrorCode.INVALID_TOPIC_EXCEPTION)
})

test('the cleanup policy of a topic may be empty, or both policies', async () => {
  await using under = await startBroker()
  const policy = (name: string) =>
    under.broker.context.replicas.partition(name, 0)?.log.config.cleanupPolicy

  const none = await create(under, 'none', { configs: { 'cleanup.policy': '' } })
  const both = await create(under, 'both', { configs: { 'cleanup.policy': 'compact,delete' } })

  assert.deepEqual([none.errorCode, policy('none')], [ErrorCode.NONE, []])
  assert.deepEqual([both.errorCode, policy('both')], [ErrorCode.NONE, ['compact', 'delete']])
})

test('an assignment for new partitions must be as long as the growth', async () => {
  await using under = await startBroker()
  await create(under, 'orders', { numPartitions: 1 })
  const grow = async (count: number, brokers: number[][], validateOnly = false) => {
    const { results } = await under.client.ask(createPartitions, 3, {
      topics: [{ name: 'orders', count, assignments: brokers.map((brokerIds) => ({ brokerIds })) }],
      timeoutMs: 1000,
      validateOnly,
    })
    return results[0]?.errorCode
  }

  assert.equal(await grow(3, [[1]]), ErrorCode.INVALID_REPLICA_ASSIGNMENT)
  assert.equal(await grow(3, [[1], [1]], true), ErrorCode.NONE)
  assert.equal(under.broker.context.replicas.topic('orders')?.partitions.length, 1)
  assert.equal(await grow(3, [[1], [1]]), ErrorCode.NONE)
  assert.equal(under.broker.context.replicas.topic('orders')?.partitions.length, 3)
})

test('DeleteRecords inside a batch is answered with that offset, and reads begin there', async () => {
  await using under = await startBroker()
  await create(under, 'orders')
  await under.client.ask(produce, 9, produceRequest(batchOf(['a', 'b', 'c'])))

  const { topics } = await under.client.ask(deleteRecords, 2, {
    topics: [{ name: 'orders', partitions: [{ partitionIndex: 0, offset: 1 }] }],
    timeoutMs: 1000,
  })
  const below = await under.client.ask(fetch, 12, fetchRequest({ fetchOffset: 0 }))
  const from = await under.client.ask(fetch, 12, fetchRequest({ fetchOffset: 1 }))
  const answer = await under.client.ask(produce, 9, produceRequest(batchOf(['d'])))

  assert.deepEqual(topics[0]?.partitions[0]?.lowWatermark, 1)
  assert.equal(below.responses[0]?.partitions[0]?.errorCode, ErrorCode.OFFSET_OUT_OF_RANGE)
  assert.equal(from.responses[0]?.partitions[0]?.logStartOffset, 1)
  // The batch is whole on the wire; the client skips what lies below its offset.
  assert.deepEqual(valuesOf(from.responses[0]?.partitions[0]?.records ?? null), ['a', 'b', 'c'])
  assert.equal(answer.responses[0]?.partitionResponses[0]?.logStartOffset, 1)
})
