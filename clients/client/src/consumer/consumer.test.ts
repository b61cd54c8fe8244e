import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Uuid } from '@ottla/base'
import { KafkaError } from '../kafka-error.ts'
import { string } from '../serde/string.ts'
import type { TopicPartition } from '../topic-partition.ts'
import { consumerWorld, readValues } from './testing/consumer-world.ts'
import { readSide } from './testing/read-side.ts'

const ORDERS_0: TopicPartition = { topic: 'orders', partition: 0 }
const FROM_START = { assign: [{ ...ORDERS_0, offset: 0 }] }

test('a message says where it comes from and what it is', async () => {
  await using on = consumerWorld()
  on.log.log('orders').append(['a'], { timestamp: 77 })
  const consumer = on.kafka.consumer(FROM_START)

  const { value: message } = await on.outcome(consumer.messages().next())

  const { signal, ...rest } = message as NonNullable<typeof message>
  assert.deepEqual(rest, {
    topic: 'orders',
    partition: 0,
    offset: 0,
    leaderEpoch: 0,
    producerId: -1,
    producerEpoch: -1,
    timestampMs: 77,
    timestampType: 'CreateTime',
    key: Buffer.from('a'),
    value: Buffer.from('a'),
    headers: [],
  })
  assert.equal(signal.aborted, false)
})

test('a loop that was left is followed by one that goes on after its last message', async () => {
  await using on = consumerWorld()
  on.log.log('orders').append(['a', 'b', 'c'])
  const consumer = on.kafka.consumer(FROM_START)

  assert.deepEqual(await on.read(consumer, 1), ['a'])
  assert.deepEqual(await on.read(consumer, 2), ['b', 'c'])
  assert.equal(consumer.position(ORDERS_0), 3)
  assert.equal(consumer.lag(ORDERS_0), 0)
  assert.deepEqual(consumer.watermarks(ORDERS_0), {
    logStartOffset: 0,
    lastStableOffset: 3,
    highWatermark: 3,
  })
  assert.throws(() => consumer.watermarks({ topic: 'orders', partition: 7 }), {
    code: 'INVALID_ARGUMENT',
  })
})

test('a consumer without group and assignment reads all partitions, and those that are added', async () => {
  await using on = consumerWorld({ topics: { orders: 2 } }, { metadataMaxAgeMs: 1000 })
  on.log.log('orders', 0).append(['a'])
  on.log.log('orders', 1).append(['b'])
  const consumer = on.kafka.consumer({ topics: ['orders'], from: 'earliest' })
  assert.deepEqual((await on.read(consumer, 2)).toSorted(), ['a', 'b'])

  const coming = on.read(consumer, 1)
  const { cluster } = on.log.broker
  cluster.addTopic('orders', { id: cluster.topics.get('orders')?.id as Uuid, partitions: 3 })
  on.log.log('orders', 2).append(['c'])

  assert.deepEqual(await coming, ['c'])
})

test('resume() before the topics were looked up reads nothing from before `from`', async () => {
  await using on = consumerWorld()
  on.log.log('orders').append(['old'])
  // From now on the metadata knows the topic.
  await on.read(on.kafka.consumer(FROM_START), 1)
  const consumer = on.kafka.consumer({ topics: ['orders'], from: 'latest' })

  consumer.resume()
  await on.settle()
  assert.deepEqual(consumer.assignment, [])
  const coming = on.read(consumer, 1)
  await on.settle()
  on.log.log('orders').append(['new'])

  assert.deepEqual(await coming, ['new'])
})

test('a pattern reads the topics it matches', async () => {
  await using on = consumerWorld({ topics: { 'eu-orders': 1, 'us-orders': 1, other: 1 } })
  for (const topic of ['eu-orders', 'us-orders', 'other']) on.log.log(topic).append([topic])
  const consumer = on.kafka.consumer({ topics: [/-orders$/], from: 'earliest' })

  assert.deepEqual((await on.read(consumer, 2)).toSorted(), ['eu-orders', 'us-orders'])
  assert.equal(consumer.assignment.length, 2)
})

test('a topic that is not there rejects every waiting call when the time for it is over', async () => {
  await using on = consumerWorld({ topics: {} }, { apiTimeoutMs: 2000 })
  const consumer = on.kafka.consumer({ topics: ['missing'] })

  await assert.rejects(on.read(consumer, 1), { code: 'UNKNOWN_TOPIC_OR_PARTITION' })
  await assert.rejects(on.read(consumer, 1), { code: 'UNKNOWN_TOPIC_OR_PARTITION' })
})

test('from: latest, a time and a duration begin where they say', async () => {
  await using on = consumerWorld()
  const log = on.log.log('orders')
  for (const [value, timestamp] of [
    ['old', 1000],
    ['middle', 2000],
    ['new', 3000],
  ] as const) {
    log.append([value], { timestamp })
  }
  const assign = [ORDERS_0]

  const since = on.kafka.consumer({ assign, from: { timestampMs: 2000 } })
  assert.deepEqual(await on.read(since, 2), ['middle', 'new'])
  const latest = on.kafka.consumer({ assign, from: 'latest' })
  const beyond = on.kafka.consumer({ assign, from: { timestampMs: 9000 } })
  const coming = [on.read(latest, 1), on.read(beyond, 1)]
  await on.settle()
  log.append(['later'])

  assert.deepEqual(await Promise.all(coming), [['later'], ['later']])
})

test('seek() goes back and forth, and drops what was fetched', async () => {
  await using on = consumerWorld()
  on.log.log('orders').append(['a', 'b', 'c', 'd'])
  const consumer = on.kafka.consumer(FROM_START)
  await on.read(consumer, 3)

  consumer.seek(ORDERS_0, 1)
  assert.deepEqual(await on.read(consumer, 1), ['b'])
  consumer.seek(ORDERS_0, 'earliest')
  assert.deepEqual(await on.read(consumer, 1), ['a'])
  assert.throws(
    () => {
      consumer.seek({ topic: 'orders', partition: 9 }, 0)
    },
    { code: 'INVALID_ARGUMENT' },
  )
  assert.ok(on.kafka.metrics().consumer.bufferedBytes > 0)
  consumer.seek(ORDERS_0, 4)
  assert.equal(on.kafka.metrics().consumer.bufferedBytes, 0)
})

test('pause() holds back what was fetched already, until resume()', async () => {
  await using on = consumerWorld()
  on.log.log('orders').append(['a', 'b'])
  const consumer = on.kafka.consumer(FROM_START)
  await on.read(consumer, 1)
  consumer.pause([ORDERS_0])
  assert.deepEqual(consumer.paused, [ORDERS_0])

  let isRead = false
  const coming = readValues(consumer, 1).finally(() => {
    isRead = true
  })
  await on.elapse(5000)
  assert.equal(isRead, false)
  consumer.resume()

  assert.deepEqual(await on.outcome(coming), ['b'])
})

test('pause() holds back the record that is being deserialized, until resume()', async () => {
  await using on = consumerWorld()
  on.log.log('orders').append(['a'])
  const decoded = Promise.withResolvers<undefined>()
  const value = {
    ...failing,
    deserialize: (bytes: Buffer) => decoded.promise.then(() => bytes.toString()),
  }
  const orders = on.kafka.topic('orders', { key: string(), value })
  const consumer = on.kafka.consumer({ ...FROM_START, topics: [orders] })
  let isRead = false
  const coming = readValues(consumer, 1).finally(() => {
    isRead = true
  })
  await on.settle()
  consumer.pause()

  decoded.resolve(undefined)
  await on.settle()

  assert.equal(isRead, false)
  assert.equal(consumer.position(ORDERS_0), 0)
  consumer.resume()
  assert.deepEqual(await on.outcome(coming), ['a'])
})

test('close() ends the loops that wait, and a signal rejects with its reason', async () => {
  await using on = consumerWorld()
  const consumer = on.kafka.consumer(FROM_START)
  const waiting = on.read(consumer, 1)
  const stop = new AbortController()
  const stopped = on.read(consumer.messages({ signal: stop.signal }), 1)
  await on.settle()

  stop.abort(new Error('enough'))
  await assert.rejects(stopped, { message: 'enough' })
  await on.outcome(consumer.close())

  assert.deepEqual(await waiting, [])
  assert.deepEqual(await on.read(consumer, 1), [])
})

test('a consumer that is closed takes no partitions, whenever it was started', async () => {
  const names = Array.from({ length: 10 }, (_, i) => `t${i}`)
  await using on = consumerWorld({ topics: Object.fromEntries(names.map((name) => [name, 1])) })
  const before = on.kafka.consumer({ topics: names })
  before.messages()
  await on.until(() => before.assignment.length === 10)
  await on.outcome(before.close())

  // Its topics are known already: they are found while it closes.
  const closing = on.kafka.consumer({ topics: names })
  closing.messages()
  await on.outcome(closing.close())
  await on.settle()
  const closed = on.kafka.consumer(FROM_START)
  await on.outcome(closed.close())
  closed.messages()

  assert.deepEqual(closing.assignment, [])
  assert.deepEqual(closed.assignment, [])
  assert.equal(on.kafka.metrics().consumer.assignedPartitionCount, 0)
})

test('close() leaves no timer and no connection behind', async () => {
  await using on = consumerWorld()
  on.log.log('orders').append(['a'])
  const consumer = on.kafka.consumer(FROM_START)
  await on.read(consumer, 1)
  const open = on.log.broker.connections.size

  await on.outcome(consumer.close())
  await on.settle()

  assert.ok(open > 1)
  assert.equal(on.log.broker.connections.size, 1)
})

test('batches() gives out full batches, and incomplete ones after their time', async () => {
  await using on = consumerWorld()
  on.log.log('orders').append(['a', 'b', 'c'])
  const batches = on.kafka.consumer(FROM_START).batches({ max: 2, withinMs: 50 })

  const first = await on.outcome(batches.next())
  const second = await on.outcome(batches.next())

  assert.deepEqual(
    first.value?.messages.map(({ value }) => String(value)),
    ['a', 'b'],
  )
  assert.deepEqual(
    second.value?.messages.map(({ value }) => String(value)),
    ['c'],
  )
  assert.equal(second.value.size, 1)
})

const failing = {
  serialize: () => Buffer.alloc(0),
  deserialize(bytes: Buffer): string {
    if (bytes.toString().startsWith('bad')) throw new Error('no such thing')
    return bytes.toString()
  },
}

test("a record that cannot be deserialized: 'fail' rejects again and again, and seek leads past it", async () => {
  await using on = consumerWorld()
  on.log.log('orders').append(['a', 'bad', 'c'])
  const orders = on.kafka.topic('orders', { key: string(), value: failing })
  const consumer = on.kafka.consumer({ ...FROM_START, topics: [orders] })
  await on.read(consumer, 1)

  for (let i = 0; i < 2; i++) {
    await assert.rejects(on.read(consumer, 1), (error: unknown) => {
      assert.ok(error instanceof KafkaError)
      assert.equal(error.code, 'DESERIALIZATION_FAILED')
      assert.match(error.message, /orders-0 at offset 1: no such thing/)
      return true
    })
  }
  consumer.seek(ORDERS_0, 2)
  assert.deepEqual(await on.read(consumer, 1), ['c'])
})

for (const isAsync of [false, true]) {
  const serde = {
    ...failing,
    deserialize: (bytes: Buffer) =>
      isAsync
        ? Promise.resolve().then(() => failing.deserialize(bytes))
        : failing.deserialize(bytes),
  }
  const how = isAsync ? 'an asynchronous' : 'a synchronous'

  test(`'skip', 'asError' and a function decide about poison of ${how} serde`, async () => {
    await using on = consumerWorld()
    on.log.log('orders').append(['a', 'bad', 'c'])
    const orders = on.kafka.topic('orders', { key: string(), value: serde })
    const options = { ...FROM_START, topics: [orders] }

    const skipping = on.kafka.consumer({ ...options, onPoison: 'skip' })
    assert.deepEqual(await on.read(skipping, 2), ['a', 'c'])
    const telling = on.kafka.consumer({ ...options, onPoison: 'asError' })
    assert.deepEqual(await on.read(telling, 3), ['a', 'null', 'c'])
    const pills: string[] = []
    const deciding = on.kafka.consumer({
      ...options,
      onPoison: async (pill) => {
        pills.push(`${pill.offset} ${pill.value?.toString()} ${pill.error.code}`)
        return 'skip'
      },
    })
    assert.deepEqual(await on.read(deciding, 2), ['a', 'c'])
    assert.deepEqual(pills, ['1 bad DESERIALIZATION_FAILED'])
  })
}

test('a record whose key and value are both refused, one later than the other, is one poison pill', async () => {
  await using on = consumerWorld()
  on.log.log('orders').append(['bad', 'c'])
  const key = { ...failing, deserialize: async (bytes: Buffer) => failing.deserialize(bytes) }
  const orders = on.kafka.topic('orders', { key, value: failing })
  const consumer = on.kafka.consumer({ ...FROM_START, topics: [orders], onPoison: 'skip' })

  assert.deepEqual(await on.read(consumer, 1), ['c'])
})

test('options that make no sense are refused when the consumer is made', async () => {
  await using on = consumerWorld()
  const bad = [
    {},
    { topics: ['orders'], autoCommit: true },
    { topics: ['orders'], fetchMaxBytes: -1 },
    { assign: [{ topic: 'orders', partition: -1 }] },
    { assign: [{ topic: 'orders', partition: 0, offset: 1.5 }] },
    { topics: ['orders'], from: 'sometime' as never },
  ]

  for (const options of bad) {
    assert.throws(() => on.kafka.consumer(options), { code: 'INVALID_ARGUMENT' })
  }
})

test('types of the messages come from the serdes of the topics', async () => {
  await using on = consumerWorld()
  const orders = on.kafka.topic('orders', {
    value: { serialize: () => Buffer.alloc(0), deserialize: () => 42 },
  })
  on.log.log('orders').append(['a'])
  const consumer = on.kafka.consumer({ ...FROM_START, topics: [orders, 'raw'] })

  const { value: message } = await on.outcome(consumer.messages().next())

  const value: number | Buffer | null | undefined = message?.value
  assert.equal(value, 42)
})

test('an Ottla restarts, and a consumer reads on without losing or doubling anything', async () => {
  await using side = await readSide(2)
  await side.fill(200)
  const consumer = side.kafka.consumer({ topics: ['orders'], from: 'earliest' })
  const seen: number[] = []

  for await (const { value } of consumer) {
    seen.push(Number(value))
    if (seen.length === 100) {
      await side.ottla.restart()
      await side.fill(200, { from: 200 })
    }
    if (seen.length === 400) break
  }

  assert.deepEqual(
    seen.toSorted((a, b) => a - b),
    Array.from({ length: 400 }, (_, i) => i),
  )
})

test('a consumer that closes tells the broker to forget its fetch session', async () => {
  await using on = consumerWorld()
  on.log.log('orders').append(['a'])
  const consumer = on.kafka.consumer(FROM_START)
  await on.read(consumer, 1)

  await on.outcome(consumer.close())

  const epochs = on.log.fetches.map(({ sessionEpoch }) => sessionEpoch)
  assert.equal(epochs.at(-1), -1, `session epochs ${epochs.join(', ')}`)
  assert.equal(epochs.filter((epoch) => epoch === -1).length, 1)
})
