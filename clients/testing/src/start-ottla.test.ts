import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { systemClock } from '@ottla/base'
import { nodeNetwork } from '@ottla/net'
import { ottlaFixture, startOttla, type OttlaForTests } from './mod.ts'
import { WireClient } from './testing/wire-client.ts'

const run = promisify(execFile)
const hasKcat = await run('kcat', ['-V']).then(
  () => true,
  () => false,
)

const GROWN_BYTES_MAX = 400 * 1024

function oneTurn(): Promise<void> {
  return new Promise((resolve) => {
    systemClock.setImmediate(resolve)
  })
}

/** What keeps this process alive. */
function resources(): string[] {
  return process.getActiveResourcesInfo()
}

/** Those that are there now and were not before. */
function newSince(before: readonly string[]): string[] {
  const left = [...before]
  return resources().filter((resource) => {
    const at = left.indexOf(resource)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

/** A handle that was closed is gone a turn of the event loop later. */
async function untilNothingIsNew(before: readonly string[]): Promise<void> {
  for (let turn = 0; turn < 100 && newSince(before).length > 0; turn++) await oneTurn()
  assert.deepEqual(newSince(before), [])
}

for (const transport of ['tcp', 'memory'] as const) {
  test(`startOttla() gives a broker over ${transport} that has the topics and takes records`, async () => {
    await using ottla = await startOttla({
      transport,
      topics: { orders: 3, payments: { partitions: 1, configs: { 'cleanup.policy': 'compact' } } },
    })
    const client = await WireClient.connect(ottla)

    const { topics, brokers } = await client.metadata('orders', 'payments')
    const first = await client.produce('orders')
    const second = await client.produce('orders')

    assert.match(ottla.brokers, /^127\.0\.0\.1:\d+$/)
    assert.equal(`${brokers[0]?.host}:${brokers[0]?.port}`, ottla.brokers)
    assert.deepEqual(
      topics.map(({ name, partitions }) => [name, partitions.length]),
      [
        ['orders', 3],
        ['payments', 1],
      ],
    )
    assert.deepEqual(ottla.topics.list(), ['orders', 'payments'])
    assert.deepEqual([first.baseOffset, second.baseOffset], [0, 1])
  })
}

test('startOttla() over memory opens no port', async () => {
  await using ottla = await startOttla({ transport: 'memory' })

  const connecting = nodeNetwork.connect({ host: '127.0.0.1', port: ottla.port })

  await assert.rejects(connecting, { code: 'ECONNREFUSED' })
})

test('Topics.create() makes a topic that can be used at once, and says what is wrong otherwise', async () => {
  await using ottla = await startOttla({ transport: 'memory' })
  const client = await WireClient.connect(ottla)

  await ottla.topics.create('late', { partitions: 2 })

  assert.equal((await client.produce('late')).errorCode, 0)
  await assert.rejects(ottla.topics.create('late'), /"late": TOPIC_ALREADY_EXISTS/)
  await assert.rejects(ottla.topics.create('no/name'), /INVALID_TOPIC_EXCEPTION/)
  const unknown = { configs: { 'no.such.key': '1' } }
  await assert.rejects(ottla.topics.create('x', unknown), /INVALID_CONFIG/)
})

test('Topics.createFresh() gives each test a topic of its own', async () => {
  await using ottla = await startOttla({ transport: 'memory' })

  const names = [
    await ottla.topics.createFresh('orders', 2),
    await ottla.topics.createFresh('orders'),
    await ottla.topics.createFresh(),
  ]

  assert.deepEqual(names, ['orders-1', 'orders-2', 'topic-3'])
  assert.deepEqual(ottla.topics.list(), names)
})

test('ottlaFixture() has a broker while it is used, and none afterwards', async () => {
  const fixture = ottlaFixture({ topics: { orders: 1 } })
  let used: OttlaForTests | undefined

  await fixture({}, async (ottla) => {
    used = ottla
    assert.deepEqual(ottla.topics.list(), ['orders'])
  })

  assert.equal(used?.isRunning, false)
  const failing = fixture({}, async (ottla) => {
    used = ottla
    throw new Error('the test failed')
  })
  await assert.rejects(failing, /the test failed/)
  assert.equal(used?.isRunning, false)
})

test('OttlaForTests.restart() keeps port, topics and records, and breaks connections', async () => {
  await using ottla = await startOttla({ topics: { orders: 1 } })
  const { brokers } = ottla
  const before = await WireClient.connect(ottla)
  await before.produce('orders')
  const [host, port] = ['127.0.0.1', ottla.port]
  let refusal: unknown

  await ottla.restart({
    whileDown: async () => {
      await before.closed
      refusal = await nodeNetwork.connect({ host, port }).catch((error: unknown) => error)
      assert.equal(ottla.isRunning, false)
    },
  })

  assert.equal((refusal as NodeJS.ErrnoException).code, 'ECONNREFUSED')
  assert.equal(ottla.brokers, brokers)
  const after = await WireClient.connect(ottla)
  assert.equal((await after.produce('orders')).baseOffset, 1)
})

test('OttlaForTests.restart({ graceful: true }) answers what is under way', async () => {
  await using ottla = await startOttla({ transport: 'memory', topics: { orders: 1 } })
  const client = await WireClient.connect(ottla)
  const answers = Promise.all([client.produce('orders'), client.produce('orders')])
  // Both have come when the one behind them is answered.
  await client.apiVersions()

  await ottla.restart({ graceful: true })

  assert.deepEqual(
    (await answers).map(({ baseOffset }) => baseOffset),
    [0, 1],
  )
})

test('storage in a directory outlives the broker', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'ottla-testing-'))
  try {
    const options = { storage: { directory }, transport: 'memory' } as const
    {
      await using ottla = await startOttla({ ...options, topics: { orders: 1 } })
      const client = await WireClient.connect(ottla)
      await client.produce('orders')
      await ottla.restart()
    }
    await using ottla = await startOttla(options)
    const client = await WireClient.connect(ottla)

    assert.equal((await client.produce('orders')).baseOffset, 1)
  } finally {
    await rm(directory, { recursive: true })
  }
})

test('storage in memory is gone with the broker', async () => {
  {
    await using ottla = await startOttla({ topics: { orders: 1 } })
    assert.deepEqual(ottla.topics.list(), ['orders'])
  }
  await using ottla = await startOttla()

  assert.deepEqual(ottla.topics.list(), [])
})

test('settings are those of server.properties, and a slip of the pen is told', async () => {
  await using ottla = await startOttla({ settings: { 'num.partitions': '7' }, transport: 'memory' })

  await ottla.topics.create('wide', { partitions: -1 })

  const client = await WireClient.connect(ottla)
  assert.equal((await client.metadata('wide')).topics[0]?.partitions.length, 7)
  const slip = startOttla({ settings: { 'num.partitoins': '7' } })
  await assert.rejects(slip, /"num.partitoins" in settings; did you mean num.partitions\?/)
  const wrong = startOttla({ settings: { 'num.partitions': 'many' } })
  await assert.rejects(wrong, { name: 'ConfigError' })
})

test('startOttla() that fails leaves nothing behind', async () => {
  await using ottla = await startOttla()
  const before = resources()

  await assert.rejects(startOttla({ port: ottla.port }), { code: 'EADDRINUSE' })
  await assert.rejects(startOttla({ topics: { 'no/name': 1 } }), /INVALID_TOPIC_EXCEPTION/)

  await untilNothingIsNew(before)
})

test('OttlaForTests.stop() may be called twice, and nothing can be done afterwards', async () => {
  const ottla = await startOttla()

  await Promise.all([ottla.stop(), ottla.stop()])

  assert.equal(ottla.isRunning, false)
  await assert.rejects(ottla.restart(), /it is stopped/)
  await assert.rejects(ottla.topics.create('x'), /it is stopped/)
})

test('OttlaForTests.stop() does not wait for clients that stay', async () => {
  const ottla = await startOttla({ topics: { orders: 1 } })
  const client = await WireClient.connect(ottla)
  await client.produce('orders')
  const startedMs = systemClock.monotonicMs()

  await ottla.stop()

  await client.closed
  assert.ok(systemClock.monotonicMs() - startedMs < 1000)
})

test('startOttla() is ready in less than 50 ms', async () => {
  const durationsMs: number[] = []
  for (let round = 0; round < 5; round++) {
    const startedMs = systemClock.monotonicMs()
    await using _ottla = await startOttla({ topics: { orders: 3 } })
    durationsMs.push(systemClock.monotonicMs() - startedMs)
  }

  // The best of five: others may want the processor too.
  assert.ok(Math.min(...durationsMs) < 50, durationsMs.join(', '))
})

test('fifty brokers run at once, and leave no handle and no timer', async () => {
  const before = resources()

  const all = await Promise.all(
    Array.from({ length: 50 }, () => startOttla({ topics: { orders: 1 } })),
  )
  const clients = await Promise.all(all.map((ottla) => WireClient.connect(ottla)))
  const answers = await Promise.all(clients.map((client) => client.produce('orders')))
  await Promise.all(all.map((ottla) => ottla.stop()))
  await Promise.all(clients.map((client) => client.closed))

  assert.equal(new Set(all.map(({ port }) => port)).size, 50)
  assert.ok(answers.every(({ baseOffset }) => baseOffset === 0))
  await untilNothingIsNew(before)
})

test('fifty starts and stops leave no memory behind', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const round = async (): Promise<void> => {
    const ottla = await startOttla({ topics: { orders: 3 } })
    const client = await WireClient.connect(ottla)
    await client.produce('orders')
    await ottla.stop()
    await client.closed
  }
  const usedBytes = (): number => {
    collect()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    return heapUsed + arrayBuffers
  }
  for (let i = 0; i < 20; i++) await round()
  const beforeBytes = usedBytes()

  for (let i = 0; i < 50; i++) await round()

  // A broker takes 600 KB: one in fifty that stayed would show. What is still being let go of (a handle
  // that closes, a buffer that is freed by another thread) may take some turns.
  let grownBytes = Infinity
  for (let turn = 0; turn < 50 && grownBytes > GROWN_BYTES_MAX; turn++) {
    await oneTurn()
    grownBytes = Math.min(grownBytes, usedBytes() - beforeBytes)
  }
  assert.ok(grownBytes <= GROWN_BYTES_MAX, `${grownBytes} bytes`)
})

test('a client that knows nothing of Ottla reads what it wrote', { skip: !hasKcat }, async () => {
  await using ottla = await startOttla({ topics: { orders: 3 } })
  const kcat = (text: string) =>
    run('sh', ['-c', text.replaceAll('KCAT', `kcat -b ${ottla.brokers}`)])

  await kcat('seq 1 500 | KCAT -P -t orders -X enable.idempotence=true')
  ottla.faults.inject({ api: 'Fetch', errorCode: 'NOT_LEADER_OR_FOLLOWER', times: 2 })
  const { stdout } = await kcat('KCAT -C -q -e -t orders')

  assert.equal(new Set(stdout.trim().split('\n')).size, 500)
})
