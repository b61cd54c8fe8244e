/** What bounds a producer where nothing else would. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { decodeInitProducerIdRequest } from '@ottla/protocol/init-producer-id-request'
import { encodeInitProducerIdResponse } from '@ottla/protocol/init-producer-id-response'
import type { ByteSocket, ByteSocketListener, Network } from '@ottla/net'
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
