/** What bounds a producer where nothing else would. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { decodeInitProducerIdRequest } from '@ottla/protocol/init-producer-id-request'
import { encodeInitProducerIdResponse } from '@ottla/protocol/init-producer-id-response'
import type { ByteSocket, ByteSocketListener, Network } from '@ottla/net'
import { KafkaError } from '../kafka-error.ts'
import { Kafka } from '../kafka.ts'
import { fakeWorld, outcomeOf, settle, until } from '../testing/fake-world.ts'
import { ProduceBroker } from './testing/produce-broker.ts'
import { producerWorld } from './testing/producer-world.ts'

/** A socket that says it has not sent `unsentBytes`, until it is told otherwise. */
class SlowSocket implements ByteSocket {
  readonly #socket: ByteSocket
  #listener: ByteSocketListener | undefined
  unsentBytes = 0

  constructor(socket: ByteSocket) {
    this.#socket = socket
  }

  get remoteHost(): string {
    return this.#socket.remoteHost
  }

  get remotePort(): number {
    return this.#socket.remotePort
  }

  setListener(listener: ByteSocketListener): void {
    this.#listener = listener
    this.#socket.setListener(listener)
  }

  write(chunks: readonly Buffer[]): boolean {
    return this.#socket.write(chunks)
  }

  drain(): void {
    this.unsentBytes = 0
    this.#listener?.onDrain()
  }

  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  end(): void {
    this.#socket.end()
  }

  destroy(): void {
    this.#socket.destroy()
  }
}

test('Producer with acks 0 hands nothing more to a socket that does not get rid of it', async () => {
  const world = fakeWorld()
  const broker = new ProduceBroker(world)
  const sockets: SlowSocket[] = []
  const network: Network = {
    listen: (options, onConnection) => world.network.listen(options, onConnection),
    connect: async (options) => {
      const socket = new SlowSocket(await world.network.connect(options))
      sockets.push(socket)
      return socket
    },
  }
  await using kafka = new Kafka({ brokers: broker.address }, { ...world, network })
  const producer = kafka.producer({ acks: 0 })
  await outcomeOf(world, producer.send('orders', { value: 'first' }))
  for (const socket of sockets) socket.unsentBytes = 2 * 1024 * 1024

  const sent = producer.send('orders', { value: 'a' })
  await settle(world)
  assert.equal(broker.taken.length, 1)
  assert.ok(producer.bufferedBytes > 0)
  for (const socket of sockets) socket.drain()
  await outcomeOf(world, sent)

  await until(world, () => broker.taken.length === 2)
  assert.equal(producer.bufferedBytes, 0)
})

test('Producer asks for another id when the epochs of its own are used up', async () => {
  await using on = producerWorld()
  let askedCount = 0
  on.broker.serve(
    ApiKey.InitProducerId,
    { min: 0, max: 5 },
    decodeInitProducerIdRequest,
    encodeInitProducerIdResponse,
    () => ({
      throttleTimeMs: 0,
      errorCode: 0,
      producerId: 7000 + askedCount++,
      producerEpoch: askedCount === 1 ? 0x7fff : 0,
    }),
  )
  await on.outcome(on.producer.send('orders', { value: 'first' }))
  on.broker.script.push(() => ({ errorCode: ErrorCode.UNKNOWN_PRODUCER_ID, logStartOffset: 1 }))

  await on.outcome(on.producer.send('orders', { value: 'a' }))

  assert.equal(askedCount, 2)
  assert.deepEqual(on.broker.valuesOf('orders'), ['first', 'a'])
  assert.equal(on.broker.taken[1]?.producerId, 7001)
  assert.equal(on.broker.taken[1]?.baseSequence, 0)
})

test('Producer keeps a request within its bound, and lets every partition have its turn', async () => {
  const partitions = 24
  await using on = producerWorld({ broker: { topics: { orders: partitions } } })
  await on.outcome(on.producer.send('orders', { partition: 0, value: 'first' }))
  const value = 'x'.repeat(900_000)

  const sent = Array.from({ length: partitions }, (_, partition) =>
    on.producer.send('orders', { partition, value }),
  )
  await on.outcome(Promise.all(sent))

  for (const { topicData } of on.broker.produceRequests) {
    let bytes = 0
    for (const { partitionData } of topicData) {
      for (const { records } of partitionData) bytes += records?.length ?? 0
    }
    assert.ok(bytes <= 8 * 1024 * 1024, `${bytes}`)
  }
  assert.equal(on.broker.taken.length, partitions + 1)
})

test('Producer.close() waits for no record whose sender gave up before its topic was known', async () => {
  const world = fakeWorld()
  const kafka = new Kafka({ brokers: 'nobody-listens:9092' }, world)
  const producer = kafka.producer()
  const stop = new AbortController()
  const sent = producer.send('orders', { value: 'a' }, { signal: stop.signal })
  const startedMs = world.clock.monotonicMs()

  stop.abort(new Error('enough'))
  await assert.rejects(sent, /enough/)
  await producer.close()

  assert.equal(world.clock.monotonicMs(), startedMs)
  await kafka.close()
})

function isExhausted(error: unknown): boolean {
  return error instanceof KafkaError && error.code === 'BUFFER_EXHAUSTED' && error.retriable
}

test('Producer.send() refuses at once what is more than maxWaitingRecords, and says what to do', async () => {
  await using on = producerWorld({ producer: { maxWaitingRecords: 3 } })

  // Of two topics: it is the program that waits.
  const waiting = ['late', 'later', 'late'].map((topic) =>
    on.producer.send(topic, { value: topic }),
  )
  const refused = on.producer.send('late', { value: 'one too many' })
  await assert.rejects(on.outcome(refused), /Await what send\(\) returns, or use sendAll\(\)/)
  const alsoRefused = on.producer.send('orders', { value: 'as well' })
  await assert.rejects(on.outcome(alsoRefused), isExhausted)
  for (const topic of ['late', 'later', 'orders']) on.broker.cluster.addTopic(topic, 1)
  await on.outcome(Promise.all(waiting))

  assert.deepEqual(on.broker.valuesOf('late'), ['late', 'late'])
  assert.deepEqual(on.broker.valuesOf('later'), ['later'])
  const again = Array.from({ length: 3 }, () => on.producer.send('orders', { value: 'again' }))
  await on.outcome(Promise.all(again))
})

test('Producer.send() refuses what is more than maxWaitingBytes; one record may always wait', async () => {
  await using on = producerWorld({
    producer: { maxBufferedBytes: 1000, maxInFlight: 1, maxWaitingBytes: 900 },
  })
  await on.outcome(on.producer.send('orders', { value: 'first' }))
  const gate = Promise.withResolvers<void>()
  on.broker.gate = gate.promise
  const send = (length: number): Promise<unknown> =>
    on.producer.send('orders', { value: 'x'.repeat(length) })

  const sent = [send(900), send(950)]
  await assert.rejects(on.outcome(send(1)), isExhausted)
  gate.resolve()
  on.broker.gate = undefined
  await on.outcome(Promise.all(sent))

  await on.outcome(Promise.all([send(900), send(400), send(400)]))
  assert.equal(on.producer.bufferedBytes, 0)
})

test('Producer.send() has room to wait again when what waited has failed', async () => {
  await using on = producerWorld({
    kafka: { apiTimeoutMs: 1000 },
    producer: { maxWaitingRecords: 2 },
  })

  for (let round = 0; round < 3; round++) {
    const waiting = ['a', 'b'].map((value) => on.producer.send('nowhere', { value }))
    const refused = on.producer.send('nowhere', { value: 'c' })
    await assert.rejects(on.outcome(refused), isExhausted)
    for (const outcome of await on.outcome(Promise.allSettled(waiting))) {
      assert.match(String((outcome as PromiseRejectedResult).reason), /UNKNOWN_TOPIC_OR_PARTITION/)
    }
  }
})

test('Producer.sendAll() waits in a line that is full for send()', async () => {
  await using on = producerWorld({ producer: { maxWaitingRecords: 1 } })

  const waiting = on.producer.send('late', { value: 'a' })
  const all = on.producer.sendAll('late', [{ value: 'b' }, { value: 'c' }])
  await assert.rejects(on.outcome(on.producer.send('late', { value: 'd' })), isExhausted)
  on.broker.cluster.addTopic('late', 1)

  await on.outcome(waiting)
  assert.equal((await on.outcome(all)).count, 2)
  assert.deepEqual(on.broker.valuesOf('late'), ['a', 'b', 'c'])
})

test('Producer.send() takes 100,000 records that nobody awaits before their topic is known', async () => {
  await using on = producerWorld()
  const count = 100_000
  const value = Buffer.from('v')

  const sent = Array.from({ length: count }, () => on.producer.send('orders', { value }))

  const all = await on.outcome(Promise.all(sent))
  assert.ok(all.every(({ offset }, i) => offset === i))
})
