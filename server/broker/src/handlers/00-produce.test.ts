/** Produce: conformance P1 to P25 and I1 to I8, as far as a client can see them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ZERO_UUID, type Uuid } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import {
  buildBatch,
  COMPRESSION_GZIP,
  COMPRESSION_ZSTD,
  compressionTypeAt,
  RecordBatchView,
  type BatchOptions,
} from '@ottla/records'
import { createTopics, deleteRecords, fetch, initProducerId, produce } from '../testing/apis.ts'
import { startBroker, type BrokerUnderTest } from '../testing/broker-under-test.ts'
import { topicIdOf } from '../testing/group-member.ts'
import {
  batchOf,
  createTopicsRequest,
  fetchRequest,
  produceRequest,
  valuesOf,
  type ProduceTarget,
} from '../testing/requests.ts'

async function withTopic(configs: Record<string, string> = {}): Promise<BrokerUnderTest> {
  const under = await startBroker()
  const created = await under.client.ask(
    createTopics,
    7,
    createTopicsRequest('orders', { configs }),
  )
  assert.equal(created.topics[0]?.errorCode, ErrorCode.NONE)
  return under
}

async function produced(
  under: BrokerUnderTest,
  records: Buffer | null,
  target: ProduceTarget = {},
  version = 9,
) {
  const response = await under.client.ask(produce, version, produceRequest(records, target))
  const partition = response.responses[0]?.partitionResponses[0]
  assert.ok(partition !== undefined)
  return partition
}

for (const acks of [1, -1]) {
  test(`acks=${acks} is answered with the offset, and the records can be read`, async () => {
    await using under = await withTopic()

    const first = await produced(under, batchOf(['a', 'b']), { acks })
    const second = await produced(under, batchOf(['c']), { acks })
    const fetched = await under.client.ask(fetch, 12, fetchRequest())

    assert.deepEqual([first.errorCode, first.baseOffset, first.logAppendTimeMs], [0, 0, -1])
    assert.equal(second.baseOffset, 2)
    assert.deepEqual(valuesOf(fetched.responses[0]?.partitions[0]?.records ?? null), [
      'a',
      'b',
      'c',
    ])
  })
}

for (const [what, records, target, version, expected] of [
  ['acks that do not exist', batchOf(['a']), { acks: 2 }, 9, ErrorCode.INVALID_REQUIRED_ACKS],
  ['an unknown name', batchOf(['a']), { topic: 'x' }, 9, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION],
  [
    'an unknown partition',
    batchOf(['a']),
    { partition: 7 },
    9,
    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
  ],
  [
    'an unknown id',
    batchOf(['a']),
    { topicId: 'AAAAAAAAAAAAAAAAAAAAAQ' as Uuid },
    13,
    ErrorCode.UNKNOWN_TOPIC_ID,
  ],
  ['the zero id', batchOf(['a']), { topicId: ZERO_UUID }, 13, ErrorCode.UNKNOWN_TOPIC_ID],
  ['no records', Buffer.alloc(0), {}, 9, ErrorCode.INVALID_RECORD],
  ['null records', null, {}, 9, ErrorCode.INVALID_RECORD],
  [
    'a transactional id',
    batchOf(['a']),
    { transactionalId: 't' },
    9,
    ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
  ],
  [
    'zstd before version 7',
    batchOf(['a'], { compression: COMPRESSION_ZSTD }),
    {},
    6,
    ErrorCode.UNSUPPORTED_COMPRESSION_TYPE,
  ],
  ['a batch over the limit', batchOf(['x'.repeat(1_100_000)]), {}, 9, ErrorCode.MESSAGE_TOO_LARGE],
  ['a control batch', batchOf(['a'], { isControl: true }), {}, 9, ErrorCode.INVALID_RECORD],
] as const) {
  test(`${what} is refused with ${expected} and nothing is appended`, async () => {
    await using under = await withTopic()

    const answer = await produced(under, records, target, version)
    const next = await produced(under, batchOf(['after']))

    assert.equal(answer.errorCode, expected)
    assert.equal(answer.baseOffset, -1)
    assert.equal(next.baseOffset, 0)
  })
}

test('a damaged batch is CORRUPT_MESSAGE and nothing is appended', async () => {
  await using under = await withTopic()
  const damaged = batchOf(['abc'])
  damaged[damaged.length - 2] = (damaged[damaged.length - 2] as number) ^ 1

  const answer = await produced(under, damaged)

  assert.equal(answer.errorCode, ErrorCode.CORRUPT_MESSAGE)
  assert.equal((await produced(under, batchOf(['a']))).baseOffset, 0)
})

test('a topic with LogAppendTime says when, and its readers get that time', async () => {
  await using under = await withTopic({ 'message.timestamp.type': 'LogAppendTime' })
  const beforeMs = Date.now()

  const answer = await produced(under, batchOf(['a']))

  assert.ok(answer.logAppendTimeMs >= beforeMs)
})

test('clients cannot write internal topics', async () => {
  await using under = await startBroker()
  await under.broker.context.topics.ensureConsumerOffsets()

  const answer = await produced(under, batchOf(['a']), { topic: '__consumer_offsets' })

  assert.equal(answer.errorCode, ErrorCode.INVALID_TOPIC_EXCEPTION)
})

async function newProducerId(under: BrokerUnderTest): Promise<number> {
  const answer = await under.client.ask(initProducerId, 4, {
    transactionalId: null,
    transactionTimeoutMs: 0,
    producerId: -1,
    producerEpoch: -1,
  })
  assert.deepEqual([answer.errorCode, answer.producerEpoch], [0, 0])
  return answer.producerId
}

test('InitProducerId gives another id each time', async () => {
  await using under = await startBroker()

  const ids = [await newProducerId(under), await newProducerId(under), await newProducerId(under)]

  assert.equal(new Set(ids).size, 3)
})

test('a repeated idempotent batch is acknowledged with its first offset and written once', async () => {
  await using under = await withTopic()
  const producerId = await newProducerId(under)
  const batch = (baseSequence: number, values: string[]): Buffer =>
    batchOf(values, { producerId, producerEpoch: 0, baseSequence })

  const first = await produced(under, batch(0, ['a', 'b']))
  const second = await produced(under, batch(2, ['c']))
  const again = await produced(under, batch(0, ['a', 'b']))
  const fetched = await under.client.ask(fetch, 12, fetchRequest())

  assert.deepEqual([first.baseOffset, second.baseOffset], [0, 2])
  assert.deepEqual([again.errorCode, again.baseOffset], [0, 0])
  assert.deepEqual(valuesOf(fetched.responses[0]?.partitions[0]?.records ?? null), ['a', 'b', 'c'])
})

test('a gap in the sequence, an overlap and an old epoch are refused', async () => {
  await using under = await withTopic()
  const producerId = await newProducerId(under)
  const send = (options: BatchOptions, values = ['v']) =>
    produced(under, batchOf(values, { producerId, producerEpoch: 0, ...options }))

  await send({ baseSequence: 0 }, ['a', 'b'])
  const gap = await send({ baseSequence: 5 })
  const overlap = await send({ baseSequence: 1 }, ['b', 'c'])
  const newEpoch = await send({ baseSequence: 0, producerEpoch: 1 })
  const oldEpoch = await send({ baseSequence: 2, producerEpoch: 0 })

  assert.equal(gap.errorCode, ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER)
  assert.equal(overlap.errorCode, ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER)
  assert.equal(newEpoch.errorCode, ErrorCode.NONE)
  assert.equal(oldEpoch.errorCode, ErrorCode.INVALID_PRODUCER_EPOCH)
})

test('a transactional batch without a transactional id is refused, and holds no reader back', async () => {
  await using under = await withTopic()
  const batch = batchOf(['a'], {
    isTransactional: true,
    producerId: 1,
    producerEpoch: 0,
    baseSequence: 0,
  })

  const answer = await produced(under, batch)
  await produced(under, batchOf(['b']))
  const fetched = await under.client.ask(fetch, 12, fetchRequest({ isolationLevel: 1 }))

  assert.equal(answer.errorCode, ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED)
  assert.deepEqual(valuesOf(fetched.responses[0]?.partitions[0]?.records ?? null), ['b'])
})

test('one partition of a request may fail while another succeeds', async () => {
  await using under = await startBroker()
  await under.client.ask(createTopics, 7, createTopicsRequest('orders', { numPartitions: 2 }))
  const good = produceRequest(batchOf(['a'])).topicData
  const broken = batchOf(['b'])
  broken[broken.length - 2] = 0xff
  const bad = produceRequest(broken, { partition: 1 }).topicData
  const unknown = produceRequest(batchOf(['c']), { topic: 'nowhere' }).topicData

  const { responses } = await under.client.ask(produce, 9, {
    ...produceRequest(null),
    topicData: [...bad, ...good, ...unknown],
  })

  assert.deepEqual(
    responses.flatMap(({ name, partitionResponses }) =>
      partitionResponses.map(({ index, errorCode, baseOffset }) => [
        name,
        index,
        errorCode,
        baseOffset,
      ]),
    ),
    [
      ['orders', 1, ErrorCode.CORRUPT_MESSAGE, -1],
      ['orders', 0, ErrorCode.NONE, 0],
      ['nowhere', 0, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, -1],
    ],
  )
})

test('a batch with one bad record is refused whole, and the answer names the record', async () => {
  await using under = await withTopic({ 'cleanup.policy': 'compact' })
  const record = (key: string | null) => ({
    timestamp: Date.now(),
    key: key === null ? null : Buffer.from(key),
    value: Buffer.from('v'),
    headers: [],
  })

  const refused = await produced(under, buildBatch([record('a'), record(null), record('c')]))
  const before8 = await produced(under, buildBatch([record(null)]), {}, 7)
  const taken = await produced(under, buildBatch([record('a'), record('c')]))

  assert.equal(refused.errorCode, ErrorCode.INVALID_RECORD)
  assert.deepEqual(
    refused.recordErrors.map(({ batchIndex }) => batchIndex),
    [1],
  )
  assert.ok((refused.recordErrors[0]?.batchIndexErrorMessage ?? '').length > 0)
  assert.deepEqual([before8.errorCode, before8.recordErrors], [ErrorCode.INVALID_RECORD, []])
  assert.equal(taken.baseOffset, 0)
})

test('a timestamp more than an hour ahead is INVALID_TIMESTAMP and names its records', async () => {
  await using under = await withTopic()
  const at = (timestamp: number) => ({ timestamp, key: null, value: Buffer.from('v'), headers: [] })
  const nowMs = Date.now()

  const answer = await produced(under, buildBatch([at(nowMs), at(nowMs + 2 * 3_600_000)]))

  assert.equal(answer.errorCode, ErrorCode.INVALID_TIMESTAMP)
  assert.deepEqual(
    answer.recordErrors.map(({ batchIndex }) => batchIndex),
    [1],
  )
})

test('a batch larger than a segment, but not than a message, is RECORD_LIST_TOO_LARGE', async () => {
  await using under = await withTopic({
    'segment.bytes': '1048576',
    'max.message.bytes': '4000000',
  })

  const answer = await produced(under, batchOf(['x'.repeat(2_000_000)]))

  assert.equal(answer.errorCode, ErrorCode.RECORD_LIST_TOO_LARGE)
})

test('more in-sync replicas than there are replicas are not asked for', async () => {
  await using under = await withTopic({ 'min.insync.replicas': '2' })

  assert.equal((await produced(under, batchOf(['a']), { acks: -1 })).errorCode, ErrorCode.NONE)
})

test('an admin client may write internal topics', async () => {
  await using under = await startBroker()
  await under.broker.context.topics.ensureConsumerOffsets()
  under.client.clientId = '__admin_client'
  const record = { timestamp: 0, key: Buffer.from('k'), value: null, headers: [] }

  const answer = await produced(under, buildBatch([record]), { topic: '__consumer_offsets' })

  assert.equal(answer.errorCode, ErrorCode.NONE)
})

test('the start of the log is in the answer from version 5', async () => {
  await using under = await withTopic()
  await produced(under, batchOf(['a', 'b']))
  await under.client.ask(deleteRecords, 2, {
    topics: [{ name: 'orders', partitions: [{ partitionIndex: 0, offset: 2 }] }],
    timeoutMs: 1000,
  })

  const version5 = await produced(under, batchOf(['c']), {}, 5)
  const version4 = await produced(under, batchOf(['d']), {}, 4)

  assert.equal(version5.logStartOffset, 2)
  assert.equal(version4.logStartOffset, -1)
})

test('a topic with a codec of its own recompresses, and the batch says so', async () => {
  await using under = await withTopic({ 'compression.type': 'gzip' })

  await produced(under, batchOf(['a'.repeat(1000)]))
  const { responses } = await under.client.ask(fetch, 12, fetchRequest())

  const records = responses[0]?.partitions[0]?.records ?? Buffer.alloc(0)
  assert.equal(compressionTypeAt(records, 0), COMPRESSION_GZIP)
  assert.deepEqual(valuesOf(records), ['a'.repeat(1000)])
})

test('an unknown partition of a known topic id is UNKNOWN_TOPIC_OR_PARTITION', async () => {
  await using under = await withTopic()
  const topicId = topicIdOf(under, 'orders')

  const answer = await produced(under, batchOf(['a']), { topic: '', topicId, partition: 9 }, 13)

  assert.equal(answer.errorCode, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
})

test('the largest timestamp of a batch is believed, unless it is out of range', async () => {
  await using under = await withTopic()
  const claiming = (maxTimestamp: number) => {
    const batch = batchOf(['a', 'b'])
    new RecordBatchView().reset(batch, 0).setMaxTimestamp(maxTimestamp)
    return batch
  }

  const outOfRange = await produced(under, claiming(Date.now() + 2 * 3_600_000))
  const believed = await produced(under, claiming(1_700_000_005_000))
  const { responses } = await under.client.ask(fetch, 12, fetchRequest())

  assert.equal(outOfRange.errorCode, ErrorCode.INVALID_TIMESTAMP)
  assert.deepEqual([believed.errorCode, believed.baseOffset], [ErrorCode.NONE, 0])
  const records = responses[0]?.partitions[0]?.records ?? Buffer.alloc(0)
  assert.equal(new RecordBatchView().reset(records, 0).maxTimestamp, 1_700_000_005_000)
})

test('a compressed batch that cannot be opened is taken where nothing has to look into it', async () => {
  await using under = await withTopic()
  const batch = batchOf(['a'], { compression: COMPRESSION_GZIP })
  batch.fill(0x5a, batch.length - 8)
  // Makes the checksum anew, so that only the compression is broken.
  const view = new RecordBatchView().reset(batch, 0)
  view.setMaxTimestamp(view.maxTimestamp)

  assert.equal((await produced(under, batch)).errorCode, ErrorCode.NONE)
})

test('large batches stay what they were while the memory of their frames is used again', async () => {
  await using under = await withTopic()
  const values = Array.from({ length: 6 }, (_, i) => String(i).repeat(300_000))

  // All of them in one turn: what was not copied would be overwritten before it is written.
  await Promise.all(values.map((value) => produced(under, batchOf([value]))))
  const fetched = await under.client.ask(fetch, 12, fetchRequest({ partitionMaxBytes: 10_000_000 }))

  assert.deepEqual(valuesOf(fetched.responses[0]?.partitions[0]?.records ?? null), values)
})
