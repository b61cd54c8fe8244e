import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MalformedError } from '@ottla/base'
import { loadLibrary } from './load-library.ts'

test('loadLibrary() says which library is missing, and not that the bytes were bad', () => {
  assert.throws(
    () => loadLibrary('no-such-codec'),
    (error: Error) =>
      error.message.includes('"no-such-codec"') &&
      error.cause !== undefined &&
      !(error instanceof MalformedError),
  )
})
