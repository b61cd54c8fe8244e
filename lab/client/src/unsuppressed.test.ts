import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unsuppressed } from './unsuppressed.ts'

function failing(text: string): AsyncDisposable {
  return { [Symbol.asyncDispose]: () => Promise.reject(new Error(text)) }
}

test('unsuppressed() says why a case failed before it says why its client could not close', async () => {
  const run = async (): Promise<void> => {
    await using outer = failing('outer close')
    await using inner = failing('inner close')
    assert.notEqual(outer, inner)
    throw new Error('nothing is read')
  }

  await assert.rejects(unsuppressed(run()), (error: unknown) => {
    assert.ok(error instanceof AggregateError)
    assert.equal(error.message, 'nothing is read; and then: inner close; and then: outer close')
    assert.equal(error.errors.length, 3)
    return true
  })
})

test('unsuppressed() leaves a single failure as it is', async () => {
  const failure = new Error('nothing is read')

  await assert.rejects(unsuppressed(Promise.reject(failure)), (error) => error === failure)
})
