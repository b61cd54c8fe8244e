import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemClock } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import { startOttla, type OttlaOptions } from '../start-ottla.ts'
import type { OttlaForTests } from '../ottla-for-tests.ts'
import { WireClient } from '../testing/wire-client.ts'

async function started(
  options: OttlaOptions = {},
): Promise<{ ottla: OttlaForTests; client: WireClient }> {
  const ottla = await startOttla({
    transport: 'memory',
    topics: { orders: 1, other: 1 },
    ...options,
  })
  return { ottla, client: await WireClient.connect(ottla) }
}

test('Faults.inject() answers with the error as often as it is told, and the broker never hears of it', async () => {
  const { ottla, client } = await started()
  await using _ = ottla
  const fault = ottla.faults.inject({
    api: 'Produce',
    errorCode: 'NOT_LEADER_OR_FOLLOWER',
    times: 2,
  })

  const first = await client.produce('orders')
  const second = await client.produce('orders')
  const third = await client.produce('orders')

  assert.equal(first.errorCode, ErrorCode.NOT_LEADER_OR_FOLLOWER)
  assert.equal(second.errorCode, ErrorCode.NOT_LEADER_OR_FOLLOWER)
  assert.deepEqual(third, { errorCode: 0, baseOffset: 0 })
  assert.equal(fault.hitCount, 2)
})

test('a fault with executed: true lies about what the broker has done', async () => {
  const { ottla, client } = await started()
  await using _ = ottla
  ottla.faults.inject({ api: 'Produce', errorCode: 'REQUEST_TIMED_OUT', executed: true })

  const { errorCode } = await client.produce('orders')

  assert.equal(errorCode, ErrorCode.REQUEST_TIMED_OUT)
  assert.equal(await client.endOffset('orders'), 1)
})

test('a fault hits only the APIs, topics and requests that it names', async () => {
  const { ottla, client } = await started()
  await using _ = ottla
  const fault = ottla.faults.inject({
    api: ['Produce', 'Metadata'],
    topic: 'other',
    when: ({ api, version, clientId }) => api === 'Produce' && version === 9 && clientId === 'wire',
    errorCode: 'TOPIC_AUTHORIZATION_FAILED',
    times: 'always',
  })

  assert.equal((await client.produce('orders')).errorCode, 0)
  assert.equal((await client.metadata('other')).topics[0]?.errorCode, 0)
  for (let i = 0; i < 3; i++) {
    assert.equal((await client.produce('other')).errorCode, ErrorCode.TOPIC_AUTHORIZATION_FAILED)
  }
  assert.equal(fault.hitCount, 3)
})

test('a fault that was removed hits no more, and says so to who waits for it', async () => {
  const { ottla, client } = await started()
  await using _ = ottla
  const fault = ottla.faults.inject({
    api: 'Produce',
    errorCode: 'KAFKA_STORAGE_ERROR',
    times: 'always',
  })
  const second = fault.hit(2)
  await client.produce('orders')
  await fault.hit()

  fault.remove()

  await assert.rejects(second, /removed after 1 of 2 hits/)
  assert.equal((await client.produce('orders')).errorCode, 0)
})

test('Faults.clear() takes back every fault, and a stop does as well', async () => {
  const { ottla, client } = await started()
  const fault = ottla.faults.inject({ errorCode: 'UNKNOWN_SERVER_ERROR', times: 'always' })
  ottla.faults.inject({ api: 'Produce', cut: 'before' })

  ottla.faults.clear()

  assert.equal((await client.produce('orders')).errorCode, 0)
  await assert.rejects(fault.hit(), /removed/)
  const waiting = ottla.faults.inject({ api: 'Produce', cut: 'before' }).hit()
  const rejected = assert.rejects(waiting, /removed/)
  await ottla.stop()
  await rejected
})

test('the first fault that takes a request has it alone', async () => {
  const { ottla, client } = await started()
  await using _ = ottla
  const first = ottla.faults.inject({ api: 'Produce', errorCode: 'INVALID_RECORD' })
  const second = ottla.faults.inject({ api: 'Produce', errorCode: 'CORRUPT_MESSAGE' })

  assert.equal((await client.produce('orders')).errorCode, ErrorCode.INVALID_RECORD)
  assert.deepEqual([first.hitCount, second.hitCount], [1, 0])
  assert.equal((await client.produce('orders')).errorCode, ErrorCode.CORRUPT_MESSAGE)
})

for (const transport of ['memory', 'tcp'] as const) {
  for (const [cut, expected] of [
    ['before', { isDone: false, hasBytes: false }],
    ['after', { isDone: true, hasBytes: false }],
    ['mid-frame', { isDone: true, hasBytes: true }],
  ] as const) {
    test(`a connection over ${transport} is cut ${cut}, once`, async () => {
      const { ottla, client } = await started({ transport })
      await using _ = ottla
      ottla.faults.inject({ api: 'Produce', cut })

      await assert.rejects(client.produce('orders'), /connection lost/)

      const again = await WireClient.connect(ottla)
      const done = await again.endOffset('orders')
      assert.equal(done, expected.isDone ? 1 : 0)
      // A reset may take bytes with it that were on their way.
      if (transport === 'memory') assert.equal(client.receivedBytes > 0, expected.hasBytes)
      assert.equal((await again.produce('orders')).errorCode, 0)
      again.close()
    })
  }
}

test('a cut mid-frame sends exactly half of the answer', async () => {
  const { ottla, client } = await started()
  await using _ = ottla
  await client.metadata('orders')
  const wholeBytes = client.receivedBytes
  ottla.faults.inject({ api: 'Metadata', cut: 'mid-frame' })

  await assert.rejects(client.metadata('orders'))

  assert.equal(client.receivedBytes - wholeBytes, wholeBytes >> 1)
})

test('answers keep the order of the requests when some are ours and some the broker’s', async () => {
  const { ottla, client } = await started()
  await using _ = ottla
  ottla.faults.inject({
    api: 'Produce',
    topic: 'other',
    errorCode: 'NOT_ENOUGH_REPLICAS',
    times: 'always',
  })

  // WireClient rejects what is not answered in order.
  const [orders, other, metadata, again, versions] = await Promise.all([
    client.produce('orders'),
    client.produce('other'),
    client.metadata('orders'),
    client.produce('other'),
    client.apiVersions(),
  ])

  assert.equal(orders.errorCode, 0)
  assert.equal(other.errorCode, ErrorCode.NOT_ENOUGH_REPLICAS)
  assert.equal(metadata.topics[0]?.name, 'orders')
  assert.equal(again.errorCode, ErrorCode.NOT_ENOUGH_REPLICAS)
  assert.ok(versions.apiKeys.length > 0)
})

test('a request without an answer does not stand in the way of those behind it', async () => {
  const { ottla, client } = await started()
  await using _ = ottla
  ottla.faults.inject({ api: 'ApiVersions', errorCode: 'UNKNOWN_SERVER_ERROR' })

  client.produceWithoutAnswer('orders')
  const refused = await client.apiVersions()
  const fine = await client.apiVersions()

  assert.equal(refused.errorCode, ErrorCode.UNKNOWN_SERVER_ERROR)
  assert.equal(fine.errorCode, 0)
  assert.equal(await client.endOffset('orders'), 1)
})

test('a fault on a request without an answer keeps it from the broker, or cuts behind it', async () => {
  const { ottla, client } = await started()
  await using _ = ottla
  ottla.faults.inject({ api: 'Produce', errorCode: 'INVALID_RECORD' })

  client.produceWithoutAnswer('orders')
  assert.equal(await client.endOffset('orders'), 0)

  ottla.faults.inject({ api: 'Produce', cut: 'after' })
  client.produceWithoutAnswer('orders')
  await client.closed
})

test('delayMs holds up a request and those behind it on its connection, and nobody else', async () => {
  const { ottla, client } = await started()
  await using _ = ottla
  const other = await WireClient.connect(ottla)
  const fault = ottla.faults.inject({ api: 'Produce', delayMs: 40 })
  const startedMs = systemClock.monotonicMs()

  const slow = client.produce('orders')
  const behind = client.apiVersions()
  await fault.hit()
  await other.apiVersions()
  const otherMs = systemClock.monotonicMs() - startedMs
  const [{ errorCode }] = await Promise.all([slow, behind])
  const slowMs = systemClock.monotonicMs() - startedMs

  assert.equal(errorCode, 0)
  assert.ok(slowMs >= 39, `${slowMs} ms`)
  assert.ok(otherMs < slowMs)
})

test('a stop does not wait for a request that is held up', async () => {
  const { ottla, client } = await started()
  const fault = ottla.faults.inject({ api: 'Produce', delayMs: 3_600_000 })
  const lost = assert.rejects(client.produce('orders'), /connection lost/)
  await fault.hit()

  await ottla.stop()

  await lost
})

test('Faults.cutConnections() drops what is open and takes what comes', async () => {
  const { ottla, client } = await started()
  await using _ = ottla
  await client.apiVersions()
  assert.equal(ottla.faults.connectionCount, 1)

  ottla.faults.cutConnections()
  await client.closed

  const again = await WireClient.connect(ottla)
  assert.equal((await again.apiVersions()).errorCode, 0)
  assert.equal(ottla.faults.connectionCount, 1)
})

test('Faults.refuseConnections() takes no new connection until it is disposed', async () => {
  for (const transport of ['memory', 'tcp'] as const) {
    const { ottla, client } = await started({ transport })
    await using _ = ottla
    {
      using _refusal = ottla.faults.refuseConnections()
      const refused = await WireClient.connect(ottla)
      await refused.closed
      assert.equal((await client.apiVersions()).errorCode, 0)
    }

    const taken = await WireClient.connect(ottla)

    assert.equal((await taken.apiVersions()).errorCode, 0)
  }
})

test('Faults.inject() refuses what makes no sense', async () => {
  const { ottla } = await started()
  await using _ = ottla
  const { faults } = ottla

  assert.throws(() => faults.inject({ api: 'Produce' }), /say errorCode, cut or delayMs/)
  assert.throws(() => faults.inject({ cut: 'after', errorCode: 'INVALID_RECORD' }), /either/)
  assert.throws(() => faults.inject({ cut: 'after', times: 0 }), /times is 0/)
  assert.throws(() => faults.inject({ cut: 'after', executed: true }), /executed/)
  assert.throws(() => faults.inject({ delayMs: -1 }), /delayMs/)
  assert.throws(
    () => faults.inject({ api: 'EndTxn', errorCode: 'INVALID_TXN_STATE' }),
    /does not serve it/,
  )
  assert.throws(() => faults.inject({ errorCode: 'NO_SUCH' as never }), /no error NO_SUCH/)
})
