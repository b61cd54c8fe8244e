import assert from 'node:assert/strict'
import { tracingChannel } from 'node:diagnostics_channel'
import { test } from 'node:test'
import { readRecords, RecordBatchView } from '@ottla/records'
import type { MessagingTrace } from '../diagnostics/messaging-trace.ts'
import { producerWorld } from './testing/producer-world.ts'

test('Producer.send() tells its tracing channel, and sends the header that a subscriber adds', async () => {
  await using on = producerWorld({ kafka: { clientId: 'shop' } })
  const traces: MessagingTrace[] = []
  let endedCount = 0
  const channel = tracingChannel<MessagingTrace>('ottla:client:send')
  const subscriber = {
    start: (message: unknown) => {
      const trace = message as MessagingTrace
      traces.push(trace)
      trace.headers.push({ name: 'traceparent', value: Buffer.from('00-1') })
    },
    asyncEnd: () => {
      endedCount++
    },
  }
  channel.subscribe(subscriber as never)
  try {
    await on.outcome(on.producer.send('orders', { key: 'k', value: 'four', headers: { own: 'x' } }))
  } finally {
    channel.unsubscribe(subscriber as never)
  }

  const { attributes } = traces[0] as MessagingTrace
  assert.equal(attributes['messaging.destination.name'], 'orders')
  assert.equal(attributes['messaging.client.id'], 'shop')
  assert.equal(attributes['messaging.kafka.message.key'], 'k')
  assert.equal(attributes['messaging.message.body.size'], 4)
  assert.equal(endedCount, 1)
  const view = new RecordBatchView().reset(on.broker.taken[0]?.bytes as Buffer, 0)
  const [record] = readRecords(view)
  assert.deepEqual(
    record?.headers.map(({ key, value }) => [key, value?.toString()]),
    [
      ['own', 'x'],
      ['traceparent', '00-1'],
    ],
  )
})
