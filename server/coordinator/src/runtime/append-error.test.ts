import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode } from '@ottla/protocol'
import { responseErrorOf } from './append-error.ts'

test('responseErrorOf() tells clients to retry or to look for the coordinator', () => {
  const { COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR, UNKNOWN_SERVER_ERROR } = ErrorCode

  assert.equal(responseErrorOf(ErrorCode.NOT_ENOUGH_REPLICAS), COORDINATOR_NOT_AVAILABLE)
  assert.equal(responseErrorOf(ErrorCode.REQUEST_TIMED_OUT), COORDINATOR_NOT_AVAILABLE)
  assert.equal(responseErrorOf(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION), COORDINATOR_NOT_AVAILABLE)
  assert.equal(responseErrorOf(ErrorCode.NOT_LEADER_OR_FOLLOWER), NOT_COORDINATOR)
  assert.equal(responseErrorOf(ErrorCode.KAFKA_STORAGE_ERROR), NOT_COORDINATOR)
  assert.equal(responseErrorOf(ErrorCode.MESSAGE_TOO_LARGE), UNKNOWN_SERVER_ERROR)
  assert.equal(responseErrorOf(ErrorCode.NONE), ErrorCode.NONE)
})
