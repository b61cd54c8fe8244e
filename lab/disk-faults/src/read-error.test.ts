/** Reads that fail: a range of a file that the disk gives no more, or a file that ends too early. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FaultyDisk } from './shim/faulty-disk.ts'
import { whyNoShim } from './shim/build-shim.ts'
import { Client } from './wire/client.ts'

const skip = whyNoShim()
const ORDERS = { topic: 'orders', partition: 0 }
const OTHER = { topic: 'orders', partition: 1 }
const SEGMENT = '/orders-0/00000000000000000000.log'
const COUNT = 200
const VALUE_BYTES = 10_000

function valueOf(index: number): string {
  return `${index}:`.padEnd(VALUE_BYTES, 'x')
}

/** 2 MB in each of two partitions, stopped cleanly, so that nothing is in memory at the next start. */
async function writeRecords(disk: FaultyDisk): Promise<void> {
  await using broker = await disk.startBroker()
  using client = await Client.open(broker.port)
  await client.createTopic('orders', { numPartitions: 2 })
  for (let i = 0; i < COUNT; i++) {
    const answers = [ORDERS, OTHER].map((target) => client.produce(target, [valueOf(i)], 1))
    for (const { error } of await Promise.all(answers)) assert.equal(error, 'NONE')
  }
  assert.equal((await broker.stop()).code, 0)
}

test(
  'a range that cannot be read is KAFKA_STORAGE_ERROR there; what lies around it, and other partitions, are served',
  { skip },
  async () => {
    using disk = new FaultyDisk()
    await writeRecords(disk)
    await using broker = await disk.startBroker()
    using client = await Client.open(broker.port)
    const range = [1_000_000, 1_004_096] as const
    const fault = disk.arm({ call: 'read', path: SEGMENT, action: 'fail', range })

    const before = await client.fetch(ORDERS, 0, 100_000)
    const inside = await client.fetch(ORDERS, 99, 100_000)
    const behind = await client.fetch(ORDERS, 150, 100_000)

    assert.equal(before.error, 'NONE')
    assert.equal(before.records[0]?.value, valueOf(0))
    assert.equal(inside.error, 'KAFKA_STORAGE_ERROR')
    assert.equal(behind.error, 'NONE')
    assert.equal(behind.records[0]?.value, valueOf(150))
    assert.equal((await client.readAll(OTHER)).length, COUNT)
    fault.lift()
    const values = (await client.readAll(ORDERS)).map(({ value }) => value)
    assert.deepEqual(
      values,
      Array.from({ length: COUNT }, (_, i) => valueOf(i)),
    )
  },
)

test(
  'a partition that can be read nowhere answers KAFKA_STORAGE_ERROR each time and does not take the broker along',
  { skip },
  async () => {
    using disk = new FaultyDisk()
    await writeRecords(disk)
    await using broker = await disk.startBroker()
    using client = await Client.open(broker.port)
    disk.arm({ call: 'read', path: '/orders-0/', action: 'fail' })

    for (const offset of [0, 50, 100, COUNT - 1]) {
      assert.equal((await client.fetch(ORDERS, offset)).error, 'KAFKA_STORAGE_ERROR')
    }

    assert.equal((await client.readAll(OTHER)).length, COUNT)
    assert.equal((await client.produce(OTHER, ['goes on'])).error, 'NONE')
    assert.equal(broker.isRunning, true)
  },
)

test('reads that are short are gone on with', { skip }, async () => {
  using disk = new FaultyDisk()
  await writeRecords(disk)
  disk.arm({ call: 'read', path: '/orders-0/', action: 'short', shortBytes: 1000 })

  await using broker = await disk.startBroker()
  using client = await Client.open(broker.port)

  const values = (await client.readAll(ORDERS)).map(({ value }) => value)
  assert.deepEqual(
    values,
    Array.from({ length: COUNT }, (_, i) => valueOf(i)),
  )
})

/** What can be made again from the batches, and what cannot. */
for (const [name, expected] of [
  ['00000000000000000000.log', 'KAFKA_STORAGE_ERROR'],
  ['00000000000000000000.index', 'NONE'],
  ['00000000000000000000.timeindex', 'NONE'],
  ['leader-epoch-checkpoint', 'NONE'],
  ['partition.metadata', 'KAFKA_STORAGE_ERROR'],
] as const) {
  test(
    `a partition whose ${name} cannot be read when the broker starts does not keep others from being served`,
    { skip },
    async () => {
      using disk = new FaultyDisk()
      await writeRecords(disk)
      const fault = disk.arm({ call: 'read', path: `/orders-0/${name}`, action: 'fail' })

      await using broker = await disk.startBroker()
      using client = await Client.open(broker.port)

      assert.ok(fault.hitCount > 0)
      assert.equal((await client.readAll(OTHER)).length, COUNT)
      assert.equal((await client.produce(OTHER, ['goes on'])).error, 'NONE')
      const { error, records } = await client.fetch(ORDERS, 0)
      assert.equal(error, expected)
      if (error === 'NONE') assert.deepEqual(records[0], { offset: 0, value: valueOf(0) })
      // Its end is not known: a reader that is sent back to the start would read everything again.
      else assert.equal((await client.fetch(ORDERS, COUNT + 100)).error, error)
      fault.lift()
      await broker.kill()
      await using again = await disk.startBroker()
      using after = await Client.open(again.port)
      assert.equal((await after.readAll(ORDERS)).length, COUNT)
      assert.equal((await after.produce(ORDERS, ['after'])).baseOffset, COUNT)
    },
  )
}
