import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDiskError, isFullDisk, StorageError, systemCodeOf } from './storage-error.ts'

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
