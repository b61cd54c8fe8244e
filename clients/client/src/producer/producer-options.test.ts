import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KafkaError } from '../kafka-error.ts'
import { producerSettings, type ProducerOptions } from './producer-options.ts'

test('producerSettings() is idempotent with acks all by default', () => {
  const settings = producerSettings({})

  assert.equal(settings.acks, -1)
  assert.equal(settings.idempotent, true)
  assert.equal(settings.maxBufferedBytes, 32 * 1024 * 1024)
  assert.equal(producerSettings({ acks: 1 }).idempotent, false)
})

test('producerSettings() refuses what makes no sense', () => {
  const wrong: object[] = [
    { acks: 2 },
    { acks: 1, idempotent: true },
    { maxInFlight: 6 },
    { maxInFlight: 0 },
    { lingerMs: -1 },
    { lingerMs: NaN },
    { compression: 'brotli' },
    { partitioner: 'random' },
    { batchBytesMax: 0 },
    { maxWaitingRecords: 0 },
    { maxWaitingBytes: -1 },
    { deliveryTimeoutMs: 10, lingerMs: 10 },
  ]

  for (const options of wrong) {
    assert.throws(
      () => producerSettings(options as ProducerOptions),
      (error) => error instanceof KafkaError && error.code === 'INVALID_ARGUMENT',
      JSON.stringify(options),
    )
  }
  assert.equal(producerSettings({ maxInFlight: 6, idempotent: false }).maxInFlight, 6)
})
