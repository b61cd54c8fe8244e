/** Produce: conformance P1 to P25 and I1 to I8, as far as a client can see them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ZERO_UUID, type Uuid } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import { COMPRESSION_ZSTD, type BatchOptions } from '@ottla/records'
import { createTopics, fetch, initProducerId, produce } from '../testing/apis.ts'
import { startBroker, type BrokerUnderTest } from '../testing/broker-under-test.ts'
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
