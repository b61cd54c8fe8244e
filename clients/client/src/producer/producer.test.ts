import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode } from '@ottla/protocol'
import { readRecords, RecordBatchView } from '@ottla/records'
import { KafkaError } from '../kafka-error.ts'
import { string } from '../serde/string.ts'
import { partitionOfKey } from './murmur2.ts'
import { producerWorld } from './testing/producer-world.ts'

const isCode = (code: string) => (error: unknown) =>
  error instanceof KafkaError && error.code === code

test('Producer.send() resolves with where the record was put', async () => {
  await using on = producerWorld()

  const sent = await on.outcome(on.producer.send('orders', { value: 'a', timestampMs: 77 }))

  assert.deepEqual(sent, { topic: 'orders', partition: 0, offset: 0, timestampMs: 77 })
  assert.deepEqual(on.broker.valuesOf('orders'), ['a'])
})

test('Producer.send() puts what is sent in one turn into one batch, with offsets in order', async () => {
  await using on = producerWorld()
  await on.outcome(on.producer.send('orders', { value: 'first' }))

  const sent = await on.outcome(
    Promise.all(['a', 'b', 'c'].map((value) => on.producer.send('orders', { value }))),
  )

  assert.deepEqual(
    sent.map(({ offset }) => offset),
    [1, 2, 3],
  )
  assert.equal(on.broker.produceRequests.length, 2)
  assert.deepEqual(on.broker.taken[1]?.values, ['a', 'b', 'c'])
})

test('Producer.send() sends the batches of many partitions in one request to their broker', async () => {
  await using on = producerWorld({ broker: { topics: { orders: 8, other: 2 } } })
  await on.outcome(
    Promise.all(['orders', 'other'].map((topic) => on.producer.send(topic, { value: 'x' }))),
  )
  const before = on.broker.produceRequests.length

  const all = [0, 1, 2, 3].map((partition) =>
    on.producer.send('orders', { partition, value: `p${partition}` }),
  )
  all.push(on.producer.send('other', { partition: 1, value: 'o' }))
  await on.outcome(Promise.all(all))

  const requests = on.broker.produceRequests.slice(before)
  assert.equal(requests.length, 1)
  assert.deepEqual(
    requests[0]?.topicData.map(({ name, partitionData }) => [name, partitionData.length]),
    [
      ['orders', 4],
      ['other', 1],
    ],
  )
})

test('Producer.send() addresses topics by id where the broker speaks Produce 13', async () => {
  await using on = producerWorld({ broker: { produceMax: 13 } })

  const sent = await on.outcome(on.producer.send('orders', { value: 'a' }))

  assert.equal(sent.topic, 'orders')
  assert.equal(
    on.broker.produceRequests[0]?.topicData[0]?.topicId,
    on.broker.cluster.topics.get('orders')?.id,
  )
})

test('Producer.send() places keys as Java does, and keeps headers, keys and timestamps', async () => {
  await using on = producerWorld({ broker: { topics: { orders: 7 } } })
  const Orders = on.kafka.topic('orders', { key: string(), value: string() })

  const sent = await on.outcome(
    on.producer.send(Orders, {
      key: 'foobar',
      value: 'v',
      headers: [
        ['a', 'one'],
        ['a', null],
      ],
      timestampMs: 5,
    }),
  )

  assert.equal(sent.partition, partitionOfKey(Buffer.from('foobar'), 7))
  const view = new RecordBatchView().reset(on.broker.taken[0]?.bytes as Buffer, 0)
  const [record] = readRecords(view)
  assert.equal(record?.key?.toString(), 'foobar')
  assert.equal(record?.timestamp, 5)
  assert.deepEqual(
    record?.headers.map(({ key, value }) => [key, value?.toString() ?? null]),
    [
      ['a', 'one'],
      ['a', null],
    ],
  )
})

test('Producer.send() lets batches grow while maxInFlight requests are not answered', async () => {
  await using on = producerWorld({ producer: { maxInFlight: 1 } })
  await on.outcome(on.producer.send('orders', { value: 'first' }))
  const gate = Promise.withResolvers<void>()
  on.broker.gate = gate.promise
  const sent = [on.producer.send('orders', { value: 'a' })]
  await on.until(() => on.broker.produceRequests.length === 2)

  for (const value of ['b', 'c']) {
    sent.push(on.producer.send('orders', { value }))
    await on.settle()
  }
  assert.equal(on.broker.produceRequests.length, 2)
  on.broker.gate = undefined
  gate.resolve()
  await on.outcome(Promise.all(sent))

  assert.deepEqual(
    on.broker.taken.map(({ values }) => values),
    [['first'], ['a'], ['b', 'c']],
  )
})

test('Producer.send() has maxInFlight requests on their way at once, and no more', async () => {
  await using on = producerWorld({ producer: { maxInFlight: 3 } })
  await on.outcome(on.producer.send('orders', { value: 'first' }))
  const gate = Promise.withResolvers<void>()
  on.broker.gate = gate.promise

  const sent: Promise<unknown>[] = []
  for (let i = 0; i < 6; i++) {
    sent.push(on.producer.send('orders', { value: `${i}` }))
    await on.settle()
  }

  assert.equal(on.broker.produceRequests.length, 4)
  gate.resolve()
  on.broker.gate = undefined
  await on.outcome(Promise.all(sent))
  assert.deepEqual(on.broker.valuesOf('orders'), ['first', '0', '1', '2', '3', '4', '5'])
})

test('Producer.send() waits lingerMs for a batch to fill, and flush() does not', async () => {
  await using on = producerWorld({ producer: { lingerMs: 50 } })
  await on.outcome(on.producer.send('orders', { value: 'first' }))

  const sent = on.producer.send('orders', { value: 'a' })
  await on.elapse(48)
  assert.equal(on.broker.taken.length, 1)
  await on.elapse(4)
  assert.equal(on.broker.taken.length, 2)
  await on.outcome(sent)
  const second = on.producer.send('orders', { value: 'b' })
  const startedMs = on.world.clock.monotonicMs()
  await on.outcome(on.producer.flush())

  assert.equal((await second).offset, 2)
  assert.equal(on.world.clock.monotonicMs(), startedMs)
})

test('Producer.send() closes a batch at batchBytesMax', async () => {
  await using on = producerWorld({ producer: { batchBytesMax: 1000 } })
  await on.outcome(on.producer.send('orders', { value: 'first' }))

  const value = 'v'.repeat(200)
  await on.outcome(
    Promise.all(Array.from({ length: 12 }, () => on.producer.send('orders', { value }))),
  )

  for (const { bytes } of on.broker.taken) assert.ok(bytes.length <= 1000, `${bytes.length}`)
  assert.equal(on.broker.taken.length, 1 + 12 / 4)
  const large = await on.outcome(on.producer.send('orders', { value: 'x'.repeat(5000) }))
  assert.equal(large.offset, 13)
})

for (const compression of ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const) {
  test(`Producer.send() writes batches that are compressed with ${compression}`, async () => {
    await using on = producerWorld({ producer: { compression } })
    const value = 'compressible '.repeat(50)

    await on.outcome(
      Promise.all([1, 2].map((n) => on.producer.send('orders', { value: `${value}${n}` }))),
    )

    assert.deepEqual(on.broker.valuesOf('orders'), [`${value}1`, `${value}2`])
    const bytes = on.broker.taken[0]?.bytes as Buffer
    assert.equal(bytes.length < value.length, compression !== 'none')
  })
}

test('Producer with acks 0 resolves without an answer, without an offset', async () => {
  await using on = producerWorld({ producer: { acks: 0 } })

  const sent = await on.outcome(on.producer.send('orders', { value: 'a', timestampMs: 1 }))

  assert.deepEqual(sent, { topic: 'orders', partition: 0, offset: -1, timestampMs: 1 })
  await on.until(() => on.broker.taken.length === 1)
  assert.equal(on.broker.produceRequests[0]?.acks, 0)
  assert.equal(on.broker.taken[0]?.baseSequence, -1)
})

test('Producer with acks 1 asks the leader alone, and is not idempotent', async () => {
  await using on = producerWorld({ producer: { acks: 1 } })

  await on.outcome(on.producer.send('orders', { value: 'a' }))

  assert.equal(on.broker.produceRequests[0]?.acks, 1)
  assert.equal(on.broker.taken[0]?.baseSequence, -1)
})

test('Producer.send() says the time of the log where the topic stamps records itself', async () => {
  await using on = producerWorld()
  on.broker.refuse = () => ({ logAppendTimeMs: 4242 })

  const sent = await on.outcome(on.producer.send('orders', { value: 'a', timestampMs: 1 }))

  assert.equal(sent.timestampMs, 4242)
})

test('Producer.send() waits while the buffer is full, and goes on in order', async () => {
  await using on = producerWorld({ producer: { maxBufferedBytes: 1000, maxInFlight: 1 } })
  await on.outcome(on.producer.send('orders', { value: 'first' }))
  const gate = Promise.withResolvers<void>()
  on.broker.gate = gate.promise
  const value = (name: string): string => name.repeat(300)
  const sent = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) =>
    on.producer.send('orders', { value: value(name) }),
  )

  await on.settle()

  assert.ok(on.producer.bufferedBytes <= 1000)
  // Two of them have no room.
  assert.equal(on.broker.seen.flatMap(({ values }) => values).length, 1 + 2)
  gate.resolve()
  on.broker.gate = undefined
  await on.outcome(Promise.all(sent))
  assert.deepEqual(
    on.broker.valuesOf('orders').map((text) => text?.[0]),
    ['f', 'a', 'b', 'c', 'd', 'e', 'f'],
  )
  assert.equal(on.producer.bufferedBytes, 0)
})

test('Producer does not wait for lingerMs while somebody waits for room', async () => {
  await using on = producerWorld({ producer: { maxBufferedBytes: 1000, lingerMs: 60_000 } })
  await on.outcome(
    Promise.all([on.producer.send('orders', { value: 'first' }), on.producer.flush()]),
  )
  const startedMs = on.world.clock.monotonicMs()

  const sent = ['a', 'b', 'c', 'd'].map((name) =>
    on.producer.send('orders', { value: name.repeat(400) }),
  )
  await on.until(() => on.broker.taken.length > 1)

  assert.equal(on.world.clock.monotonicMs(), startedMs)
  await on.outcome(Promise.all(sent))
})

test('Producer.send() that waits for room is given up by its signal, and is not sent then', async () => {
  await using on = producerWorld({ producer: { maxBufferedBytes: 500, maxInFlight: 1 } })
  const gate = Promise.withResolvers<void>()
  on.broker.gate = gate.promise
  const first = on.producer.send('orders', { value: 'a'.repeat(400) })
  const stop = new AbortController()
  const second = on.producer.send('orders', { value: 'b'.repeat(400) }, { signal: stop.signal })
  const third = on.producer.send('orders', { value: 'c'.repeat(400) })
  await on.settle()

  stop.abort(new Error('enough'))
  await assert.rejects(second, /enough/)
  gate.resolve()
  on.broker.gate = undefined
  await on.outcome(Promise.all([first, third]))

  assert.deepEqual(
    on.broker.valuesOf('orders').map((text) => text?.[0]),
    ['a', 'c'],
  )
})

test('Producer.send() that finds no room within deliveryTimeoutMs rejects with TIMED_OUT', async () => {
  await using on = producerWorld({
    producer: { maxBufferedBytes: 500, deliveryTimeoutMs: 1000 },
    kafka: { requestTimeoutMs: 100_000 },
  })
  on.broker.gate = new Promise(() => undefined)
  const first = on.producer.send('orders', { value: 'a'.repeat(400) })
  const second = on.producer.send('orders', { value: 'b'.repeat(400) })
  first.catch(() => undefined)
  second.catch(() => undefined)

  await assert.rejects(on.outcome(second), isCode('TIMED_OUT'))
})

test('Producer.send() refuses a record that is larger than the whole buffer', async () => {
  await using on = producerWorld({ producer: { maxBufferedBytes: 500 } })

  await assert.rejects(
    on.outcome(on.producer.send('orders', { value: 'a'.repeat(501) })),
    isCode('MESSAGE_TOO_LARGE'),
  )
  await on.outcome(on.producer.send('orders', { value: 'a' }))
  await assert.rejects(
    on.producer.send('orders', { value: 'a'.repeat(501) }),
    isCode('MESSAGE_TOO_LARGE'),
  )
})

test('Producer.send() waits for a topic that is being made', async () => {
  await using on = producerWorld()

  const sent = on.producer.send('late', { value: 'a' })
  await on.settle()
  on.broker.cluster.addTopic('late', 2)

  assert.equal((await on.outcome(sent)).topic, 'late')
})

test('Producer.send() to a topic that does not come rejects, and does not hold up other topics', async () => {
  await using on = producerWorld({ kafka: { apiTimeoutMs: 5000 } })

  const lost = on.producer.send('nowhere', { value: 'a' })
  const alsoLost = on.producer.send('nowhere', { value: 'b' })
  lost.catch(() => undefined)
  alsoLost.catch(() => undefined)
  const fine = await on.outcome(on.producer.send('orders', { value: 'b' }))

  assert.equal(fine.offset, 0)
  await assert.rejects(on.outcome(lost), isCode('UNKNOWN_TOPIC_OR_PARTITION'))
  await assert.rejects(on.outcome(alsoLost), isCode('UNKNOWN_TOPIC_OR_PARTITION'))
})

test('Producer.send() refuses what cannot be sent, without sending anything', async () => {
  await using on = producerWorld()
  await on.outcome(on.producer.send('orders', { value: 'first' }))
  const send = (message: object): Promise<unknown> =>
    on.producer.send('orders', message as { value: string })

  await assert.rejects(send({ value: 'a', partition: 1 }), isCode('INVALID_ARGUMENT'))
  await assert.rejects(send({ value: 'a', partition: -1 }), isCode('INVALID_ARGUMENT'))
  await assert.rejects(send({ value: 'a', timestampMs: 1.5 }), isCode('INVALID_ARGUMENT'))
  await assert.rejects(send({ value: 42 }), isCode('SERIALIZATION_FAILED'))
  await assert.rejects(send({ value: 'a', headers: { n: 1 } }), isCode('INVALID_ARGUMENT'))
  await assert.rejects(on.producer.send('', { value: 'a' }), isCode('INVALID_ARGUMENT'))
  await on.settle()

  assert.deepEqual(on.broker.valuesOf('orders'), ['first'])
})

test('Producer.send() keeps the order when a serde is asynchronous', async () => {
  await using on = producerWorld()
  const slow = Promise.withResolvers<void>()
  const Orders = on.kafka.topic('orders', {
    value: {
      serialize: (text: string) =>
        text === 'slow' ? slow.promise.then(() => Buffer.from(text)) : Buffer.from(text),
      deserialize: String,
    },
  })
  await on.outcome(on.producer.send(Orders, { value: 'first' }))

  const sent = ['slow', 'quick'].map((value) => on.producer.send(Orders, { value }))
  await on.settle()
  slow.resolve()
  await on.outcome(Promise.all(sent))

  assert.deepEqual(on.broker.valuesOf('orders'), ['first', 'slow', 'quick'])
})

test('Producer.send() does not send to a broker before its throttle time is over', async () => {
  await using on = producerWorld()
  on.broker.throttleTimeMs = 700
  await on.outcome(on.producer.send('orders', { value: 'a' }))

  const sent = on.producer.send('orders', { value: 'b' })
  await on.elapse(600)
  assert.equal(on.broker.taken.length, 1)
  await on.outcome(sent)

  assert.ok(on.world.clock.monotonicMs() >= 700)
})

test('Producer.close() flushes, refuses what comes later, and leaves no timer', async () => {
  const on = producerWorld({ producer: { lingerMs: 1000 } })
  const sent = on.producer.send('orders', { value: 'a' })
  await on.settle()

  const closed = on.producer.close()
  await assert.rejects(on.producer.send('orders', { value: 'b' }), isCode('CLIENT_CLOSED'))
  await on.outcome(closed)

  assert.equal((await sent).offset, 0)
  await on.kafka.close()
  await on.settle()
  assert.equal(on.world.clock.timerCount, 0)
})

test('Producer.close() gives up after timeoutMs what is not acknowledged', async () => {
  const on = producerWorld()
  on.broker.gate = new Promise(() => undefined)
  const sent = on.producer.send('orders', { value: 'a' })
  const waiting = on.producer.send('nowhere', { value: 'a' })
  sent.catch(() => undefined)
  waiting.catch(() => undefined)
  await on.settle()

  await on.outcome(on.producer.close({ timeoutMs: 500 }))

  await assert.rejects(sent, isCode('CLIENT_CLOSED'))
  await assert.rejects(waiting, isCode('CLIENT_CLOSED'))
  await on.kafka.close()
  await on.settle()
  assert.equal(on.world.clock.timerCount, 0)
})

test('Producer tells which of the records of a refused batch are to blame', async () => {
  await using on = producerWorld()
  on.broker.refuse = () => ({
    errorCode: ErrorCode.INVALID_RECORD,
    recordErrors: [{ batchIndex: 1, batchIndexErrorMessage: 'no key in a compacted topic' }],
  })

  const results = await on.outcome(
    Promise.allSettled(['a', 'b'].map((value) => on.producer.send('orders', { value }))),
  )

  const texts = results.map((result) => (result.status === 'rejected' ? String(result.reason) : ''))
  assert.match(texts[0] ?? '', /INVALID_RECORD.*this record is good/)
  assert.match(texts[1] ?? '', /no key in a compacted topic/)
})
