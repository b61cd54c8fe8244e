/** Metadata, DescribeCluster, DescribeTopicPartitions: conformance M1 to M10, M20. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ZERO_UUID, type Uuid } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import {
  createTopics,
  describeCluster,
  describeTopicPartitions,
  metadata,
} from '../testing/apis.ts'
import { startBroker } from '../testing/broker-under-test.ts'
import { createTopicsRequest, metadataRequest } from '../testing/requests.ts'

test('a topic that is asked to be created is there in the same answer, with its leader', async () => {
  await using under = await startBroker({ 'num.partitions': '3' })

  const { topics, brokers, controllerId } = await under.client.ask(
    metadata,
    12,
    metadataRequest(['orders']),
  )

  const [topic] = topics
  assert.equal(topic?.errorCode, ErrorCode.NONE)
  assert.notEqual(topic?.topicId, ZERO_UUID)
  assert.deepEqual(
    topic?.partitions.map(({ partitionIndex, leaderId, errorCode }) => [
      partitionIndex,
      leaderId,
      errorCode,
    ]),
    [
      [0, 1, 0],
      [1, 1, 0],
      [2, 1, 0],
    ],
  )
  assert.deepEqual(
    brokers.map(({ nodeId, host, port }) => [nodeId, host, port]),
    [[1, '127.0.0.1', under.port]],
  )
  assert.equal(controllerId, 1)
})

test('nothing is created when the request or the broker says no', async () => {
  await using under = await startBroker()
  await using closed = await startBroker({ 'auto.create.topics.enable': 'false' })

  const asked = await under.client.ask(metadata, 12, metadataRequest(['orders'], false))
  const refused = await closed.client.ask(metadata, 12, metadataRequest(['orders']))

  assert.equal(asked.topics[0]?.errorCode, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
  assert.equal(refused.topics[0]?.errorCode, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
})

test('a name that no topic can have is INVALID_TOPIC_EXCEPTION', async () => {
  await using under = await startBroker()

  const { topics } = await under.client.ask(metadata, 12, metadataRequest(['a/b', '..', '']))

  assert.deepEqual(
    topics.map(({ errorCode }) => errorCode),
    [17, 17, 17],
  )
})

test('null asks for all topics, an empty list for none; in version 0 empty means all', async () => {
  await using under = await startBroker()
  await under.client.ask(createTopics, 7, createTopicsRequest('orders'))

  const all = await under.client.ask(metadata, 12, metadataRequest(null))
  const none = await under.client.ask(metadata, 12, metadataRequest([]))
  const version0 = await under.client.ask(metadata, 0, metadataRequest([]))

  assert.deepEqual([all.topics.length, none.topics.length, version0.topics.length], [1, 0, 1])
})

test('a topic is found by its id from version 12; an unknown id is UNKNOWN_TOPIC_ID', async () => {
  await using under = await startBroker()
  const created = await under.client.ask(createTopics, 7, createTopicsRequest('orders'))
  const topicId = created.topics[0]?.topicId as Uuid
  const byId = (id: Uuid) => ({ ...metadataRequest([]), topics: [{ topicId: id, name: null }] })

  const found = await under.client.ask(metadata, 12, byId(topicId))
  const unknown = await under.client.ask(metadata, 12, byId('AAAAAAAAAAAAAAAAAAAAAQ' as Uuid))

  assert.equal(found.topics[0]?.name, 'orders')
  assert.equal(unknown.topics[0]?.errorCode, ErrorCode.UNKNOWN_TOPIC_ID)
})

test('DescribeCluster names the brokers and the cluster', async () => {
  await using under = await startBroker({ 'broker.rack': 'r1' })

  const answer = await under.client.ask(describeCluster, 2, {
    includeClusterAuthorizedOperations: false,
    endpointType: 1,
    includeFencedBrokers: false,
  })

  assert.equal(answer.clusterId, under.broker.context.metadata.image.clusterId)
  assert.deepEqual(
    answer.brokers.map(({ brokerId, rack }) => [brokerId, rack]),
    [[1, 'r1']],
  )
})

test('DescribeTopicPartitions goes page by page and says where the next begins', async () => {
  await using under = await startBroker()
  await under.client.ask(createTopics, 7, createTopicsRequest('b', { numPartitions: 3 }))
  await under.client.ask(createTopics, 7, createTopicsRequest('a', { numPartitions: 2 }))
  const page = (cursor: { topicName: string; partitionIndex: number } | null) =>
    under.client.ask(describeTopicPartitions, 0, {
      topics: [],
      responsePartitionLimit: 3,
      cursor,
    })

  const first = await page(null)
  const second = await page(first.nextCursor)

  const seen = [...first.topics, ...second.topics].map(({ name, partitions }) => [
    name,
    partitions.map(({ partitionIndex }) => partitionIndex),
  ])
  assert.deepEqual(seen, [
    ['a', [0, 1]],
    ['b', [0]],
    ['b', [1, 2]],
  ])
  assert.deepEqual(first.nextCursor, { topicName: 'b', partitionIndex: 1 })
  assert.equal(second.nextCursor, null)
})

test('versions 10 and 11 have topic ids but cannot be asked by them', async () => {
  await using under = await startBroker()
  const { topics: created } = await under.client.ask(createTopics, 7, createTopicsRequest('orders'))
  const topicId = created[0]?.topicId as Uuid

  for (const version of [10, 11]) {
    for (const asked of [
      { topicId, name: null },
      { topicId, name: 'orders' },
      { topicId: ZERO_UUID, name: null },
    ]) {
      const { topics, brokers } = await under.client.ask(metadata, version, {
        ...metadataRequest([]),
        topics: [asked],
      })

      assert.deepEqual(
        topics.map(({ errorCode }) => errorCode),
        [ErrorCode.INVALID_REQUEST],
      )
      assert.deepEqual(brokers, [])
    }
  }
})

test('before version 4 there is no flag, and a topic that is asked for is created', async () => {
  await using under = await startBroker()

  const { topics } = await under.client.ask(metadata, 3, metadataRequest(['orders']))

  assert.equal(topics[0]?.errorCode, ErrorCode.NONE)
  assert.equal(topics[0]?.partitions.length, 1)
})

test('a topic that is named twice is described once', async () => {
  await using under = await startBroker()

  const { topics } = await under.client.ask(metadata, 12, metadataRequest(['orders', 'orders']))

  assert.equal(topics.length, 1)
})

test('authorized operations are the least int32 when they are not asked for', async () => {
  await using under = await startBroker()
  const notAsked = -2147483648

  const described = await under.client.ask(metadata, 10, metadataRequest(['orders']))
  const cluster = await under.client.ask(describeCluster, 2, {
    includeClusterAuthorizedOperations: false,
    endpointType: 1,
    includeFencedBrokers: false,
  })

  assert.equal(described.topics[0]?.topicAuthorizedOperations, notAsked)
  assert.equal(described.clusterAuthorizedOperations, notAsked)
  assert.equal(cluster.clusterAuthorizedOperations, notAsked)
})

test('a partition tells its leader epoch, replicas and in-sync replicas', async () => {
  await using under = await startBroker()

  const { topics } = await under.client.ask(metadata, 7, metadataRequest(['orders']))

  const [partition] = topics[0]?.partitions ?? []
  assert.deepEqual(
    [partition?.leaderEpoch, partition?.replicaNodes, partition?.isrNodes],
    [0, [1], [1]],
  )
})

test('a topic whose name only looks like that of another is not created by asking for it', async () => {
  await using under = await startBroker()
  await under.client.ask(createTopics, 7, createTopicsRequest('a.b'))

  const { topics } = await under.client.ask(metadata, 12, metadataRequest(['a_b']))

  assert.equal(topics[0]?.errorCode, ErrorCode.INVALID_TOPIC_EXCEPTION)
})

test('the topic of the groups is internal, and is made as the configuration says when asked for', async () => {
  await using under = await startBroker()

  const { topics } = await under.client.ask(metadata, 12, metadataRequest(['__consumer_offsets']))

  assert.deepEqual(
    [topics[0]?.errorCode, topics[0]?.isInternal, topics[0]?.partitions.length],
    [0, true, 2],
  )
  assert.equal(
    under.broker.context.metadata.image.topic('__consumer_offsets')?.configs.get('cleanup.policy'),
    'compact',
  )
})

test('DescribeTopicPartitions wants a cursor that names a topic of the list, and a partition', async () => {
  await using under = await startBroker()
  await under.client.ask(createTopics, 7, createTopicsRequest('a', { numPartitions: 3 }))
  const errorsFor = async (names: string[], topicName: string, partitionIndex: number) => {
    const { topics, nextCursor } = await under.client.ask(describeTopicPartitions, 0, {
      topics: names.map((name) => ({ name })),
      responsePartitionLimit: 10,
      cursor: { topicName, partitionIndex },
    })
    assert.equal(nextCursor, null)
    return topics.map(({ errorCode }) => errorCode)
  }

  assert.deepEqual(await errorsFor(['a'], 'b', 0), [ErrorCode.INVALID_REQUEST])
  assert.deepEqual(await errorsFor(['a'], 'a', -1), [ErrorCode.INVALID_REQUEST])
  assert.deepEqual(await errorsFor([], 'a', -1), [])
  assert.deepEqual(await errorsFor(['a'], 'a', 1), [ErrorCode.NONE])
})

test('DescribeTopicPartitions gives at least one partition and at most 2000', async () => {
  await using under = await startBroker()
  await under.client.ask(createTopics, 7, createTopicsRequest('big', { numPartitions: 2001 }))
  const page = async (responsePartitionLimit: number) => {
    const { topics, nextCursor } = await under.client.ask(describeTopicPartitions, 0, {
      topics: [{ name: 'big' }],
      responsePartitionLimit,
      cursor: null,
    })
    return [topics[0]?.partitions.length, nextCursor?.partitionIndex]
  }

  assert.deepEqual(await page(0), [1, 1])
  assert.deepEqual(await page(-5), [1, 1])
  assert.deepEqual(await page(5000), [2000, 2000])
})

test('DescribeTopicPartitions answers unknown and impossible names with their errors', async () => {
  await using under = await startBroker()

  const { topics } = await under.client.ask(describeTopicPartitions, 0, {
    topics: [{ name: 'nowhere' }, { name: 'a/b' }],
    responsePartitionLimit: 10,
    cursor: null,
  })

  assert.deepEqual(
    topics.map(({ name, errorCode }) => [name, errorCode]),
    [
      ['a/b', ErrorCode.INVALID_TOPIC_EXCEPTION],
      ['nowhere', ErrorCode.UNKNOWN_TOPIC_OR_PARTITION],
    ],
  )
})
