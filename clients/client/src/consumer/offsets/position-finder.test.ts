import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { decodeListOffsetsRequest } from '@ottla/protocol/list-offsets-request'
import { encodeListOffsetsResponse } from '@ottla/protocol/list-offsets-response'
import { consumerWorld } from '../testing/consumer-world.ts'

const ORDERS_0 = { topic: 'orders', partition: 0 }

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
