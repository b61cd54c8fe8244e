import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { decodeListOffsetsRequest } from '@ottla/protocol/list-offsets-request'
import { encodeListOffsetsResponse } from '@ottla/protocol/list-offsets-response'
import { consumerWorld, type ConsumerWorld } from '../testing/consumer-world.ts'

const ORDERS_0 = { topic: 'orders', partition: 0 }

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

test('ListOffsets is asked again after a retriable error, and rejects after another', async () => {
  await using on = consumerWorld()
  on.log.log('orders').append(['a'])
  const errors: number[] = [ErrorCode.LEADER_NOT_AVAILABLE, ErrorCode.NOT_LEADER_OR_FOLLOWER]
  const asked = on.log.broker.serve(
    ApiKey.ListOffsets,
    { min: 1, max: 9 },
    decodeListOffsetsRequest,
    encodeListOffsetsResponse,
    () => {
      const errorCode = errors.shift() ?? 0
      const partition = { partitionIndex: 0, errorCode, timestamp: -1, offset: 0, leaderEpoch: -1 }
      return { throttleTimeMs: 0, topics: [{ name: 'orders', partitions: [partition] }] }
    },
  )
  const consumer = on.kafka.consumer({ assign: [ORDERS_0], from: 'earliest' })
  assert.deepEqual(await on.read(consumer, 1), ['a'])
  assert.equal(asked.requests.length, 3)

  errors.push(ErrorCode.TOPIC_AUTHORIZATION_FAILED)
  consumer.seek(ORDERS_0, 'earliest')

  await assert.rejects(on.read(consumer, 1), { code: 'TOPIC_AUTHORIZATION_FAILED' })
})
