import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode } from '@ottla/protocol'
import type { OffsetCommitRequest } from '@ottla/protocol/offset-commit-request'
import { answerOf, answersOf } from '../testing/answer-of.ts'
import { commitRequest, contextOf, TestCoordinator } from '../testing/test-coordinator.ts'

const OFFSET_COUNT = 2500

async function withManyOffsets(): Promise<TestCoordinator> {
  const test = await TestCoordinator.loaded({ isPartitionKnown: () => true })
  const request: OffsetCommitRequest = commitRequest({ orders: 0 })
  const partitions = Array.from({ length: OFFSET_COUNT }, (_, partitionIndex) => ({
    partitionIndex,
    committedOffset: 1,
    committedLeaderEpoch: -1,
    committedMetadata: null,
  }))
  Object.assign(request.topics[0] ?? {}, { partitions })
  answerOf((reply) => {
    test.coordinator.commitOffsets(contextOf(9), request, reply)
  })
  test.log.batchSizes.length = 0
  return test
}

function offsetCount(test: TestCoordinator): number {
  const request = { groupId: 'g', topics: null, groups: [], requireStable: false }
  const response = answerOf<{ topics: { partitions: unknown[] }[] }>((reply) => {
    test.coordinator.fetchOffsets(contextOf(7), request, reply)
  })
  return response.topics[0]?.partitions.length ?? 0
}

test('DeleteGroups splits the tombstones of a large group, and answers when all are committed', async () => {
  const test = await withManyOffsets()
  test.log.isHolding = true

  const answers = answersOf((reply) => {
    test.coordinator.deleteGroups(contextOf(2), { groupsNames: ['g', 'g'] }, reply)
  })
  assert.deepEqual(answers, [])
  test.log.release()

  const result = { groupId: 'g', errorCode: ErrorCode.NONE, errorMessage: null }
  assert.deepEqual(answers, [{ throttleTimeMs: 0, results: [result] }])
  // The group was never saved, so it needs no tombstone of its own.
  assert.deepEqual(test.log.batchSizes, [1000, 1000, 500])
  assert.equal(offsetCount(test), 0)
})

test('DeleteGroups that fails leaves the group to be deleted again', async () => {
  const test = await withManyOffsets()
  const deleteGroup = () =>
    answerOf<{ results: { errorCode: number }[] }>((reply) => {
      test.coordinator.deleteGroups(contextOf(2), { groupsNames: ['g'] }, reply)
    }).results[0]?.errorCode

  test.log.failWith = ErrorCode.NOT_ENOUGH_REPLICAS
  assert.equal(deleteGroup(), ErrorCode.COORDINATOR_NOT_AVAILABLE)
  assert.equal(offsetCount(test), OFFSET_COUNT)

  test.log.failWith = ErrorCode.NONE
  assert.equal(deleteGroup(), ErrorCode.NONE)
  assert.equal(deleteGroup(), ErrorCode.GROUP_ID_NOT_FOUND)
})

test('a deletion covers commits that are on their way', async () => {
  const test = await TestCoordinator.loaded()
  answerOf((reply) => {
    test.coordinator.commitOffsets(contextOf(9), commitRequest({ payments: 1 }), reply)
  })
  test.log.isHolding = true
  const commits = answersOf((reply) => {
    test.coordinator.commitOffsets(contextOf(9), commitRequest({ orders: 5 }), reply)
  })
  const deletions = answersOf((reply) => {
    test.coordinator.deleteGroups(contextOf(2), { groupsNames: ['g'] }, reply)
  })

  test.log.release()
  assert.deepEqual([commits.length, deletions.length], [1, 1])
  assert.equal(offsetCount(test), 0)

  await test.failOver()
  assert.equal(offsetCount(test), 0)
})
