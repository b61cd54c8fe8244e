import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { MemoryNetwork } from '@ottla/net'
import { systemClock } from '@ottla/base'
import { CLIENT_VERSION } from './client-version.ts'
import { Kafka } from './kafka.ts'
import { KafkaError } from './kafka-error.ts'
import type { KafkaOptions } from './kafka-options.ts'
import { producerWorld } from './producer/testing/producer-world.ts'
import { ProduceBroker } from './producer/testing/produce-broker.ts'
import { json } from './serde/json.ts'
import { string } from './serde/string.ts'
import { fakeWorld, outcomeOf, settle } from './testing/fake-world.ts'
import type { MessageOf } from './topic.ts'

const isCode = (code: string) => (error: unknown) =>
  error instanceof KafkaError && error.code === code

test('Kafka connects to nothing before it is used', async () => {
  const world = fakeWorld()
  const broker = new ProduceBroker(world)

  await using kafka = new Kafka({ brokers: broker.address }, world)
  kafka.topic('orders')
  kafka.producer()
  await settle(world)

  assert.equal(broker.acceptedCount, 0)
})

test('Kafka refuses options that make no sense', () => {
  const wrong: object[] = [
    { brokers: '' },
    { brokers: [] },
    { brokers: 'host:99999' },
    { brokers: 'a', requestTimeoutMs: 0 },
    { brokers: 'a', metadataMaxAgeMs: NaN },
    { brokers: 'a', sasl: { mechanism: 'PLAIN' } },
  ]

  for (const options of wrong) {
    assert.throws(
      () => new Kafka(options as KafkaOptions),
      isCode('INVALID_ARGUMENT'),
      JSON.stringify(options),
    )
  }
})

test('Kafka takes a broker of the same process for its network', async () => {
  const world = fakeWorld()
  const broker = new ProduceBroker(world)
  const { clock } = world

  await using kafka = new Kafka(
    { brokers: { brokers: broker.address, network: world.network } },
    { clock },
  )

  const sent = await outcomeOf(world, kafka.topic('orders').send({ value: 'a' }))
  assert.equal(sent.offset, 0)
})

test('Kafka.topic().send() serializes by the serdes of the topic', async () => {
  await using on = producerWorld()
  const Orders = on.kafka.topic('orders', { key: string(), value: json<{ total: number }>() })

  await on.outcome(Orders.send({ key: 'k', value: { total: 3 } }))
  await on.outcome(Orders.sendAll([{ value: { total: 4 } }, { value: null }]))

  assert.deepEqual(on.broker.valuesOf('orders'), ['{"total":3}', '{"total":4}', null])
})

test('Kafka.topic() types what is sent and received by its serdes', () => {
  const kafka = new Kafka({ brokers: 'a' })
  const Orders = kafka.topic('orders', { key: string(), value: json<{ total: number }>() })
  type Received = MessageOf<typeof Orders>
  const total = (message: Received): number => message.value?.total ?? 0
  const wrong = (): unknown => [
    // @ts-expect-error A total is a number.
    Orders.send({ key: 'k', value: { total: 'x' } }),
    // @ts-expect-error Keys are strings.
    Orders.send({ key: 1, value: { total: 1 } }),
    // @ts-expect-error Bytes or text, for nothing else was said.
    kafka.topic('raw').send({ value: 1 }),
    // @ts-expect-error Bytes or text by name as well.
    kafka.producer().send('raw', { value: 1 }),
    // @ts-expect-error A total is a number.
    kafka.producer().sendAll(Orders, [{ value: { total: 'x' } }]),
  ]

  assert.equal(typeof total, 'function')
  assert.equal(typeof wrong, 'function')
})

test('Kafka.close() flushes what was sent, and leaves no connection and no timer', async () => {
  const world = fakeWorld()
  const broker = new ProduceBroker(world)
  const kafka = new Kafka({ brokers: broker.address }, world)
  const sent = kafka.topic('orders').send({ value: 'a' })
  const slow = kafka.producer({ lingerMs: 5000 }).send('orders', { value: 'b' })

  await outcomeOf(world, kafka.close(), { withinMs: 100_000 })

  await sent
  await slow
  await settle(world)
  assert.equal(broker.taken.flatMap(({ values }) => values).length, 2)
  assert.equal(broker.connections.size, 0)
  assert.equal(world.clock.timerCount, 0)
  await assert.rejects(kafka.topic('orders').send({ value: 'c' }), isCode('CLIENT_CLOSED'))
  assert.throws(() => kafka.producer(), isCode('CLIENT_CLOSED'))
})

test('Kafka that is closed before it was used rejects what is sent', async () => {
  const network = new MemoryNetwork({ clock: systemClock })
  const kafka = new Kafka({ brokers: { brokers: 'a:1', network } })
  await kafka.close()

  await assert.rejects(kafka.topic('orders').send({ value: 'c' }), isCode('CLIENT_CLOSED'))
  await assert.rejects(kafka.topic('orders').sendAll([{ value: 'c' }]), isCode('CLIENT_CLOSED'))
})

test('Kafka.close() waits for the flush of a producer that closes just then', async () => {
  const world = fakeWorld()
  const broker = new ProduceBroker(world)
  const gate = Promise.withResolvers<void>()
  broker.gate = gate.promise
  const kafka = new Kafka({ brokers: broker.address }, world)
  const producer = kafka.producer()
  const sent = producer.send('orders', { value: 'a' })
  void producer.close()
  // Whose making forgets what has closed.
  kafka.producer()
  let isThrough = false

  const closed = kafka.close().then(() => {
    isThrough = true
  })
  await settle(world)
  assert.equal(isThrough, false)
  gate.resolve()
  await outcomeOf(world, closed)

  assert.equal((await sent).offset, 0)
  assert.equal(producer.isClosed, true)
})

test('Kafka.close() sends what a consumer that closes has left, though nothing was sent before', async () => {
  const world = fakeWorld()
  const broker = new ProduceBroker(world)
  const kafka = new Kafka({ brokers: broker.address }, world)
  const consumer = kafka.consumer({ assign: [{ topic: 'orders', partition: 0 }] })
  const dead = kafka.topic('orders')
  consumer.close = async () => {
    // Not from inside the call: it leaves its group first.
    await Promise.resolve()
    await dead.send({ value: 'dead letter' })
  }

  await outcomeOf(world, kafka.close())

  assert.deepEqual(broker.valuesOf('orders'), ['dead letter'])
  await assert.rejects(dead.send({ value: 'late' }), isCode('CLIENT_CLOSED'))
})

test('Kafka.metrics() counts records and requests', async () => {
  await using on = producerWorld()
  await on.outcome(on.producer.send('orders', { value: 'a' }))

  const { producer, brokers } = on.kafka.metrics()

  assert.equal(producer.sentRecordCount, 1)
  assert.equal(producer.batchCount, 1)
  assert.equal(producer.bufferedBytes, 0)
  assert.ok((brokers[on.broker.address]?.requestCount ?? 0) > 2)
})

test('CLIENT_VERSION is the version of the package', async () => {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8')

  assert.equal(CLIENT_VERSION, (JSON.parse(text) as { version: string }).version)
})

test('Kafka warns of a password that would go over the network in the open', () => {
  const warnedOf = (options: Partial<KafkaOptions>): number => {
    const world = fakeWorld()
    let count = 0
    const logger = { ...world.logger, warn: () => void count++ }
    const sasl = { mechanism: 'PLAIN', username: 'u', password: 'p' } as const
    new Kafka({ brokers: 'kafka.example:9092', sasl, ...options }, { ...world, logger })
    return count
  }

  assert.equal(warnedOf({}), 1)
  assert.equal(warnedOf({ brokers: '127.0.0.1:9092,localhost:9093' }), 0)
  assert.equal(warnedOf({ tls: true }), 0)
  assert.equal(warnedOf({ sasl: { mechanism: 'SCRAM-SHA-256', username: 'u', password: 'p' } }), 0)
})
