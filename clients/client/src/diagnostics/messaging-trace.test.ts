import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { tracingChannel } from 'node:diagnostics_channel'
import { test } from 'node:test'
import {
  commitChannel,
  pollChannel,
  processChannel,
  sendChannel,
  type MessagingTrace,
} from './messaging-trace.ts'

interface Recorded {
  readonly event: string
  readonly trace: MessagingTrace
}

function record(name: string): { readonly events: Recorded[]; readonly stop: () => void } {
  const events: Recorded[] = []
  const note = (event: string) => (trace: unknown) => {
    events.push({ event, trace: trace as MessagingTrace })
  }
  const names = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'] as const
  const subscribers = Object.fromEntries(names.map((event) => [event, note(event)])) as Record<
    (typeof names)[number],
    (trace: unknown) => void
  >
  const channel = tracingChannel(name)
  channel.subscribe(subscribers)
  return { events, stop: () => channel.unsubscribe(subscribers) }
}

test('a channel is traced while somebody listens', () => {
  assert.equal(sendChannel.isTraced, false)
  const { stop } = record(sendChannel.name)
  assert.equal(sendChannel.isTraced, true)
  stop()
  assert.equal(sendChannel.isTraced, false)
})

test('a send is traced with the names of OpenTelemetry, and takes headers from its subscribers', async () => {
  const { events, stop } = record('ottla:client:send')
  const channel = tracingChannel('ottla:client:send')
  const propagate = (trace: unknown): void => {
    ;(trace as MessagingTrace).headers.push({ name: 'traceparent', value: Buffer.from('00-1') })
  }
  channel.start.subscribe(propagate)
  const headers = [{ name: 'own', value: null }]
  const facts = { clientId: 'c', topic: 'orders', partition: 3, key: 'k', bodyBytes: 7, headers }

  const result = await sendChannel.run(facts, async () => 'sent')
  channel.start.unsubscribe(propagate)
  stop()

  assert.equal(result, 'sent')
  assert.deepEqual(
    events.map(({ event }) => event),
    ['start', 'end', 'asyncStart', 'asyncEnd'],
  )
  assert.deepEqual(events[0]?.trace.attributes, {
    'messaging.system': 'kafka',
    'messaging.operation.name': 'send',
    'messaging.operation.type': 'send',
    'messaging.client.id': 'c',
    'messaging.destination.name': 'orders',
    'messaging.destination.partition.id': '3',
    'messaging.kafka.message.key': 'k',
    'messaging.message.body.size': 7,
  })
  assert.deepEqual(
    headers.map(({ name }) => name),
    ['own', 'traceparent'],
  )
})

test('what fails is told before its end', async () => {
  const { events, stop } = record('ottla:client:commit')
  const failure = new Error('fenced')
  const facts = { clientId: 'c', group: 'billing' }

  await assert.rejects(
    commitChannel.run(facts, () => Promise.reject(failure)),
    failure,
  )
  stop()

  assert.deepEqual(
    events.map(({ event }) => event),
    ['start', 'end', 'error', 'asyncStart', 'asyncEnd'],
  )
  assert.equal(events.at(-1)?.trace.error, failure)
  assert.equal(events[0]?.trace.attributes['messaging.operation.type'], 'settle')
  assert.equal(events[0]?.trace.attributes['messaging.consumer.group.name'], 'billing')
})

test('work that is the body of a loop begins and finishes', () => {
  const { events, stop } = record(processChannel.name)
  const facts = { clientId: 'c', topic: 'orders', offset: 5, isTombstone: true, messageCount: 1 }

  const good = processChannel.begin(facts)
  processChannel.finish(good)
  const bad = processChannel.begin(facts)
  processChannel.finish(bad, new Error('handler'))
  stop()

  assert.deepEqual(
    events.map(({ event, trace }) => `${event} ${trace === good ? 'good' : 'bad'}`),
    [
      'start good',
      'end good',
      'asyncStart good',
      'asyncEnd good',
      'start bad',
      'end bad',
      'error bad',
      'asyncStart bad',
      'asyncEnd bad',
    ],
  )
  assert.equal(good.attributes['messaging.kafka.offset'], 5)
  assert.equal(good.attributes['messaging.kafka.message.tombstone'], true)
})

test('a store that is bound to the start of a channel holds in the work', async () => {
  const store = new AsyncLocalStorage<MessagingTrace>()
  const channel = tracingChannel<MessagingTrace, MessagingTrace>(pollChannel.name)
  channel.start.bindStore(store)

  const seen = await pollChannel.run({ clientId: 'c' }, async () => {
    await Promise.resolve()
    return store.getStore()
  })
  channel.start.unbindStore(store)

  assert.equal(seen?.operation, 'poll')
})
