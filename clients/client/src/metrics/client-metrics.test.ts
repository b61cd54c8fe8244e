import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ClientMetrics } from './client-metrics.ts'

test('ClientMetrics counts for each broker by its address, and keeps counting in one place', () => {
  const metrics = new ClientMetrics()
  const first = metrics.broker({ host: 'a', port: 9092 })
  assert.equal(metrics.broker({ host: 'a', port: 9092 }), first)
  first.onConnected()
  first.onSent(100, true)
  first.onAnswered(40, 3)
  metrics.broker({ host: '::1', port: 9093 }).onConnectFailed()

  const { brokers } = metrics.snapshot()

  assert.deepEqual(Object.keys(brokers), ['a:9092', '[::1]:9093'])
  assert.equal(brokers['a:9092']?.bytesOut, 100)
  assert.equal(brokers['a:9092']?.bytesIn, 40)
  assert.equal(brokers['a:9092']?.inFlightCount, 0)
  assert.equal(brokers['[::1]:9093']?.failedConnectionCount, 1)
})

test('ClientMetrics forgets the brokers that were longest unused when there are too many', () => {
  const metrics = new ClientMetrics()
  metrics.broker({ host: 'kept', port: 1 })
  for (let port = 1; port <= 999; port++) metrics.broker({ host: 'b', port })
  metrics.broker({ host: 'kept', port: 1 })
  metrics.broker({ host: 'new', port: 1 })

  const names = Object.keys(metrics.snapshot().brokers)

  assert.equal(names.length, 1000)
  assert.ok(names.includes('kept:1') && names.includes('new:1'))
  assert.ok(!names.includes('b:1'))
})

test('ClientMetrics.snapshot() is numbers all the way down, and a copy', () => {
  const metrics = new ClientMetrics()
  metrics.producer.onBatchSent({ recordCount: 10, bytes: 500, uncompressedBytes: 1000, waitMs: 2 })
  metrics.producer.addBufferedBytes(700)
  metrics.producer.onAcknowledged(10)
  const before = metrics.snapshot()
  metrics.producer.addBufferedBytes(-700)
  metrics.consumer.onFetched(300, 4)
  metrics.consumer.onReceived(3)

  assert.equal(before.producer.bufferedBytes, 700)
  assert.equal(before.producer.sentRecordCount, 10)
  assert.equal(before.producer.batchBytes.mean, 500)
  assert.equal(before.consumer.receivedBytes, 0)
  assert.equal(metrics.snapshot().consumer.receivedBytes, 300)
  assert.deepEqual(JSON.parse(JSON.stringify(before)), before)
})
