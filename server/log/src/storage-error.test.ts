import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  isDiskError,
  isFullDisk,
  isLostContent,
  logFailure,
  StorageError,
  systemCodeOf,
} from './storage-error.ts'

function errorOf(fields: { code?: string; errno?: number }): Error {
  return Object.assign(new Error('from the system'), fields)
}

test('isFullDisk() knows a full disk, a quota and a file that may not grow, also inside a StorageError', () => {
  for (const code of ['ENOSPC', 'EDQUOT', 'EFBIG']) {
    assert.equal(isFullDisk(errorOf({ code })), true)
    assert.equal(isFullDisk(new StorageError('x', { cause: errorOf({ code }) })), true)
  }
  for (const code of ['EIO', 'UNKNOWN']) assert.equal(isFullDisk(errorOf({ code })), false)
  assert.equal(isFullDisk(undefined), false)
})

test('systemCodeOf() gives the quota its name, for which libuv has none', () => {
  const linux = errorOf({ code: 'UNKNOWN', errno: -122 })
  assert.equal(systemCodeOf(linux), 'EDQUOT')
  assert.equal(new StorageError('x', { cause: linux }).code, 'EDQUOT')
  assert.equal(systemCodeOf(errorOf({ code: 'UNKNOWN', errno: -523 })), 'UNKNOWN')
})

test("isDiskError() tells the system's errors from those of a bug", () => {
  for (const code of ['EIO', 'ENOENT', 'E2BIG', 'UNKNOWN']) {
    assert.equal(isDiskError(errorOf({ code })), true, code)
  }
  assert.equal(isDiskError(errorOf({ code: 'ERR_OUT_OF_RANGE' })), false)
  assert.equal(isDiskError(new Error('an invariant')), false)
})

test('isLostContent() tells what the disk will not give from what this process cannot get now', () => {
  for (const code of ['EIO', 'UNKNOWN']) assert.equal(isLostContent(errorOf({ code })), true, code)
  for (const code of ['EMFILE', 'EACCES', 'ENOENT', 'ENOSPC']) {
    assert.equal(isLostContent(errorOf({ code })), false, code)
  }
})

test('logFailure() tells the operator where, and a client what', () => {
  const cause = Object.assign(new Error("EIO: i/o error, open '/data/t-0/7.log'"), { code: 'EIO' })
  const advice = 'check the disk'

  const failure = logFailure('open', '/data/t-0', { cause, advice })

  assert.equal(
    failure.message,
    'Cannot open log "/data/t-0": EIO: i/o error, open \'/data/t-0/7.log\'; check the disk',
  )
  assert.equal(failure.publicMessage, 'Cannot open the log: EIO; check the disk')
  // Also where one is the reason of the other.
  const outer = logFailure('roll', '/data/t-0', { cause: failure, advice: 'restart' })
  assert.equal(
    outer.publicMessage,
    'Cannot roll the log: Cannot open the log: EIO; check the disk; restart',
  )
  const full = logFailure('roll', '/data/t-0', { cause: errorOf({ code: 'ENOSPC' }), advice })
  assert.equal(full.publicMessage, 'Cannot roll the log: the disk is full; free some space')
})

test('StorageError: without a public text of its own a client is told nothing of the message', () => {
  const failure = new StorageError('Cannot read "/data"', { cause: errorOf({ code: 'EIO' }) })

  assert.equal(failure.publicMessage, 'The storage of the broker failed (EIO); its log says more')
  assert.equal(
    new StorageError('Cannot read "/data"').publicMessage,
    'The storage of the broker failed; its log says more',
  )
})
