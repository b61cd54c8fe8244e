import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { jsonLogger, silentLogger, Turn, FakeClock } from '@ottla/base'
import { Listener } from './listener.ts'
import type { ListenOptions, Network } from './network.ts'
import { HOST, ListenerUnderTest } from './testing/listener-under-test.ts'
import { encodeBody, PendingHandler } from './testing/pending-handler.ts'
import { requestFrame } from './testing/test-client.ts'

function aLogger(): {
  logger: ReturnType<typeof jsonLogger>
  lines: Array<Record<string, unknown>>
} {
  const lines: Array<Record<string, unknown>> = []
  const writeLine = (line: string): void => {
    lines.push(JSON.parse(line) as Record<string, unknown>)
  }
  return { logger: jsonLogger({ level: 'info', writeLine, wallMs: () => 0 }), lines }
}

test('Listener serves each connection on its own', async () => {
  const at = await ListenerUnderTest.open()
  const first = await at.connect()
  const second = await at.connect()

  first.send(requestFrame(1))
  second.send(requestFrame(2))
  at.settle()
  at.handler.reply(2)
  at.settle()

  assert.equal(at.listener.connectionCount, 2)
  assert.deepEqual(second.answeredIds, [2])
  assert.deepEqual(first.answeredIds, [])
  const [connection] = at.handler.connections
  assert.equal(connection?.clientHost, '127.0.0.1')
  assert.equal(connection?.listenerName, 'PLAINTEXT')
})

test('Listener closes a connection above connectionsMax before it reads a byte', async () => {
  const { logger, lines } = aLogger()
  const at = await ListenerUnderTest.open({ limits: { connectionsMax: 2 }, logger })
  const admitted = [await at.connect(), await at.connect()]

  const refused = await at.connect()
  refused.send(requestFrame(1))
  at.settle()

  assert.equal(refused.isClosed, true)
  assert.deepEqual(at.handler.ids, [])
  assert.deepEqual(
    admitted.map((client) => client.isClosed),
    [false, false],
  )
  assert.equal(lines[0]?.['message'], 'Connection refused: too many connections')
})

test('Listener counts connections per host, and forgets those that are gone', async () => {
  const at = await ListenerUnderTest.open({ limits: { connectionsPerHostMax: 1 } })
  const first = await at.connect('10.0.0.1')
  const elsewhere = await at.connect('10.0.0.2')
  const second = await at.connect('10.0.0.1')
  at.settle()
  assert.deepEqual(
    [first, elsewhere, second].map((client) => client.isClosed),
    [false, false, true],
  )

  first.socket.end()
  at.settle()
  const third = await at.connect('10.0.0.1')
  at.settle()

  assert.equal(third.isClosed, false)
  assert.equal(at.listener.connectionCount, 2)
})

test('Listener.open() passes on that the address is taken', async () => {
  const at = await ListenerUnderTest.open()

  const second = Listener.open({
    name: 'SECOND',
    host: HOST,
    port: at.listener.port,
    network: at.network,
    turn: at.turn,
    clock: at.clock,
    logger: silentLogger,
    handler: at.handler,
    limits: {
      connectionsMax: 1,
      connectionsPerHostMax: 1,
      frameBytesMax: 1,
      inFlightMax: 1,
      inFlightBytesMax: 1,
      idleMsMax: 1,
    },
  })

  await assert.rejects(second, { code: 'EADDRINUSE' })
})

test('Listener.close() answers open requests, takes no new connections, and then is done', async () => {
  const at = await ListenerUnderTest.open()
  const busy = await at.connect()
  const idle = await at.connect()
  busy.send(requestFrame(1))
  at.settle()
  let isDone = false

  const closed = at.listener.close(10_000).then(() => {
    isDone = true
  })
  await assert.rejects(at.connect(), { code: 'ECONNREFUSED' })
  at.settle()
  assert.equal(idle.isClosed, true)
  assert.equal(busy.isClosed, false)
  assert.equal(isDone, false)
  at.handler.reply(1)
  at.settle()
  await closed

  assert.deepEqual(busy.answeredIds, [1])
  assert.equal(busy.isClosed, true)
  assert.equal(at.clock.timerCount, 0)
})

test('Listener.close() ends what is still open after the grace', async () => {
  const at = await ListenerUnderTest.open({ network: { bufferBytes: 0 } })
  const waiting = await at.connect()
  const deaf = await at.connect()
  waiting.send(requestFrame(1))
  deaf.send(requestFrame(2))
  at.settle()
  deaf.socket.pause()
  at.handler.reply(2, Buffer.alloc(100_000))
  at.settle()

  const closed = at.listener.close(3000)
  at.clock.advance(2999)
  assert.equal(at.listener.connectionCount, 2)
  at.clock.advance(1)
  await closed

  assert.equal(at.listener.connectionCount, 0)
  assert.equal(at.clock.timerCount, 0)
})

test('Listener.close() that is called again waits for the same end', async () => {
  const at = await ListenerUnderTest.open()
  const client = await at.connect()
  client.send(requestFrame(1))
  at.settle()

  const both = [at.listener.close(1000), at.listener.close(1000)]
  at.handler.reply(1)
  at.settle()
  await Promise.all(both)

  assert.deepEqual(client.answeredIds, [1])
  assert.equal(at.clock.timerCount, 0)
})

test('Listener.close() may be called twice, and without connections', async () => {
  const at = await ListenerUnderTest.open()

  await Promise.all([at.listener.close(1000), at.listener.close(1000)])
  await at.listener.close(1000)

  assert.equal(at.clock.timerCount, 0)
})

test('Listener tells of a connection that the system could not accept, and goes on', async () => {
  const { logger, lines } = aLogger()
  let told: ListenOptions['onAcceptError']
  const network: Network = {
    listen: async (options) => {
      told = options.onAcceptError
      return { port: 1, close: async () => {} }
    },
    connect: () => Promise.reject(new Error('unused')),
  }
  const clock = new FakeClock()
  await Listener.open({
    name: 'PLAINTEXT',
    host: HOST,
    port: 0,
    network,
    turn: new Turn(clock),
    clock,
    logger,
    handler: new PendingHandler(),
    limits: {
      connectionsMax: 1,
      connectionsPerHostMax: 1,
      frameBytesMax: 1,
      inFlightMax: 1,
      inFlightBytesMax: 1,
      idleMsMax: 1,
    },
  })

  told?.(Object.assign(new Error('no descriptors left'), { code: 'ENFILE' }))

  assert.equal(lines[0]?.['message'], 'Cannot accept a connection')
})

// Ten thousand idle consumers must not cost a buffer each.
test('an idle connection keeps no buffer, also after it was used', async () => {
  const at = await ListenerUnderTest.open({
    limits: { connectionsMax: 1000, connectionsPerHostMax: 1000 },
  })
  at.handler.react = (exchange) => {
    exchange.reply(encodeBody, Buffer.alloc(100))
  }
  const clients = await Promise.all(Array.from({ length: 500 }, () => at.connect()))
  at.settle()
  collectGarbage()
  const before = process.memoryUsage().arrayBuffers

  clients.forEach((client, index) => {
    client.send(requestFrame(index, { body: Buffer.alloc(10_000) }))
    at.settle()
    client.chunks.length = 0
  })
  at.handler.bodies.length = 0
  collectGarbage()

  assert.equal(at.handler.ids.length, 500)
  assert.ok(process.memoryUsage().arrayBuffers - before < 500 * 1000)
})

function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  collect()
}
