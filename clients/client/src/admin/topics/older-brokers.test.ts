import assert from 'node:assert/strict'
import { test } from 'node:test'
import { uuid, ZERO_UUID } from '@ottla/base'
import { ApiKey } from '@ottla/protocol'
import { decodeCreateTopicsRequest } from '@ottla/protocol/create-topics-request'
import { encodeCreateTopicsResponse } from '@ottla/protocol/create-topics-response'
import { decodeDeleteTopicsRequest } from '@ottla/protocol/delete-topics-request'
import { encodeDeleteTopicsResponse } from '@ottla/protocol/delete-topics-response'
import { decodeListOffsetsRequest } from '@ottla/protocol/list-offsets-request'
import { encodeListOffsetsResponse } from '@ottla/protocol/list-offsets-response'
import { FakeBroker } from '../../testing/fake-broker.ts'
import { fakeWorld } from '../../testing/fake-world.ts'
import { adminOfBrokers } from '../testing/admin-under-test.ts'
import { serveAnswer } from '../testing/serve-answer.ts'

test('topics.describe() uses Metadata where DescribeTopicPartitions is not served', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network, { topics: { orders: 2 } })
  using under = adminOfBrokers(world, broker)

  const described = await under.result(under.admin.topics.describe(['orders', 'nothing']))

  const { partitions } = described.value('orders')
  assert.deepEqual(
    partitions.map(({ partition, leader, replicas }) => [partition, leader, replicas]),
    [
      [0, 1, [1]],
      [1, 1, [1]],
    ],
  )
  assert.equal(partitions[0]?.eligibleLeaderReplicas, undefined)
  assert.throws(() => described.value('nothing'), { code: 'UNKNOWN_TOPIC_OR_PARTITION' })
  const requests = broker.requestsOf<{ allowAutoTopicCreation: boolean }>(ApiKey.Metadata)
  assert.ok(requests.every(({ message }) => !message.allowAutoTopicCreation))
})

test('topics.create() wants the numbers for a broker that has no defaults', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  const api = {
    key: ApiKey.CreateTopics,
    min: 2,
    max: 3,
    decode: decodeCreateTopicsRequest,
    encode: encodeCreateTopicsResponse,
  }
  const asked = serveAnswer(broker, api, ({ topics }) => ({
    throttleTimeMs: 0,
    topics: topics.map(({ name }) => ({
      name,
      topicId: ZERO_UUID,
      errorCode: 0,
      errorMessage: null,
      topicConfigErrorCode: 0,
      numPartitions: -1,
      replicationFactor: -1,
      configs: null,
    })),
  }))

  const made = await under.result(
    under.admin.topics.create([
      { name: 'some' },
      { name: 'all', partitions: 2, replicationFactor: 1 },
      { name: 'none', partitions: 0, replicationFactor: 1 },
    ]),
  )

  assert.deepEqual(
    asked.requests.map(({ message }) => message.topics.map(({ name }) => name)),
    [['all']],
  )
  assert.equal(made.value('all').partitionCount, undefined)
  assert.throws(() => made.value('some'), { message: /too old for defaults/ })
  assert.throws(() => made.value('none'), { code: 'INVALID_ARGUMENT', message: /0 partitions/ })
})

test('topics.delete() by id is refused in words where ids are not known', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  const api = {
    key: ApiKey.DeleteTopics,
    min: 1,
    max: 5,
    decode: decodeDeleteTopicsRequest,
    encode: encodeDeleteTopicsResponse,
  }
  const asked = serveAnswer(broker, api, ({ topicNames }) => ({
    throttleTimeMs: 0,
    responses: topicNames.map((name) => ({
      name,
      topicId: ZERO_UUID,
      errorCode: 0,
      errorMessage: null,
    })),
  }))
  const id = uuid('AAAAAAAAAAAAAAAAAAAAAQ')

  const deleted = await under.result(under.admin.topics.delete(['orders', { id }]))

  assert.ok(deleted.get('orders')?.ok)
  assert.throws(() => deleted.value({ id }), { code: 'UNSUPPORTED_VERSION', message: /by its id/ })
  assert.deepEqual(asked.requests[0]?.message.topicNames, ['orders'])
})

test('topics.offsets() does not send an old broker a sign that it would take for a time', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network, { topics: { orders: 2 } })
  using under = adminOfBrokers(world, broker)
  const api = {
    key: ApiKey.ListOffsets,
    min: 1,
    max: 6,
    decode: decodeListOffsetsRequest,
    encode: encodeListOffsetsResponse,
  }
  const asked = serveAnswer(broker, api, ({ topics }) => ({
    throttleTimeMs: 0,
    topics: topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({
        partitionIndex,
        errorCode: 0,
        timestamp: -1,
        offset: 5,
        leaderEpoch: 0,
      })),
    })),
  }))

  const offsets = await under.result(
    under.admin.topics.offsets([
      { topic: 'orders', partition: 0, at: 'latest' },
      { topic: 'orders', partition: 1, at: 'maxTimestamp' },
    ]),
  )

  assert.equal(offsets.value({ topic: 'orders', partition: 0 }).offset, 5)
  assert.throws(() => offsets.value({ topic: 'orders', partition: 1 }), {
    code: 'UNSUPPORTED_VERSION',
    message: /too old to answer the maxTimestamp offset/,
  })
  assert.equal(asked.requests.length, 1)
})
