import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UsageError } from '../parse/usage-error.ts'
import { planPartitions, type Wanted } from './plan-partitions.ts'
import { readMeasured } from './read-measured.ts'

const plan = (wanted: Partial<Wanted>) =>
  planPartitions({
    megabytesPerSecond: undefined,
    messagesPerSecond: undefined,
    consumers: 1,
    replicationFactor: 1,
    growth: 1,
    brokers: 1,
    ...wanted,
  })

test('planPartitions() divides the rate by what a partition carries', () => {
  const { partitionsMin, partitionsMax } = plan({ megabytesPerSecond: 50 })

  assert.deepEqual([partitionsMin, partitionsMax], [5, 50])
})

test('planPartitions() lets the largest need decide', () => {
  assert.equal(plan({ megabytesPerSecond: 50, messagesPerSecond: 20_000 }).partitions, 20)
  assert.equal(
    plan({ megabytesPerSecond: 50, messagesPerSecond: 20_000, consumers: 30 }).partitions,
    30,
  )
})

test('planPartitions() pays for growth in advance', () => {
  assert.equal(plan({ megabytesPerSecond: 50, growth: 2 }).partitions, 10)
})

test('planPartitions() rounds up so that every broker leads equally many', () => {
  const { partitions, notes } = plan({ megabytesPerSecond: 50, brokers: 3 })

  assert.equal(partitions, 6)
  assert.match(notes.join('\n'), /Rounded up from 5 to 6/)
})

test('planPartitions() never plans less than one', () => {
  assert.equal(plan({ megabytesPerSecond: 0.001 }).partitions, 1)
})

test('planPartitions() goes by measured rates in place of the rules', () => {
  const measured = { megabytesPerSecond: 25, messagesPerSecond: 25_000, source: 'm.json' }

  const { partitionsMin, partitionsMax, steps } = plan({ megabytesPerSecond: 100, measured })

  assert.deepEqual([partitionsMin, partitionsMax], [4, 4])
  assert.match(steps[0]?.because ?? '', /measured, m\.json/)
})

test('planPartitions() says when brokers are too few or too full', () => {
  const { notes } = plan({ megabytesPerSecond: 100_000, replicationFactor: 3, brokers: 1 })

  assert.match(notes.join('\n'), /at least 3 brokers/)
  assert.match(notes.join('\n'), /add brokers/)
})

const file = (fields: object, name = 'm.json') => ({
  name,
  text: JSON.stringify({
    schema: 'ottla/perf/1',
    kind: 'produce',
    partitions: 2,
    megabytesPerSecond: 100,
    recordsPerSecond: 1000,
    ...fields,
  }),
})

test('readMeasured() gives rates of one partition, of the slowest measurement', () => {
  assert.equal(readMeasured([]), undefined)
  assert.deepEqual(
    readMeasured([file({}, 'a'), file({ kind: 'consume', megabytesPerSecond: 60 }, 'b')]),
    {
      megabytesPerSecond: 30,
      messagesPerSecond: 500,
      source: 'a, b',
    },
  )
})

test('readMeasured() refuses what is no measurement of throughput', () => {
  for (const bad of [
    { name: 'x', text: 'no' },
    file({ schema: 'other/1' }),
    file({ kind: 'e2e' }),
    file({ partitions: 0 }),
    file({ megabytesPerSecond: '5' }),
  ]) {
    assert.throws(() => readMeasured([bad]), UsageError)
  }
})
