import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PoisonPolicy } from '../consumer-options.ts'
import { consumerWorld, readValues, type ConsumerWorld } from '../testing/consumer-world.ts'

const ORDERS_0 = { topic: 'orders', partition: 0 }

/** Of the record `slow` the test says what its deserializer comes to, the others are read at once. */
function slowSerde() {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const deserialize = (bytes: Buffer): Promise<string> | string =>
    bytes.toString() === 'slow' ? promise : bytes.toString()
  return { value: { serialize: () => Buffer.alloc(0), deserialize }, resolve, reject }
}

/** Reads two messages; the first record is being deserialized when the consumer is sought past it. */
async function soughtMeanwhile(on: ConsumerWorld, onPoison?: PoisonPolicy) {
  on.log.log('orders').append(['slow', 'b', 'c', 'd'])
  const serde = slowSerde()
  const orders = on.kafka.topic('orders', { value: serde.value })
  const consumer = on.kafka.consumer({
    assign: [{ ...ORDERS_0, offset: 0 }],
    topics: [orders],
    onPoison,
  })
  const coming = readValues(consumer, 2)
  await on.settle()
  consumer.seek(ORDERS_0, 2)
  // What is there has been fetched: the cursor of the queue is elsewhere by now.
  await on.elapse(1000)
  return { consumer, coming, ...serde }
}

test('a record that is deserialized when it was sought away is not given out, and takes no other with it', async () => {
  await using on = consumerWorld()
  const { consumer, coming, resolve } = await soughtMeanwhile(on)

  resolve('slow')

  assert.deepEqual(await on.outcome(coming), ['c', 'd'])
  assert.equal(consumer.position(ORDERS_0), 4)
})

test("a record that cannot be deserialized when it was sought away is nobody's poison", async () => {
  await using on = consumerWorld()
  const { coming, reject } = await soughtMeanwhile(on, 'fail')

  reject(new Error('no such thing'))

  assert.deepEqual(await on.outcome(coming), ['c', 'd'])
})

test('nobody is asked about poison that was sought away', async () => {
  await using on = consumerWorld()
  let askedCount = 0
  const onPoison = async (): Promise<'skip'> => {
    askedCount++
    return 'skip'
  }
  const { coming, reject } = await soughtMeanwhile(on, onPoison)

  reject(new Error('no such thing'))

  assert.deepEqual(await on.outcome(coming), ['c', 'd'])
  assert.equal(askedCount, 0)
})

test('a loop that found the next record in the hands of a deserializer goes on when that is done', async () => {
  await using on = consumerWorld()
  on.log.log('orders').append(['slow', 'b'])
  const { value, resolve } = slowSerde()
  const consumer = on.kafka.consumer({
    assign: [{ ...ORDERS_0, offset: 0 }],
    topics: [on.kafka.topic('orders', { value })],
  })
  const first = readValues(consumer, 1)
  await on.settle()
  const second = readValues(consumer, 1)
  await on.elapse(1000)

  resolve('slow')

  assert.deepEqual(await on.outcome(first), ['slow'])
  assert.deepEqual(await on.outcome(second), ['b'])
})

for (const action of ['asError', 'fail', 'skip'] as const) {
  test(`'${action}' that is decided about poison which was sought away meanwhile changes nothing`, async () => {
    await using on = consumerWorld()
    const asked = Promise.withResolvers<void>()
    const decided = Promise.withResolvers<typeof action>()
    on.log.log('orders').append(['bad', 'b', 'c', 'd'])
    const value = {
      serialize: () => Buffer.alloc(0),
      deserialize(bytes: Buffer): string {
        if (bytes.toString() === 'bad') throw new Error('no such thing')
        return bytes.toString()
      },
    }
    const consumer = on.kafka.consumer({
      assign: [{ ...ORDERS_0, offset: 0 }],
      topics: [on.kafka.topic('orders', { value })],
      onPoison: () => {
        asked.resolve()
        return decided.promise
      },
    })
    const coming = readValues(consumer, 2)
    await on.outcome(asked.promise)

    consumer.seek(ORDERS_0, 2)
    await on.elapse(1000)
    decided.resolve(action)

    assert.deepEqual(await on.outcome(coming), ['c', 'd'])
  })
}
