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
