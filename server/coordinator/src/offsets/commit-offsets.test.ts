import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ByteReader, type Uuid } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import type { OffsetCommitRequest } from '@ottla/protocol/offset-commit-request'
import type { OffsetCommitResponse } from '@ottla/protocol/offset-commit-response'
import { answerOf } from '../testing/answer-of.ts'
import {
  commitRequest,
  contextOf,
  TEST_CONFIG,
  TEST_TOPIC_IDS,
  TestCoordinator,
} from '../testing/test-coordinator.ts'
import { readOffsetCommitValue } from './offset-commit-record.ts'

function commit(
  test: TestCoordinator,
  apiVersion: number,
  request: OffsetCommitRequest,
): OffsetCommitResponse {
  return answerOf((reply) => {
    test.coordinator.commitOffsets(contextOf(apiVersion), request, reply)
  })
}

function errorCodes(response: OffsetCommitResponse): number[] {
  return response.topics.flatMap(({ partitions }) => partitions.map((result) => result.errorCode))
}

function storedValues(test: TestCoordinator) {
  return test.log
    .records(0)
    .map(({ value }) => readOffsetCommitValue(new ByteReader(value as Buffer)))
}

test('OffsetCommit 10 finds topics by id and answers with the id', async () => {
  const test = await TestCoordinator.loaded()
  const request = commitRequest({ orders: 5, elsewhere: 1 })
  for (const topic of request.topics) topic.name = ''

  const response = commit(test, 10, request)

  assert.deepEqual(errorCodes(response), [ErrorCode.NONE, ErrorCode.UNKNOWN_TOPIC_ID])
  assert.equal(response.topics[0]?.topicId, TEST_TOPIC_IDS.get('orders'))
  assert.equal(storedValues(test)[0]?.topicId, TEST_TOPIC_IDS.get('orders'))
})

test('OffsetCommit by name stores the id of the topic beside the offset', async () => {
  const test = await TestCoordinator.loaded()

  commit(test, 9, commitRequest({ payments: 5 }))

  assert.equal(storedValues(test)[0]?.topicId, 'paymentsAAAAAAAAAAAAAA' as Uuid)
})

test('OffsetCommit refuses one partition for long metadata and stores the others', async () => {
  const test = await TestCoordinator.loaded()
  const request = commitRequest({ orders: 5, payments: 6 })
  const long = request.topics[0]?.partitions[0]
  assert.notEqual(long, undefined)
  Object.assign(long ?? {}, {
    committedMetadata: 'x'.repeat(TEST_CONFIG.offsetMetadataMaxBytes + 1),
  })

  const response = commit(test, 9, request)

  assert.deepEqual(errorCodes(response), [ErrorCode.OFFSET_METADATA_TOO_LARGE, ErrorCode.NONE])
  assert.deepEqual(
    storedValues(test).map(({ committedOffset }) => committedOffset),
    [6],
  )
})

test('OffsetCommit stores null metadata as empty, and metadata of the longest length', async () => {
  const test = await TestCoordinator.loaded()
  const request = commitRequest({ orders: 5, payments: 6 })
  const metadata = 'x'.repeat(TEST_CONFIG.offsetMetadataMaxBytes)
  Object.assign(request.topics[0]?.partitions[0] ?? {}, { committedMetadata: null })
  Object.assign(request.topics[1]?.partitions[0] ?? {}, { committedMetadata: metadata })

  commit(test, 9, request)

  assert.deepEqual(
    storedValues(test).map((value) => value.metadata),
    ['', metadata],
  )
})

test('OffsetCommit refuses partitions and topics that do not exist, before it looks at the group', async () => {
  const test = new TestCoordinator()
  const request = commitRequest({ orders: 5, unknown: 1 })
  for (const topic of request.topics) {
    for (const partition of topic.partitions) partition.partitionIndex = 99
  }

  const { UNKNOWN_TOPIC_OR_PARTITION } = ErrorCode
  const expected = [UNKNOWN_TOPIC_OR_PARTITION, UNKNOWN_TOPIC_OR_PARTITION]
  assert.deepEqual(errorCodes(commit(test, 9, request)), expected)
  const valid = commit(test, 9, commitRequest({ orders: 5, unknown: 1 }))
  assert.deepEqual(errorCodes(valid), [ErrorCode.NOT_COORDINATOR, UNKNOWN_TOPIC_OR_PARTITION])
})

test('OffsetCommit of the empty group id works for simple commits', async () => {
  const test = await TestCoordinator.loaded()

  const response = commit(test, 9, commitRequest({ orders: 5 }, { groupId: '' }))

  assert.deepEqual(errorCodes(response), [ErrorCode.NONE])
})

test('OffsetCommit with a member id but no generation makes a simple group, as in Kafka', async () => {
  const test = await TestCoordinator.loaded()

  const response = commit(test, 9, commitRequest({ orders: 5 }, { memberId: 'somebody' }))

  assert.deepEqual(errorCodes(response), [ErrorCode.NONE])
})

test('OffsetCommit with the longest retention does not overflow the expiry', async () => {
  const test = await TestCoordinator.loaded()
  const retentionTimeMs = Number.MAX_SAFE_INTEGER

  commit(test, 4, commitRequest({ orders: 5 }, { retentionTimeMs }))

  assert.equal(storedValues(test)[0]?.expireTimestampMs, Number.MAX_SAFE_INTEGER)
})

test('OffsetCommit without topics is answered and writes nothing', async () => {
  const test = await TestCoordinator.loaded()

  const response = commit(test, 9, commitRequest({}))

  assert.deepEqual(response.topics, [])
  assert.deepEqual(test.log.batchSizes, [])
})
