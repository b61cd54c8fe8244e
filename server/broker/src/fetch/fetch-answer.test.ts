import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ZERO_UUID } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import { partitionAnswer } from './fetch-answer.ts'
import type { FetchFinding } from './fetch-look.ts'

function failed(errorCode: ErrorCode): FetchFinding {
  return {
    target: {
      name: 'orders',
      topicId: ZERO_UUID,
      partition: 0,
      fetchOffset: 0,
      currentLeaderEpoch: -1,
      lastFetchedEpoch: -1,
      partitionMaxBytes: 100,
      sentHighWatermark: -1,
      sentLogStartOffset: -1,
      hadError: false,
    },
    partition: undefined,
    errorCode,
    slice: undefined,
    divergingEpoch: undefined,
  }
}

test('partitionAnswer() shows a failed disk to old versions as another leader', () => {
  const errorIn = (apiVersion: number) =>
    partitionAnswer(failed(ErrorCode.KAFKA_STORAGE_ERROR), Buffer.alloc(0), {
      committedOnly: false,
      apiVersion,
    }).errorCode

  assert.equal(errorIn(5), ErrorCode.NOT_LEADER_OR_FOLLOWER)
  assert.equal(errorIn(6), ErrorCode.KAFKA_STORAGE_ERROR)
})

test('partitionAnswer() of an error has -1 for every watermark and no records', () => {
  const answer = partitionAnswer(failed(ErrorCode.OFFSET_OUT_OF_RANGE), Buffer.alloc(0), {
    committedOnly: true,
    apiVersion: 12,
  })

  assert.deepEqual(
    [answer.highWatermark, answer.lastStableOffset, answer.logStartOffset, answer.records?.length],
    [-1, -1, -1, 0],
  )
})
