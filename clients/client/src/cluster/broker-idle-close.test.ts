/**
 * A broker that closes connections without requests (connections.max.idle.ms), as seen by a program: it
 * sees nothing of it. The broker is a real one with a short patience; what is waited for are its closings.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ByteSocket, ConnectOptions, ListeningSocket, Network } from '@ottla/net'
import { ApiKey } from '@ottla/protocol'
import { startOttla, type OttlaForTests } from '@ottla/testing'
import type { KafkaError } from '../kafka-error.ts'
import { Kafka } from '../kafka.ts'

const IDLE_MS = 25
const API_KEY_AT = 4

/** Of one client: says when the broker has closed connections, and can keep that from the client. */
class WatchedNetwork implements Network {
  readonly #inner: Network
  #openedCount = 0
  #openCount = 0
  #heartbeatCloses = 0
  #lostWrites = 0
  #held: (() => void)[] | undefined
  #waiting: { readonly isSo: () => boolean; readonly resolve: () => void }[] = []

  constructor(inner: Network) {
    this.#inner = inner
  }

  get openedCount(): number {
    return this.#openedCount
  }

  listen(): Promise<ListeningSocket> {
    return Promise.reject(new Error('a client does not listen'))
  }

  async connect(options: ConnectOptions): Promise<ByteSocket> {
    const socket = await this.#inner.connect(options)
    this.#openedCount++
    this.#openCount++
    let isClosed = false
    let hasHeartbeats = false
    return {
      remoteHost: socket.remoteHost,
      remotePort: socket.remotePort,
      get unsentBytes(): number {
        return socket.unsentBytes
      },
      setListener: (listener) => {
        socket.setListener({
          onData: (chunk) => {
            listener.onData(chunk)
          },
          onDrain: () => {
            listener.onDrain()
          },
          onClose: (error) => {
            isClosed = true
            this.#openCount--
            if (hasHeartbeats) this.#heartbeatCloses++
            const tell = (): void => {
              listener.onClose(error)
            }
            if (this.#held === undefined) tell()
            else this.#held.push(tell)
            this.#changed()
          },
        })
      },
      write: (chunks) => {
        if (chunks[0]?.readInt16BE(API_KEY_AT) === ApiKey.Heartbeat) hasHeartbeats = true
        if (isClosed) {
          this.#lostWrites++
          this.#changed()
        }
        return socket.write(chunks)
      },
      pause: () => {
        socket.pause()
      },
      resume: () => {
        socket.resume()
      },
      end: () => {
        socket.end()
      },
      destroy: () => {
        socket.destroy()
      },
    }
  }

  /** The client goes on believing that its connections are open. */
  holdCloses(): void {
    this.#held = []
  }

  tellCloses(): void {
    const held = this.#held ?? []
    this.#held = undefined
    for (const tell of held) tell()
  }

  allClosed(): Promise<void> {
    return this.#until(() => this.#openCount === 0)
  }

  /** A connection with heartbeats of a group was closed, so many times from now on. */
  heartbeatCloses(count: number): Promise<void> {
    const wanted = this.#heartbeatCloses + count
    return this.#until(() => this.#heartbeatCloses >= wanted)
  }

  /** Something was written into a connection that was closed already. */
  lostWrite(): Promise<void> {
    return this.#until(() => this.#lostWrites > 0)
  }

  #until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ isSo, resolve })
      this.#changed()
    })
  }

  #changed(): void {
    const due = this.#waiting.filter(({ isSo }) => isSo())
    this.#waiting = this.#waiting.filter((one) => !due.includes(one))
    for (const { resolve } of due) resolve()
  }
}

interface Situation {
  readonly ottla: OttlaForTests
  readonly network: WatchedNetwork
  readonly kafka: Kafka
}

async function withImpatientBroker(run: (situation: Situation) => Promise<void>): Promise<void> {
  await using ottla = await startOttla({
    transport: 'memory',
    topics: { orders: 1 },
    settings: { 'connections.max.idle.ms': `${IDLE_MS}` },
  })
  const network = new WatchedNetwork(ottla.network)
  await using kafka = new Kafka({
    brokers: { brokers: ottla.brokers, network },
    retryBackoffMs: 1,
    reconnectBackoffMs: 1,
  })
  await run({ ottla, network, kafka })
}

async function endOffset(kafka: Kafka): Promise<number> {
  const asked = { topic: 'orders', partition: 0 }
  const offsets = await kafka.admin.topics.offsets([{ ...asked, at: 'latest' }])
  return offsets.value(asked).offset
}

test('a request after the broker has closed an idle connection opens another one', async () => {
  await withImpatientBroker(async ({ network, kafka }) => {
    const offsets: number[] = []
    for (let round = 0; round < 3; round++) {
      const { offset } = await kafka.topic('orders').send({ value: `${round}` })
      offsets.push(offset)
      await network.allClosed()
      const listed = await kafka.admin.topics.list()
      assert.deepEqual(
        listed.map(({ name }) => name),
        ['orders'],
      )
      await network.allClosed()
    }

    assert.deepEqual(offsets, [0, 1, 2])
    assert.ok(network.openedCount >= 6, `${network.openedCount} connections`)
  })
})

test('sends that are written into a connection which the broker has just closed are stored once', async () => {
  await withImpatientBroker(async ({ network, kafka }) => {
    const orders = kafka.topic('orders')
    await orders.send({ value: 'first' })
    network.holdCloses()
    await network.allClosed()

    const sending = Promise.all(['a', 'b', 'c'].map((value) => orders.send({ value })))
    await network.lostWrite()
    network.tellCloses()

    assert.deepEqual(
      (await sending).map(({ offset }) => offset),
      [1, 2, 3],
    )
    assert.equal(await endOffset(kafka), 4)
  })
})

test('an admin call that is written into a connection which the broker has just closed is answered', async () => {
  await withImpatientBroker(async ({ network, kafka }) => {
    await kafka.admin.topics.list()
    network.holdCloses()
    await network.allClosed()

    const listing = kafka.admin.topics.list()
    await network.lostWrite()
    network.tellCloses()

    assert.equal((await listing).length, 1)
  })
})

test('a consumer that was paused for longer than the broker waits reads on', async () => {
  await withImpatientBroker(async ({ network, kafka }) => {
    const orders = kafka.topic('orders')
    await orders.send({ value: 'first' })
    await using consumer = kafka.consumer({
      assign: [{ topic: 'orders', partition: 0 }],
      from: 'earliest',
      fetchMaxWaitMs: 5,
    })
    const messages = consumer.messages()
    const first = await messages.next()
    consumer.pause()
    await network.allClosed()
    await orders.send({ value: 'second' })
    consumer.resume()
    const second = await messages.next()

    assert.deepEqual(
      [first, second].map((result) => String(result.done === true ? '' : result.value.value)),
      ['first', 'second'],
    )
  })
})

test('a member whose connection is closed between heartbeats keeps its partitions and commits', async () => {
  await withImpatientBroker(async ({ network, kafka }) => {
    const gone: unknown[] = []
    const errors: KafkaError[] = []
    const orders = kafka.topic('orders')
    await orders.send({ value: '0' })
    await using consumer = kafka.consumer({
      group: 'billing',
      topics: ['orders'],
      from: 'earliest',
      protocol: 'classic',
      heartbeatIntervalMs: IDLE_MS * 4,
      autoCommit: false,
      onRevoked: (partitions) => void gone.push(partitions),
      onLost: (partitions) => void gone.push(partitions),
    })
    const values: string[] = []
    let memberId: string | undefined
    for await (const message of consumer) {
      values.push(String(message.value))
      memberId ??= consumer.memberId
      assert.equal(consumer.memberId, memberId)
      await network.heartbeatCloses(2)
      await consumer
        .commit([{ ...message, offset: message.offset + 1 }])
        .catch((error: unknown) => {
          errors.push(error as KafkaError)
        })
      if (values.length === 3) break
      await orders.send({ value: `${values.length}` })
    }

    assert.deepEqual(values, ['0', '1', '2'])
    assert.deepEqual(gone, [])
    assert.deepEqual(errors, [])
    assert.deepEqual(
      (await consumer.committed()).map(({ offset }) => offset),
      [3],
    )
  })
})
