import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KafkaError } from '@ottla/client'
import { CommandFailure } from './command-failure.ts'
import { exitCodeOf, exitCodeOfItems } from './exit-code.ts'
import { explainError } from './explain-error.ts'

const explain = (error: unknown) => explainError(error, { isVerbose: false })

test('explainError() keeps what the client says and adds the next step', () => {
  const error = new KafkaError('TOPIC_ALREADY_EXISTS', 'CreateTopics for topic "a" was answered …')

  const { text, exitCode } = explain(error)

  assert.equal(exitCode, 6)
  assert.match(text, /^ottla: CreateTopics for topic "a" was answered …\nNext: --if-not-exists/)
})

test('explainError() shows a stack for what nobody foresaw, and only then', () => {
  assert.match(
    explain(new TypeError('x is not a function')).text,
    /unexpected failure: TypeError.*\n {4}at /s,
  )
  assert.doesNotMatch(explain(new KafkaError('UNKNOWN_SERVER_ERROR', 'no')).text, /\n {4}at /)
  assert.match(
    explainError(new KafkaError('UNKNOWN_SERVER_ERROR', 'no'), { isVerbose: true }).text,
    /\n {4}at /,
  )
  assert.equal(explain('text').text, 'ottla: text')
})

test('explainError() gives a failure of our own its exit code and hint', () => {
  assert.deepEqual(explain(new CommandFailure('It is empty', { exitCode: 5, hint: 'fill it' })), {
    text: 'ottla: It is empty\nNext: fill it',
    exitCode: 5,
  })
})

test('exitCodeOf() tells unreachable, not allowed, not found, conflict and the rest', () => {
  const codes: [string, number][] = [
    ['CONNECTION_FAILED', 3],
    ['TIMED_OUT', 3],
    ['TOPIC_AUTHORIZATION_FAILED', 4],
    ['SASL_AUTHENTICATION_FAILED', 4],
    ['UNKNOWN_TOPIC_OR_PARTITION', 5],
    ['NON_EMPTY_GROUP', 6],
    ['INVALID_ARGUMENT', 2],
    ['INVALID_CONFIG', 1],
  ]
  for (const [code, expected] of codes) assert.equal(exitCodeOf(code), expected, code)
})

test('exitCodeOfItems() is 7 only when some failed and others did not', () => {
  assert.equal(exitCodeOfItems([]), 0)
  assert.equal(exitCodeOfItems([undefined, undefined]), 0)
  assert.equal(exitCodeOfItems([undefined, 'TOPIC_ALREADY_EXISTS']), 7)
  assert.equal(exitCodeOfItems(['TOPIC_ALREADY_EXISTS', 'TOPIC_ALREADY_EXISTS']), 6)
})

test('explainError() takes what the broker says of a data directory as it is, without a stack', () => {
  const error = new Error('Cannot open "/data": it is a file, not a directory')
  error.name = 'MetadataStoreError'

  assert.deepEqual(explain(error), {
    text: 'ottla: Cannot open "/data": it is a file, not a directory',
    exitCode: 1,
  })
})
