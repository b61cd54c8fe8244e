import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode } from '@ottla/protocol'
import type { OffsetDeleteResponse } from '@ottla/protocol/offset-delete-response'
import { answerOf } from '../testing/answer-of.ts'
import { stableMember } from '../testing/stable-member.ts'
import { commitRequest, contextOf, TestCoordinator } from '../testing/test-coordinator.ts'

function deleteOffsets(
  test: TestCoordinator,
  groupId: string,
  name = 'orders',
  partitionIndex = 0,
): OffsetDeleteResponse {
  const request = { groupId, topics: [{ name, partitions: [{ partitionIndex }] }] }
  return answerOf((reply) => {
    test.coordinator.deleteOffsets(contextOf(0), request, reply)
  })
}

function resultOf(response: OffsetDeleteResponse): number | undefined {
  return response.topics[0]?.partitions[0]?.errorCode
}

async function withOrdersAt5(): Promise<TestCoordinator> {
  const test = await TestCoordinator.loaded()
  answerOf((reply) => {
    test.coordinator.commitOffsets(contextOf(9), commitRequest({ orders: 5 }), reply)
  })
  return test
}

test('OffsetDelete wants a group that is there, and a name for it', async () => {
  const test = await withOrdersAt5()

  assert.equal(deleteOffsets(test, 'nobody').errorCode, ErrorCode.GROUP_ID_NOT_FOUND)
  assert.equal(deleteOffsets(test, '').errorCode, ErrorCode.INVALID_GROUP_ID)
})

test('OffsetDelete of a live group that is not made of consumers is refused', async () => {
  const test = await TestCoordinator.loaded()
  stableMember(test, { protocolType: 'connect' })

  assert.equal(deleteOffsets(test, 'g').errorCode, ErrorCode.NON_EMPTY_GROUP)
})

test('OffsetDelete refuses what does not exist, and succeeds where there is nothing to delete', async () => {
  const test = await withOrdersAt5()
  const batchCount = test.log.batchSizes.length

  const { UNKNOWN_TOPIC_OR_PARTITION } = ErrorCode
  assert.equal(resultOf(deleteOffsets(test, 'g', 'elsewhere')), UNKNOWN_TOPIC_OR_PARTITION)
  assert.equal(resultOf(deleteOffsets(test, 'g', 'orders', 99)), UNKNOWN_TOPIC_OR_PARTITION)
  assert.equal(resultOf(deleteOffsets(test, 'g', 'orders', -1)), UNKNOWN_TOPIC_OR_PARTITION)
  assert.equal(resultOf(deleteOffsets(test, 'g', 'payments')), ErrorCode.NONE)
  assert.equal(test.log.batchSizes.length, batchCount)
})

test('OffsetDelete that cannot be written is an error of the whole request', async () => {
  const test = await withOrdersAt5()
  test.log.failWith = ErrorCode.NOT_ENOUGH_REPLICAS

  const response = deleteOffsets(test, 'g')

  assert.equal(response.errorCode, ErrorCode.COORDINATOR_NOT_AVAILABLE)
  assert.deepEqual(response.topics, [])
})
