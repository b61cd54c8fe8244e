/** A disk that takes its time to sync, or does not come back from it: who waits, and who does not. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FaultyDisk } from './shim/faulty-disk.ts'
import { whyNoShim } from './shim/build-shim.ts'
import { Client } from './wire/client.ts'

const skip = whyNoShim()
const PARTITIONS = 8
const SYNC_MS = 20

function orders(partition: number) {
  return { topic: 'orders', partition }
}

test(
  'an fdatasync that hangs holds acks=all of its partition and nobody else',
  { skip },
  async () => {
    using disk = new FaultyDisk()
    await using broker = await disk.startBroker()
    using client = await Client.open(broker.port)
    using other = await Client.open(broker.port)
    await client.createTopic('orders', { numPartitions: 2 })
    await client.produce(orders(0), ['before'])
    const hold = disk.arm({ call: 'sync', path: '/orders-0/', action: 'hold' })

    const answers: string[] = []
    const held = client.produce(orders(0), ['held'])
    void held.then(({ error }) => answers.push(error))
    await hold.untilHolding()

    assert.equal((await other.produce(orders(0), ['not waiting'], 1)).error, 'NONE')
    assert.equal((await other.produce(orders(1), ['elsewhere'])).error, 'NONE')
    assert.equal((await other.readAll(orders(0))).length, 3)
    assert.equal((await other.createTopic('more')).error, 'NONE')
    assert.deepEqual(answers, [])
    hold.lift()
    assert.equal((await held).error, 'NONE')
  },
)

test(
  'acks=all is answered with REQUEST_TIMED_OUT when the sync takes longer than the client wants to wait',
  { skip },
  async () => {
    using disk = new FaultyDisk()
    await using broker = await disk.startBroker()
    using client = await Client.open(broker.port)
    await client.createTopic('orders')
    await client.produce(orders(0), ['before'])
    const hold = disk.arm({ call: 'sync', path: '/orders-0/', action: 'hold' })

    const late = await client.produce(orders(0), ['late'], -1, 300)

    assert.equal(late.error, 'REQUEST_TIMED_OUT')
    hold.lift()
    assert.equal((await client.produce(orders(0), ['after'])).baseOffset, 2)
  },
)

test(
  'syncs that hang on many partitions leave reads from the disk their threads',
  { skip },
  async () => {
    using disk = new FaultyDisk()
    {
      await using broker = await disk.startBroker()
      using client = await Client.open(broker.port)
      await client.createTopic('orders', { numPartitions: PARTITIONS })
      await client.createTopic('cold')
      for (let i = 0; i < 20; i++)
        await client.produce({ topic: 'cold' }, [`${i} ${'x'.repeat(9000)}`])
      await broker.stop()
    }
    await using broker = await disk.startBroker()
    const hold = disk.arm({ call: 'sync', path: '/orders-', action: 'hold' })
    const clients = await Promise.all(
      Array.from({ length: PARTITIONS }, () => Client.open(broker.port)),
    )
    const held = clients.map((client, partition) => client.produce(orders(partition), ['held']))
    await hold.untilHolding()

    using reader = await Client.open(broker.port)

    assert.equal((await reader.readAll({ topic: 'cold' })).length, 20)
    for (let partition = 0; partition < PARTITIONS; partition++) {
      assert.equal((await reader.produce(orders(partition), ['not waiting'], 1)).error, 'NONE')
    }
    hold.lift()
    for (const { error } of await Promise.all(held)) assert.equal(error, 'NONE')
    for (const client of clients) client[Symbol.dispose]()
  },
)

test('everything that comes while an fdatasync runs shares the next one', { skip }, async () => {
  using disk = new FaultyDisk()
  await using broker = await disk.startBroker()
  const clients = await Promise.all(Array.from({ length: 10 }, () => Client.open(broker.port)))
  const [first] = clients as [Client]
  await first.createTopic('orders')
  await first.produce(orders(0), ['before'])
  const hold = disk.arm({ call: 'sync', path: '/orders-0/', action: 'hold' })
  const held = first.produce(orders(0), ['held'])
  await hold.untilHolding()
  const count = disk.arm({ call: 'sync', path: '/orders-0/', action: 'count' })

  const riders = Array.from({ length: 300 }, (_, i) =>
    (clients[i % clients.length] as Client).produce(orders(0), [`rider ${i}`]),
  )
  using observer = await Client.open(broker.port)
  while ((await observer.endOffset(orders(0))) < 302) continue
  hold.lift()

  assert.equal((await held).error, 'NONE')
  for (const { error } of await Promise.all(riders)) assert.equal(error, 'NONE')
  assert.ok(count.matchedCount <= 2, `${count.matchedCount} syncs for 300 requests`)
  for (const client of clients) client[Symbol.dispose]()
})

test(
  `group commit: with a disk of ${SYNC_MS} ms per sync, 16 producers share their syncs`,
  { skip },
  async () => {
    using disk = new FaultyDisk()
    await using broker = await disk.startBroker()
    const clients = await Promise.all(Array.from({ length: 16 }, () => Client.open(broker.port)))
    const [first] = clients as [Client]
    await first.createTopic('orders')
    await first.produce(orders(0), ['before'])
    const slow = disk.arm({
      call: 'sync',
      path: '/orders-0/',
      action: 'delay',
      delayMs: SYNC_MS,
    })

    // Each producer sends its next record when the one before is acknowledged.
    const producers = clients.map(async (client, producer) => {
      for (let i = 0; i < 20; i++) {
        const { error } = await client.produce(orders(0), [`${producer} ${i}`])
        assert.equal(error, 'NONE')
      }
    })
    const startedMs = performance.now()
    const latenciesMs: number[] = []
    using other = await Client.open(broker.port)
    let isDone = false
    const done = Promise.all(producers).then(() => {
      isDone = true
    })
    while (!isDone) {
      const sentMs = performance.now()
      assert.equal((await other.produce(orders(0), ['acks=1'], 1)).error, 'NONE')
      latenciesMs.push(performance.now() - sentMs)
    }
    await done

    const tookMs = performance.now() - startedMs
    assert.ok(slow.matchedCount < 80, `${slow.matchedCount} syncs for 320 requests`)
    assert.ok(tookMs < 320 * SYNC_MS, `${tookMs} ms`)
    // Many more than would fit if each had waited for a sync.
    assert.ok(latenciesMs.length > slow.matchedCount * 3, `${latenciesMs.length} acks=1 requests`)
    for (const client of clients) client[Symbol.dispose]()
  },
)
