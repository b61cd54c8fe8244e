/** Fetch: conformance F1 to F19, as far as a client can see them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Uuid } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import { createTopics, deleteRecords, fetch, produce } from '../testing/apis.ts'
import { startBroker, type BrokerUnderTest } from '../testing/broker-under-test.ts'
import {
  batchOf,
  createTopicsRequest,
  fetchRequest,
  produceRequest,
  valuesOf,
  type FetchTarget,
} from '../testing/requests.ts'

async function withBatches(...batches: string[][]): Promise<BrokerUnderTest> {
  const under = await startBroker()
  await under.client.ask(createTopics, 7, createTopicsRequest('orders', { numPartitions: 2 }))
  for (const values of batches) await under.client.ask(produce, 9, produceRequest(batchOf(values)))
  return under
}

async function fetched(under: BrokerUnderTest, target: FetchTarget = {}, version = 12) {
  const response = await under.client.ask(fetch, version, fetchRequest(target))
  const partition = response.responses[0]?.partitions[0]
  return { response, partition, values: valuesOf(partition?.records ?? null) }
}

test('an offset inside a batch returns the whole batch', async () => {
  await using under = await withBatches(['a', 'b', 'c'], ['d'])

  const { values, partition } = await fetched(under, { fetchOffset: 1 })

  assert.deepEqual(values, ['a', 'b', 'c', 'd'])
  assert.deepEqual(
    [partition?.highWatermark, partition?.lastStableOffset, partition?.logStartOffset],
    [4, 4, 0],
  )
})

test('the end of the log is empty without an error; beyond it is out of range', async () => {
  await using under = await withBatches(['a'])

  const atEnd = await fetched(under, { fetchOffset: 1 })
  const beyond = await fetched(under, { fetchOffset: 2 })

  assert.deepEqual([atEnd.partition?.errorCode, atEnd.values], [0, []])
  assert.equal(beyond.partition?.errorCode, ErrorCode.OFFSET_OUT_OF_RANGE)
  assert.equal(beyond.partition?.highWatermark, -1)
})

test('below the start of the log is out of range after DeleteRecords', async () => {
  await using under = await withBatches(['a'], ['b'], ['c'])
  await under.client.ask(deleteRecords, 2, {
    topics: [{ name: 'orders', partitions: [{ partitionIndex: 0, offset: 2 }] }],
    timeoutMs: 1000,
  })

  const below = await fetched(under, { fetchOffset: 1 })
  const from = await fetched(under, { fetchOffset: 2 })

  assert.equal(below.partition?.errorCode, ErrorCode.OFFSET_OUT_OF_RANGE)
  assert.deepEqual(from.values, ['c'])
})

test('the first batch comes even when it is larger than both limits; a second one does not', async () => {
  await using under = await withBatches(['x'.repeat(5000)], ['y'.repeat(5000)])

  const { values } = await fetched(under, { maxBytes: 10, partitionMaxBytes: 10 })

  assert.deepEqual(
    values.map((value) => value[0]),
    ['x'],
  )
})

test('a fetch waits for min bytes and is woken by a produce', async () => {
  await using under = await withBatches()
  const other = await under.connect()

  const waiting = fetched(under, { maxWaitMs: 30_000 })
  await other.ask(produce, 9, produceRequest(batchOf(['news'])))

  assert.deepEqual((await waiting).values, ['news'])
})

test('a fetch that waits is answered empty at max wait', async () => {
  await using under = await withBatches()

  const { values, partition } = await fetched(under, { maxWaitMs: 20 })

  assert.deepEqual([values, partition?.errorCode], [[], 0])
})

test('aborted transactions are null when reading uncommitted and a list when reading committed', async () => {
  await using under = await withBatches(['a'])

  const uncommitted = await fetched(under)
  const committed = await fetched(under, { isolationLevel: 1 })

  assert.equal(uncommitted.partition?.abortedTransactions, null)
  assert.deepEqual(committed.partition?.abortedTransactions, [])
  assert.deepEqual(committed.values, ['a'])
})

test('an older leader epoch is fenced, a newer one unknown', async () => {
  await using under = await withBatches(['a'])

  const newer = await fetched(under, { currentLeaderEpoch: 5 })

  assert.equal(newer.partition?.errorCode, ErrorCode.UNKNOWN_LEADER_EPOCH)
})

test('an unknown topic id is answered per partition', async () => {
  await using under = await withBatches(['a'])

  const { partition } = await fetched(under, { topicId: 'AAAAAAAAAAAAAAAAAAAAAQ' as Uuid }, 13)

  assert.equal(partition?.errorCode, ErrorCode.UNKNOWN_TOPIC_ID)
})

test('a session is opened, answers only what is new, and closes', async () => {
  await using under = await withBatches(['a'])

  const opened = await fetched(under, { sessionEpoch: 0 })
  const { sessionId } = opened.response
  const quiet = await under.client.ask(fetch, 12, {
    ...fetchRequest({ sessionId, sessionEpoch: 1, fetchOffset: 1 }),
  })
  await under.client.ask(produce, 9, produceRequest(batchOf(['b'])))
  const news = await under.client.ask(fetch, 12, {
    ...fetchRequest({ sessionId, sessionEpoch: 2 }),
    topics: [],
  })
  const wrongEpoch = await under.client.ask(fetch, 12, fetchRequest({ sessionId, sessionEpoch: 9 }))
  const unknown = await under.client.ask(
    fetch,
    12,
    fetchRequest({ sessionId: 77, sessionEpoch: 1 }),
  )

  assert.ok(sessionId !== 0)
  assert.deepEqual(quiet.responses, [])
  assert.deepEqual(valuesOf(news.responses[0]?.partitions[0]?.records ?? null), ['b'])
  assert.equal(wrongEpoch.errorCode, ErrorCode.INVALID_FETCH_SESSION_EPOCH)
  assert.equal(unknown.errorCode, ErrorCode.FETCH_SESSION_ID_NOT_FOUND)
})

test('every version from 4 to 12 reads the same records', async () => {
  await using under = await withBatches(['a', 'b'])

  for (let version = 4; version <= 12; version++) {
    assert.deepEqual((await fetched(under, {}, version)).values, ['a', 'b'], `version ${version}`)
  }
})
