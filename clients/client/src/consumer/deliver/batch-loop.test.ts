import assert from 'node:assert/strict'
import { test } from 'node:test'
import { getEventListeners } from 'node:events'
import { consumerWorld } from '../testing/consumer-world.ts'
import { HandedRecords } from '../testing/handed-records.ts'
import type { AnyMessage } from '../topic-source.ts'
import { batchLoop, type BatchLoopContext } from './batch-loop.ts'
import type { MessageBatch } from './message-batch.ts'

const FROM_START = { assign: [{ topic: 'orders', partition: 0, offset: 0 }] }

function valuesOf(batch: MessageBatch<AnyMessage> | undefined): string[] {
  return batch?.messages.map(({ value }) => String(value)) ?? []
}

test('an incomplete batch is given out when the signal aborts, and the next one rejects', async () => {
  await using on = consumerWorld()
  on.log.log('orders').append(['a', 'b'])
  const stop = new AbortController()
  const consumer = on.kafka.consumer(FROM_START)
  const batches = consumer.batches({ max: 5, withinMs: 60_000, signal: stop.signal })
  const coming = batches.next()
  await on.settle()

  stop.abort(new Error('enough'))

  assert.deepEqual(valuesOf((await coming).value), ['a', 'b'])
  await assert.rejects(batches.next(), { message: 'enough' })
  on.log.log('orders').append(['c'])
  assert.deepEqual(await on.read(consumer, 1), ['c'])
})

test('a batch that is complete or was aborted leaves no timer and no listener behind', async () => {
  const records = new HandedRecords()
  const { clock, held, partition } = records
  const stop = new AbortController()
  const { signal } = stop
  const context = { clock, source: records, commit: async (): Promise<void> => {} }
  const batches = batchLoop(context, { max: 2, withinMs: 1000, signal })
  records.put(1)
  const complete = batches.next()
  await new Promise(setImmediate)
  assert.equal(clock.timerCount, 1)
  records.put(1)
  assert.equal((await complete).value?.size, 2)
  assert.equal(clock.timerCount, 0)

  records.put(1)
  const aborted = batches.next()
  await new Promise(setImmediate)
  assert.equal(partition.tracker.size, 1)
  stop.abort(new Error('enough'))
  assert.equal((await aborted).value?.size, 1)
  await assert.rejects(batches.next(), { message: 'enough' })

  assert.equal(clock.timerCount, 0)
  assert.equal(getEventListeners(signal, 'abort').length, 0)
  assert.equal(held.hands.size, 0)
  // It was given out, and the next one was asked for.
  assert.ok(partition.tracker.isEmpty)
})

test('a batch looks again when the record that it awaited was sought away', async () => {
  await using on = consumerWorld()
  on.log.log('orders').append(['a', 'b', 'c'])
  const decoded = Promise.withResolvers<undefined>()
  const value = {
    serialize: () => Buffer.alloc(0),
    deserialize: async (bytes: Buffer) => {
      if (bytes.toString() === 'a') await decoded.promise
      return bytes.toString()
    },
  }
  const orders = on.kafka.topic('orders', { value })
  const consumer = on.kafka.consumer({ ...FROM_START, topics: [orders] })
  const coming = consumer.batches({ max: 2 }).next()
  await on.settle()
  consumer.seek({ topic: 'orders', partition: 0 }, 1)
  // It is fetched again before the loop hears of anything: nothing will notify it later.
  await on.elapse(1000)

  decoded.resolve(undefined)
  await on.settle()

  assert.deepEqual(valuesOf((await on.outcome(coming)).value), ['b', 'c'])
})

test('what came before an error is given out first, and the next batch rejects with it', async () => {
  const records = new HandedRecords()
  records.put(2)
  const { tracker } = records.partition
  const batches = batchLoop(committing(records), { max: 5, withinMs: 1000 })
  const coming = batches.next()
  await new Promise(setImmediate)
  records.failure = new RangeError('broken')
  records.changed.notify()

  const { value: batch } = await coming
  assert.equal(batch?.size, 2)
  assert.equal(tracker.size, 2)
  await assert.rejects(batches.next(), RangeError)

  // Who asks for the next has done the one in hand.
  assert.ok(tracker.isEmpty)
  assert.equal(records.held.hands.size, 0)
  assert.equal(records.clock.timerCount, 0)
})

function committing(records: HandedRecords): BatchLoopContext {
  return { clock: records.clock, source: records, commit: async (): Promise<void> => {} }
}

test('a batch that is committed when the next one is out says nothing of that', async () => {
  const records = new HandedRecords()
  const { tracker } = records.partition
  records.put(2)
  const batches = batchLoop(committing(records), { max: 1 })
  const { value: first } = await batches.next()
  const { value: second } = await batches.next()

  await first?.commit()

  assert.equal(tracker.size, 1)
  await second?.commit()
  assert.ok(tracker.isEmpty)
})

test('a batch that is committed after its loop was left is done', async () => {
  const records = new HandedRecords()
  records.put(1)
  const batches = batchLoop(committing(records), { max: 1 })
  const { value: batch } = await batches.next()
  await batches.return(undefined)
  assert.equal(records.partition.tracker.size, 1)

  await batch?.commit()

  assert.ok(records.partition.tracker.isEmpty)
})

for (const [name, options] of [
  ['no message', { max: 0 }],
  ['half a message', { max: 0.5 }],
  ['a time that is none', { withinMs: NaN }],
  ['a time that is over', { withinMs: -1 }],
] as const) {
  test(`batches of ${name} are refused at once`, async () => {
    await using on = consumerWorld()
    const consumer = on.kafka.consumer(FROM_START)

    assert.throws(() => consumer.batches(options), { code: 'INVALID_ARGUMENT' })
  })
}
