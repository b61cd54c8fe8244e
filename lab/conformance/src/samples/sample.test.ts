import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toBase64 } from './record.ts'
import { identityOf, samplesOf } from './sample.ts'

test('samplesOf() makes samples that identityOf() recognises, each once', () => {
  const samples = [...samplesOf('one', 1_000), ...samplesOf('other', 1_000)]

  assert.deepEqual(
    samples.map(({ record }) => identityOf(record)),
    samples.map(({ id }) => id),
  )
  assert.equal(new Set(samples.map(({ id }) => id)).size, samples.length)
})

test('identityOf() takes the value of a record that carries no name', () => {
  const [sample] = samplesOf('one', 1_000)
  assert.ok(sample !== undefined)
  const record = { ...sample.record, key: toBase64('7'), value: toBase64('2.7') }

  assert.equal(identityOf(record), '2.7')
})
