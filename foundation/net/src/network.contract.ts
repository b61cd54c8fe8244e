/** What every network keeps, run by the test of each one (node-network.test.ts and its neighbour). */
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { seededRandom } from '@ottla/base'
import type { ListeningSocket, Network } from './network.ts'
import { RecordingSocket } from './testing/recording-socket.ts'

export interface NetworkUnderTest {
  readonly network: Network
  /** Lets the network work until `isReached`, at most for a bounded number of steps. */
  readonly until: (isReached: () => boolean) => Promise<void>
}

const HOST = '127.0.0.1'
/** More than the buffers of a kernel hold in both directions of a loopback connection. */
const LARGE_BYTES = 32 * 1024 * 1024

interface Pair {
  readonly client: RecordingSocket
  readonly server: RecordingSocket
}

class Situation {
  readonly until: NetworkUnderTest['until']
  readonly network: Network
  readonly accepted: RecordingSocket[] = []
  listening!: ListeningSocket

  constructor({ network, until }: NetworkUnderTest) {
    this.network = network
    this.until = until
  }

  async listen(): Promise<this> {
    this.listening = await this.network.listen({ host: HOST, port: 0 }, (socket) => {
      this.accepted.push(new RecordingSocket(socket))
    })
    return this
  }

  async connect(): Promise<Pair> {
    const before = this.accepted.length
    const socket = await this.network.connect({ host: HOST, port: this.listening.port })
    const client = new RecordingSocket(socket)
    await this.until(() => this.accepted.length > before)
    return { client, server: this.accepted[before] as RecordingSocket }
  }

  /** Another connection carries bytes to and fro: what could have happened meanwhile has happened. */
  async letTimePass(): Promise<void> {
    const { client, server } = await this.connect()
    for (let round = 1; round <= 20; round++) {
      client.socket.write([Buffer.from('.')])
      await this.until(() => server.receivedBytes === round)
      server.socket.write([Buffer.from('.')])
      await this.until(() => client.receivedBytes === round)
    }
    client.socket.destroy()
    await this.until(() => client.isClosed && server.isClosed)
  }
}

export function describeNetwork(name: string, make: () => NetworkUnderTest): void {
  const describe = (what: string, run: (it: Situation) => Promise<void>): void => {
    test(`${name}: ${what}`, { timeout: 30_000 }, async (t: TestContext) => {
      const it = await new Situation(make()).listen()
      t.after(async () => {
        for (const { socket } of it.accepted) socket.destroy()
        void it.listening.close().catch(() => {})
        await it.until(() => it.accepted.every((accepted) => accepted.isClosed))
      })
      await run(it)
    })
  }
  describeBytes(describe)
  describeSlowPeers(describe)
  describeEnds(describe)
  describeListening(describe)
}

type Describe = (what: string, run: (it: Situation) => Promise<void>) => void

function describeBytes(describe: Describe): void {
  describe('bytes arrive whole and in order, in both directions', async (it) => {
    const { client, server } = await it.connect()
    const random = seededRandom(1)
    const there = random.bytes(1_000_000)
    const back = random.bytes(700_000)

    for (let at = 0; at < there.length; at += 12_345) {
      client.socket.write([there.subarray(at, at + 12_345)])
    }
    server.socket.write([back])
    await it.until(() => server.receivedBytes >= there.length)
    await it.until(() => client.receivedBytes >= back.length)

    assert.ok(server.received.equals(there))
    assert.ok(client.received.equals(back))
  })

  describe('write() sends several chunks in their order, and none at all', async (it) => {
    const { client, server } = await it.connect()

    client.socket.write([Buffer.from('a'), Buffer.alloc(0), Buffer.from('bc')])
    client.socket.write([])
    client.socket.write([Buffer.from('d')])

    await it.until(() => server.receivedBytes >= 4)
    assert.equal(server.received.toString(), 'abcd')
  })

  // The broker writes offsets into the batches that it received.
  describe('the receiver may change what it got', async (it) => {
    const { client, server } = await it.connect()
    const sent = Buffer.from('sent by the client')
    server.react = (chunk) => chunk.fill('x')

    client.socket.write([sent])

    await it.until(() => server.receivedBytes === sent.length)
    assert.equal(sent.toString(), 'sent by the client')
  })

  describe('no event comes from inside a call', async (it) => {
    const { client, server } = await it.connect()
    const quietly = (call: () => void): void => {
      const before = client.events.length + server.events.length
      call()
      assert.equal(client.events.length + server.events.length, before)
    }

    quietly(() => client.socket.write([Buffer.from('a')]))
    await it.until(() => server.receivedBytes === 1)
    quietly(() => {
      server.socket.pause()
    })
    quietly(() => client.socket.write([Buffer.from('b')]))
    quietly(() => {
      server.socket.resume()
    })
    await it.until(() => server.receivedBytes === 2)
    quietly(() => {
      client.socket.end()
    })
    quietly(() => {
      client.socket.destroy()
    })
    await it.until(() => client.isClosed && server.isClosed)
  })

  describe('an answer can be written while the request is being read', async (it) => {
    const { client, server } = await it.connect()
    server.react = (chunk) => server.socket.write([Buffer.from(chunk)])

    client.socket.write([Buffer.from('ping')])

    await it.until(() => client.receivedBytes === 4)
    assert.equal(client.received.toString(), 'ping')
  })
}

function describeSlowPeers(describe: Describe): void {
  describe('a paused socket reads nothing, a resumed one all of it', async (it) => {
    const { client, server } = await it.connect()
    server.socket.pause()

    client.socket.write([Buffer.from('held')])
    await it.letTimePass()

    assert.equal(server.receivedBytes, 0)
    server.socket.resume()
    await it.until(() => server.receivedBytes === 4)
  })

  describe('a socket that pauses itself while it reads gets no further chunk', async (it) => {
    const { client, server } = await it.connect()
    server.react = () => {
      server.socket.pause()
    }

    client.socket.write([Buffer.alloc(1_000_000)])
    await it.until(() => server.chunks.length === 1)
    await it.letTimePass()

    assert.equal(server.chunks.length, 1)
  })

  describe('write() tells that the peer does not read, and onDrain that it does again', async (it) => {
    const { client, server } = await it.connect()
    server.socket.pause()
    const bytes = seededRandom(2).bytes(LARGE_BYTES)

    const hasRoom = client.socket.write([bytes])
    await it.letTimePass()

    assert.equal(hasRoom, false)
    assert.ok(client.socket.unsentBytes > 0)
    assert.equal(client.drainCount, 0)
    server.socket.resume()
    await it.until(() => server.receivedBytes === bytes.length && client.drainCount > 0)
    assert.equal(client.socket.unsentBytes, 0)
    assert.ok(server.received.equals(bytes))
  })

  describe('a peer that reads leaves nothing unsent', async (it) => {
    const { client, server } = await it.connect()
    assert.equal(client.socket.unsentBytes, 0)

    const hasRoom = client.socket.write([Buffer.alloc(100)])
    await it.until(() => server.receivedBytes === 100)

    assert.equal(hasRoom, true)
    assert.equal(client.socket.unsentBytes, 0)
  })
}

function describeEnds(describe: Describe): void {
  describe('end() sends what was written, then both ends close, once and without error', async (it) => {
    const { client, server } = await it.connect()
    const bytes = seededRandom(3).bytes(LARGE_BYTES)

    server.socket.write([bytes])
    server.socket.end()
    await it.until(() => client.isClosed && server.isClosed)
    await it.letTimePass()

    assert.ok(client.received.equals(bytes))
    assert.deepEqual([client.closeCount, server.closeCount], [1, 1])
    assert.deepEqual([client.error, server.error], [undefined, undefined])
    assert.equal(client.events.at(-1), 'close')
  })

  describe('a socket that has ended still reads what the peer had sent', async (it) => {
    const { client, server } = await it.connect()
    client.socket.pause()
    server.socket.write([Buffer.from('on its way')])
    client.socket.end()
    await it.letTimePass()

    client.socket.resume()

    await it.until(() => client.isClosed)
    assert.equal(client.received.toString(), 'on its way')
  })

  describe('a peer that ends gets what was written before its end is read', async (it) => {
    const { client, server } = await it.connect()
    server.react = () => server.socket.write([Buffer.alloc(LARGE_BYTES)])

    client.socket.write([Buffer.from('the last request')])
    client.socket.end()

    await it.until(() => client.isClosed && server.isClosed)
    assert.equal(client.receivedBytes, LARGE_BYTES)
    assert.equal(server.error, undefined)
  })

  describe('a paused socket sees the end of the peer, after the bytes before it', async (it) => {
    const { client, server } = await it.connect()
    server.socket.pause()

    client.socket.write([Buffer.from('bye')])
    client.socket.end()
    await it.letTimePass()

    assert.equal(server.isClosed, false)
    server.socket.resume()
    await it.until(() => server.isClosed && client.isClosed)
    assert.equal(server.received.toString(), 'bye')
    const next = await it.connect()
    next.server.socket.pause()
    next.client.socket.end()
    await it.until(() => next.server.isClosed && next.client.isClosed)
  })

  describe('destroy() closes both ends, and drops what was not sent', async (it) => {
    const { client, server } = await it.connect()
    client.socket.pause()
    server.socket.write([Buffer.alloc(LARGE_BYTES)])
    await it.letTimePass()

    server.socket.destroy()
    client.socket.resume()

    await it.until(() => client.isClosed && server.isClosed)
    assert.ok(client.receivedBytes < LARGE_BYTES)
    assert.deepEqual([client.closeCount, server.closeCount], [1, 1])
    assert.equal(server.drainCount, 0)
  })

  describe('destroy() after end() does not wait for the peer', async (it) => {
    const { client, server } = await it.connect()
    client.socket.pause()
    server.socket.write([Buffer.from('never read')])
    server.socket.end()
    await it.letTimePass()
    assert.equal(server.isClosed, false)

    server.socket.destroy()

    await it.until(() => server.isClosed)
    assert.equal(server.error, undefined)
  })

  describe('what is written after the end is dropped', async (it) => {
    for (const finish of ['end', 'destroy'] as const) {
      const { client, server } = await it.connect()
      client.socket.write([Buffer.from('a')])
      await it.until(() => server.receivedBytes === 1)
      client.socket[finish]()

      const hasRoom = client.socket.write([Buffer.from('b')])
      await it.until(() => client.isClosed && server.isClosed)
      client.socket.write([Buffer.from('c'), Buffer.from('d')])
      server.socket.write([Buffer.from('e')])
      client.socket.end()
      client.socket.destroy()
      await it.letTimePass()

      assert.equal(hasRoom, false)
      assert.equal(server.received.toString(), 'a')
      assert.equal(client.error, undefined, 'and it is no error')
      assert.deepEqual([client.closeCount, server.closeCount], [1, 1])
    }
  })

  describe('a socket that writes to a peer that is gone is closed', async (it) => {
    const { client, server } = await it.connect()
    server.socket.pause()
    client.socket.write([Buffer.from('never read')])
    await it.letTimePass()
    client.socket.destroy()
    await it.until(() => client.isClosed)

    // The first write may find out only that nobody is there.
    for (let i = 0; i < 100 && !server.isClosed; i++) {
      server.socket.write([Buffer.alloc(1000)])
      await it.letTimePass()
    }

    assert.equal(server.closeCount, 1)
    assert.ok(server.error instanceof Error)
  })
}

function describeListening(describe: Describe): void {
  describe('listen() with port 0 gets a port of its own', async (it) => {
    const other = await it.network.listen({ host: HOST, port: 0 }, () => {})

    assert.ok(other.port > 0)
    assert.notEqual(other.port, it.listening.port)
    await other.close()
  })

  describe('listen() rejects with EADDRINUSE where somebody listens', async (it) => {
    const taken = it.network.listen({ host: HOST, port: it.listening.port }, () => {})

    await assert.rejects(taken, { code: 'EADDRINUSE' })
  })

  describe('connect() rejects with ECONNREFUSED where nobody listens', async (it) => {
    const { port } = it.listening
    await it.listening.close()

    await assert.rejects(it.network.connect({ host: HOST, port }), { code: 'ECONNREFUSED' })
  })

  describe('close() frees the port at once and leaves open connections alone', async (it) => {
    const { client, server } = await it.connect()
    const { port } = it.listening
    let isResolved = false
    const closed = it.listening.close().then(() => {
      isResolved = true
    })

    await it.until(() => true)
    const next = await listenSoon(it, port)
    client.socket.write([Buffer.from('still here')])
    await it.until(() => server.receivedBytes === 10)

    assert.equal(isResolved, false)
    client.socket.end()
    await it.until(() => isResolved)
    await closed
    await next.close()
  })

  describe('each end knows the address of the other', async (it) => {
    const socket = await it.network.connect({
      host: HOST,
      port: it.listening.port,
      localHost: '127.0.0.2',
    })
    const client = new RecordingSocket(socket)
    await it.until(() => it.accepted.length === 1)

    const server = it.accepted[0] as RecordingSocket
    assert.deepEqual([socket.remoteHost, socket.remotePort], [HOST, it.listening.port])
    assert.equal(server.socket.remoteHost, '127.0.0.2')
    assert.ok(server.socket.remotePort > 0)
    client.socket.destroy()
  })
}

/** The handle of the old one is given back by the event loop, not inside `close()`. */
async function listenSoon(it: Situation, port: number): Promise<ListeningSocket> {
  for (let i = 0; ; i++) {
    try {
      return await it.network.listen({ host: HOST, port }, () => {})
    } catch (error) {
      if (i === 100) throw error
    }
  }
}
