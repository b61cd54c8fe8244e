import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KafkaError } from '../kafka-error.ts'
import type { TopicPartition } from '../topic-partition.ts'
import { failed, Outcomes, succeeded, type Outcome } from './outcome.ts'

const REFUSED = new KafkaError('TOPIC_ALREADY_EXISTS', 'it is there')

function twoOutcomes(): Outcomes<TopicPartition, number> {
  const entries: [TopicPartition, Outcome<number>][] = [
    [{ topic: 'b', partition: 1 }, succeeded(5)],
    [{ topic: 'a', partition: 0 }, failed(REFUSED)],
  ]
  return new Outcomes(entries, ({ topic, partition }) => `${topic} ${partition}`)
}

test('Outcomes are found by what the key says, not by which object it is', () => {
  const outcomes = twoOutcomes()

  assert.equal(outcomes.value({ partition: 1, topic: 'b' }), 5)
  assert.equal(outcomes.get({ topic: 'c', partition: 0 }), undefined)
  assert.throws(() => outcomes.value({ topic: 'c', partition: 0 }), RangeError)
})

test('Outcomes keep the order of the question, values apart from errors', () => {
  const outcomes = twoOutcomes()

  assert.deepEqual(
    outcomes.keys().map(({ topic }) => topic),
    ['b', 'a'],
  )
  assert.deepEqual(outcomes.successes(), [[{ topic: 'b', partition: 1 }, 5]])
  assert.deepEqual(outcomes.failures(), [[{ topic: 'a', partition: 0 }, REFUSED]])
  assert.equal(outcomes.allOk, false)
})

test('Outcomes.values() and value() throw the error of an item', () => {
  const outcomes = twoOutcomes()

  assert.throws(() => outcomes.values(), REFUSED)
  assert.throws(() => outcomes.value({ topic: 'a', partition: 0 }), REFUSED)
})

test('Outcomes.map() changes values and keeps errors', () => {
  const texts = twoOutcomes().map((value, { topic }) => `${topic}${value}`)

  assert.equal(texts.value({ topic: 'b', partition: 1 }), 'b5')
  assert.deepEqual(
    texts.failures().map(([, error]) => error),
    [REFUSED],
  )
})
