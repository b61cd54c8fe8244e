/** Fetch: conformance F1 to F19, as far as a client can see them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { leaderEpoch, ZERO_UUID, type Uuid } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import type { FetchRequest } from '@ottla/protocol/fetch-request'
import { COMPRESSION_GZIP, COMPRESSION_ZSTD, RecordBatchView } from '@ottla/records'
import { createTopics, deleteRecords, fetch, produce } from '../testing/apis.ts'
import { startBroker, type BrokerUnderTest } from '../testing/broker-under-test.ts'
import { joinedGroup, topicIdOf } from '../testing/group-member.ts'
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

test('every version from 13 to 18 reads the same records by topic id', async () => {
  await using under = await withBatches(['a', 'b'])
  const topicId = topicIdOf(under, 'orders')

  for (let version = 13; version <= 18; version++) {
    const { values } = await fetched(under, { topic: '', topicId }, version)
    assert.deepEqual(values, ['a', 'b'], `version ${version}`)
  }
})

test('batches leave as they came, apart from offset and leader epoch', async () => {
  await using under = await withBatches()
  const sent = batchOf(['a', 'b'], { compression: COMPRESSION_GZIP })
  const asSent = Buffer.from(sent)
  await under.client.ask(produce, 9, produceRequest(batchOf(['first'])))

  await under.client.ask(produce, 9, produceRequest(sent))
  const { partition } = await fetched(under, { fetchOffset: 1 })

  const records = partition?.records ?? Buffer.alloc(0)
  const view = new RecordBatchView().reset(records, 0)
  assert.deepEqual([view.baseOffset, view.partitionLeaderEpoch, view.isCrcValid()], [1, 0, true])
  // From the magic byte on, past base offset, length and leader epoch.
  assert.deepEqual(records.subarray(16), asSent.subarray(16))
})

test('later partitions share what the first left of the limit', async () => {
  await using under = await withBatches(['x'.repeat(5000)])
  await under.client.ask(produce, 9, produceRequest(batchOf(['y'.repeat(5000)]), { partition: 1 }))
  const request = fetchRequest()
  const [topic] = request.topics
  const [first] = topic?.partitions ?? []
  assert.ok(topic !== undefined && first !== undefined)
  const both = (maxBytes: number) => ({
    ...request,
    maxBytes,
    topics: [{ ...topic, partitions: [first, { ...first, partition: 1 }] }],
  })
  const sizes = async (maxBytes: number) => {
    const { responses } = await under.client.ask(fetch, 12, both(maxBytes))
    return responses[0]?.partitions.map(({ records }) => valuesOf(records).length)
  }

  assert.deepEqual(await sizes(1), [1, 0])
  assert.deepEqual(await sizes(5200), [1, 0])
  assert.deepEqual(await sizes(50_000), [1, 1])
})

test('the broker bounds what a client may ask for', async () => {
  await using under = await startBroker({ 'fetch.max.bytes': '1024' })
  await under.client.ask(createTopics, 7, createTopicsRequest('orders'))
  for (const value of ['a', 'b', 'c']) {
    await under.client.ask(produce, 9, produceRequest(batchOf([value.repeat(600)])))
  }

  const { values } = await fetched(under)

  assert.deepEqual(
    values.map((value) => value[0]),
    ['a'],
  )
})

test('min bytes 0 is answered at once, and so is an error in any partition', async () => {
  await using under = await withBatches()
  const request = fetchRequest({ maxWaitMs: 600_000 })
  const [topic] = request.topics
  assert.ok(topic !== undefined)

  const nothing = await fetched(under, { maxWaitMs: 600_000, minBytes: 0 })
  const { responses } = await under.client.ask(fetch, 12, {
    ...request,
    topics: [topic, { ...topic, topic: 'nowhere' }],
  })

  assert.deepEqual([nothing.partition?.errorCode, nothing.values], [ErrorCode.NONE, []])
  assert.deepEqual(
    responses.map(({ partitions }) => partitions[0]?.errorCode),
    [ErrorCode.NONE, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION],
  )
})

test('an older leader epoch is told who leads, with the address from version 16', async () => {
  await using under = await withBatches(['a'])
  const partition = under.broker.context.replicas.partition('orders', 0)
  assert.ok(partition !== undefined)
  partition.leaderEpoch = leaderEpoch(3)
  const topicId = topicIdOf(under, 'orders')

  const old = await fetched(under, { topic: '', topicId, currentLeaderEpoch: 2 }, 16)
  const current = await fetched(under, { topic: '', topicId, currentLeaderEpoch: 3 }, 16)

  assert.equal(old.partition?.errorCode, ErrorCode.FENCED_LEADER_EPOCH)
  assert.deepEqual(old.partition?.currentLeader, { leaderId: 1, leaderEpoch: 3 })
  assert.deepEqual(
    old.response.nodeEndpoints.map(({ nodeId, port }) => [nodeId, port]),
    [[1, under.port]],
  )
  assert.deepEqual(current.values, ['a'])
  assert.deepEqual(current.response.nodeEndpoints, [])
})

test('a reader whose last epoch ended earlier than it thinks learns where; one of the future is out of range', async () => {
  await using under = await withBatches(['a'], ['b'])
  const from = async (lastFetchedEpoch: number, fetchOffset: number) => {
    const request = fetchRequest({ fetchOffset })
    const asked = request.topics[0]?.partitions[0]
    assert.ok(asked !== undefined)
    asked.lastFetchedEpoch = lastFetchedEpoch
    const { responses } = await under.client.ask(fetch, 12, request)
    return responses[0]?.partitions[0]
  }

  const diverged = await from(0, 5)
  const future = await from(7, 1)
  const fine = await from(0, 1)

  assert.deepEqual(diverged?.divergingEpoch, { epoch: 0, endOffset: 2 })
  assert.deepEqual([diverged?.errorCode, valuesOf(diverged?.records ?? null)], [0, []])
  assert.equal(future?.errorCode, ErrorCode.OFFSET_OUT_OF_RANGE)
  assert.deepEqual(valuesOf(fine?.records ?? null), ['b'])
})

test('a version that does not know zstd gets what lies before it, then the refusal', async () => {
  await using under = await withBatches(['plain'])
  const zstd = batchOf(['packed'], { compression: COMPRESSION_ZSTD })
  await under.client.ask(produce, 9, produceRequest(zstd))

  const before = await fetched(under, {}, 9)
  const at = await fetched(under, { fetchOffset: 1 }, 9)
  const version10 = await fetched(under, {}, 10)

  assert.deepEqual(before.values, ['plain'])
  assert.equal(before.partition?.errorCode, ErrorCode.NONE)
  assert.equal(at.partition?.errorCode, ErrorCode.UNSUPPORTED_COMPRESSION_TYPE)
  assert.deepEqual(at.values, [])
  assert.deepEqual(version10.values, ['plain', 'packed'])
})

test('a replica that is not one is refused', async () => {
  await using under = await withBatches(['a'])
  const topicId = topicIdOf(under, 'orders')

  const version12 = await under.client.ask(fetch, 12, { ...fetchRequest(), replicaId: 2 })
  const version18 = await under.client.ask(fetch, 18, {
    ...fetchRequest({ topic: '', topicId }),
    replicaState: { replicaId: 2, replicaEpoch: 1 },
  })

  for (const { responses } of [version12, version18]) {
    assert.equal(responses[0]?.partitions[0]?.errorCode, ErrorCode.NOT_LEADER_OR_FOLLOWER)
  }
})

test('internal topics can be read', async () => {
  await using under = await startBroker()
  await under.broker.context.topics.ensureConsumerOffsets()
  const { generationId } = await joinedGroup(under, { groupId: 'readers' })
  assert.ok(generationId > 0)

  const read = await Promise.all(
    [0, 1].map((partition) => fetched(under, { topic: '__consumer_offsets', partition })),
  )

  assert.deepEqual(
    read.map(({ partition }) => partition?.errorCode),
    [ErrorCode.NONE, ErrorCode.NONE],
  )
  assert.ok(read.some(({ values }) => values.length > 0))
})

test('a session ends by its final epoch, and does not survive a change to topic ids', async () => {
  await using under = await withBatches(['a'])
  const opened = await fetched(under, { sessionEpoch: 0 })
  const { sessionId } = opened.response
  const topicId = topicIdOf(under, 'orders')

  const changed = await under.client.ask(
    fetch,
    13,
    fetchRequest({ topic: '', topicId, sessionId, sessionEpoch: 1 }),
  )
  const closing = await fetched(under, { sessionId, sessionEpoch: -1 })
  const after = await under.client.ask(fetch, 12, fetchRequest({ sessionId, sessionEpoch: 1 }))

  assert.equal(changed.errorCode, ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR)
  assert.deepEqual([closing.response.sessionId, closing.values], [0, ['a']])
  assert.equal(after.errorCode, ErrorCode.FETCH_SESSION_ID_NOT_FOUND)
})

test('a fetch without a session gets none; one that names no partition may open one', async () => {
  await using under = await withBatches(['a'])

  const sessionless = await fetched(under, { sessionEpoch: -1 })
  const empty = await under.client.ask(fetch, 12, {
    ...fetchRequest({ sessionEpoch: 0 }),
    topics: [],
  })

  assert.equal(sessionless.response.sessionId, 0)
  assert.notEqual(empty.sessionId, 0)
})

test('a full cache of sessions gives id 0, and records all the same', async () => {
  await using under = await startBroker({ 'max.incremental.fetch.session.cache.slots': '1' })
  await under.client.ask(createTopics, 7, createTopicsRequest('orders'))
  await under.client.ask(produce, 9, produceRequest(batchOf(['a'])))

  const first = await fetched(under, { sessionEpoch: 0 })
  const second = await fetched(under, { sessionEpoch: 0 })

  assert.notEqual(first.response.sessionId, 0)
  assert.deepEqual([second.response.sessionId, second.values], [0, ['a']])
})

test('a session tells a moved start of the log and an error that came or went, and forgets partitions', async () => {
  await using under = await withBatches(['a'], ['b'])
  const request = fetchRequest({ sessionEpoch: 0, fetchOffset: 2 })
  const [topic] = request.topics
  const [first] = topic?.partitions ?? []
  assert.ok(topic !== undefined && first !== undefined)
  const opened = await under.client.ask(fetch, 12, {
    ...request,
    topics: [{ ...topic, partitions: [first, { ...first, partition: 1, fetchOffset: 0 }] }],
  })
  const { sessionId } = opened
  let sessionEpoch = 0
  const next = async (changed: Partial<FetchRequest> = {}) => {
    const { responses } = await under.client.ask(fetch, 12, {
      ...fetchRequest({ sessionId, sessionEpoch: ++sessionEpoch }),
      topics: [],
      ...changed,
    })
    return responses.flatMap(({ partitions }) =>
      partitions.map(({ partitionIndex, errorCode, logStartOffset }) => [
        partitionIndex,
        errorCode,
        logStartOffset,
      ]),
    )
  }

  assert.deepEqual(await next(), [])
  await under.client.ask(deleteRecords, 2, {
    topics: [{ name: 'orders', partitions: [{ partitionIndex: 0, offset: 1 }] }],
    timeoutMs: 1000,
  })
  assert.deepEqual(await next(), [[0, ErrorCode.NONE, 1]])
  const tooFar = { ...topic, partitions: [{ ...first, fetchOffset: 99 }] }
  assert.deepEqual(await next({ topics: [tooFar] }), [[0, ErrorCode.OFFSET_OUT_OF_RANGE, -1]])
  const back = { ...topic, partitions: [{ ...first, fetchOffset: 2 }] }
  assert.deepEqual(await next({ topics: [back] }), [[0, ErrorCode.NONE, 1]])
  await under.client.ask(produce, 9, produceRequest(batchOf(['c'])))
  const forgotten = [{ topic: 'orders', topicId: ZERO_UUID, partitions: [0] }]
  assert.deepEqual(await next({ forgottenTopicsData: forgotten }), [])
})

test('an offset in a hole, as compaction leaves them, goes on with the next batch', async () => {
  await using under = await withBatches()
  const partition = under.broker.context.replicas.partition('orders', 0)
  assert.ok(partition !== undefined)
  for (const [value, baseOffset] of [
    ['before', 0],
    ['after', 10],
  ] as const) {
    const epoch = partition.leaderEpoch
    const records = batchOf([value], { baseOffset, partitionLeaderEpoch: 0 })
    const { errorCode } = partition.log.append(records, { origin: 'replica', leaderEpoch: epoch })
    assert.equal(errorCode, ErrorCode.NONE)
  }
  await under.client.ask(produce, 9, produceRequest(batchOf(['last'])))

  const { values, partition: answer } = await fetched(under, { fetchOffset: 5 })

  assert.deepEqual([answer?.errorCode, values], [ErrorCode.NONE, ['after', 'last']])
})

test('a fetch that waits leaves its partition when its connection closes', async () => {
  await using under = await withBatches()
  const waitingCount = () => under.broker.context.replicas.partition('orders', 0)?.waitingFetchCount
  const other = await under.connect()
  other.send(fetch, 12, fetchRequest({ maxWaitMs: 600_000 }))
  while (waitingCount() !== 1) {
    await under.client.ask(fetch, 12, fetchRequest({ topic: 'orders' }))
  }

  other.close()
  await other.closed

  while (waitingCount() !== 0) {
    await under.client.ask(fetch, 12, fetchRequest({ topic: 'orders' }))
  }
})
