import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import {
  decodeOffsetForLeaderEpochRequest,
  type OffsetForLeaderEpochRequest,
} from '@ottla/protocol/offset-for-leader-epoch-request'
import { encodeOffsetForLeaderEpochResponse } from '@ottla/protocol/offset-for-leader-epoch-response'
import type { ServedApi } from '../../testing/fake-broker.ts'
import { consumerWorld, type ConsumerWorld } from '../testing/consumer-world.ts'

const ORDERS_0 = { topic: 'orders', partition: 0 }

/** Answers for the epoch 0 of `orders`. */
function serveEpochEnds(
  on: ConsumerWorld,
  answer: () => Promise<{ readonly errorCode: number; readonly endOffset: number }>,
): ServedApi<OffsetForLeaderEpochRequest> {
  return on.log.broker.serve(
    ApiKey.OffsetForLeaderEpoch,
    { min: 3, max: 4 },
    decodeOffsetForLeaderEpochRequest,
    encodeOffsetForLeaderEpochResponse,
    async () => {
      const one = { ...(await answer()), partition: 0, leaderEpoch: 0 }
      return { throttleTimeMs: 0, topics: [{ topic: 'orders', partitions: [one] }] }
    },
  )
}

/** Reads three records, of which a new leader has only two. */
async function truncated(on: ConsumerWorld, from: 'earliest' | 'none') {
  const log = on.log.log('orders')
  log.append(['a', 'b'])
  log.append(['lost'])
  const consumer = on.kafka.consumer({ assign: [{ ...ORDERS_0, offset: 0 }], from })
  await on.read(consumer, 3)
  log.batches.pop()
  log.endOffset = 2
  on.log.broker.cluster.moveLeader('orders', 0, 1)
  log.faults.push({ errorCode: ErrorCode.FENCED_LEADER_EPOCH })
  return { consumer, log }
}

test("a log that was truncated below what was read is an error with from: 'none'", async () => {
  await using on = consumerWorld()
  const { consumer, log } = await truncated(on, 'none')
  log.epochEnd = { leaderEpoch: 0, endOffset: 2 }

  await assert.rejects(on.read(consumer, 1), {
    code: 'OFFSET_OUT_OF_RANGE',
    message: /orders-0 .* offset 3, and ends at 2/,
  })
})

test('a leader that knows nothing of the epoch leads to where the reset policy says', async () => {
  await using on = consumerWorld()
  const { consumer, log } = await truncated(on, 'earliest')
  log.epochEnd = { leaderEpoch: -1, endOffset: -1 }

  assert.deepEqual(await on.read(consumer, 2), ['a', 'b'])

  const fetched = on.log.fetches.flatMap(({ topics }) => topics.flatMap((one) => one.partitions))
  assert.ok(fetched.every(({ fetchOffset }) => fetchOffset >= 0))
})

test('a log that is truncated twice in a row is read from where the last leader ends', async () => {
  await using on = consumerWorld()
  const { consumer, log } = await truncated(on, 'earliest')
  log.epochEnd = { leaderEpoch: 0, endOffset: 2 }
  await on.elapse(2000)
  assert.equal(consumer.position(ORDERS_0), 2)
  log.batches.pop()
  log.endOffset = 0
  log.append(['a'])
  log.epochEnd = { leaderEpoch: 0, endOffset: 1 }
  on.log.broker.cluster.moveLeader('orders', 0, 1)
  log.faults.push({ errorCode: ErrorCode.FENCED_LEADER_EPOCH })
  await on.elapse(2000)

  log.append(['instead'], { partitionLeaderEpoch: 2 })

  assert.deepEqual(await on.read(consumer, 1), ['instead'])
})

test('a broker from before KIP-320 is not asked, and read on', async () => {
  await using on = consumerWorld()
  on.log.broker.unserve(ApiKey.OffsetForLeaderEpoch)
  const log = on.log.log('orders')
  log.append(['a'])
  const consumer = on.kafka.consumer({ assign: [{ ...ORDERS_0, offset: 0 }] })
  await on.read(consumer, 1)
  on.log.broker.cluster.moveLeader('orders', 0, 1)
  log.faults.push({ errorCode: ErrorCode.FENCED_LEADER_EPOCH })

  const coming = on.read(consumer, 1)
  await on.settle()
  log.append(['b'])

  assert.deepEqual(await coming, ['b'])
})

test('what was fetched and not given out yet is read as a new leader has it, and none of it is skipped', async () => {
  await using on = consumerWorld()
  const log = on.log.log('orders')
  log.append(['a', 'b'])
  log.append(['c'])
  log.append(['lost'])
  const consumer = on.kafka.consumer({ assign: [{ ...ORDERS_0, offset: 0 }], from: 'earliest' })
  assert.deepEqual(await on.read(consumer, 1), ['a'])
  log.batches.pop()
  log.endOffset = 3
  log.epochEnd = { leaderEpoch: 0, endOffset: 3 }
  on.log.broker.cluster.moveLeader('orders', 0, 1)
  log.faults.push({ errorCode: ErrorCode.FENCED_LEADER_EPOCH })
  // All four were fetched at once; the next poll hears of the leader.
  await on.elapse(2000)
  assert.equal(consumer.position(ORDERS_0), 1)

  log.append(['instead'], { partitionLeaderEpoch: 1 })

  assert.deepEqual(await on.read(consumer, 3), ['b', 'c', 'instead'])
  await on.outcome(consumer.close())
  assert.equal(on.kafka.metrics().consumer.bufferedBytes, 0)
})

test('what was fetched and is dropped as a new leader knows nothing of it takes no memory any more', async () => {
  await using on = consumerWorld()
  const log = on.log.log('orders')
  log.append(['a', 'lost'])
  const consumer = on.kafka.consumer({ assign: [{ ...ORDERS_0, offset: 0 }], from: 'latest' })
  await on.read(consumer, 1)
  log.epochEnd = { leaderEpoch: -1, endOffset: -1 }
  on.log.broker.cluster.moveLeader('orders', 0, 1)
  log.faults.push({ errorCode: ErrorCode.FENCED_LEADER_EPOCH })

  await on.elapse(2000)

  assert.equal(consumer.position(ORDERS_0), 2)
  assert.equal(on.kafka.metrics().consumer.bufferedBytes, 0)
})

test('a new leader that ends just where reading has come to has all of it', async () => {
  await using on = consumerWorld()
  const log = on.log.log('orders')
  log.append(['a', 'b'])
  const consumer = on.kafka.consumer({ assign: [{ ...ORDERS_0, offset: 0 }], from: 'none' })
  await on.read(consumer, 1)
  log.epochEnd = { leaderEpoch: 0, endOffset: 2 }
  on.log.broker.cluster.moveLeader('orders', 0, 1)
  log.faults.push({ errorCode: ErrorCode.FENCED_LEADER_EPOCH })
  await on.elapse(2000)

  log.append(['c'], { partitionLeaderEpoch: 1 })

  assert.deepEqual(await on.read(consumer, 2), ['b', 'c'])
  assert.equal(on.log.broker.requestsOf(ApiKey.OffsetForLeaderEpoch).length, 1)
  const fetched = on.log.fetches.flatMap(({ topics }) => topics.flatMap((one) => one.partitions))
  assert.equal(fetched.filter(({ fetchOffset }) => fetchOffset < 2).length, 1)
})

test('what a new leader says of a partition that was sought meanwhile moves nothing', async () => {
  await using on = consumerWorld()
  const { consumer, log } = await truncated(on, 'earliest')
  const answered = Promise.withResolvers<void>()
  const asked = serveEpochEnds(on, async () => {
    await answered.promise
    return { errorCode: 0, endOffset: 1 }
  })
  await on.until(() => asked.requests.length === 1)
  consumer.seek(ORDERS_0, 2)

  answered.resolve()
  await on.settle()
  log.append(['c'], { partitionLeaderEpoch: 1 })

  assert.deepEqual(await on.read(consumer, 1), ['c'])
})

test('a new leader is asked when no fetch is out, whose records would be taken for lost ones', async () => {
  await using on = consumerWorld({}, { metadataMaxAgeMs: 100 })
  const log = on.log.log('orders')
  log.append(['a'])
  const consumer = on.kafka.consumer({
    assign: [{ ...ORDERS_0, offset: 0 }],
    from: 'none',
    fetchMaxWaitMs: 20_000,
  })
  await on.read(consumer, 1)
  await on.settle()
  const answered = Promise.withResolvers<void>()
  const asked = serveEpochEnds(on, async () => {
    await answered.promise
    return { errorCode: 0, endOffset: 1 }
  })
  on.log.broker.cluster.moveLeader('orders', 0, 1)
  await on.elapse(1000)
  consumer.resume()
  await on.settle()

  // The poll that waits is answered by the new leader.
  log.append(['b'], { partitionLeaderEpoch: 1 })
  assert.deepEqual(await on.read(consumer, 1), ['b'])
  answered.resolve()
  await on.settle()

  assert.equal(asked.requests.length, 0)
  assert.equal(consumer.position(ORDERS_0), 2)
})

test('a leader that has everything ends the series of failures before: a later one is tried again', async () => {
  await using on = consumerWorld({}, { apiTimeoutMs: 2000 })
  const log = on.log.log('orders')
  log.append(['a'])
  const consumer = on.kafka.consumer({ assign: [{ ...ORDERS_0, offset: 0 }], from: 'none' })
  await on.read(consumer, 1)
  const errors: number[] = [ErrorCode.UNKNOWN_TOPIC_OR_PARTITION]
  const asked = serveEpochEnds(on, async () => {
    return { errorCode: errors.shift() ?? 0, endOffset: 1 }
  })
  on.log.broker.cluster.moveLeader('orders', 0, 1)
  log.faults.push({ errorCode: ErrorCode.FENCED_LEADER_EPOCH })
  await on.elapse(1000)
  assert.equal(asked.requests.length, 2)

  // For longer than the topic may be unknown nothing comes of the partition, good or bad.
  await on.elapse(3000)
  log.faults.push({ errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION })
  log.append(['b'], { partitionLeaderEpoch: 1 })

  assert.deepEqual(await on.read(consumer, 1), ['b'])
})
