import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { answeredError, KafkaError } from './kafka-error.ts'

const FROM = { apiKey: ApiKey.Produce, broker: 'a:9092' }

test('answeredError() carries the name of Kafka, and whether Kafka calls it retriable', () => {
  const moved = answeredError(ErrorCode.NOT_LEADER_OR_FOLLOWER, FROM)
  const large = answeredError(ErrorCode.MESSAGE_TOO_LARGE, FROM)

  assert.deepEqual(
    [moved.code, moved.retriable, moved.fatal, moved.apiKey, moved.broker],
    ['NOT_LEADER_OR_FOLLOWER', true, false, ApiKey.Produce, 'a:9092'],
  )
  assert.deepEqual([large.code, large.retriable], ['MESSAGE_TOO_LARGE', false])
})

test('answeredError() says what was asked, of whom, about what, and the words of the broker', () => {
  const error = answeredError(ErrorCode.MESSAGE_TOO_LARGE, {
    ...FROM,
    what: 'topic "orders" partition 3',
    message: 'The batch has 2 MB',
  })

  assert.equal(
    error.message,
    'Produce for topic "orders" partition 3 was answered MESSAGE_TOO_LARGE by a:9092: The batch has 2 MB',
  )
  assert.equal(
    answeredError(ErrorCode.MESSAGE_TOO_LARGE, { ...FROM, message: null }).message,
    'Produce was answered MESSAGE_TOO_LARGE by a:9092',
  )
})

test('answeredError() keeps the number of a code that is newer than this client', () => {
  const error = answeredError(9999, FROM)

  assert.equal(error.code, 'UNKNOWN_SERVER_ERROR')
  assert.match(error.message, /code 9999/)
  assert.doesNotMatch(answeredError(-1, FROM).message, /code/)
})

test('KafkaError of this client itself is retriable only when the connection was at fault', () => {
  assert.equal(new KafkaError('CONNECTION_LOST', '').retriable, true)
  assert.equal(new KafkaError('CONNECTION_FAILED', '').retriable, true)
  assert.equal(new KafkaError('TIMED_OUT', '').retriable, true)
  assert.equal(new KafkaError('CLIENT_CLOSED', '').retriable, false)
  assert.equal(new KafkaError('CONNECTION_FAILED', '', { retriable: false }).retriable, false)
})

test('KafkaError has a cause only when one was given', () => {
  const cause = new Error('below')

  assert.equal(new KafkaError('CONNECTION_LOST', '', { cause }).cause, cause)
  assert.equal('cause' in new KafkaError('CONNECTION_LOST', ''), false)
})
