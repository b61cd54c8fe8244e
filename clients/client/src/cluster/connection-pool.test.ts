import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BrokerAddress } from '../connection/broker-address.ts'
import { BrokerConnection } from '../connection/broker-connection.ts'
import { KafkaError } from '../kafka-error.ts'
import { elapse, fakeWorld, settle } from '../testing/fake-world.ts'
import { StubSocket } from '../testing/stub-socket.ts'
import { ConnectionPool } from './connection-pool.ts'

const A: BrokerAddress = { host: 'a', port: 9092 }
const B: BrokerAddress = { host: 'b', port: 9092 }
const REFUSED = new KafkaError('CONNECTION_FAILED', 'refused')

interface Opening {
  readonly address: BrokerAddress
  readonly atMs: number
  readonly signal: AbortSignal
  readonly succeed: () => BrokerConnection
  readonly fail: () => void
}

class Situation {
  readonly world = fakeWorld()
  readonly openings: Opening[] = []
  readonly pool = new ConnectionPool({
    world: this.world,
    reconnectBackoff: { firstMs: 100, maxMs: 400 },
    maxIdleMs: 540_000,
    open: (address, onClosed, signal) =>
      new Promise((resolve, reject) => {
        const atMs = this.world.clock.monotonicMs()
        const succeed = (): BrokerConnection => {
          const connection = new BrokerConnection(new StubSocket(), {
            address,
            clientId: 'c',
            clock: this.world.clock,
            requestTimeoutMs: 1000,
            onClosed,
          })
          resolve(connection)
          return connection
        }
        signal.addEventListener('abort', () => {
          reject(signal.reason as Error)
        })
        this.openings.push({
          address,
          atMs,
          signal,
          succeed,
          fail: () => {
            reject(REFUSED)
          },
        })
      }),
  })

  opening(at: number): Opening {
    const opening = this.openings[at]
    assert.ok(opening, `opening ${at}`)
    return opening
  }

  async failOnce(at: number): Promise<void> {
    const failed = assert.rejects(this.pool.connection(A, 'main'), REFUSED)
    await elapse(this.world, 1000)
    this.opening(at).fail()
    await failed
  }
}

const isClosed = (error: unknown): boolean =>
  error instanceof KafkaError && error.code === 'CLIENT_CLOSED' && error.fatal

test('ConnectionPool opens one connection for all that ask, and keeps it', async () => {
  const it = new Situation()
  const asked = [it.pool.connection(A, 'main'), it.pool.connection(A, 'main')]
  await settle(it.world)
  assert.equal(it.openings.length, 1)
  assert.equal(it.pool.openConnection(A, 'main'), undefined)
  const connection = it.opening(0).succeed()

  assert.deepEqual(await Promise.all(asked), [connection, connection])
  assert.equal(await it.pool.connection(A, 'main'), connection)
  assert.equal(it.pool.openConnection(A, 'main'), connection)
  assert.equal(it.pool.openCount, 1)
  assert.equal(it.openings.length, 1)
})

test('ConnectionPool keeps lanes and brokers apart', async () => {
  const it = new Situation()
  void it.pool.connection(A, 'main')
  void it.pool.connection(A, 'fetch 1')
  void it.pool.connection(A, 'fetch 2')
  void it.pool.connection(B, 'main')
  await settle(it.world)
  const connections = it.openings.map(({ succeed }) => succeed())
  await settle(it.world)

  assert.equal(it.pool.openCount, 4)
  assert.equal(it.pool.openConnection(A, 'fetch 2'), connections[2])
  assert.equal(it.pool.openConnection(A, 'group'), undefined)

  it.pool.closeLane('fetch 2')
  assert.deepEqual(
    connections.map(({ isOpen }) => isOpen),
    [true, true, false, true],
  )
})

test('ConnectionPool opens another when the first was lost, at once', async () => {
  const it = new Situation()
  void it.pool.connection(A, 'main')
  await settle(it.world)
  const lost = it.opening(0).succeed()
  await settle(it.world)
  lost.close()
  assert.equal(it.pool.openConnection(A, 'main'), undefined)

  const again = it.pool.connection(A, 'main')
  await settle(it.world)
  const connection = it.opening(1).succeed()

  assert.equal(await again, connection)
})

test('ConnectionPool fails all that share an opening, and waits longer each time before the next', async () => {
  const it = new Situation()
  const both = [it.pool.connection(A, 'main'), it.pool.connection(A, 'main')]
  const rejected = Promise.all(both.map((asked) => assert.rejects(asked, REFUSED)))
  await settle(it.world)
  it.opening(0).fail()
  await rejected

  const waitsMs: number[] = []
  for (let attempt = 1; attempt <= 4; attempt++) {
    const fromMs = it.world.clock.monotonicMs()
    const failed = assert.rejects(it.pool.connection(A, 'main'), REFUSED)
    await elapse(it.world, 1000)
    const { atMs, fail } = it.opening(attempt)
    waitsMs.push(atMs - fromMs)
    fail()
    await failed
  }

  // 100, 200, 400, 400 with a fifth of chance; the clock of the test moves in steps of 20.
  const [first, second, third, fourth] = waitsMs as [number, number, number, number]
  assert.ok(first >= 80 && first <= 140, String(waitsMs))
  assert.ok(second >= 160 && second <= 260, String(waitsMs))
  assert.ok(third >= 320 && third <= 500, String(waitsMs))
  assert.ok(fourth >= 320 && fourth <= 500, String(waitsMs))
})

test('ConnectionPool does not wait where the last failure is long past, nor for other brokers', async () => {
  const it = new Situation()
  await it.failOnce(0)
  void it.pool.connection(B, 'main').catch(() => {})
  await settle(it.world)
  assert.equal(it.openings.length, 2)

  await elapse(it.world, 1000)
  void it.pool.connection(A, 'main').catch(() => {})
  await settle(it.world)

  assert.equal(it.openings.length, 3)
})

test('ConnectionPool forgets failures after a success', async () => {
  const it = new Situation()
  for (let at = 0; at < 4; at++) await it.failOnce(at)
  void it.pool.connection(A, 'main')
  await elapse(it.world, 1000)
  const connection = it.opening(4).succeed()
  await settle(it.world)
  connection.close()

  await it.failOnce(5)
  void it.pool.connection(A, 'main').catch(() => {})
  await elapse(it.world, 150)

  assert.equal(it.openings.length, 7, 'after the first wait, not the fifth')
})

test('ConnectionPool forgets addresses that nobody has asked for in a long time', async () => {
  const it = new Situation()
  for (let at = 0; at < 5; at++) await it.failOnce(at)
  await elapse(it.world, 62_000)
  void it.pool.connection(B, 'main').catch(() => {})

  await it.failOnce(6)
  void it.pool.connection(A, 'main').catch(() => {})
  await elapse(it.world, 150)

  assert.equal(it.openings.length, 8, 'after the first wait, not the sixth')
})

test('ConnectionPool does not give out a connection that was lost while it was set up', async () => {
  const it = new Situation()
  const asked = it.pool.connection(A, 'main')
  await settle(it.world)
  it.opening(0).succeed().fail(new KafkaError('CONNECTION_LOST', 'gone'))

  await assert.rejects(asked, (error) => {
    return error instanceof KafkaError && error.code === 'CONNECTION_LOST' && error.retriable
  })
  assert.equal(it.pool.openCount, 0)
})

test('ConnectionPool.close() closes what is open and gives up what is being opened or waited for', async () => {
  const it = new Situation()
  void it.pool.connection(A, 'main')
  await settle(it.world)
  const open = it.opening(0).succeed()
  const opening = assert.rejects(it.pool.connection(B, 'main'), isClosed)
  const failed = assert.rejects(it.pool.connection(A, 'group'), REFUSED)
  await settle(it.world)
  it.opening(2).fail()
  await failed
  const pausing = assert.rejects(it.pool.connection(A, 'group'), isClosed)
  await settle(it.world)
  // The pause, and the watch over idle connections.
  assert.equal(it.world.clock.timerCount, 2)

  it.pool.close()

  await opening
  await pausing
  assert.equal(open.isOpen, false)
  assert.ok(it.opening(1).signal.aborted)
  assert.equal(it.pool.openCount, 0)
  assert.equal(it.world.clock.timerCount, 0)
  await assert.rejects(it.pool.connection(A, 'main'), isClosed)
})

test('ConnectionPool.close() closes a connection that was ready in the same moment', async () => {
  const it = new Situation()
  const asked = assert.rejects(it.pool.connection(A, 'main'), isClosed)
  await settle(it.world)
  const connection = it.opening(0).succeed()
  it.pool.close()

  await asked
  assert.equal(connection.isOpen, false)
})

test('ConnectionPool closes a connection that nobody used for connections.max.idle.ms, and opens another', async () => {
  const it = new Situation()
  const opened = it.pool.connection(A, 'main')
  await settle(it.world)
  const connection = it.opening(0).succeed()
  await opened

  await elapse(it.world, 539_000)
  assert.equal(connection.isOpen, true)
  await elapse(it.world, 271_000)
  assert.equal(connection.isOpen, false)
  assert.equal(it.pool.openCount, 0)
  assert.equal(it.world.clock.timerCount, 0, 'nothing is open, so nothing is watched')

  const again = it.pool.connection(A, 'main')
  await settle(it.world)
  assert.notEqual(it.opening(1).succeed(), connection)
  await again
  it.pool.close()
})
