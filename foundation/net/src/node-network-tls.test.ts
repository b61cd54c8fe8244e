import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createServer as createPlainServer, type AddressInfo, type Server } from 'node:net'
import { createServer, type TlsOptions, type TLSSocket } from 'node:tls'
import { test, type TestContext } from 'node:test'
import type { ByteSocket, ConnectOptions } from './network.ts'
import { nodeNetwork } from './node-network.ts'
import { RecordingSocket } from './testing/recording-socket.ts'

const HOST = '127.0.0.1'
const [authority, stranger, broker, brokerKey, client, clientKey] = [
  'authority.crt',
  'stranger.crt',
  'broker.crt',
  'broker.key',
  'client.crt',
  'client.key',
].map((name) => readFileSync(new URL(`testing/certificates/${name}`, import.meta.url))) as [
  Buffer,
  Buffer,
  Buffer,
  Buffer,
  Buffer,
  Buffer,
]

async function until(isReached: () => boolean): Promise<void> {
  while (!isReached()) await new Promise((resolve) => setImmediate(resolve))
}

interface TlsBroker {
  readonly port: number
  readonly accepted: TLSSocket[]
  /** Of connections, TLS or not. */
  readonly openCount: () => number
}

function listening(t: TestContext, server: Server): Promise<number> {
  const sockets = new Set<{ destroy(): void }>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
  })
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return new Promise((resolve) => {
    server.listen(0, HOST, () => {
      resolve((server.address() as AddressInfo).port)
    })
  })
}

/** Sends back what it receives. */
async function tlsBroker(t: TestContext, options: TlsOptions = {}): Promise<TlsBroker> {
  const accepted: TLSSocket[] = []
  const server = createServer({ cert: broker, key: brokerKey, ...options }, (socket) => {
    accepted.push(socket)
    socket.on('error', () => {})
    socket.pipe(socket)
  })
  let openCount = 0
  server.on('connection', (socket) => {
    openCount++
    socket.on('close', () => openCount--)
  })
  const port = await listening(t, server)
  return { port, accepted, openCount: () => openCount }
}

function connect(port: number, more: Partial<ConnectOptions>): Promise<ByteSocket> {
  return nodeNetwork.connect({ host: HOST, port, ...more })
}

function hasCode(code: string) {
  return (error: unknown): boolean => {
    assert.equal((error as NodeJS.ErrnoException).code, code, String(error))
    return true
  }
}

test('nodeNetwork.connect() speaks TLS with a peer whose authority is trusted', async (t) => {
  const { port, accepted } = await tlsBroker(t)
  const socket = await connect(port, { tls: { ca: authority } })
  const recording = new RecordingSocket(socket)
  const bytes = Buffer.alloc(1_000_000, 'ottla')

  socket.write([bytes.subarray(0, 10), bytes.subarray(10)])
  await until(() => recording.receivedBytes === bytes.length)

  assert.ok(recording.received.equals(bytes))
  assert.equal(socket.remoteHost, HOST)
  assert.equal(socket.remotePort, port)
  assert.equal(accepted[0]?.getProtocol(), 'TLSv1.3')
  socket.destroy()
  await until(() => recording.isClosed)
})

test('nodeNetwork.connect() takes several authorities, as texts too', async (t) => {
  const { port } = await tlsBroker(t)

  const socket = await connect(port, { tls: { ca: [stranger.toString(), authority.toString()] } })

  socket.destroy()
})

test('nodeNetwork.connect() rejects a peer whose authority is not trusted, and closes', async (t) => {
  const { port, accepted, openCount } = await tlsBroker(t)

  await assert.rejects(
    connect(port, { tls: { ca: stranger } }),
    hasCode('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
  )
  await assert.rejects(connect(port, { tls: {} }), hasCode('UNABLE_TO_VERIFY_LEAF_SIGNATURE'))

  await until(() => openCount() === 0)
  assert.ok(accepted.every(({ destroyed }) => destroyed))
})

test('nodeNetwork.connect() takes any certificate when it is told to', async (t) => {
  const { port } = await tlsBroker(t)

  const socket = await connect(port, { tls: { rejectUnauthorized: false } })

  socket.destroy()
})

test('nodeNetwork.connect() checks the name that it was told, and sends it', async (t) => {
  const { port, accepted } = await tlsBroker(t)

  const socket = await connect(port, { tls: { ca: authority, servername: 'broker.test' } })
  await until(() => accepted.length === 1)
  assert.equal(accepted[0]?.servername, 'broker.test')
  socket.destroy()

  await assert.rejects(
    connect(port, { tls: { ca: authority, servername: 'other.test' } }),
    hasCode('ERR_TLS_CERT_ALTNAME_INVALID'),
  )
})

test('nodeNetwork.connect() checks the host by default, a name as well as an address', async (t) => {
  const { port, accepted } = await tlsBroker(t)
  const socket = await connect(port, { host: 'localhost', tls: { ca: authority } })
  await until(() => accepted.length === 1)
  assert.equal(accepted[0]?.servername, 'localhost')
  socket.destroy()

  // Signed by the same authority, but for no host.
  const other = await tlsBroker(t, { cert: client, key: clientKey })
  for (const host of ['localhost', HOST]) {
    await assert.rejects(
      connect(other.port, { host, tls: { ca: authority } }),
      hasCode('ERR_TLS_CERT_ALTNAME_INVALID'),
    )
  }
})

test('nodeNetwork.connect() shows its own certificate to a peer that asks for one', async (t) => {
  const mutual = { ca: authority, requestCert: true, rejectUnauthorized: true }
  const { port, accepted } = await tlsBroker(t, mutual)
  const own = { cert: client, key: clientKey.toString() }

  const socket = await connect(port, { tls: { ca: authority, ...own } })
  const recording = new RecordingSocket(socket)
  socket.write([Buffer.from('hello')])
  await until(() => recording.receivedBytes === 5)

  assert.equal(accepted[0]?.getPeerCertificate().subject.CN, 'client')
  socket.destroy()
})

test('a peer that wants a certificate and gets none breaks the connection with the reason', async (t) => {
  const mutual = { ca: authority, requestCert: true, rejectUnauthorized: true }
  const { port, accepted } = await tlsBroker(t, mutual)

  // In TLS 1.3 the refusal comes after the client's own handshake is over.
  const recording = new RecordingSocket(await connect(port, { tls: { ca: authority } }))
  await until(() => recording.isClosed)

  assert.match(String(recording.error), /certificate required/i)
  assert.equal(accepted.length, 0)
})

test('nodeNetwork.connect() rejects when the peer does not speak TLS', async (t) => {
  const plain = createPlainServer((socket) => {
    socket.on('data', () => socket.write('not TLS at all'))
  })
  const port = await listening(t, plain)

  await assert.rejects(connect(port, { tls: { ca: authority } }), (error) => {
    assert.match(String((error as NodeJS.ErrnoException).code), /SSL|EPROTO/)
    return true
  })
})

test('nodeNetwork.connect() rejects when the peer hangs up in the handshake', async (t) => {
  const port = await listening(
    t,
    createPlainServer((socket) => {
      socket.destroy()
    }),
  )

  await assert.rejects(connect(port, { tls: { ca: authority } }), hasCode('ECONNRESET'))
})

test('nodeNetwork.connect() rejects with the words of the system when nobody listens', async (t) => {
  const server = createPlainServer()
  const port = await listening(t, server)
  await new Promise((resolve) => server.close(resolve))

  await assert.rejects(connect(port, {}), hasCode('ECONNREFUSED'))
  await assert.rejects(connect(port, { tls: { ca: authority } }), hasCode('ECONNREFUSED'))
})

test('nodeNetwork.connect() is given up by its signal in the handshake, and closes', async (t) => {
  let openCount = 0
  const silent = createPlainServer((socket) => {
    openCount++
    socket.resume()
    socket.on('close', () => openCount--)
  })
  const port = await listening(t, silent)
  const reason = new Error('enough')
  const controller = new AbortController()
  const rejected = assert.rejects(
    connect(port, { tls: { ca: authority }, signal: controller.signal }),
    reason,
  )
  await until(() => openCount === 1)

  controller.abort(reason)

  await rejected
  await until(() => openCount === 0)
  await assert.rejects(connect(port, { signal: controller.signal }), reason)
})

test('a signal that aborts after the connection was made leaves it alone', async (t) => {
  const { port } = await tlsBroker(t)
  const controller = new AbortController()
  const socket = await connect(port, { tls: { ca: authority }, signal: controller.signal })
  const recording = new RecordingSocket(socket)
  controller.abort()
  socket.write([Buffer.from('hello')])

  await until(() => recording.receivedBytes === 5)

  assert.equal(recording.isClosed, false)
  socket.destroy()
})
