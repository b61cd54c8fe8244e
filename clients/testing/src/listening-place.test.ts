/** Where an embedded broker listens, and what it tells clients: not always the same, as behind a port mapping. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { nodeNetwork } from '@ottla/net'
import { startOttla } from './mod.ts'
import { WireClient } from './testing/wire-client.ts'

const run = promisify(execFile)
const hasKcat = await run('kcat', ['-V']).then(
  () => true,
  () => false,
)
const LOOPBACK = '127.0.0.1'

/** What Docker does with `-p`: another port, from which everything goes to the broker's own. */
class PortMapping implements AsyncDisposable {
  readonly port: number
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  connectionCount = 0

  private constructor(server: Server, targetPort: () => number) {
    this.#server = server
    this.port = (server.address() as AddressInfo).port
    server.on('connection', (near) => {
      this.connectionCount++
      const far = connect({ host: LOOPBACK, port: targetPort() })
      near.pipe(far).pipe(near)
      for (const socket of [near, far]) {
        this.#sockets.add(socket)
        socket.on('error', () => undefined)
        socket.on('close', () => {
          near.destroy()
          far.destroy()
        })
      }
    })
  }

  static async open(targetPort: () => number): Promise<PortMapping> {
    const server = createServer().listen(0, LOOPBACK)
    await once(server, 'listening')
    return new PortMapping(server, targetPort)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    for (const socket of this.#sockets) socket.destroy()
    await closed
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, LOOPBACK)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

test('startOttla({ host, port }) listens there, and clients find it by the address that it advertises', async () => {
  const port = await freePort()
  await using mapping = await PortMapping.open(() => port)
  await using ottla = await startOttla({
    host: LOOPBACK,
    port,
    topics: { orders: 1 },
    settings: { 'advertised.listeners': `PLAINTEXT://localhost:${mapping.port}` },
  })
  assert.equal(ottla.port, port)
  assert.equal(ottla.brokers, `${LOOPBACK}:${port}`)

  const bootstrap = await WireClient.connect(ottla)
  const [broker] = (await bootstrap.metadata('orders')).brokers
  assert.deepEqual([broker?.host, broker?.port], ['localhost', mapping.port])
  assert.equal(mapping.connectionCount, 0)
  const client = await WireClient.connect({
    brokers: `${broker?.host}:${broker?.port}`,
    network: nodeNetwork,
  })
  const first = await client.produce('orders')
  await ottla.restart()
  await client.closed
  const after = await WireClient.connect({
    brokers: `localhost:${mapping.port}`,
    network: nodeNetwork,
  })
  const second = await after.produce('orders')

  assert.deepEqual([first.baseOffset, second.baseOffset], [0, 1])
  assert.equal(mapping.connectionCount, 2)
  assert.equal(ottla.brokers, `${LOOPBACK}:${port}`)
})

test('kcat goes by the address that is advertised', { skip: !hasKcat }, async () => {
  const port = await freePort()
  await using mapping = await PortMapping.open(() => port)
  await using ottla = await startOttla({
    port,
    topics: { orders: 1 },
    settings: { 'advertised.listeners': `PLAINTEXT://${LOOPBACK}:${mapping.port}` },
  })
  const kcat = (text: string) =>
    run('sh', ['-c', text.replaceAll('KCAT', `kcat -b ${ottla.brokers} -t orders`)])

  await kcat('seq 1 100 | KCAT -P')
  const { stdout } = await kcat('KCAT -C -q -e')

  assert.equal(stdout.trim().split('\n').length, 100)
  assert.ok(mapping.connectionCount >= 2, `${mapping.connectionCount} connections`)
})

test('startOttla() listens on an IPv6 address, which stands in brackets', async () => {
  await using ottla = await startOttla({ host: '::1', transport: 'memory', topics: { orders: 1 } })

  assert.equal(ottla.brokers, `[::1]:${ottla.port}`)
  const client = await WireClient.connect(ottla)
  const [broker] = (await client.metadata('orders')).brokers
  assert.deepEqual([broker?.host, broker?.port], ['::1', ottla.port])
  assert.equal((await client.produce('orders')).baseOffset, 0)
})

test('startOttla() listens everywhere only when it is told twice, and then says how it is reached from here', async () => {
  const everywhere = { host: '0.0.0.0', transport: 'memory' } as const
  const settings = {
    'ottla.allow.insecure.listener': 'true',
    'advertised.listeners': 'PLAINTEXT://build-host:9092',
  }
  await assert.rejects(startOttla(everywhere), { name: 'ConfigError', message: /0\.0\.0\.0/ })

  await using ottla = await startOttla({ ...everywhere, settings })

  assert.equal(ottla.brokers, `127.0.0.1:${ottla.port}`)
  const client = await WireClient.connect(ottla)
  const [broker] = (await client.metadata()).brokers
  assert.deepEqual([broker?.host, broker?.port], ['build-host', 9092])
})
