/** DeleteTopics: conformance M18, M19, O12. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ZERO_UUID, type Uuid } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import {
  createTopics,
  deleteTopics,
  fetch,
  metadata,
  offsetCommit,
  offsetFetch,
  produce,
} from '../testing/apis.ts'
import { startBroker, type BrokerUnderTest } from '../testing/broker-under-test.ts'
import { topicIdOf } from '../testing/group-member.ts'
import {
  batchOf,
  createTopicsRequest,
  fetchRequest,
  metadataRequest,
  produceRequest,
} from '../testing/requests.ts'

type Asked = { name: string | null; topicId: Uuid }

const UNKNOWN_ID = 'AAAAAAAAAAAAAAAAAAAAAQ' as Uuid

async function withTopics(...names: string[]): Promise<BrokerUnderTest> {
  const under = await startBroker()
  for (const name of names) await under.client.ask(createTopics, 7, createTopicsRequest(name))
  return under
}

async function remove(under: BrokerUnderTest, ...topics: Asked[]) {
  const { responses } = await under.client.ask(deleteTopics, 6, {
    topics,
    topicNames: [],
    timeoutMs: 1000,
  })
  return responses.map(({ name, errorCode }) => [name, errorCode])
}

async function names(under: BrokerUnderTest): Promise<(string | null)[]> {
  const { topics } = await under.client.ask(metadata, 12, metadataRequest(null))
  return topics.map(({ name }) => name)
}

test('a topic is deleted by its id, and the answer tells its name', async () => {
  await using under = await withTopics('orders', 'payments')
  const topicId = topicIdOf(under, 'orders')

  assert.deepEqual(await remove(under, { name: null, topicId }), [['orders', ErrorCode.NONE]])
  assert.deepEqual(await names(under), ['payments'])
  assert.deepEqual(await remove(under, { name: null, topicId }), [
    [null, ErrorCode.UNKNOWN_TOPIC_ID],
  ])
})

test('a name and an id together, or neither, are refused and delete nothing', async () => {
  await using under = await withTopics('orders')
  const topicId = topicIdOf(under, 'orders')

  const [both] = await remove(under, { name: 'orders', topicId })
  const [neither] = await remove(under, { name: null, topicId: ZERO_UUID })

  assert.equal(both?.[1], ErrorCode.INVALID_REQUEST)
  assert.equal(neither?.[1], ErrorCode.INVALID_REQUEST)
  assert.deepEqual(await names(under), ['orders'])
})

test('a topic that is named twice is refused and stays; the others go', async () => {
  await using under = await withTopics('orders', 'payments')
  const orders = { name: 'orders', topicId: ZERO_UUID }

  const answers = await remove(under, orders, { name: 'payments', topicId: ZERO_UUID }, orders)

  assert.deepEqual(
    new Map(answers as [string, number][]),
    new Map([
      ['orders', ErrorCode.INVALID_REQUEST],
      ['payments', ErrorCode.NONE],
    ]),
  )
  assert.deepEqual(await names(under), ['orders'])
})

test('a broker that does not delete topics says so as each version can', async () => {
  await using under = await startBroker({ 'delete.topic.enable': 'false' })
  await under.client.ask(createTopics, 7, createTopicsRequest('orders'))
  const errorIn = async (version: number) => {
    const { responses } = await under.client.ask(deleteTopics, version, {
      topics: version >= 6 ? [{ name: 'orders', topicId: ZERO_UUID }] : [],
      topicNames: version >= 6 ? [] : ['orders'],
      timeoutMs: 1000,
    })
    return responses[0]?.errorCode
  }

  assert.equal(await errorIn(6), ErrorCode.TOPIC_DELETION_DISABLED)
  assert.equal(await errorIn(3), ErrorCode.TOPIC_DELETION_DISABLED)
  assert.equal(await errorIn(2), ErrorCode.INVALID_REQUEST)
  assert.deepEqual(await names(under), ['orders'])
})

test('the id of a deleted topic finds nothing of the one that has its name now', async () => {
  await using under = await withTopics('orders')
  const oldId = topicIdOf(under, 'orders')
  await remove(under, { name: 'orders', topicId: ZERO_UUID })
  await under.client.ask(createTopics, 7, createTopicsRequest('orders'))
  const produced = async (topicId: Uuid) => {
    const answer = await under.client.ask(
      produce,
      13,
      produceRequest(batchOf(['a']), { topic: '', topicId }),
    )
    return answer.responses[0]?.partitionResponses[0]
  }

  const old = await produced(oldId)
  const current = await produced(topicIdOf(under, 'orders'))
  const fetched = await under.client.ask(fetch, 13, fetchRequest({ topic: '', topicId: oldId }))

  assert.equal(old?.errorCode, ErrorCode.UNKNOWN_TOPIC_ID)
  assert.deepEqual([current?.errorCode, current?.baseOffset], [ErrorCode.NONE, 0])
  const [partition] = fetched.responses[0]?.partitions ?? []
  assert.deepEqual(
    [partition?.errorCode, partition?.records?.length],
    [ErrorCode.UNKNOWN_TOPIC_ID, 0],
  )
})

test('a fetch that waits for a topic is answered when the topic is deleted', async () => {
  await using under = await withTopics('orders')
  const other = await under.connect()

  const waiting = other.ask(fetch, 12, fetchRequest({ maxWaitMs: 30_000 }))
  await remove(under, { name: 'orders', topicId: ZERO_UUID })

  const { responses } = await waiting
  assert.equal(responses[0]?.partitions[0]?.errorCode, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
})

test('the committed offsets of a deleted topic go with it', async () => {
  await using under = await withTopics('orders', 'payments')
  await under.broker.context.topics.ensureConsumerOffsets()
  await under.client.ask(offsetCommit, 9, {
    groupId: 'readers',
    generationIdOrMemberEpoch: -1,
    memberId: '',
    groupInstanceId: null,
    retentionTimeMs: -1,
    topics: ['orders', 'payments'].map((name) => ({
      name,
      topicId: ZERO_UUID,
      partitions: [
        {
          partitionIndex: 0,
          committedOffset: 7,
          committedLeaderEpoch: -1,
          committedMetadata: null,
        },
      ],
    })),
  })

  await remove(under, { name: 'orders', topicId: ZERO_UUID })
  const { groups } = await under.client.ask(offsetFetch, 9, {
    groupId: '',
    topics: [],
    groups: [{ groupId: 'readers', memberId: null, memberEpoch: -1, topics: null }],
    requireStable: true,
  })

  assert.deepEqual(
    groups[0]?.topics.map(({ name }) => name),
    ['payments'],
  )
})

test('DeleteTopics of an unknown id refuses it and deletes what else is named', async () => {
  await using under = await withTopics('orders')

  const answers = await remove(
    under,
    { name: null, topicId: UNKNOWN_ID },
    { name: 'orders', topicId: ZERO_UUID },
  )

  assert.deepEqual(answers, [
    [null, ErrorCode.UNKNOWN_TOPIC_ID],
    ['orders', ErrorCode.NONE],
  ])
})
